"""The shapes of a slide: texts, pictures and tables, sized in inches."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.shapes.base import BaseShape
from pptx.slide import Slide as Page
from pptx.table import _Cell
from pptx.text.text import TextFrame
from pptx.util import Emu, Inches, Pt

from jalons.documents.letters import written
from jalons.documents.model import (
    Cell,
    Emphasis,
    Graphic,
    Link,
    Number,
    Strong,
    Table,
    Text,
    plain,
)
from jalons.documents.pictures import Picture
from jalons.documents.slides import LETTERS_ACROSS, column_letters, lines_at
from jalons.drawing.skins import PALETTE

SERIF, SANS = "Georgia", "Calibri"
ALIGNMENTS = {"start": PP_ALIGN.LEFT, "center": PP_ALIGN.CENTER, "end": PP_ALIGN.RIGHT}
SIZES = (20, 18, 16, 14, 13, 12)
"""Points of the text of a table: the largest that its room allows."""
LINE_HEIGHT = 1.35 / 72
"""Inches that a line takes for each point of its letters."""
ROW_AIR, MOST_ROW_AIR = 0.08, 0.3
"""Inches between two rows, and at most when there is room."""
PLAIN_TABLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""The style of a presentation program that adds no colour: "No style, no grid"."""


@dataclass(frozen=True, slots=True)
class Box:
    """A place on a slide, in inches."""

    left: float
    top: float
    width: float
    height: float


class Painter:
    """Adds shapes whose texts are all in one language."""

    def __init__(self, locale: str) -> None:
        self.locale = locale

    def place(self, shape: BaseShape, box: Box) -> None:
        shape.left, shape.top = Inches(box.left), Inches(box.top)
        shape.width, shape.height = Inches(box.width), Inches(box.height)

    def title(self, page: Page, words: str, box: Box, size: float) -> None:
        """The slide's own title, by which programs and readers find it."""
        shape: Any = page.shapes.title
        self.place(shape, box)
        frame = shape.text_frame
        frame.vertical_anchor = MSO_ANCHOR.BOTTOM
        fitting = size if len(words) * size < box.width * 150 else size * 0.7
        self.write(frame, [words], fitting, "ink", is_bold=True, font=SERIF)

    def text(
        self,
        page: Page,
        box: Box,
        lines: Iterable[Text],
        *,
        size: float,
        color: str = "ink",
        is_bold: bool = False,
        gap: float = 4,
    ) -> TextFrame:
        frame = page.shapes.add_textbox(*_inches(box)).text_frame
        self.write(frame, lines, size, color, is_bold=is_bold, gap=gap)
        return frame

    def write(
        self,
        frame: TextFrame,
        lines: Iterable[Text],
        size: float,
        color: str,
        *,
        is_bold: bool = False,
        font: str = SANS,
        gap: float = 4,
    ) -> None:
        """Fill a frame, one paragraph a line."""
        frame.word_wrap = True
        for at, line in enumerate(lines):
            paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
            paragraph.alignment, paragraph.space_after = PP_ALIGN.LEFT, Pt(gap)
            for piece in [line] if isinstance(line, str) else line:
                run = paragraph.add_run()
                run.text = written(plain([piece]))
                run.font.size, run.font.name = Pt(size), font
                run.font.bold = is_bold or isinstance(piece, Strong)
                run.font.italic = True if isinstance(piece, Emphasis) else None
                run.font.color.rgb = _color(color)
                run._r.get_or_add_rPr().set("lang", self.locale)
                if isinstance(piece, Link):
                    run.hyperlink.address = piece.url

    def notes(self, page: Page, words: str) -> None:
        """What the speaker says."""
        frame = page.notes_slide.notes_text_frame
        if frame is not None:
            frame.text = written(words)

    def fact(self, page: Page, box: Box, lines: Sequence[str]) -> None:
        """A key figure: its label, its value, and n under it."""
        label, value, note = lines
        frame = self.text(page, box, [label, value, note], size=15, color="ink-2")
        shown = frame.paragraphs[1].runs[0].font
        shown.size, shown.bold, shown.name = Pt(30), True, SERIF
        shown.color.rgb = _color("ink")

    def mark(self, page: Page, box: Box, words: str) -> None:
        frame = self.text(page, box, [words], size=16, color="caution", is_bold=True)
        frame.paragraphs[0].alignment = PP_ALIGN.RIGHT

    def number(self, page: Page, box: Box, number: int) -> None:
        """The number of the slide, kept right when slides are moved."""
        frame = self.text(page, box, [str(number)], size=10, color="ink-2")
        paragraph = frame.paragraphs[0]
        paragraph.alignment = PP_ALIGN.RIGHT
        run = paragraph.runs[0]._r
        field = run.makeelement(
            qn("a:fld"), {"id": "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}"}
        )
        field.set("type", "slidenum")
        field.extend(list(run))
        run.getparent().replace(run, field)

    def picture(self, page: Page, room: Box, picture: Picture, alt: str) -> None:
        """A picture as large as its room allows, with the words that replace it."""
        scale = min(room.width / picture.width, room.height / picture.height)
        box = Box(room.left, room.top, picture.width * scale, picture.height * scale)
        shape = page.shapes.add_picture(BytesIO(picture.png), *_inches(box))
        _describe(shape, alt)
        shape.name = "Picture"

    def table(self, page: Page, box: Box, table: Table) -> None:
        """A table as large as its room allows."""
        rows = [[plain(cell) for cell in row] for row in table.rows]
        letters = column_letters(table.header, rows)
        size, heights = _heights(table.header, rows, box.height)
        shape = page.shapes.add_table(len(rows) + 1, len(table.header), *_inches(box))
        _describe(shape, table.caption)
        grid = shape.table
        next(shape._element.iter(qn("a:tableStyleId"))).text = PLAIN_TABLE
        grid.horz_banding = False
        for at, across in enumerate(letters):
            grid.columns[at].width = Emu(
                int(Inches(box.width) * across / LETTERS_ACROSS)
            )
        for at, row in enumerate([table.header, *table.rows]):
            grid.rows[at].height = Inches(heights[at])
            for column, words in enumerate(map(_worded, row)):
                self.cell(grid.cell(at, column), words, size, is_header=at == 0)
                paragraph = grid.cell(at, column).text_frame.paragraphs[0]
                paragraph.alignment = ALIGNMENTS[table.alignment(column)]

    def cell(self, cell: _Cell, words: Text, size: float, *, is_header: bool) -> None:
        cell.vertical_anchor = MSO_ANCHOR.MIDDLE
        cell.margin_top = cell.margin_bottom = Inches(0.025)
        cell.margin_left = cell.margin_right = Inches(0.06)
        color = "ink-2" if is_header else "ink"
        self.write(cell.text_frame, [words], size, color, is_bold=is_header, gap=0)
        _underline(cell, is_strong=is_header)


def _worded(cell: Cell) -> Text:
    """A cell as a slide writes it; a small drawing is left out."""
    return plain(cell) if isinstance(cell, (Graphic, Number)) else cell


def _heights(
    header: Sequence[str], rows: Sequence[Sequence[str]], room: float
) -> tuple[float, list[float]]:
    """The largest size at which the rows fit in their room, and the height of each."""
    for size in SIZES:
        lines = lines_at(size, header, rows)
        taken = sum(lines) * LINE_HEIGHT * size
        air = min((room - taken) / len(lines), MOST_ROW_AIR)
        if air >= ROW_AIR:
            break
    return size, [one * LINE_HEIGHT * size + max(air, ROW_AIR / 2) for one in lines]


def _underline(cell: _Cell, *, is_strong: bool) -> None:
    """A thin line under each row guides the eye, a stronger one under the titles."""
    properties = cell._tc.get_or_add_tcPr()
    line = properties.makeelement(qn("a:lnB"), {"w": "12700" if is_strong else "6350"})
    fill = line.makeelement(qn("a:solidFill"), {})
    color = fill.makeelement(qn("a:srgbClr"), {"val": str(_color("line-strong"))})
    fill.append(color)
    line.append(fill)
    properties.insert(0, line)


def _describe(shape: BaseShape, words: str) -> None:
    """Say what a shape shows to those who do not see it."""
    next(shape._element.iter(qn("p:cNvPr"))).set("descr", written(words))


def _inches(box: Box) -> tuple[Emu, Emu, Emu, Emu]:
    left, top, width, height = (
        Emu(Inches(size)) for size in (box.left, box.top, box.width, box.height)
    )
    return left, top, width, height


def _color(name: str) -> RGBColor:
    return RGBColor.from_string(PALETTE[name][1:].upper())
