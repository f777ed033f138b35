"""Every question by every context, counted in one reading of the answers.

A variable is a question of the grid, or the class of the total. Its categories are the
options, then who did not answer (`hiding.MISSING`) and who was not asked (`UNASKED`);
boxes to tick overlap, and their base is `answered`. A context is any short column:
profile, density, département.

Answers are grouped once by all the contexts together; what comes back is some thousand
rows, summed here into one table per pair. Counts are exact. Sums of weights depend, in
their last digits, on the order in which engines add: equal to 1e-9 in proportion.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from ibis.expr.types import BooleanValue, Table
from numpy.typing import NDArray

from jalons.analysis.grid import Single
from jalons.analysis.hiding import MISSING, UNASKED
from jalons.scale.points import Form, holds

Counts = NDArray[np.int64]
Weights = NDArray[np.float64]

CLASS = "class"
EVERYBODY = ""
"""The context of the table of all answers together."""


@dataclass(frozen=True, slots=True)
class Category:
    """One column to be: the answers of `variable` that fall in `code`."""

    variable: str
    code: str
    is_in: BooleanValue


@dataclass(frozen=True, slots=True, eq=False)
class CrossTable:
    """One variable by one context: `counts` and `weights` [category, value].

    `n` and `n_weight` are everybody, by value of the context.
    """

    variable: str
    context: str
    categories: tuple[str, ...]
    values: tuple[str, ...]
    counts: Counts
    weights: Weights
    n: Counts
    n_weight: Weights

    @property
    def answered(self) -> Counts:
        """Who was asked and answered, by value of the context."""
        return self.n - self.counts[self._silent].sum(axis=0)

    @property
    def answered_weight(self) -> Weights:
        return self.n_weight - self.weights[self._silent].sum(axis=0)

    @property
    def _silent(self) -> list[int]:
        return [i for i, c in enumerate(self.categories) if c in (MISSING, UNASKED)]


def categories(form: Form, scored: Table) -> Iterator[Category]:
    """What is counted of each variable, in order."""
    for at, item in enumerate(form.grid.items):
        unasked, missing = scored[f"unasked{at}"], scored[f"missing{at}"]
        text = scored[item.code]
        for option in form.options(item):
            is_it = (
                text == option
                if isinstance(item.rule, Single)
                else holds(text, [option])
            )
            yield Category(item.code, option, ~(unasked | missing) & is_it)
        yield Category(item.code, MISSING, missing)
        if item.asked_if:
            yield Category(item.code, UNASKED, unasked)
    for at, one in enumerate(form.grid.classes):
        yield Category(CLASS, one.code, scored[CLASS] == at)


def count(form: Form, scored: Table, contexts: Sequence[str]) -> list[CrossTable]:
    """One table for each variable by each context, and by `EVERYBODY`.

    `scored` comes from `points.scored`, with a column a context and `weight`.
    """
    wanted = list(categories(form, scored))
    flags = {f"is{at}": one.is_in for at, one in enumerate(wanted)}
    given = scored.select(*contexts, "weight", **flags)
    sums = {"n": given.count(), "w": given["weight"].sum()}
    for name in flags:
        sums[f"n:{name}"] = given[name].sum()
        weight = given["weight"].sum(where=given[name])
        sums[f"w:{name}"] = weight.fill_null(0)  # NULL where nobody is
    grouped = given.group_by(list(contexts)) if contexts else given
    found = grouped.aggregate(**sums).to_pyarrow().to_pydict()
    counts = np.array([found["n"], *(found[f"n:{name}"] for name in flags)], np.int64)
    weights = np.array([found["w"], *(found[f"w:{name}"] for name in flags)], float)
    tables: list[CrossTable] = []
    for context in (EVERYBODY, *contexts):
        labels = found[context] if context else [EVERYBODY] * len(found["n"])
        values = tuple(sorted(set(labels)))
        places = [values.index(label) for label in labels]
        by_value = (_summed(counts, places, values), _summed(weights, places, values))
        tables += _tables(wanted, context, values, *by_value)
    return tables


def _summed(cells, places: Sequence[int], values: Sequence[str]):
    """Columns of the same value of a context, added."""
    found = np.zeros((len(cells), len(values)), cells.dtype)
    np.add.at(found.T, np.array(places), cells.T)
    return found


def _tables(
    wanted: Sequence[Category],
    context: str,
    values: tuple[str, ...],
    counts: Counts,
    weights: Weights,
) -> Iterator[CrossTable]:
    """The rows of each variable; the first row of all is everybody."""
    for variable in dict.fromkeys(one.variable for one in wanted):
        rows = [at for at, one in enumerate(wanted) if one.variable == variable]
        places = [at + 1 for at in rows]
        yield CrossTable(
            variable,
            context,
            tuple(wanted[at].code for at in rows),
            values,
            counts[places],
            weights[places],
            counts[0],
            weights[0],
        )
