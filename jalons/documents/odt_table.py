"""A table of a LibreOffice document: its header repeats, its rows stay whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import odfdo
from odfdo import Element

from jalons.documents import odt_style as style
from jalons.documents.columns import is_short, letters_across
from jalons.documents.letters import written
from jalons.documents.model import Cell, Graphic, Number, Table
from jalons.documents.odt_parts import TEXT_WIDTH, Pictures, element, found_in, line
from jalons.documents.pictures import Picture

ALIGNED = {"start": "", "center": " Center", "end": " End"}
"""What the style of a cell is called besides its own name."""
DRAWING_HEIGHT = 0.14


class Tables:
    """Makes tables; their widths are styles of their own."""

    def __init__(
        self, made: odfdo.Document, frames: Pictures, drawn: Mapping[str, Picture]
    ) -> None:
        self.styles = found_in(made, "content.xml", "//office:automatic-styles")
        self.frames = frames
        self.drawn = drawn
        self.count = 0

    def make(self, table: Table) -> Element:
        self.count += 1
        name = f"Table{self.count}"
        letters = letters_across(table)
        self._style(name, is_together=is_short(table, letters))
        made = element("table:table", {"table:name": name, "table:style-name": name})
        described = element("table:title", {})
        described.text = written(table.caption)
        made.append(described)
        for at, share in enumerate(letters):
            width = TEXT_WIDTH * share / sum(letters)
            made.append(self._column(f"{name}.{at + 1}", width))
        head = element("table:table-header-rows", {})
        head.append(self._row(table, table.header, "Cell Header"))
        made.append(head)
        for row in table.rows:
            made.append(self._row(table, row, "Cell"))
        return made

    def _row(self, table: Table, cells: Sequence[Cell], look: str) -> Element:
        made = element("table:table-row", {"table:style-name": style.ROW})
        is_header = look == "Cell Header"
        for column, cell in enumerate(cells):
            name = style.HEADER_CELL if is_header else style.CELL
            place = element(
                "table:table-cell",
                {"table:style-name": name, "office:value-type": "string"},
            )
            aligned = ALIGNED[table.alignment(column)]
            place.append(self._cell(cell, style.key(look + aligned)))
            made.append(place)
        return made

    def _cell(self, cell: Cell, name: str) -> Element:
        match cell:
            case Graphic(svg):
                made = line("", name)
                picture = self.drawn[str(svg)]
                made.append(self.frames.frame(picture, DRAWING_HEIGHT, ""))
                return made
            case Number(text, _):
                return line(text, name)
        return line(cell, name)

    def _column(self, name: str, width: float) -> Element:
        shaped = {"style:column-width": f"{width:.3f}in"}
        self._add("table-column", name, shaped)
        return element("table:table-column", {"table:style-name": name})

    def _style(self, name: str, *, is_together: bool) -> None:
        shaped = {
            "style:width": f"{TEXT_WIDTH:.3f}in",
            "table:align": "left",
            "table:border-model": "collapsing",
            "style:may-break-between-rows": "false" if is_together else "true",
        }
        self._add("table", name, shaped)

    def _add(self, family: str, name: str, shaped: Mapping[str, str]) -> None:
        made = element("style:style", {"style:name": name, "style:family": family})
        made.append(element(f"style:{family}-properties", shaped))
        self.styles.append(made)
