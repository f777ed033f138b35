"""What an index says, as frozen dataclasses: of all territories, then of one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import isnan

from django.utils.translation import gettext as _

from jalons.analysis.composite import Scores
from jalons.analysis.index import Index
from jalons.analysis.observations import Figures
from jalons.analysis.ranking import Ranks
from jalons.analysis.sensitivity import Correlation, LeftOut
from jalons.analysis.uncertainty import RankRange, Uncertainty
from jalons.analysis.uncertainty_sources import Sources
from jalons.indicators.figures import dated
from jalons.indices.areas import FRANCE, Area


@dataclass(frozen=True, slots=True)
class Reference:
    """What scores are read against.

    `n` territories, of which `scored` have a score; those hold `covered_share` of the
    inhabitants. `score` is that of the reference itself. `name` is empty for what is
    no territory: what is cached is of no language.
    """

    code: str
    name: str
    score: float | None
    n: int
    scored: int
    covered_share: float

    @property
    def label(self) -> str:
        """In words: France, a territory, or the set that was chosen."""
        if self.code == FRANCE:
            return _("France")
        return self.name or _("the chosen territories")


@dataclass(frozen=True, slots=True)
class Counts:
    """For how many territories of the reference an indicator is published, or stood
    for by the value of a larger one, or neither."""

    published: int
    inherited: int
    missing: int


@dataclass(frozen=True, slots=True, eq=False)
class Results:
    """An index for every territory of an area; `names` has those of all of them.

    `rows` gives the row of each code in `figures` and `scores`, `ranked` its row in
    `uncertainty`, which is None when nothing can be ranked. `known_counts` has for each
    indicator the number of territories of the reference in which it is known; `used`
    for each row the number of indicators on which its score rests.
    """

    index: Index
    area: Area
    reference: Reference
    names: Mapping[str, str]
    shown: tuple[str, ...]
    compared: Figures
    figures: Figures
    scores: Scores
    uncertainty: Uncertainty | None
    rows: Mapping[str, int]
    ranked: Mapping[str, int]
    known_counts: Mapping[str, int]
    used: Ranks

    def counts_of(self, indicator: str) -> Counts:
        """Where an indicator is published in the reference, and where it is not."""
        known = self.known_counts[indicator]
        inherited = int(self.compared.imputed_of(indicator).sum())
        missing = self.reference.n - known
        return Counts(known - inherited, inherited, missing)

    @property
    def is_reference_complete(self) -> bool:
        """Whether enough of the reference is known to be called by its name."""
        return self.reference.covered_share >= LEAST_REFERENCE_SHARE

    def rank_of(self, code: str) -> RankRange | None:
        """Its ranks among the reference, when that is known enough."""
        if not self.is_reference_complete or self.uncertainty is None:
            return None
        at = self.ranked.get(code)
        return None if at is None else self.uncertainty.at(at)

    def score_of(self, code: str) -> float | None:
        at = self.rows.get(code)
        if at is None or not self.is_reference_complete:
            return None
        value = float(self.scores.values[at])
        return None if isnan(value) else value

    def reason_of(self, code: str) -> str:
        """Why it has no score; empty when it has one."""
        at = self.rows.get(code)
        if at is None or not any(self.known_counts.values()):
            return UNLOADED
        reason = self.scores.reasons[at]
        if reason is None and not self.is_reference_complete:
            return "reference"
        return reason or ""

    def imputed_share_of(self, code: str) -> float:
        """Share of its score that rests on values of larger territories."""
        at = self.rows.get(code)
        share = 0.0 if at is None else float(self.scores.imputed_share[at])
        return 0.0 if isnan(share) else share

    def is_borrowed(self, code: str) -> bool:
        """Whether its score is above all that of a larger territory."""
        return self.imputed_share_of(code) >= MOSTLY

    def label_of(self, code: str) -> str:
        """How far its place can be trusted; empty without rank."""
        rank, at = self.rank_of(code), self.rows.get(code)
        if rank is None or at is None:
            return ""
        return _label(rank, int(self.used[at]), is_borrowed=self.is_borrowed(code))


def _label(rank: RankRange, used: int, *, is_borrowed: bool) -> str:
    """What the draws say, unless there was nothing to draw.

    They move the weights: of one indicator they move none, and would always agree.
    """
    if is_borrowed:
        return BORROWED
    return SINGLE if used <= 1 else rank.label


UNLOADED = "unloaded"
BORROWED = "borrowed"
SINGLE = "single"
MOSTLY = 0.5
"""From half of the score, it is that of the larger territory: it says little of what
sets this one apart, and is called neither robust nor sensitive. Our choice."""
LEAST_REFERENCE_SHARE = 0.75
"""Of the inhabitants of a reference, the share whose territory must have a score: an
index of France known in one région only is not an index of France. Our choice."""


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """The index without each indicator in turn, and its indicators two by two."""

    left_out: tuple[LeftOut, ...]
    correlations: tuple[Correlation, ...]
    sources: Sources | None = None
    """Which choices move the ranks; None when there are too many territories."""


@dataclass(frozen=True, slots=True)
class Axis:
    """The mean of an axis for one territory, `weight` being its share of the index."""

    code: str
    title: str
    score: float | None
    weight: float


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator of one territory: its figure, and what it adds to the score.

    `value` is in `unit`; `points` are points of the score above (+) or below (−) the
    reference. A figure without value says why in `status`: secret, missing, or not
    loaded when no file gives it. `n` is the number of territories of the reference in
    which the indicator is known, `base` the persons, households or places on which
    the figure of this territory rests, None when the file does not say it. `owner` is
    the kind of the larger territory whose value it is; empty for its own.
    """

    axis: str
    indicator: str
    title: str
    value: float | None
    unit: str
    status: str
    is_imputed: bool
    vintage: str
    source: str
    n: int
    weight: float | None
    on_scale: float | None
    reference_on_scale: float | None
    points: float | None
    base: float | None = None
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """What an index says of one territory, ready for a page or a document.

    `score` and `rank` are None for a `reason`: `weight` or `axis` (too little is
    known), `reference` (too little is known of what it is compared with), `unloaded`
    (no figure of that level). `missing` are the lines without a value.
    """

    territory: str
    name: str
    index: str
    title: str
    version: int
    is_personalised: bool
    level: str
    scale: tuple[float, float] | None
    reference: Reference
    score: float | None
    rank: RankRange | None
    axes: tuple[Axis, ...]
    lines: tuple[Line, ...]
    points_of_missing: float
    known_share: float
    imputed_share: float
    reason: str
    draws: int

    @property
    def missing(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.value is None)

    @property
    def is_borrowed(self) -> bool:
        """Whether the score is above all that of a larger territory."""
        return self.imputed_share >= MOSTLY

    @property
    def used(self) -> int:
        """Number of indicators on which the score rests."""
        return sum(line.points is not None for line in self.lines)

    @property
    def label(self) -> str:
        """How far its place can be trusted; empty without rank."""
        if self.rank is None:
            return ""
        return _label(self.rank, self.used, is_borrowed=self.is_borrowed)

    @property
    def vintages(self) -> tuple[str, ...]:
        """Source and vintage of what is known, each once."""
        found = {
            f"{line.source} ({dated(line.vintage)})": None
            for line in self.lines
            if line.value is not None
        }
        return tuple(found)
