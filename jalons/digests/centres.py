"""What a resource centre promised to its territories, and what they share with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jalons.digests.things import Reader, Thing, Things, by_reader, spaces_in
from jalons.documents.words import date_format
from jalons.network.cockpit import supported_by
from jalons.network.history import promises_before
from jalons.network.models import Exchange, SharedProgress
from jalons.network.reading import progress_of
from jalons.spaces.models import Space


def followed(readers: Sequence[Reader], at: datetime) -> Things:
    """Next steps promised, and posts that end in the roadmaps shared."""
    today = timezone.localdate(at)
    centres = {
        pk: space
        for pk, space in spaces_in(readers).items()
        if space.kind == Space.Kind.RESOURCE_CENTRE
    }
    furthest = max((one.horizon for one in readers), default=0)
    promised = promises_before(centres, today + timedelta(days=furthest))
    ending = {pk: _ending(space) for pk, space in centres.items()}

    def told(reader: Reader, space: Space) -> Iterator[Thing]:
        until = today + timedelta(days=reader.horizon)
        for one in promised.get(space.pk, ()):
            if one.next_on and one.next_on <= until:
                yield _of_promise(space, one, today)
        yield from ending.get(space.pk, ())

    return by_reader(readers, told)


def _of_promise(space: Space, one: Exchange, today: date) -> Thing:
    assert one.next_on is not None
    words = _("%(territory)s: %(step)s, before %(day)s")
    if one.next_on < today:
        words = _("%(territory)s: %(step)s, promised for %(day)s, late")
    named = {
        "territory": one.territory.name,
        "step": one.next_step,
        "day": date_format(one.next_on),
    }
    late = "-late" if one.next_on < today else ""
    return Thing(
        key=f"promise-{one.pk}-{one.next_on}{late}",
        words=words % named,
        path=reverse("network:territory", args=[space.pk, one.territory_id]),
        under=space.name,
        stands=True,
        is_simulated=one.is_simulated,
    )


def _ending(space: Space) -> list[Thing]:
    """Of the roadmaps whose teams let a recognised centre see how far they are."""
    if not space.is_recognised:
        return []
    territories = list(supported_by(space))
    known = {one.code: one.name for one in territories}
    shared = progress_of(territories)
    return [
        _of_progress(space, code, known[code], one)
        for code, rows in sorted(shared.items(), key=lambda pair: known[pair[0]])
        for one in rows
        if one.posts_ending and one.first_end
    ]


def _of_progress(space: Space, code: str, name: str, one: SharedProgress) -> Thing:
    assert one.first_end is not None
    words = ngettext(
        "%(territory)s: %(n)s post ends within six months, on %(day)s",
        "%(territory)s: %(n)s posts end within six months, the first on %(day)s",
        one.posts_ending,
    )
    day = date_format(one.first_end)
    named = {"territory": name, "n": one.posts_ending, "day": day}
    return Thing(
        key=f"shared-{one.roadmap_id}-{code}-{one.first_end}",
        words=words % named,
        path=reverse("network:territory", args=[space.pk, code]),
        under=space.name,
        stands=True,
        is_simulated=one.roadmap.is_simulated,
    )
