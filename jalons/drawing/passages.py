"""Two columns of classes and ribbons between them: who went from which to which.

Knows no survey: names, and a square of counts. The table beside it says the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from jalons.drawing.skins import CLASS_FILLS, Skin
from jalons.drawing.svg import Plate, number, picture, text, watermark

WIDE, BAR, TOP, HIGH, APART = 720, 26, 34, 300, 10
NAMES = 170
"""Room for the names of classes, on each side."""


@dataclass(frozen=True, slots=True)
class Block:
    """A class in one of the two columns, from top to bottom."""

    y: float
    height: float


def draw_passages(
    names: Sequence[str],
    counts: Sequence[Sequence[int]],
    heads: tuple[str, str],
    plate: Plate,
    skin: Skin,
) -> SafeString:
    """`counts[before][after]`; the first class lies at the bottom, as on a ladder."""
    n = max(sum(map(sum, counts)), 1)
    scale = (HIGH - APART * (len(names) - 1)) / n
    starts = _blocks([sum(row) for row in counts], scale)
    ends = _blocks([sum(column) for column in zip(*counts, strict=True)], scale)
    left, right = NAMES, WIDE - NAMES - BAR
    body = [
        *_ribbons(counts, starts, ends, scale, skin),
        *_column(starts, left, names, skin, lambda rank: sum(counts[rank]), "end"),
        *_column(
            ends, right, names, skin, lambda rank: sum(row[rank] for row in counts), ""
        ),
        f'<text {skin("name end")} x="{left + BAR}" y="18">{text(heads[0])}</text>',
        f'<text {skin("name")} x="{right}" y="18">{text(heads[1])}</text>',
        watermark(
            plate.watermark, box=(NAMES, TOP, WIDE - 2 * NAMES, float(HIGH)), skin=skin
        ),
    ]
    box = f'class="passages" viewBox="0 0 {WIDE} {TOP + HIGH + 4}"'
    return picture(body, plate, box)


def _blocks(totals: Sequence[int], scale: float) -> list[Block]:
    """The last class on top, the first at the bottom."""
    found, y = [], float(TOP)
    for total in reversed(totals):
        found.append(Block(y, total * scale))
        y += total * scale + APART
    return found[::-1]


def _column(
    blocks: Sequence[Block],
    x: int,
    names: Sequence[str],
    skin: Skin,
    total: Callable[[int], int],
    side: str,
) -> Iterator[str]:
    for rank, one in enumerate(blocks):
        fill = CLASS_FILLS[min(rank, len(CLASS_FILLS) - 1)]
        yield (
            f'<rect {skin(fill)} x="{x}" y="{number(one.y)}" width="{BAR}" '
            f'height="{number(max(one.height, 1))}"/>'
        )
        at = x - 8 if side else x + BAR + 8
        role = "label end" if side else "label"
        words = text(f"{names[rank]} ({total(rank)})")
        middle = number(one.y + one.height / 2 + 4)
        yield f'<text {skin(role)} x="{at}" y="{middle}">{words}</text>'


def _ribbons(
    counts: Sequence[Sequence[int]],
    starts: Sequence[Block],
    ends: Sequence[Block],
    scale: float,
    skin: Skin,
) -> Iterator[str]:
    """Ribbons leave and arrive from top to bottom, so that few of them cross."""
    size = len(starts)
    leave = [one.y for one in starts]
    arrive = [one.y for one in ends]
    left, right = NAMES + BAR, WIDE - NAMES - BAR
    middle = (left + right) / 2
    for before in reversed(range(size)):
        for after in reversed(range(size)):
            high = counts[before][after] * scale
            if not high:
                continue
            a, b = leave[before], arrive[after]
            leave[before], arrive[after] = a + high, b + high
            role = f"ribbon r{min(before, len(CLASS_FILLS) - 1)}"
            yield (
                f'<path {skin(role)} d="M{left} {number(a)}'
                f"C{number(middle)} {number(a)} {number(middle)} {number(b)} "
                f"{right} {number(b)}V{number(b + high)}"
                f"C{number(middle)} {number(b + high)} {number(middle)} "
                f'{number(a + high)} {left} {number(a + high)}Z"/>'
            )
