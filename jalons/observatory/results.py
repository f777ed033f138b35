"""The numbers of a restitution: one frozen object, read alike by page, PDF and CSV.

Everything here is codes and numbers; words come later, in the reader's language. A
count that is None is secret, a share that is None is not computable: neither is zero.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from jalons.analysis.crosstab import Finding
from jalons.analysis.independence import TestName
from jalons.analysis.spread import Spread
from jalons.observatory.answer_results import NO_DEGREES, Count, Degrees, Question

Unit = Literal["respondents", "epci"]
Audience = Literal["team", "public"]
VariantCode = Literal["per_inhabitants", "without_counts"]

NO_ANSWER, NOT_PUBLISHED = "no_answer", "not_published"
"""States of a territory that shows no class, drawn as two different blanks."""
ANSWERED = "answered"
"""The state of a territory when the questionnaire gives no points."""


@dataclass(frozen=True, slots=True)
class Spot:
    """One territory on the map; `state` is a class, or why there is none.

    `respondents` and the bounds in points are the team's alone; `method` is how its
    answers became one.
    """

    code: str
    name: str
    departement: str | None
    state: str
    is_uncertain: bool = False
    is_borderline: bool = False
    respondents: int | None = None
    low: float | None = None
    high: float | None = None
    method: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table: its label, its number of units, one count per column."""

    label: str
    n: int | None
    cells: tuple[Count, ...]


@dataclass(frozen=True, slots=True)
class WholeTest:
    """Whether rows and columns vary together over the whole table."""

    name: TestName
    p_value: float
    cramers_v: float
    draws: int | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What may be said of one group of columns in two groups of rows.

    `lines` gives, row by row, the share of these columns taken together.
    """

    columns: tuple[str, ...]
    first_rows: tuple[str, ...]
    last_rows: tuple[str, ...]
    finding: Finding
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Variant:
    """The same reading with size taken out of the score, when it says otherwise."""

    code: VariantCode
    kind: str
    first_is_higher: bool
    finding: Finding | None = None


@dataclass(frozen=True, slots=True)
class Crossing:
    """One variable by another. `without` counts, by column, the units without a row.

    For each column, the lines and `without` add up to the headline `total`.
    `checked` names the variants tried, `variants` holds those that say otherwise.
    """

    code: str
    row_variable: str
    column_variable: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    total: Line
    without: tuple[int | None, ...]
    test: WholeTest | None = None
    reading: Reading | None = None
    checked: tuple[VariantCode, ...] = ()
    variants: tuple[Variant, ...] = ()
    empty: tuple[tuple[str, str], ...] = ()
    has_secrets: bool = False

    @property
    def without_count(self) -> int | None:
        """Units left out because the row variable is not known for them."""
        known = [count for count in self.without if count is not None]
        return sum(known) if len(known) == len(self.without) else None


@dataclass(frozen=True, slots=True)
class Withheld:
    """A crossing that is not offered: every one of its cells is secret."""

    row_variable: str
    column_variable: str


@dataclass(frozen=True, slots=True)
class Link:
    """Two questions of the grid read as yes or no, crossed with each other.

    `yes` and `no` count the territories that have the outcome, with and without the
    facilitator. `left_out`: no answer, or respondents who disagree.
    """

    facilitator: str
    outcome: str
    yes: Count
    no: Count
    left_out: int | None
    finding: Finding | None
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Departement:
    """Participation and progress in one département.

    `advanced` counts the two upper classes among the territories used by the figures.
    """

    code: str
    name: str
    epci: int
    responding: int
    responses: int | None
    used: int
    advanced: Count | None
    involvement: str | None


@dataclass(frozen=True, slots=True)
class Base:
    """Who answered: persons, territories, and those that no figure can place.

    `used` counts the territories on which figures by territory rest.
    """

    responses: int
    outside: int
    perimeter: int
    responding: int
    used: int
    departements: int
    departements_covered: int
    profiles: tuple[tuple[str, int | None], ...]
    without_profile: int | None
    # The channels by which answers came: those of fewer than five persons together.
    channels: tuple[tuple[tuple[str, ...], int], ...] = ()


@dataclass(frozen=True, slots=True)
class IncomeCut:
    """The two incomes, in euros, that cut vulnerability in three.

    `reason` says where they come from when the team chose them; empty for thirds,
    then taken over the `epci` of the `regions` whose income is known.
    """

    low: float
    high: float
    reason: str = ""
    regions: tuple[str, ...] = ()
    epci: int = 0


@dataclass(frozen=True, slots=True)
class Dimension:
    """The points of one dimension, of `maximum`, over the territories counted."""

    code: str
    maximum: int
    spread: Spread


@dataclass(frozen=True, slots=True)
class Figures:
    """A whole restitution, for one audience."""

    audience: Audience
    shows_classes: bool
    base: Base
    spots: tuple[Spot, ...]
    classes: tuple[str, ...]
    distribution: tuple[Count, ...]
    departements: tuple[Departement, ...]
    crossings: tuple[Crossing, ...]
    comparisons: int
    links: tuple[Link, ...]
    questions: tuple[Question, ...]
    vintages: Mapping[str, str]
    income_cut: IncomeCut | None = None
    withheld: tuple[Withheld, ...] = ()
    degrees: Degrees = NO_DEGREES
    dimensions: tuple[Dimension, ...] = ()

    @property
    def shown_territories(self) -> frozenset[str]:
        """Territories whose own class these figures show."""
        return frozenset(one.code for one in self.spots if one.state in self.classes)

    def crossing(self, code: str) -> Crossing | None:
        return next((one for one in self.crossings if one.code == code), None)

    def question(self, role: str) -> Question | None:
        return next((one for one in self.questions if one.role == role), None)


MORE_OFTEN = 0.5
"""Of the ways of computing the index: fragile more often than not, our choice."""


@dataclass(frozen=True, slots=True)
class Target:
    """A territory to support first: little advanced, and vulnerable or fragile.

    `low` and `high` bound its score in points, of `points` at most. `income` is its
    median, in euros a year; `income_limit` the one at or under which it is vulnerable.
    `fragile_share` is the share of the computations of the index that put it among the
    most fragile third of its région; None when not asked for, or not computable.
    """

    code: str
    name: str
    departement: str | None
    class_code: str
    is_uncertain: bool
    respondents: int
    low: float
    high: float
    points: int
    income: float | None
    income_limit: float | None
    is_vulnerable: bool = True
    fragile_share: float | None = None

    @property
    def is_fragile(self) -> bool:
        """Among the most fragile third more often than not."""
        return self.fragile_share is not None and self.fragile_share > MORE_OFTEN
