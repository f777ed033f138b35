"""How a document to be reworked looks: its named styles, alike in DOCX and in ODT."""

from __future__ import annotations

from dataclasses import dataclass

SERIF, SANS = "Georgia", "Calibri"
"""On nearly every office machine, with a twin of the same widths on the others."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a style changes of the one it stands on."""

    base: str = "Normal"
    size: float | None = None
    color: str | None = None
    bold: bool | None = None
    italic: bool | None = None
    font: str | None = None
    before: float | None = None
    after: float | None = None
    indent: float = 0
    keeps_next: bool = False


LOOKS = {
    "Normal": Look("", 10.5, "ink", font=SANS, before=0, after=6),
    "Title": Look("", 25, "ink", bold=True, font=SERIF, before=0, after=8),
    "Subtitle": Look("", 13, "ink-2", italic=False, font=SANS, after=6),
    "Heading 1": Look("", 16, "ink", True, font=SERIF, before=20, after=6),
    "Heading 2": Look("", 13, "ink", True, font=SERIF, before=16, after=4),
    "Heading 3": Look("", 11.5, "ink", True, font=SERIF, before=12, after=4),
    "Heading 4": Look("", 10.5, "ink", True, font=SERIF, before=10, after=4),
    "Caption": Look("", 10.5, "ink", True, before=12, after=4, keeps_next=True),
    "Quote": Look("", italic=True, color="ink", indent=14, after=2),
    "Introduction": Look(keeps_next=True),
    "Lead": Look(size=12.5, after=8),
    "Fact": Look(after=3),
    "Note": Look(size=9, color="ink-2", after=8),
    "Table Note": Look("Note", before=4),
    "Caution": Look(size=10, color="caution", indent=10),
    "Remark": Look(size=10, indent=10),
    "Quote Role": Look("Note", indent=14),
    "Cover Heading": Look(size=12, bold=True, font=SERIF, before=14, keeps_next=True),
    "Mention": Look(after=2),
    "Picture": Look(after=4, keeps_next=True),
    "Last Picture": Look(after=4),
    "Cell": Look(size=9, before=1.5, after=1.5),
    "Cell Header": Look("Cell", bold=True, color="ink-2"),
}
