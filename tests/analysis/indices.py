"""Small indices and tables of figures for the tests of the index."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

from jalons.analysis.index import Coverage, Group, Index, Indicator
from jalons.analysis.normalisation import Scale
from jalons.analysis.observations import Figures
from tests.analysis.tables import table

PLAIN = Scale("min_max", low=0, high=10, trim=None)

TWO_AXES = Index(
    "two_axes",
    (
        Group("skills", (Indicator("age"), Indicator("diploma"))),
        Group("access", (Indicator("poverty"),)),
    ),
    PLAIN,
)
ENDS = """
    code | population | age | diploma | poverty
    low  | 1000       | 0   | 0       | 0
    high | 1000       | 100 | 100     | 100
"""

AXES = (
    Group("one", (Indicator("a", 2), Indicator("b", 1, "lower")), 1),
    Group("two", (Indicator("c", 3),), 2),
)
LOOSE = Coverage(least_weight_share=0, least_per_axis=0)

VALUES, MOST_PEOPLE = 62, 5000
Row = tuple[int | None, int | None, int | None]


def row_of(number: int) -> Row:
    """Three values from 0 to 60, or None: a number of three digits in base 62."""
    digits = (number % VALUES, number // VALUES % VALUES, number // VALUES**2)
    first, second, third = (digit - 1 if digit else None for digit in digits)
    return first, second, third


def peopled_row_of(number: int) -> tuple[Row, int]:
    return row_of(number // MOST_PEOPLE), 1 + number % MOST_PEOPLE


# A row is one number: drawing it cell by cell takes longer than all the formulas.
ROW = st.integers(0, VALUES**3 - 1).map(row_of)
TABLES = st.lists(
    st.integers(0, VALUES**3 * MOST_PEOPLE - 1).map(peopled_row_of),
    min_size=3,
    max_size=9,
)


def figures(text: str) -> Figures:
    """A table whose first two columns are the code and the population."""
    rows = table(text)
    header = text.strip().splitlines()[0].split("|")
    names = tuple(name.strip() for name in header[2:])
    values = [[float(row.get(name, "nan")) for name in names] for row in rows]
    population = [float(row["population"]) for row in rows]
    return Figures(tuple(row["code"] for row in rows), names, values, population)


def figures_of(rows) -> Figures:
    """Rows drawn by hypothesis: three values or None, then the inhabitants."""
    values = [[np.nan if x is None else x for x in row] for row, _ in rows]
    population = [inhabitants for _, inhabitants in rows]
    codes = tuple(f"t{at}" for at in range(len(rows)))
    return Figures(codes, ("a", "b", "c"), values, population)
