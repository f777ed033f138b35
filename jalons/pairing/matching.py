"""With which territories a centre may put one in touch, and why.

The reasons are for the centre: among them is how advanced each of the two is (rule 6).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.translation import gettext as _

from jalons.analysis.distances import km_from
from jalons.analysis.pairing import Match, Other, best, is_advanced
from jalons.documents.languages import in_each_language
from jalons.documents.words import number
from jalons.indicators.resemblance import Peer, resembling
from jalons.network.cockpit import Cockpit, Row, cockpit_of
from jalons.network.said import said_words
from jalons.pairing.models import Pairing, Side
from jalons.spaces.models import Space
from jalons.territories.models import Territory

STAKES = ("main_stake", "themes")
"""The answers that say what a territory wants to work on."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A territory that may be put in touch with another, and the reasons, in words."""

    row: Row
    match: Match
    reasons: tuple[str, ...]
    has_team: bool
    busy: int


def candidates_for(space: Space, row: Row, cockpit: Cockpit) -> list[Candidate]:
    """Advanced territories for one that begins or that nobody knows, and conversely."""
    others = {one.code: one for one in cockpit.rows if _may_meet(row, one, cockpit)}
    places = Territory.objects.in_bulk([row.code, *others])
    peers = {
        one.code: one
        for one in resembling(places[row.code], count=len(cockpit.rows)).peers
    }
    pairs = others.items()
    found = best(
        stakes_of(row),
        [_other(places[row.code], places[c], peers, stakes_of(o)) for c, o in pairs],
    )
    shown = _Shown(row, cockpit, peers, places)
    teams, busy = _teams(places), _busy(space)
    return [
        Candidate(
            others[one.code],
            one,
            tuple(shown.reasons(others[one.code], one)),
            one.code in teams,
            busy[one.code],
        )
        for one in found
    ]


def stakes_of(row: Row) -> frozenset[str]:
    """The first stake and the themes that half of its respondents name."""
    return frozenset(one for one in row.said if one.split(":")[0] in STAKES)


def _may_meet(row: Row, other: Row, cockpit: Cockpit) -> bool:
    """One is of the upper half of the classes, and the other is not."""
    if other.code == row.code or other.class_code is None:
        return False
    return _is_advanced(other, cockpit) != _is_advanced(row, cockpit)


def _is_advanced(row: Row, cockpit: Cockpit) -> bool:
    classes = list(cockpit.classes)
    if row.class_code not in classes:
        return False
    return is_advanced(classes.index(row.class_code), len(classes))


def _other(
    place: Territory,
    other: Territory,
    peers: Mapping[str, Peer],
    stakes: frozenset[str],
) -> Other:
    peer = peers.get(other.code)
    return Other(
        other.code,
        apart=peer.distance if peer else None,
        km=_km(place, other),
        stakes=stakes,
    )


def _km(place: Territory, other: Territory) -> float | None:
    """Between their centres, as the crow flies."""
    here, there = _point(place), _point(other)
    return km_from(here, there) if here and there else None


def _point(place: Territory) -> tuple[float, float] | None:
    if place.longitude is None or place.latitude is None:
        return None
    return place.longitude, place.latitude


@dataclass(frozen=True, slots=True)
class _Shown:
    """What the words of a proposal rest on."""

    row: Row
    cockpit: Cockpit
    peers: Mapping[str, Peer]
    places: Mapping[str, Territory]

    def reasons(self, other: Row, match: Match) -> Iterator[str]:
        """Level, resemblance, stakes in common, distance: each says what is unknown."""
        yield self._levels(other)
        peer = self.peers.get(other.code)
        yield peer.reason if peer else _("Resemblance unknown: figures are missing.")
        yield self._stakes(match)
        km = _km(self.places[self.row.code], self.places[other.code])
        if km is not None:
            yield _("%(km)s km apart, as the crow flies.") % {"km": number(round(km))}

    def _levels(self, other: Row) -> str:
        mine = self.cockpit.class_words(self.row) or _("no answer")
        words = _("Levels of progress: %(other)s there, %(mine)s here.")
        return words % {"other": self.cockpit.class_words(other), "mine": mine}

    def _stakes(self, match: Match) -> str:
        if match.stakes is None:
            return _("Stakes in common: unknown, one of the two named none.")
        if not match.shared or self.cockpit.survey is None:
            return _("No stake in common in their answers.")
        survey = self.cockpit.survey
        definition = survey.campaign.version.read()
        named = said_words(match.shared, survey.words, definition)
        return _("Stakes in common: %s.") % named


def _teams(places: Mapping[str, Territory]) -> set[str]:
    found = Space.objects.recognised().filter(kind=Space.Kind.TEAM)
    return set(found.filter(territory__in=places).values_list("territory", flat=True))


def _busy(space: Space) -> Counter[str]:
    """In how many pairings that go on each territory already is."""
    going_on = Pairing.objects.going_on().filter(space=space)
    rows = Side.objects.filter(pairing__in=going_on)
    return Counter(rows.values_list("territory", flat=True))


def pairing_of(space: Space, place: Territory, other: Territory) -> Pairing:
    """One to be proposed, with why these two, in each language of the site."""
    why, others = in_each_language(lambda: _why(space, place, other))
    return Pairing(
        space=space,
        reasons=why.reasons,
        otherwise={one: said.reasons for one, said in others.items()},
        is_simulated=why.is_simulated,
    )


class _Why(NamedTuple):
    reasons: list[str]
    is_simulated: bool


def _why(space: Space, place: Territory, other: Territory) -> _Why:
    """No reason when the centre chose another than those found."""
    cockpit = cockpit_of(space)
    row = next(one for one in cockpit.rows if one.code == place.code)
    found = [
        one for one in candidates_for(space, row, cockpit) if one.row.code == other.code
    ]
    return _Why([why for one in found for why in one.reasons], cockpit.is_simulated)
