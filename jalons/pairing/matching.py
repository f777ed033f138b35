"""With which territories a centre may put one in touch, and why.

The reasons are for the centre: among them is how advanced each of the two is (rule 6).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jalons.analysis.distances import km_from
from jalons.analysis.pairing import Match, Other, best, is_advanced
from jalons.documents.words import number
from jalons.indicators.resemblance import Peer, resembling
from jalons.network.cockpit import Cockpit, Row
from jalons.pairing.models import Pairing, Side
from jalons.questionnaires.definitions import DONT_KNOW, Role
from jalons.spaces.models import Space
from jalons.surveys.matrix import matrix_of
from jalons.surveys.models import Campaign
from jalons.territories.models import Territory

ROLES: tuple[Role, ...] = ("main_stake", "themes")
"""The questions of the survey that say what a territory wants to work on."""
UNSAID = ("other", DONT_KNOW)
AGREEING = 0.5
"""Share of the respondents of a territory who name a stake, for it to count."""
Stakes = Mapping[str, frozenset[str]]


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
    campaign = cockpit.survey.campaign if cockpit.survey else None
    stakes = stakes_of(campaign) if campaign else {}
    others = {one.code: one for one in cockpit.rows if _may_meet(row, one, cockpit)}
    places = Territory.objects.in_bulk([row.code, *others])
    peers = {
        one.code: one
        for one in resembling(places[row.code], count=len(cockpit.rows)).peers
    }
    found = best(
        stakes.get(row.code),
        [_other(places[row.code], places[code], peers, stakes) for code in others],
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


def stakes_of(campaign: Campaign) -> Stakes:
    """What half of the respondents of each territory name: `question:option` codes."""
    definition, answers = campaign.version.read(), matrix_of(campaign)
    asked = [one for role in ROLES if (one := definition.with_role(role))]
    found: dict[str, frozenset[str]] = {}
    for code in answers.territories.names:
        mine = answers.territories.where(code)
        named = (
            f"{question.code}:{option}"
            for question in asked
            for option, share in _shares(answers, question.code, mine)
            if share >= AGREEING and option not in UNSAID
        )
        found[code] = frozenset(named)
    return found


def _shares(answers, question: str, mine) -> Iterator[tuple[str, float]]:
    ticks = answers.ticks.get(question)
    if ticks is None or not mine.any():
        return
    for option, ticked in zip(ticks.options, ticks.ticked, strict=True):
        yield option, float(ticked[mine].mean())


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
    place: Territory, other: Territory, peers: Mapping[str, Peer], stakes: Stakes
) -> Other:
    peer = peers.get(other.code)
    return Other(
        other.code,
        apart=peer.distance if peer else None,
        km=_km(place, other),
        stakes=stakes.get(other.code),
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
        words = self.cockpit.survey.words
        named = [words.option(*code.split(":", 1)) for code in match.shared]
        return _("Stakes in common: %s.") % ", ".join(named)


def _teams(places: Mapping[str, Territory]) -> set[str]:
    found = Space.objects.recognised().filter(kind=Space.Kind.TEAM)
    return set(found.filter(territory__in=places).values_list("territory", flat=True))


def _busy(space: Space) -> Counter[str]:
    """In how many pairings that go on each territory already is."""
    going_on = Pairing.objects.going_on().filter(space=space)
    rows = Side.objects.filter(pairing__in=going_on)
    return Counter(rows.values_list("territory", flat=True))


def busy_words(n: int) -> str:
    words = ngettext("Already in %(n)s pairing.", "Already in %(n)s pairings.", n)
    return words % {"n": n}


def reasons_to_keep(candidates: Sequence[Candidate], code: str) -> list[str]:
    """Those of the territory chosen; none when the centre chose another."""
    return [
        words for one in candidates if one.row.code == code for words in one.reasons
    ]
