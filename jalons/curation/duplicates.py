"""Operations on places that look alike: proposed, merged, parted, told apart."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from jalons.accounts.models import User
from jalons.analysis.matching import Described, likely_pairs
from jalons.audit import operations as audit
from jalons.curation.models import Resemblance
from jalons.directory.models import Place, Service
from jalons.directory.operations import SERVICES
from jalons.directory.sifting import sift
from jalons.spaces.models import Space

Verdict = Resemblance.Verdict
FIELDS = (
    *("name", "address", "address_more", "postcode", "phone", "mailboxes"),
    *("websites", "opening", "summary", "description", "kinds", "publics", "care"),
    *("costs", "access_modes", "support_modes", "programmes", "labels"),
    *("access_page", "booking_page"),
)
"""What may be chosen from either place, besides the services."""
MARGIN_DEGREES = 0.05


class NotOurs(Exception):
    """The place to hide is in a list that the team does not keep."""


def look_for_twins(space: Space) -> int:
    """Compare the places of a team with all those around; how many new pairs.

    What was decided stays decided.
    """
    ours = set(_ours(space).values_list("pk", flat=True))
    places = list(_around(space))
    described = [_described(place) for place in places]
    known = set(space.resemblances.values_list("first", "second"))
    new = []
    for pair in likely_pairs(described):
        keys = sorted((places[pair.first].pk, places[pair.second].pk))
        if not ours.intersection(keys) or (keys[0], keys[1]) in known:
            continue
        score = pair.likeness.score
        new.append(
            Resemblance(space=space, first_id=keys[0], second_id=keys[1], score=score)
        )
    Resemblance.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)


@transaction.atomic
def merge_places(
    pair: Resemblance, kept: Place, from_other: Collection[str], *, by: User
) -> None:
    """Show one place instead of two; `from_other` are the fields taken from the one
    that is hidden. Raises NotOurs."""
    hidden = pair.second if kept.pk == pair.first_id else pair.first
    if hidden.place_list.space_id != pair.space_id:
        raise NotOurs(hidden)
    is_ours = kept.place_list.space_id == pair.space_id
    taken = [name for name in FIELDS if name in from_other] if is_ours else []
    pair.before = {"pinned": dict(kept.pinned)}
    pair.before |= {name: getattr(kept, name) for name in taken}
    for name in taken:
        kept.pinned[name] = getattr(hidden, name)
        setattr(kept, name, getattr(hidden, name))
    if is_ours and SERVICES in from_other:
        pair.before[SERVICES] = _services(kept)
        kept.pinned[SERVICES] = _services(hidden)
        write_services(kept, kept.pinned[SERVICES])
    kept.save(update_fields=[*taken, "pinned"])
    Place.objects.filter(same_as=hidden).update(same_as=kept)
    hidden.same_as = kept
    hidden.save(update_fields=["same_as"])
    sift([kept.pk, hidden.pk])
    _decide(pair, Verdict.MERGED, kept, by)
    audit.record("place.merged", pair.space, by=by, details={"place": kept.name})


@transaction.atomic
def part_places(pair: Resemblance, *, by: User) -> None:
    """Undo a merge: two places again, the kept one as it was."""
    if pair.verdict != Verdict.MERGED or pair.kept is None:
        return
    kept = pair.kept
    hidden = pair.second if kept.pk == pair.first_id else pair.first
    before = dict(pair.before)
    services = before.pop(SERVICES, None)
    for name, value in before.items():
        setattr(kept, name, value)
    kept.save(update_fields=list(before))
    if services is not None:
        write_services(kept, services)
    hidden.same_as = None
    hidden.save(update_fields=["same_as"])
    sift([kept.pk, hidden.pk])
    pair.before = {}
    _decide(pair, Verdict.OPEN, None, None)
    audit.record("place.parted", pair.space, by=by, details={"place": kept.name})


@transaction.atomic
def tell_apart(pair: Resemblance, *, by: User) -> None:
    """Two places indeed: the pair is not proposed again."""
    _decide(pair, Verdict.DIFFERENT, None, by)
    audit.record(
        "place.told_apart", pair.space, by=by, details={"place": pair.first.name}
    )


def write_services(place: Place, kinds: Collection[str]) -> None:
    place.services.all().delete()
    Service.objects.bulk_create(Service(place=place, kind=kind) for kind in kinds)


def _decide(
    pair: Resemblance, verdict: Verdict, kept: Place | None, by: User | None
) -> None:
    pair.verdict, pair.kept, pair.decided_by = verdict, kept, by
    pair.decided_at = timezone.now() if by else None
    pair.save()


def _ours(space: Space) -> QuerySet[Place]:
    return Place.objects.in_their_list().filter(place_list__space=space)


def _around(space: Space) -> QuerySet[Place]:
    """The places of the team, and those of lists that no team keeps, in its box."""
    points = list(_ours(space).values_list("longitude", "latitude"))
    if not points:
        return Place.objects.none()
    longitudes, latitudes = zip(*points, strict=True)
    return (
        Place.objects.in_their_list()
        .filter(Q(place_list__space=space) | Q(place_list__space=None))
        .within_box(
            (min(longitudes) - MARGIN_DEGREES, max(longitudes) + MARGIN_DEGREES),
            (min(latitudes) - MARGIN_DEGREES, max(latitudes) + MARGIN_DEGREES),
        )
        .select_related("organisation")
        .only(
            *("name", "address", "locality", "commune", "longitude", "latitude"),
            *("position", "organisation__pivot"),
        )
        .order_by("pk")
    )


def _described(place: Place) -> Described:
    owner = place.organisation
    return Described(
        key=str(place.pk),
        name=place.name,
        address=place.address,
        commune=place.locality,
        commune_code=place.commune_id,
        point=None if place.is_approximate else (place.longitude, place.latitude),
        siret=owner.pivot if owner else "",
    )


def _services(place: Place) -> list[str]:
    return sorted(one.kind for one in place.services.all())
