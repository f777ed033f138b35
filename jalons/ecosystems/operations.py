"""A resource map drawn by several hands: each change of a link is a line that stays.

A participant of a workshop draws under the name they chose, a member of the team under
their account. A resource named twice is one; a link drawn again takes the place of the
former, which is kept with its day, its owner and its hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jalons.accounts.models import User
from jalons.actors.models import Actor, key_of
from jalons.audit import operations as audit
from jalons.ecosystems.models import Centre, Link, Resource, ResourceMap
from jalons.live import operations as live

MOST_RESOURCES = 200
EVERYBODY = ("pocket", "stage", "team")
Status = Link.Status


class TooMany(Exception):
    """A map past this many resources is not read any more."""

    reason = _("Two hundred resources on one map: gather some of them.")


class NameTaken(Exception):
    """Two resources of one name would be one resource on the map, drawn twice."""

    reason = _("Another resource of this map has this name: draw its link instead.")


@dataclass(frozen=True, slots=True)
class Hand:
    """Who draws: somebody of the team, or of a workshop under the name they chose."""

    user: User | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """A centre as it is given: its code where a table gave it one, and its words."""

    text: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of a link; `base` is the number of the one its writer had seen."""

    status: Status
    base: int
    key: UUID
    owner: str = ""
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a sheet filled with a pen."""

    name: str
    category: str
    said: Said


@dataclass(frozen=True, slots=True)
class Drawn:
    """The link as it is now; `crossed`, when somebody had changed it meanwhile."""

    link: Link
    crossed: Link | None = None


@transaction.atomic
def open_map(map: ResourceMap, centres: Sequence[Named], *, by: User) -> ResourceMap:
    """A new map, around what is given."""
    map.save()
    _set_centres(map, centres)
    audit.record("map.opened", map, by=by)
    return map


@transaction.atomic
def change_map(map: ResourceMap, centres: Sequence[Named], *, by: User) -> None:
    """Its title, what it is around, and what stands in the centre."""
    map.save()
    set_centres(map, centres, by=by)


@transaction.atomic
def set_centres(map: ResourceMap, centres: Sequence[Named], *, by: User) -> None:
    """What stands in the centres now; one no longer given keeps its links, aside."""
    _set_centres(map, centres)
    audit.record("map.changed", map, by=by)
    _tell(map)


@transaction.atomic
def show_centre(centre: Centre, *, by: User) -> None:
    """The centre that the projector shows, and telephones open first."""
    map = centre.map
    map.shown = centre
    map.save(update_fields=["shown"])
    audit.record("map.changed", map, by=by)
    _tell(map)


@transaction.atomic
def add_resource(
    map: ResourceMap, name: str, category: str, *, actor: Actor | None = None, by: Hand
) -> Resource:
    """One more resource; the one already there when it has the same name.

    Withdrawn, it comes back. Raises TooMany.
    """
    map = _hold(map)
    same = [one for one in map.resources.all() if key_of(one.name) == key_of(name)]
    found = next((one for one in same if one.category == category), None)
    if found is None:
        if map.resources.count() >= MOST_RESOURCES:
            raise TooMany
        found = Resource.objects.create(
            map=map, name=name, category=category, actor=actor or _known(map, name)
        )
        _note("mapped.added", map, by, resource=found.pk)
    elif found.withdrawn_at:
        _set_withdrawn(found, None)
        _note("mapped.restored", map, by, resource=found.pk)
    return found


@transaction.atomic
def name_resource(
    centre: Centre,
    name: str,
    category: str,
    said: Said,
    *,
    actor: Actor | None = None,
    by: Hand,
) -> Drawn:
    """A resource named from a centre, with its link there. Raises TooMany.

    Whoever names it may not know that it is there: a link that says the same stays,
    with its day and its owner; one that says otherwise is told back.
    """
    resource = add_resource(centre.map, name, category, actor=actor, by=by)
    current = resource.links.filter(centre=centre, is_current=True).first()
    if (
        current is not None
        and current.status == said.status
        and said.owner in ("", current.owner)
    ):
        return Drawn(current)
    return draw_link(resource, centre, said, by=by)


@transaction.atomic
def key_lines(centre: Centre, lines: Sequence[Line], *, by: Hand) -> list[Drawn]:
    """The lines of a sheet, all or none; those that change nothing are told too.

    Keyed again, a sheet draws nothing more. Raises TooMany.
    """
    return [
        name_resource(centre, one.name, one.category, one.said, by=by) for one in lines
    ]


@transaction.atomic
def rename_resource(resource: Resource, name: str, *, by: Hand) -> None:
    """The same resource said otherwise: its links stay. Raises NameTaken."""
    map = _hold(resource.map)
    others = map.resources.filter(category=resource.category).exclude(pk=resource.pk)
    if any(key_of(one.name) == key_of(name) for one in others):
        raise NameTaken
    resource.name = name
    resource.actor = _known(map, name) or resource.actor
    resource.save(update_fields=["name", "actor"])
    _note("mapped.renamed", map, by, resource=resource.pk)


@transaction.atomic
def withdraw_resource(resource: Resource, *, by: Hand) -> None:
    """Not on the map any more; its links are kept, and come back with it."""
    map = _hold(resource.map)
    _set_withdrawn(resource, timezone.now())
    _note("mapped.withdrawn", map, by, resource=resource.pk)


@transaction.atomic
def restore_resource(resource: Resource, *, by: Hand) -> None:
    map = _hold(resource.map)
    _set_withdrawn(resource, None)
    _note("mapped.restored", map, by, resource=resource.pk)


@transaction.atomic
def draw_link(resource: Resource, centre: Centre, said: Said, *, by: Hand) -> Drawn:
    """Say how far a resource serves a centre, once a key; the former link is kept.

    What was changed since the writer read it is told back, never lost.
    """
    map = _hold(resource.map)
    former = Link.objects.filter(resource=resource, centre=centre)
    known = former.filter(key=said.key).first()
    if known is not None:
        return Drawn(known)
    current = former.filter(is_current=True).first()
    base = current.number if current else 0
    former.filter(is_current=True).update(is_current=False)
    link = Link.objects.create(
        resource=resource,
        centre=centre,
        number=(former.aggregate(last=Max("number"))["last"] or 0) + 1,
        status=said.status,
        owner=said.owner,
        since=said.since or timezone.localdate(),
        hand=by.name,
        editor=by.user,
        key=said.key,
    )
    details = {"resource": resource.pk, "centre": centre.pk, "status": said.status}
    _note("link.drawn", map, by, **details)
    return Drawn(link, current if base != said.base else None)


def _hold(map: ResourceMap) -> ResourceMap:
    """The map held: two hands follow one another."""
    held: ResourceMap = ResourceMap.objects.select_for_update().get(pk=map.pk)
    return held


def _known(map: ResourceMap, name: str) -> Actor | None:
    """The actor of the team's table that has this name."""
    actors = Actor.objects.at_work().filter(space=map.space_id, key=key_of(name))
    found: Actor | None = actors.first()
    return found


def _set_withdrawn(resource: Resource, at: datetime | None) -> None:
    resource.withdrawn_at = at
    resource.save(update_fields=["withdrawn_at"])


def _set_centres(map: ResourceMap, centres: Sequence[Named]) -> None:
    """By their words: one worded again is another, and the former stands aside."""
    there = {one.text: one for one in map.centres.all()}
    last = max((one.number for one in there.values()), default=0)
    for one in centres:
        known = there.get(one.text)
        if known is None:
            last += 1
            Centre.objects.create(map=map, number=last, code=one.code, text=one.text)
        else:
            known.code, known.set_aside_at = one.code or known.code, None
            known.save(update_fields=["code", "set_aside_at"])
    wanted = [one.text for one in centres]
    gone = map.centres.standing().exclude(text__in=wanted)
    gone.update(set_aside_at=timezone.now())


def _note(verb: str, map: ResourceMap, by: Hand, **details: object) -> None:
    if by.user is not None:
        audit.record(verb, map, by=by.user, details=details)
    _tell(map)


def _tell(map: ResourceMap) -> None:
    live.tell(map.told_on, "link", to=EVERYBODY)
