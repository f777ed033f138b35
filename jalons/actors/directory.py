"""The directory of actors that everybody reads: who acts here, for what, by family.

It holds bodies: neither who works there, nor how the team knows them. A name after a
title, a telephone or an e-mail is refused: in the name of an actor, the actor is left
out; in its sentence, the sentence. Words that may as well name a person are shown, and
told to the team, which alone can tell. A body that several teams note is read once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.db.models import Case, Exists, OuterRef, Q, Value, When

from jalons.actors.alike import Body, bodies_of, lines_of
from jalons.actors.models import Actor, ActorQuerySet, Level, RoleHeld
from jalons.actors.vocabulary import read_vocabulary
from jalons.directory.models import Place, Service
from jalons.directory.vocabulary import read_vocabulary as read_schema
from jalons.privacy.traces import certain, possible, recognisable
from jalons.search.words import words_of
from jalons.spaces.models import Space
from jalons.territories.models import (
    CURRENT_YEAR,
    Membership,
    Territory,
    held_in,
    lying_in,
)

MOST_PLACES = 3
"""Places named under an actor; the search of places holds the others."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The filters; an empty one asks nothing."""

    territory: Territory | None = None
    family: str = ""
    service: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """What everybody reads of an actor; `services` are those of its places.

    `teams` are those that note it, the one whose line is read first.
    """

    actor: Actor
    teams: list[str]
    does: str
    roles: list[str]
    services: list[str]
    places: list[Place]

    @property
    def first_places(self) -> list[Place]:
        return self.places[:MOST_PLACES]


def public_actors(asked: Asked) -> ActorQuerySet:
    """The actors that suit, by family in the order of the file, then by name.

    Of a body, the first line that suits: which lines are one does not hang on filters.
    """
    suit, read = _lines(asked)
    found = Actor.objects.public().filter(_suits(asked)).exclude(pk__in=suit - read)
    known = [When(family=code, then=Value(n)) for n, code in enumerate(_families())]
    return found.select_related("space__territory", "commune").order_by(
        Case(*known, default=Value(len(known))), "key", "pk"
    )


def public_count(asked: Asked) -> int:
    """How many bodies suit."""
    _suit, read = _lines(asked)
    return len(read)


def listed(actors: Collection[Actor]) -> Iterator[Listed]:
    """With what their places offer, what they say they do, and who notes them."""
    places = _places_of(actors)
    bodies = _bodies_of(actors)
    noted = [pk for body in bodies.values() for pk in body.pks]
    teams = dict(Actor.objects.filter(pk__in=noted).values_list("pk", "space__name"))
    roles: defaultdict[int, set[str]] = defaultdict(set)
    held = RoleHeld.objects.filter(actor__in=noted, level=Level.DOES)
    for actor, role in held.values_list("actor_id", "role"):
        roles[actor].add(role)
    known = read_vocabulary().roles
    for one in actors:
        theirs, body = places[one.pk], bodies[one.pk]
        does = {role for pk in body.pks for role in roles[pk]}
        others = [teams[pk] for pk in body.pks if pk != one.pk]
        kinds = {service.kind for place in theirs for service in place.services.all()}
        yield Listed(
            actor=one,
            teams=[*dict.fromkeys([one.space.name, *others])],
            does="" if tells_of_a_person(one) else one.does,
            roles=[str(known[code]) for code in known if code in does],
            services=read_schema().said(
                "services",
                [code for code in read_schema().terms["services"] if code in kinds],
            ),
            places=theirs,
        )


def tells_of_a_person(actor: Actor) -> bool:
    """Whether its sentence holds an address, a telephone or a title before a name."""
    return any(certain(actor.does))


def read_count(space: Space) -> int:
    """How many actors of the team are read, once its table is open."""
    names = space.actors.shown().values_list("name", flat=True)
    return sum(not any(certain(name)) for name in names)


def left_out(space: Space) -> list[Actor]:
    """The actors not read, or whose sentence is not, to be mended by the team."""
    return [one for one in space.actors.shown().in_order() if _is_refused(one)]


def to_read_over(space: Space) -> list[tuple[Actor, list[str]]]:
    """The actors that would be read, with their words that may name a person."""
    found = []
    for one in space.actors.shown().select_related("commune").in_order():
        places = [space.territory.name, one.commune.name if one.commune else ""]
        words = [*possible(one.name, places), *recognisable(one.does)]
        doubtful = [each for each in dict.fromkeys(words) if each not in places]
        if doubtful and not _is_refused(one):
            found.append((one, doubtful))
    return found


def _lines(asked: Asked) -> tuple[set[int], set[int]]:
    """The lines that suit, and those of them that are read: the first of each body."""
    found = Actor.objects.public().filter(_suits(asked))
    suit = {*found.values_list("pk", flat=True)}
    bodies = _bodies_named(Q(key__in=found.values("key")))
    firsts = (next((pk for pk in body.pks if pk in suit), None) for body in bodies)
    return suit, suit.intersection(firsts)


def _bodies_of(actors: Collection[Actor]) -> dict[int, Body]:
    """The body of each actor, by its number."""
    bodies = _bodies_named(Q(key__in={one.key for one in actors}))
    return {pk: body for body in bodies for pk in body.pks}


def _bodies_named(named: Q) -> list[Body]:
    """The bodies of these names, from all the lines that everybody may read."""
    lines = lines_of(Actor.objects.public().filter(named))
    return bodies_of(line for line in lines if not any(certain(line.name)))


def _is_refused(actor: Actor) -> bool:
    return tells_of_a_person(actor) or any(certain(actor.name))


def _suits(asked: Asked) -> Q:
    wanted = Q()
    if asked.family:
        wanted &= Q(family=asked.family)
    if asked.service:
        wanted &= _offers(asked.service)
    if asked.territory:
        wanted &= acts_in(asked.territory)
    for word in words_of(asked.words):
        wanted &= Q(key__contains=word)
    return wanted


def _offers(service: str) -> Q:
    """Whose organisation offers it, where the actor acts."""
    offered = Service.objects.filter(
        kind=service,
        place__in=Place.objects.open_to_all(),
        place__organisation=OuterRef("organisation"),
    )
    of_its_commune = offered.filter(place__commune=OuterRef("commune"))
    of_its_team = offered.filter(
        Q(place__commune=OuterRef("space__territory"))
        | Q(
            Exists(
                Membership.objects.filter(
                    held_in(CURRENT_YEAR),
                    member=OuterRef("place__commune"),
                    group=OuterRef(OuterRef("space__territory")),
                )
            )
        )
    )
    return Q(Exists(of_its_commune)) | Q(Exists(of_its_team), commune=None)


def acts_in(territory: Territory) -> Q:
    """At work there: in one of its communes, or for a territory around or within it."""
    around = Territory.objects.containing(territory).values("pk")
    is_theirs = lying_in(territory, "space__territory") | Q(space__territory__in=around)
    return lying_in(territory, "commune") | Q(is_theirs, commune=None)


def _places_of(actors: Collection[Actor]) -> dict[int, list[Place]]:
    """The places of their organisations where they act, by actor.

    An organisation without SIRET is known by its name: the “CCAS” of all communes are
    one. Hence the commune of the actor alone, or its team’s territory when it has none.
    """
    teams = {one.space.territory_id for one in actors if one.commune_id is None}
    held = Membership.objects.filter(held_in(CURRENT_YEAR), group__in=teams)
    acted_in = {one.commune_id for one in actors} - {None} | teams
    found = Place.objects.open_to_all().filter(
        Q(commune__in=acted_in) | Q(commune__in=held.values("member")),
        organisation__in={one.organisation_id for one in actors} - {None},
    )
    places = [*found.prefetch_related("services").order_by("name", "pk")]
    communes = {place.commune_id for place in places}
    inside = {(one, one) for one in acted_in}
    inside |= {*held.filter(member__in=communes).values_list("group", "member")}
    return {
        one.pk: [
            place
            for place in places
            if place.organisation_id == one.organisation_id
            and (one.commune_id or one.space.territory_id, place.commune_id) in inside
        ]
        for one in actors
    }


def _families() -> list[str]:
    return list(read_vocabulary().families)
