"""A table of the desk as it is read and downloaded, with the sheets of the restitution.

The pivot is read; the long table, one line a cell, is what a program reads.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from jalons.observatory.answer_results import is_too_small
from jalons.observatory.sheets import (
    Cell,
    Column,
    Row,
    Sheet,
    base_cell,
    count,
    count_column,
    name,
    name_column,
)
from jalons.observatory.words import interval, number, percent, secret, too_small
from jalons.tabulations.figures import Layer, Line, Part
from jalons.tabulations.reading import Read, base


def pivot(shown: Read, layer: Layer) -> Sheet:
    """Rows and columns as they are asked, each share with its count."""
    columns = (
        name_column(shown.rows.title),
        count_column(_("n")),
        *(_column(shown.columns.label(code)) for code in shown.table.columns),
    )
    lines = (*layer.lines, layer.total)
    rows = tuple(
        Row((name(label(shown, one)), base_cell(one.n), *map(_part, one.parts)))
        for one in lines
        if one.n != 0
    )
    code = f"tableau-{layer.code}" if layer.code else "tableau"
    return Sheet(code, shown.layer_title(layer), columns, rows, base(shown, layer))


def long(shown: Read) -> Sheet:
    """Every cell on its own line, with its interval, for all the layers."""
    layers = shown.layers
    first = (name_column(layers.title),) if layers else ()
    columns = (
        *first,
        name_column(shown.rows.title),
        name_column(shown.columns.title),
        count_column(_("count")),
        count_column(_("n")),
        Column(_("Share"), (_("share (%)"),), is_number=True),
        Column(_("95% interval"), (_("low bound (%)"), _("high bound (%)")), True),
    )
    rows = tuple(_rows(shown))
    note = " ".join(base(shown, layer) for layer in shown.table.layers[:1])
    return Sheet("croisement", shown.title, columns, rows, note)


def _rows(shown: Read) -> Iterator[Row]:
    for layer in shown.table.layers:
        first = (name(shown.layers.label(layer.code)),) if shown.layers else ()
        for line in (*layer.lines, layer.total):
            for code, part in zip(shown.table.columns, line.parts, strict=True):
                place = (name(label(shown, line)), name(shown.columns.label(code)))
                yield Row((*first, *place, *_cells(part)))


def label(shown: Read, line: Line) -> str:
    return _("All") if line.code == "*" else shown.row_label(line)


def _column(title: str) -> Column:
    names = (title, _("%(label)s (%%)") % {"label": title})
    return Column(title, names, is_number=True)


def _part(part: Part) -> Cell:
    """The share, and the count it comes from; both are hidden together."""
    if part.is_secret:
        return Cell(secret(), (secret(), secret()))
    if not part.n:
        return Cell("–", (part.count, None))
    if is_too_small(part.n):
        return Cell(number(part.count), (part.count, too_small()))
    text = _("%(share)s (%(count)s)") % {
        "share": percent(part.share),
        "count": number(part.count),
    }
    return Cell(text, (part.count, _points(part.share)))


def _cells(part: Part) -> tuple[Cell, ...]:
    if part.is_secret:
        hidden = Cell(secret(), (secret(),))
        return hidden, count(part.n), hidden, Cell("", (None, None))
    between = part.interval
    bounds = (_points(between.low), _points(between.high)) if between else (None, None)
    return (
        count(part.count),
        count(part.n),
        Cell(percent(part.share), (_points(part.share),)),
        Cell(interval(between), bounds),
    )


def _points(share: float | None) -> float | None:
    """A share in percent, to one decimal."""
    return None if share is None else round(share * 100, 1)
