"""From figures to what is worth discussing: rules that make findings, none that judges.

* A figure in an outer quarter of its peers (`analysis.position`) is a strength or a
  weak point when one end is better for digital inclusion, a question when neither is:
  many people over 65 is no defect, but one must ask where they find help.
* A figure that is missing or secret is a question too: whom to ask; and so is an old
  one, whichever its side: networks and incomes have moved since.
* A weak point is compared with the neighbours' (`scale_of`): a problem shared with most
  of them is acted upon together, one that stands alone is acted upon here.

A finding is a hypothesis about a place, never about a person who lives there
(W. S. Robinson, 1950, Ecological correlations, American Sociological Review 15,
351-357). The field confirms or contradicts it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from jalons.analysis.position import Band

Direction = Literal["higher", "lower", "neither"]
"""Which end of an indicator is the better one."""

Kind = Literal["strength", "weakness", "question"]
Scale = Literal["together", "some", "alone", "unknown"]

TOGETHER_SHARE = 0.5
"""At least half of the neighbours share the weak point: act with them. Our choice."""
LEAST_NEIGHBOURS = 2
"""With fewer neighbours known, "most of them" means nothing. Our choice."""

OLD_AFTER_YEARS = 5
"""Beyond, a figure is neither a strength nor a weak point of today: official figures of
people come out three or four years after, five leaves them one of delay. Our choice."""

LOW_BANDS: tuple[Band, ...] = ("lowest", "low")
HIGH_BANDS: tuple[Band, ...] = ("highest", "high")
OUTER_BANDS: tuple[Band, ...] = ("lowest", "highest")


@dataclass(frozen=True, slots=True)
class Clue:
    """One figure as the rules read it; without band, it is not known or not placed."""

    indicator: str
    direction: Direction
    band: Band | None
    is_known: bool
    is_old: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a figure suggests; `is_marked` when it lies beyond a tenth of the peers,
    `is_old` when it is a question because of its year."""

    indicator: str
    kind: Kind
    is_marked: bool = False
    is_old: bool = False


def is_old(year: int, now: int) -> bool:
    """Whether a figure of a year says too little of the present one.

    >>> is_old(2019, 2026), is_old(2021, 2026)
    (True, False)
    """
    return now - year > OLD_AFTER_YEARS


def proposals(clues: Iterable[Clue]) -> list[Proposal]:
    """What each figure suggests, in the order given; the middle half says nothing.

    >>> proposals([Clue("poverty", "lower", "highest", True)])
    [Proposal(indicator='poverty', kind='weakness', is_marked=True, is_old=False)]
    >>> proposals([Clue("poverty", "lower", "middle", True)])
    []
    """
    found = (_proposal(clue) for clue in clues)
    return [one for one in found if one is not None]


def _proposal(clue: Clue) -> Proposal | None:
    if not clue.is_known:
        return Proposal(clue.indicator, "question")
    if clue.band is None or clue.band == "middle":
        return None
    is_high, is_marked = clue.band in HIGH_BANDS, clue.band in OUTER_BANDS
    if clue.is_old:
        return Proposal(clue.indicator, "question", is_marked, is_old=True)
    if clue.direction == "neither":
        # Few people concerned asks nothing of the territory.
        return Proposal(clue.indicator, "question", is_marked) if is_high else None
    is_good = is_high == (clue.direction == "higher")
    kind: Kind = "strength" if is_good else "weakness"
    return Proposal(clue.indicator, kind, is_marked)


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a weak point goes beyond a territory: `sharing` of `n` neighbours."""

    scale: Scale
    n: int
    sharing: tuple[str, ...]


def scale_of(
    mine: Band, direction: Direction, neighbours: Sequence[tuple[str, Band | None]]
) -> Reach:
    """Whether the neighbours lie on the same unfavourable side as `mine`.

    A neighbour whose figure is not known is left out of `n`. A figure that has no
    better end is compared on the side where `mine` lies.

    >>> scale_of("highest", "lower", [("a", "high"), ("b", "middle"), ("c", None)])
    Reach(scale='together', n=2, sharing=('a',))
    """
    side = HIGH_BANDS if mine in HIGH_BANDS else LOW_BANDS
    if direction != "neither" and (mine in HIGH_BANDS) == (direction == "higher"):
        raise ValueError("a strength has no scale to act at")
    known = [(code, band) for code, band in neighbours if band is not None]
    sharing = tuple(code for code, band in known if band in side)
    return Reach(_scale(len(sharing), len(known)), len(known), sharing)


def _scale(sharing: int, n: int) -> Scale:
    if n < LEAST_NEIGHBOURS:
        return "unknown"
    if sharing >= TOGETHER_SHARE * n:
        return "together"
    return "some" if sharing else "alone"


def about(persons: float) -> int:
    """A number of persons computed from a share, to three significant figures.

    The share and the population are of different years: more figures would lie.

    >>> about(26_599), about(873.4), about(12.2)
    (26600, 873, 12)
    """
    whole = round(persons)
    return round(whole, 3 - len(str(abs(whole)))) if abs(whole) >= 1000 else whole
