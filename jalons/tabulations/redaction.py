"""Write into a table of the desk what is hidden of it, and all that leans on that.

A share and its interval go with their count or their base; tests go with any count of
their layer, and p is adjusted again for the tests that are left.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from jalons.analysis.disclosure import Key
from jalons.tabulations.figures import Layer, Line, Part, Tabulated, judged_again
from jalons.tabulations.naming import Numbers


def redacted(table: Tabulated, numbers: Numbers, hidden: Collection[Key]) -> Tabulated:
    """The same table without what is hidden."""
    writer = _Writer(table, numbers, hidden)
    return judged_again(replace(table, layers=tuple(map(writer.layer, table.layers))))


def is_blank(table: Tabulated) -> bool:
    """Whether nothing of a table is left to read."""
    parts = (
        part
        for layer in table.layers
        for line in (*layer.lines, layer.total)
        for part in line.parts
    )
    return not any(part.count for part in parts)


@dataclass(frozen=True, slots=True)
class _Writer:
    table: Tabulated
    numbers: Numbers
    hidden: Collection[Key]

    def layer(self, layer: Layer) -> Layer:
        lines = tuple(self._line(one, layer.code) for one in layer.lines)
        total = self._line(layer.total, layer.code)
        told = replace(layer, lines=lines, total=total)
        if told.has_secrets:
            told = replace(told, tests=())
        if total.n is None:
            return replace(told, n=None, left_out=None)
        is_kept_secret = self.numbers.kept(layer.code) in self.hidden
        return replace(told, left_out=None) if is_kept_secret else told

    def _line(self, line: Line, layer: str) -> Line:
        base = self.numbers.base(layer, line.code)
        if base in self.hidden:
            nothing = Part(None, None, None, None)
            return replace(line, n=None, parts=(nothing,) * len(line.parts))
        columns = zip(self.table.columns, line.parts, strict=True)
        parts = tuple(self._part(part, line.code, c, layer) for c, part in columns)
        return replace(line, parts=parts)

    def _part(self, part: Part, row: str, column: str, layer: str) -> Part:
        key = self.numbers.part(layer, row, column)
        return Part(None, part.n, None, None) if key in self.hidden else part
