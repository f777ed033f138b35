"""The dimensions of the score, over the territories counted: none is told apart.

Points of one territory are for the centre alone (rule 6): a median over few of them
would be the points of one.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from jalons.analysis.spread import spread
from jalons.observatory import sentences
from jalons.observatory.material import Material
from jalons.observatory.results import Dimension, Figures
from jalons.observatory.sheets import (
    Cell,
    Column,
    Row,
    Sheet,
    count,
    count_column,
    name,
    name_column,
    optional,
)
from jalons.observatory.words import Words, number
from jalons.questionnaires.grids import grid_of

SMALLEST = 11
"""Territories: the least over which the middle of their points is told."""


def dimensions(material: Material) -> tuple[Dimension, ...]:
    """How the points of each dimension are spread; nothing when too few answered."""
    definition = material.definition
    found = [material.standings[place.code] for place in material.used]
    if definition.grid is None or len(found) < SMALLEST:
        return ()
    items = grid_of(definition).items
    return tuple(
        Dimension(
            one.code,
            sum(item.maximum for item in items if item.dimension == one.code),
            spread([standing.dimensions.get(one.code, 0.0) for standing in found]),
        )
        for one in definition.grid.dimensions
    )


def sheet(figures: Figures, words: Words) -> Sheet:
    """A dimension a row: the most it may earn, its middle, the half around it."""
    grid = words.definition.grid
    titles = {
        one.code: one.title.in_language(words.language)
        for one in (grid.dimensions if grid else ())
    }
    rows = tuple(
        Row(
            (
                name(titles.get(one.code, one.code)),
                count(one.maximum),
                optional(one.spread.median),
                _between(one.spread.low, one.spread.high),
            )
        )
        for one in figures.dimensions
    )
    columns = (
        name_column(_("Dimension")),
        count_column(_("Points at most")),
        count_column(_("Median")),
        Column(_("Half of the EPCI"), (_("first quartile"), _("third quartile")), True),
    )
    n = figures.dimensions[0].spread.n if figures.dimensions else 0
    note = _(
        "Unit: %(units)s, n = %(n)s. Points of the dimension; an unanswered question "
        "counts for nothing."
    ) % {"units": sentences.units(figures), "n": number(n)}
    caption = _("Points earned in each dimension")
    return Sheet("dimensions", caption, columns, rows, note)


def _between(low: float, high: float) -> Cell:
    between = {"low": _rounded(low), "high": _rounded(high)}
    return Cell(_("%(low)s to %(high)s") % between, (low, high))


def _rounded(value: float) -> str:
    return number(round(value, 1))
