"""The one query per number: a table of the analysis desk, exact, for the team.

What leaves the team passes through `tabulations.protection`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np
from django.http import QueryDict
from numpy.typing import NDArray

from jalons.analysis.clustered import interval_list
from jalons.analysis.crosstab import ALPHA, Test, benjamini_hochberg
from jalons.analysis.intervals import Interval
from jalons.analysis.tabulation import Axis, Mask, Table, tabulate
from jalons.analysis.weighting import TRIM, Raking, effective_size, rake
from jalons.analysis.weighting import Margin as KnownShares
from jalons.surveys.models import Campaign
from jalons.tabulations.axes import Answers, answers_of, variables_of
from jalons.tabulations.models import Tabulation
from jalons.tabulations.query import WEIGHED, Margin, Query, TypedMargin, read

TOTAL = "*"


@dataclass(frozen=True, slots=True)
class Part:
    """`count` persons of `n`, and the share they weigh; all None when secret."""

    count: int | None
    n: int | None
    share: float | None
    interval: Interval | None

    @property
    def is_secret(self) -> bool:
        return self.count is None


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its category, the persons who answered, one part a column."""

    code: str
    n: int | None
    effective: float
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """A test among all those of the table, p adjusted for their number."""

    test: Test
    p_adjusted: float
    comparisons: int

    @property
    def is_difference(self) -> bool:
        return self.p_adjusted < ALPHA


@dataclass(frozen=True, slots=True)
class Layer:
    """The table of one category of the third variable, or the only table.

    `tests` has one entry, or one a column for boxes to tick; None: untestable. `n` and
    `left_out` are None when secret.
    """

    code: str
    n: int | None
    left_out: int | None
    lines: tuple[Line, ...]
    total: Line
    tests: tuple[Judged | None, ...]
    is_clustered: bool

    @property
    def has_secrets(self) -> bool:
        lines = (*self.lines, self.total)
        return any(part.is_secret for line in lines for part in line.parts)


@dataclass(frozen=True, slots=True)
class Given:
    """Weights that imported files gave, brought to a mean of 1 over those kept.

    `left_out` counts answers kept by the filters that have no weight. `means` gives,
    by the number of each file, the mean of its weights as they were given.
    """

    weights: NDArray[np.float64]
    means: Mapping[int, float]
    effective_n: float
    left_out: int
    trimmed: int = 0

    @property
    def is_possible(self) -> bool:
        return self.effective_n > 0


@dataclass(frozen=True, slots=True)
class Weighed:
    """Whom a query keeps, and the weights it makes for them, if any."""

    kept: Mask
    given: Given | None
    calibration: Raking | None

    @property
    def weights(self) -> NDArray[np.float64] | None:
        made = self.calibration or self.given
        return made.weights if made is not None and made.is_possible else None

    @property
    def reaches_margins(self) -> bool:
        """Whether weights, if any, can hold the shares asked for.

        Weights that the reader asked to keep within bounds may miss them: it is told.
        Shares that contradict each other are missed by any weights, bounds or not.
        """
        raking = self.calibration
        if raking is None:
            return self.given is None or self.given.is_possible
        return raking.is_possible and raking.is_reachable


@dataclass(frozen=True, slots=True)
class Tabulated:
    """A whole table; `columns` are the codes of its columns, in order."""

    query: Query
    columns: tuple[str, ...]
    responses: int
    kept: int
    layers: tuple[Layer, ...]
    comparisons: int
    has_multiple_rows: bool
    has_multiple_columns: bool
    calibration: Raking | None = None
    given: Given | None = None
    reaches_margins: bool = True

    @property
    def is_weighted(self) -> bool:
        made = self.calibration or self.given
        return made is not None and made.is_possible


def tabulated(campaign: Campaign, query: Query) -> Tabulated:
    """The table that an address asks for."""
    return tabulated_from(answers_of(campaign), query)


def tabulated_from(answers: Answers, query: Query) -> Tabulated:
    """The same, from answers already at hand."""
    rows, columns = answers.axis(query.rows), answers.axis(query.columns)
    weighed = _weighed(answers, query)
    clusters, weights = answers.matrix.territories.positions, weighed.weights
    layers = [
        _layer(code, rows, columns, mask, clusters, weights)
        for code, mask in _masks(answers, query, weighed.kept)
    ]
    judged, comparisons = _judged(layers)
    return Tabulated(
        query=query,
        columns=columns.labels,
        responses=len(answers),
        kept=int(weighed.kept.sum()),
        layers=judged,
        comparisons=comparisons,
        has_multiple_rows=rows.is_multiple,
        has_multiple_columns=columns.is_multiple,
        calibration=weighed.calibration,
        given=weighed.given,
        reaches_margins=weighed.reaches_margins,
    )


def out_of_reach(campaign: Campaign, kept: Iterable[Tabulation]) -> frozenset[int]:
    """Tables whose weights no longer reach the shares asked for, or cannot be made.

    Answers that came since, or a file undone, may have taken away whoever stood for a
    category; only their weights are made to know it.
    """
    asked = [one for one in kept if WEIGHED & QueryDict(one.address).keys()]
    if not asked:
        return frozenset()
    answers = answers_of(campaign)
    variables = variables_of(answers, "fr")
    queries = {one.pk: read(QueryDict(one.address), variables).query for one in asked}
    return frozenset(
        pk
        for pk, query in queries.items()
        if query is None or not _weighed(answers, query).reaches_margins
    )


def _weighed(answers: Answers, query: Query) -> Weighed:
    kept = _kept(answers, query)
    given = _given(answers, kept, query) if query.is_given else None
    return Weighed(kept, given, _calibration(answers, query, kept, given))


def _kept(answers: Answers, query: Query) -> Mask:
    """Those in any of the categories kept of every variable filtered."""
    kept = np.ones(len(answers), dtype=bool)
    for name in dict.fromkeys(name for name, _code in query.filters):
        found = answers.axis(name)
        codes = [code for one, code in query.filters if one == name]
        chosen = [at for at, label in enumerate(found.labels) if label in codes]
        kept &= found.masks[chosen].any(axis=0)
    return kept


def _masks(answers: Answers, query: Query, kept: Mask) -> list[tuple[str, Mask]]:
    if not query.layers:
        return [("", kept)]
    found = answers.axis(query.layers)
    return [
        (label, kept & mask)
        for label, mask in zip(found.labels, found.masks, strict=True)
        if (kept & mask).any()
    ]


def _calibration(
    answers: Answers, query: Query, kept: Mask, given: Given | None
) -> Raking | None:
    """Weights over those kept, made from those given; the others weigh nothing."""
    if not query.margins:
        return None
    known = [_known_shares(answers, margin, kept) for margin in query.margins]
    start = given.weights if given else None
    return rake(known, start=start, is_trimmed=query.is_trimmed)


def _given(answers: Answers, kept: Mask, query: Query) -> Given:
    """The weights of the files, for those kept; whoever has none weighs nothing.

    When they are calibrated, weights are kept within bounds afterwards only.
    """
    context = answers.context
    known = kept & ~np.isnan(context.weights)
    if query.weight_files:
        known &= np.isin(context.weight_files, query.weight_files)
    weights = np.where(known, context.weights, 0.0)
    files = context.weight_files[known]
    means = {
        number: float(weights[known][files == number].mean())
        for number in np.unique(files).tolist()
    }
    if known.any():
        weights = weights / weights[known].mean()
    trimmed = 0
    if query.is_trimmed and not query.margins:
        within = np.where(known, np.clip(weights, *TRIM), 0.0)
        trimmed = int((within != weights).sum())
        weights = within
    left_out = int((kept & ~known).sum())
    return Given(weights, means, effective_size(weights), left_out, trimmed)


def _known_shares(answers: Answers, margin: Margin, kept: Mask) -> KnownShares:
    found = answers.axis(margin.variable)
    position = np.where(found.answered & kept, found.masks.argmax(axis=0), -1)
    if isinstance(margin, TypedMargin):
        typed = dict(margin.shares)
        targets = [typed.get(label, 0.0) / 100 for label in found.labels]
    else:
        sizes = answers.context.sizes[margin.variable]
        at = 0 if margin.unit == "epci" else 1
        whole = sum(size[at] for size in sizes.values()) or 1
        targets = [sizes[label][at] / whole for label in found.labels]
    return KnownShares(margin.variable, found.labels, position, tuple(targets))


def _layer(
    code: str,
    rows: Axis,
    columns: Axis,
    kept: Mask,
    clusters: NDArray[np.int32],
    weights: NDArray[np.float64] | None,
) -> tuple[Layer, tuple[Test | None, ...]]:
    table = tabulate(rows, columns, kept, clusters, weights=weights)
    everybody = Axis((TOTAL,), rows.answered[None], rows.answered)
    whole = tabulate(everybody, columns, kept, clusters, weights=weights)
    layer = Layer(
        code,
        table.n,
        table.left_out,
        tuple(_line(table, at) for at in range(len(table.rows))),
        _line(whole, 0),
        (),
        table.is_clustered,
    )
    return layer, table.tests


def _line(table: Table, at: int) -> Line:
    n = int(table.bases[at])
    intervals = interval_list(table.low[at], table.high[at])
    parts = [
        Part(
            int(table.counts[at, column]),
            n,
            float(table.shares[at, column]) if n else None,
            intervals[column],
        )
        for column in range(len(table.columns))
    ]
    return Line(table.rows[at], n, float(table.effective[at]), tuple(parts))


def judged_again(table: Tabulated) -> Tabulated:
    """The table with p adjusted for its own tests, when some were taken away."""
    (found,) = judged_together([table])
    return found


def tests_of(tables: Sequence[Tabulated]) -> list[float | None]:
    """The p of every test of these tables, None for what could not be tested."""
    return [
        judged.test.p_value if judged else None
        for table in tables
        for layer in table.layers
        for judged in layer.tests
    ]


def judged_together(
    tables: Sequence[Tabulated], beside: Sequence[float | None] = ()
) -> list[Tabulated]:
    """Tables that are read together: p is adjusted for the tests of them all.

    `beside` are the p of other tests that are read with them, and of one family.
    """
    layers = [
        (one, tuple(judged.test if judged else None for judged in one.tests))
        for table in tables
        for one in table.layers
    ]
    judged, comparisons = _judged(layers, beside)
    left = iter(judged)
    return [
        replace(
            table,
            layers=tuple(islice(left, len(table.layers))),
            comparisons=comparisons,
        )
        for table in tables
    ]


def _judged(
    layers: Sequence[tuple[Layer, tuple[Test | None, ...]]],
    beside: Sequence[float | None] = (),
) -> tuple[tuple[Layer, ...], int]:
    """Every test of the table judged together, so that many do not invent one."""
    p_values = [
        test.p_value if test else None for _l, tests in layers for test in tests
    ]
    p_values += beside
    adjusted = iter(benjamini_hochberg(p_values))
    comparisons = sum(p is not None for p in p_values)
    found = []
    for layer, tests in layers:
        judged: list[Judged | None] = []
        for test in tests:
            p = next(adjusted)
            if test is None or p is None:
                judged.append(None)
            else:
                judged.append(Judged(test, p, comparisons))
        found.append(replace(layer, tests=tuple(judged)))
    return tuple(found), comparisons
