"""Organisations of the directory that could join the table of a space."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from jalons.actors.models import Actor, key_of
from jalons.actors.vocabulary import read_vocabulary
from jalons.directory.models import Place
from jalons.search.words import words_of
from jalons.spaces.models import Space
from jalons.territories.models import Territory

MOST = 100
"""Beyond, a word of the name is a better filter than a longer page."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An organisation, or a place whose list names none; `key` tells them apart."""

    key: str
    name: str
    family: str
    place_count: int
    first: Place
    is_there: bool

    @property
    def is_simulated(self) -> bool:
        return self.first.place_list.is_simulated


def candidates(space: Space, query: str) -> list[Candidate]:
    """Those with a place in the territory of the space, by name."""
    gathered: dict[str, list[Place]] = {}
    for place in _places(space):
        owner = place.organisation_id
        gathered.setdefault(f"o{owner}" if owner else f"p{place.pk}", []).append(place)
    known = set(space.actors.values_list("key", flat=True))
    found = [_candidate(key, places, known) for key, places in gathered.items()]
    wanted = words_of(query)
    suit = [one for one in found if _suits(one.name, wanted)]
    return sorted(suit, key=lambda one: (key_of(one.name), one.key))


def chosen_actors(found: list[Candidate], sent: Mapping[str, str]) -> list[Actor]:
    """The actors ticked on the page, each in the family chosen for it."""
    families = read_vocabulary().families
    actors = []
    for one in found:
        family = sent.get(f"famille-{one.key}", "")
        if one.is_there or f"pris-{one.key}" not in sent or family not in families:
            continue
        actors.append(actor_of(one, family))
    return actors


def actor_of(one: Candidate, family: str) -> Actor:
    """The line of the table that an organisation becomes, with where it was found."""
    websites = one.first.websites
    return Actor(
        name=one.name,
        family=family,
        college=read_vocabulary().families[family].college,
        commune=one.first.commune,
        website=str(websites[0])[:500] if websites else "",
        source=_("directory: %(name)s") % {"name": one.first.place_list.name},
        organisation=one.first.organisation,
        is_simulated=one.is_simulated,
    )


def without_family(found: list[Candidate], sent: Mapping[str, str]) -> list[str]:
    """Names ticked without a family: told, never left out in silence."""
    families = read_vocabulary().families
    return [
        one.name
        for one in found
        if f"pris-{one.key}" in sent
        and sent.get(f"famille-{one.key}", "") not in families
    ]


def _places(space: Space) -> list[Place]:
    here, communes = space.territory, Territory.objects.communes()
    inside = communes.within(here) | communes.filter(pk=here.pk)
    return list(
        Place.objects.open_to_all()
        .filter(commune__in=inside.values("pk"))
        .select_related("organisation", "commune", "place_list")
        .only(
            "name",
            "kinds",
            "websites",
            "organisation",
            "commune",
            "place_list",
        )
        .order_by("pk")
    )


def _candidate(key: str, places: list[Place], known: set[str]) -> Candidate:
    first = places[0]
    owner = first.organisation
    name = (owner.name if owner else "") or first.name
    kinds = {str(kind) for place in places for kind in place.kinds}
    return Candidate(
        key=key,
        name=name,
        family=read_vocabulary().family_of_kinds(kinds) or "",
        place_count=len(places),
        first=first,
        is_there=key_of(name) in known,
    )


def _suits(name: str, wanted: list[str]) -> bool:
    words = words_of(name)
    return all(any(word.startswith(one) for word in words) for one in wanted)
