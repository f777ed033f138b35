"""What the roadmaps of one's teams say: actions, measures, posts.

Each roadmap is read once a run, however many are told of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from jalons.actors.posts import PostLine, posts_of
from jalons.digests.things import Reader, Thing, Things, by_reader, spaces_in
from jalons.documents.words import date_format
from jalons.evaluation.reminding import measures_due
from jalons.roadmaps.figures import ActionRead, plans_of
from jalons.roadmaps.models import Roadmap
from jalons.spaces.models import Space
from jalons.steering.timeline import Timeline, timelines_of


def actions(readers: Sequence[Reader], at: datetime) -> Things:
    """What is late, what begins and what ends before the next mail."""
    today = timezone.localdate(at)
    read: defaultdict[int, list[Timeline]] = defaultdict(list)
    known = Roadmap.objects.filter(space__in=spaces_in(readers)).select_related("space")
    plans = plans_of(list(known.order_by("pk")), on=today)
    for one in timelines_of(plans, on=today):
        read[one.plan.roadmap.space_id].append(one)

    def told(reader: Reader, space: Space) -> Iterator[Thing]:
        for one in read[space.pk]:
            yield from _of_roadmap(one, reader.horizon)

    return by_reader(readers, told)


def _of_roadmap(timeline: Timeline, days: int) -> Iterator[Thing]:
    for bar in timeline.late:
        row = bar.action.row
        if bar.action.late == "to_end":
            yield _of_action(timeline, bar.action, "late-end", row.ends_on)
        else:
            yield _of_action(timeline, bar.action, "late-start", row.starts_on)
    for one in timeline.begins(days):
        yield _of_action(timeline, one, "begins", one.row.starts_on)
    for one in timeline.ends(days):
        yield _of_action(timeline, one, "ends", one.row.ends_on)


def _of_action(
    timeline: Timeline, action: ActionRead, what: str, day: date | None
) -> Thing:
    assert day is not None
    roadmap = timeline.plan.roadmap
    said = {
        "late-end": _("Late: %(action)s was to end on %(day)s"),
        "late-start": _("Late: %(action)s was to begin on %(day)s"),
        "begins": _("%(action)s begins on %(day)s"),
        "ends": _("%(action)s ends on %(day)s"),
    }
    named = {
        "action": f"{action.code} {action.row.description}",
        "day": date_format(day),
    }
    return Thing(
        key=f"{what}-{action.row.pk}-{day}",
        words=said[what] % named,
        path=reverse("steering:timeline", args=[roadmap.pk]),
        under=roadmap.title,
        stands=what.startswith("late"),
        is_simulated=roadmap.is_simulated,
    )


def measures(readers: Sequence[Reader], at: datetime) -> Things:
    """Measures of the evaluation that are awaited."""
    due = measures_due(spaces_in(readers), timezone.localdate(at))
    words = _("%(what)s, awaited since %(day)s")

    def told(reader: Reader, space: Space) -> Iterator[Thing]:
        for one in due.get(space.pk, ()):
            named = {"what": one.words, "day": date_format(one.due_on)}
            yield Thing(
                key=f"measure-{one.indicator}-{one.due_on}",
                words=words % named,
                path=one.path,
                under=one.roadmap,
                stands=True,
                is_simulated=one.is_simulated,
            )

    return by_reader(readers, told)


def posts(readers: Sequence[Reader], at: datetime) -> Things:
    """Posts whose funding ends: each once at six, three and one month, then after."""
    today = timezone.localdate(at)
    found = {
        pk: [one for one in posts_of(space, today).lines if one.threshold is not None]
        for pk, space in spaces_in(readers).items()
    }

    def told(reader: Reader, space: Space) -> Iterator[Thing]:
        return (_of_post(space, one) for one in found[space.pk])

    return by_reader(readers, told)


def _of_post(space: Space, line: PostLine) -> Thing:
    post = line.post
    assert post.funding_ends_on is not None
    named = {
        "post": post.title,
        "actor": post.actor.name,
        "day": date_format(post.funding_ends_on),
        "warning": line.warning,
    }
    return Thing(
        key=f"post-{post.pk}-{post.funding_ends_on}-{line.threshold}",
        words=_("%(post)s, %(actor)s: %(day)s, %(warning)s") % named,
        path=reverse("actors:posts", args=[space.pk]),
        under=space.name,
        stands=True,
        is_simulated=post.actor.is_simulated,
    )
