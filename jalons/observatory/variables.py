"""The variables that are crossed, their classes in order, and which pairs (rule 10–16).

In a table of answers that leaves the team, small neighbouring classes of context are
put together ("very_dense+dense"): who knows how many territories of a class answered
would otherwise know what a single one said.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jalons.analysis.context import FOUR_CLASSES, THREE_CLASSES, VULNERABILITIES
from jalons.observatory.material import Material, Place, Standing
from jalons.observatory.standings import political_dimension
from jalons.questionnaires.definitions import Definition
from jalons.surveys.models import Involvement

ORDERS: Mapping[str, tuple[str, ...]] = {
    "density": tuple(FOUR_CLASSES),
    "density3": tuple(THREE_CLASSES),
    "vulnerability": VULNERABILITIES,
    "involvement": tuple(Involvement.Level.values),
}
TOGETHER = "+"
SMALLEST_ROW = 10
"""Territories in a row of a published table of answers, twice the threshold."""


@dataclass(frozen=True, slots=True)
class Spec:
    """A crossing to make; `first` and `last` are the groups of rows compared.

    `reads` is the number of columns compared, the first ones, or the last ones when
    negative. Without rows to compare there is no test: the table is only read.
    """

    code: str
    rows: str
    columns: str
    first: tuple[str, ...] = ()
    last: tuple[str, ...] = ()
    reads: int = 1
    is_aggregated: bool = True

    def read_columns(self, columns: tuple[str, ...]) -> tuple[str, ...]:
        return columns[: self.reads] if self.reads > 0 else columns[self.reads :]

    def is_answer(self, material: Material) -> bool:
        """Whether it counts answers, rather than published classes or context."""
        if self.columns == "maturity":
            return not material.shown
        return self.columns == "political"


RURAL, URBAN = ("sparse", "very_sparse"), ("very_dense", "dense")
# Without published classes, one way of cutting the territories is kept: density in
# three and in four classes would differ by one or two territories.
SPECS = (
    Spec("maturity_by_density", "density", "maturity", RURAL, URBAN, reads=-2),
    Spec(
        "maturity_by_density3",
        "density3",
        "maturity",
        ("rural",),
        ("dense", "intermediate"),
        reads=-2,
        is_aggregated=False,
    ),
    Spec("maturity_by_vulnerability", "vulnerability", "maturity", ("high",), ("low",)),
    Spec("political_by_density", "density", "political", RURAL, URBAN, reads=-1),
    Spec("density_by_vulnerability", "vulnerability", "density"),
    Spec("maturity_by_involvement", "involvement", "maturity", is_aggregated=False),
)


@dataclass(frozen=True, slots=True)
class Rows:
    """The row of each territory of the perimeter, and the rows in their order."""

    order: tuple[str, ...]
    by_code: Mapping[str, str | None]

    def of(self, places: Sequence[Place]) -> list[str | None]:
        return [self.by_code[place.code] for place in places]

    def within(self, labels: Sequence[str]) -> tuple[str, ...]:
        """The rows that hold nothing else than these classes."""
        return tuple(
            row for row in self.order if set(row.split(TOGETHER)) <= set(labels)
        )


def specs_for(material: Material) -> tuple[Spec, ...]:
    aggregates = material.is_public and not material.shown
    return tuple(spec for spec in SPECS if spec.is_aggregated or not aggregates)


def rows_of(spec: Spec, material: Material) -> Rows:
    """The rows of a crossing, small neighbours together when answers leave."""
    order = ORDERS[spec.rows]
    labels = {place.code: getattr(place, spec.rows) for place in material.places}
    if not (material.is_public and spec.is_answer(material)):
        return Rows(order, labels)
    used = [labels[place.code] for place in material.answered]
    groups = neighbours(order, {label: used.count(label) for label in order})
    name_of = {label: TOGETHER.join(group) for group in groups for label in group}
    return Rows(
        tuple(TOGETHER.join(group) for group in groups),
        {code: name_of.get(label) for code, label in labels.items()},
    )


def neighbours(
    order: Sequence[str], sizes: Mapping[str, int], least: int = SMALLEST_ROW
) -> list[tuple[str, ...]]:
    """Ordered classes, the smallest joining its smaller neighbour until all have it.

    >>> neighbours(["a", "b", "c"], {"a": 1, "b": 13, "c": 57})
    [('a', 'b'), ('c',)]
    """
    groups: list[tuple[tuple[str, ...], int]]
    groups = [((label,), sizes[label]) for label in order]
    while len(groups) > 1 and min(n for _, n in groups) < least:
        at = min(range(len(groups)), key=lambda i: groups[i][1])
        beside = [i for i in (at - 1, at + 1) if 0 <= i < len(groups)]
        other = min(beside, key=lambda i: groups[i][1])
        first, second = sorted((at, other))
        (labels, n), (more, m) = groups[first], groups[second]
        groups[first : second + 1] = [((*labels, *more), n + m)]
    return [labels for labels, _ in groups]


def class_codes(definition: Definition) -> tuple[str, ...]:
    """The classes of the grid, from the lowest to the highest."""
    return tuple(c.code for c in definition.grid.classes) if definition.grid else ()


def columns_of(variable: str, definition: Definition) -> tuple[str, ...]:
    """The classes of a column variable, in order; none when nothing gives it."""
    if variable == "maturity":
        return class_codes(definition)
    if variable == "political":
        dimension = political_dimension(definition)
        return tuple(level.code for level in dimension.levels) if dimension else ()
    return ORDERS[variable]


def column_value(variable: str, place: Place, standing: Standing | None) -> str | None:
    """The class of one territory in a column variable."""
    if variable == "maturity":
        return standing.class_code if standing else None
    if variable in ("political", "per_inhabitants", "without_counts"):
        return getattr(standing, variable) if standing else None
    return getattr(place, variable)
