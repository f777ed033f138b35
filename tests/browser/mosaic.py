"""Many pictures on one, as the columns of a newspaper: for an eye that reads them all.

A page too tall for a column goes on in the next one, so that nothing of it is lost and
nothing is too small to read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

COLUMN = 1500  # px tall: beyond, whoever looks at the sheet sees it reduced
GAP = 12
TITLE = 22


def sheets(
    pictures: Iterable[tuple[str, Path]], folder: Path, kind: str, width: int, many: int
) -> list[Path]:
    """Write the sheets of one kind of picture, each of so many columns so wide."""
    for old in folder.glob(f"{kind}-*.jpg"):
        old.unlink()
    # One sheet after the other: all the pictures at once would not hold in memory.
    columns = _columns(strip for one in pictures for strip in _strips(*one, width))
    written = []
    for place, group in enumerate(_batched(columns, many), 1):
        written.append(folder / f"{kind}-{place:03}.jpg")
        _sheet(group, width, many).save(written[-1], quality=80)
    return written


def _strips(name: str, path: Path, width: int) -> Iterator[Image.Image]:
    """The picture, reduced and cut where a column ends, under its name."""
    with Image.open(path) as picture:
        height = max(1, picture.height * width // picture.width)
        small = picture.convert("RGB").resize((width, height), Image.Resampling.LANCZOS)
    for top in range(0, height, COLUMN - TITLE):
        part = small.crop((0, top, width, min(height, top + COLUMN - TITLE)))
        strip = Image.new("RGB", (width, part.height + TITLE), "#ffe08a")
        text = name if not top else f"{name} (…)"
        ImageDraw.Draw(strip).text(
            (4, 2), text, fill="black", font=ImageFont.load_default(14)
        )
        strip.paste(part, (0, TITLE))
        yield strip


def _columns(strips: Iterable[Image.Image]) -> Iterator[list[Image.Image]]:
    column: list[Image.Image] = []
    for strip in strips:
        if column and sum(one.height + GAP for one in [*column, strip]) > COLUMN:
            yield column
            column = []
        column.append(strip)
    if column:
        yield column


def _batched(
    columns: Iterator[list[Image.Image]], many: int
) -> Iterator[tuple[list[Image.Image], ...]]:
    while group := tuple(islice(columns, many)):
        yield group


def _sheet(columns: Sequence[list[Image.Image]], width: int, many: int) -> Image.Image:
    sheet = Image.new("RGB", (many * (width + GAP), COLUMN), "#888888")
    for place, column in enumerate(columns):
        top = 0
        for strip in column:
            sheet.paste(strip, (place * (width + GAP), top))
            top += strip.height + GAP
    return sheet
