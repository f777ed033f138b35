"""What waits for what; who follows a roadmap from a calendar or by mail."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction

from jalons.accounts.models import Link, User
from jalons.accounts.operations import revoke_link
from jalons.audit import operations as audit
from jalons.roadmaps.models import Action, Roadmap
from jalons.roadmaps.operations import hold, note, roadmap_of
from jalons.spaces.models import Membership
from jalons.steering.models import Feed, Wait
from jalons.steering.secrets import feed_secret


class Cyclic(Exception):
    """The action would wait for itself; `chain` are the actions, it first and last."""

    def __init__(self, chain: Sequence[int]) -> None:
        super().__init__(chain)
        self.chain = chain


@transaction.atomic
def wait_for(action: Action, awaited: Action, *, by: User) -> bool:
    """The action waits for another of its roadmap; False when it did. Raises Cyclic."""
    roadmap = hold(roadmap_of(action))
    if roadmap_of(awaited) != roadmap:
        raise ValueError("an action waits for one of its own roadmap")
    way = chain(_waits(roadmap), awaited.pk, action.pk)
    if way:
        raise Cyclic([action.pk, *way])
    _wait, is_new = Wait.objects.get_or_create(action=action, awaited=awaited)
    if is_new:
        note("action.waits", action, roadmap, by)
    return is_new


@transaction.atomic
def wait_no_more(action: Action, awaited: Action, *, by: User) -> None:
    found, _rows = Wait.objects.filter(action=action, awaited=awaited).delete()
    if found:
        note("action.waits_no_more", action, roadmap_of(action), by)


def chain(waits: Mapping[int, Iterable[int]], start: int, goal: int) -> list[int]:
    """The shortest way from one action to another it waits for, both included.

    Empty when there is none.

    >>> chain({1: [2, 3], 3: [4]}, 1, 4)
    [1, 3, 4]
    """
    ways, seen = [[start]], {start}
    for way in ways:
        if way[-1] == goal:
            return way
        for one in waits.get(way[-1], ()):
            if one not in seen:
                seen.add(one)
                ways.append([*way, one])
    return []


@transaction.atomic
def open_feed(roadmap: Roadmap, membership: Membership, *, by: User) -> Feed:
    """The member's own address of a calendar; the one they have, if they have one."""
    known = Feed.objects.filter(roadmap=roadmap, membership=membership).first()
    if known is not None:
        return known
    feed = Feed(roadmap=roadmap, membership=membership)
    digest = Link.digest_of(feed_secret(feed.key))
    feed.link = Link.objects.create(purpose=Link.Purpose.CALENDAR, digest=digest)
    feed.save()
    audit.record("calendar.opened", feed, by=by, space_id=roadmap.space_id)
    return feed


@transaction.atomic
def close_feed(feed: Feed, *, by: User) -> None:
    """Its address opens nothing more; another one may be asked for."""
    revoke_link(feed.link)
    audit.record("calendar.closed", feed, by=by, space_id=feed.roadmap.space_id)
    feed.delete()


def _waits(roadmap: Roadmap) -> dict[int, list[int]]:
    found: defaultdict[int, list[int]] = defaultdict(list)
    rows = Wait.objects.filter(action__workstream__stake__roadmap=roadmap)
    for action, awaited in rows.values_list("action_id", "awaited_id"):
        found[action].append(awaited)
    return found
