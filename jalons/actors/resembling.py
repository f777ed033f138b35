"""Actors of two teams that may be one body under two names: proposed, never joined.

By the likeness of their names (jalons.analysis.matching), acronyms written in full.
Their organisation tells nothing: a library and a CCAS have that of their commune. Lines
of one body (`alike`) are read once, and are not proposed. A word that more than 40
lines share is left out: two names with no other word in common are not proposed. Of
the other teams, only what everybody reads. What the team said to be two bodies is not
proposed again, until one of the two changes its name or its commune.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from jalons.actors.alike import bodies_of, lines_of
from jalons.actors.directory import acts_in
from jalons.actors.models import Actor, ToldApart
from jalons.analysis.matching import Described, likely_pairs
from jalons.privacy.traces import certain
from jalons.spaces.models import Space

LEAST = 0.85
"""Names alone tell less than a place: “Centre social du Moulin” and “de la Gare” score
0.76, “Croix-Rouge française” and “Croix Rouge” 0.90."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """An actor of the team, and that of another one which may be the same body."""

    ours: Actor
    theirs: Actor


def doubts_of(space: Space) -> list[Doubt]:
    """Ours in the order of their names; communes that differ tell two bodies."""
    ours = [*space.actors.shown().select_related("commune").in_order()]
    around = Actor.objects.public().exclude(space=space)
    theirs = around.filter(acts_in(space.territory)).select_related("space", "commune")
    actors = [*ours, *(one for one in theirs.in_order() if not any(certain(one.name)))]
    once = _read_once(actors)
    apart = {(one.ours_id, one.theirs_id) for one in told_apart(space)}
    return [
        Doubt(actors[first], actors[second])
        for first, second in _by_name(actors, space)
        if first < len(ours) <= second
        and frozenset((actors[first].pk, actors[second].pk)) not in once
        and (actors[first].pk, actors[second].pk) not in apart
        and _may_be_one(actors[first], actors[second])
    ]


def told_apart(space: Space) -> list[ToldApart]:
    """The pairs that the team said to be two bodies, while neither has changed, and
    both are still read."""
    found = space.actors_told_apart.filter(
        ours__in=space.actors.shown(), theirs__in=Actor.objects.public()
    ).select_related("ours", "theirs__space", "told_by")
    return [one for one in found.order_by("ours__key", "pk") if one.holds]


def _by_name(actors: Sequence[Actor], space: Space) -> list[tuple[int, int]]:
    """Compared within the territory of the team: its name tells nothing of an actor."""
    described = [
        Described(
            key=str(one.pk),
            name=one.key,
            commune=one.commune.name if one.commune else space.territory.name,
            commune_code=space.territory_id,
        )
        for one in actors
    ]
    return [(pair.first, pair.second) for pair in likely_pairs(described, LEAST)]


def _read_once(actors: Sequence[Actor]) -> set[frozenset[int]]:
    lines = lines_of(Actor.objects.filter(pk__in=[one.pk for one in actors]))
    return {
        frozenset(pair)
        for body in bodies_of(lines)
        for pair in combinations(body.pks, 2)
    }


def _may_be_one(one: Actor, other: Actor) -> bool:
    communes = {one.commune_id, other.commune_id} - {None}
    return len(communes) < 2 and one.is_simulated == other.is_simulated
