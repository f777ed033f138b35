"""What respondents answered, as counts: options, degrees, ranks, numbers and days.

A count that is None is secret, a share that is None is not computable: neither is zero.
"""

from __future__ import annotations

from dataclasses import dataclass

from jalons.analysis.intervals import SMALLEST_BASE, Interval

TOTAL = "*"
"""The group of everybody, and the line of all rows together."""


def is_too_small(n: int | None) -> bool:
    """Whether a share of n units is left unwritten; of nobody there is none."""
    return n is not None and 0 < n < SMALLEST_BASE


@dataclass(frozen=True, slots=True)
class Count:
    """`count` of `n` units, with its interval; both are None when secret."""

    count: int | None
    n: int | None
    interval: Interval | None = None

    @property
    def is_secret(self) -> bool:
        return self.count is None

    @property
    def share(self) -> float | None:
        return self.count / self.n if self.count is not None and self.n else None

    @property
    def is_too_small(self) -> bool:
        """Whether the base is too small for a share to mean something."""
        return is_too_small(self.n)


@dataclass(frozen=True, slots=True)
class Group:
    """Who answered a question: a profile, or everybody (`TOTAL`)."""

    code: str
    n: int | None
    missing: int | None


@dataclass(frozen=True, slots=True)
class Choice:
    """One option, and its share in each group; `offered_to` limits it to profiles."""

    option: str
    counts: tuple[Count, ...]
    offered_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """What respondents chose; options of a question to tick add up beyond 100 %."""

    role: str
    code: str
    is_multiple: bool
    is_clustered: bool
    groups: tuple[Group, ...]
    choices: tuple[Choice, ...]

    def count(self, option: str, group: str = TOTAL) -> Count | None:
        """The count of one option in one group; None when either is unknown."""
        at = next((i for i, one in enumerate(self.groups) if one.code == group), None)
        found = next((one for one in self.choices if one.option == option), None)
        return None if found is None or at is None else found.counts[at]


@dataclass(frozen=True, slots=True)
class ScaleLine:
    """A scale, or one line of a matrix; `part` is empty for a scale.

    `n` chose a degree; when it is None their number is secret, and nothing is shown.
    `not_concerned` is None when it is counted with `missing`, being too small alone.
    """

    part: str
    n: int | None
    not_concerned: int | None
    missing: int | None
    counts: tuple[Count, ...]
    median: float | None


@dataclass(frozen=True, slots=True)
class Scale:
    """A question answered by degrees; `degrees` are the codes of its options."""

    code: str
    degrees: tuple[str, ...]
    lines: tuple[ScaleLine, ...]


@dataclass(frozen=True, slots=True)
class RankedOption:
    """One option: who placed it first, who placed it among the first.

    The number who ranked it at all and its mean rank are the team's alone: with them
    a reader finds the ranks of a few.
    """

    option: str
    first: Count
    top: Count
    ranked: int | None
    mean_rank: float | None


@dataclass(frozen=True, slots=True)
class Ranking:
    """A question answered by ranks; `top` is how many ranks count as the first."""

    code: str
    top: int
    n: int | None
    missing: int | None
    options: tuple[RankedOption, ...]


@dataclass(frozen=True, slots=True)
class Spread:
    """A number or a day, counted by classes (`analysis.classing`), in order.

    `has_own_limits` says that the questionnaire states the classes. The quartiles are
    the team's alone: each is the number of one or two persons.
    """

    code: str
    is_date: bool
    has_own_limits: bool
    classes: tuple[str, ...]
    counts: tuple[Count, ...]
    n: int | None
    missing: int | None
    quartiles: tuple[float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class Degrees:
    """Scales, matrices, rankings, numbers and days, in the questionnaire's order.

    `choices` are the questions with options that hold no role and give no point.
    """

    scales: tuple[Scale, ...] = ()
    rankings: tuple[Ranking, ...] = ()
    spreads: tuple[Spread, ...] = ()
    choices: tuple[Question, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.scales or self.rankings or self.spreads or self.choices)


NO_DEGREES = Degrees()
