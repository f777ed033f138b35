"""Small charts of shares: a bar, a bar cut in classes, a point and its interval.

Each is drawn alone beside the number it repeats. Shares lie between 0 and 1;
rows drawn with the same `top` have the same scale and can be compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from jalons.drawing import svg
from jalons.drawing.skins import Skin

DOT_RADIUS = 4


@dataclass(frozen=True, slots=True)
class Size:
    width: int
    height: int


BAR, WHISKER = Size(160, 14), Size(160, 20)


@dataclass(frozen=True, slots=True)
class Segment:
    """One part of a whole, and the role that paints it (c0…c3, bar)."""

    share: float
    fill: str


@dataclass(frozen=True, slots=True)
class Interval:
    """An estimated share and the interval around it."""

    value: float
    low: float
    high: float


def share_bar(share: float, skin: Skin, *, fill: str = "bar") -> SafeString:
    """A bar whose whole length would be 100 %."""
    return _ornament([bar(share, fill, BAR, skin)], BAR, "bar-chart")


def whisker(
    interval: Interval, skin: Skin, *, top: float = 1.0, reference: float | None = None
) -> SafeString:
    """A dot on its interval; `reference` is a share to compare with, dashed."""
    # The scale stops one dot short of the edges, so that 0 % and 100 % stay whole.
    scale = Size(WHISKER.width - 2 * DOT_RADIUS, WHISKER.height)
    body = [
        _reference_line(reference, top, scale, skin),
        dot_and_line(interval, top, scale, skin, start=DOT_RADIUS),
    ]
    return _ornament(body, WHISKER, "whisker-chart")


def bar(share: float, fill: str, size: Size, skin: Skin) -> str:
    length = svg.number(_within(share) * size.width)
    return f'<rect {skin(fill)} width="{length}" height="{size.height}"/>'


def stack(segments: Sequence[Segment], size: Size, skin: Skin) -> str:
    """Segments end to end, framed so that the palest keeps its edges."""
    x, body = 0.0, []
    for segment in segments:
        length = _within(segment.share) * size.width
        body.append(
            f'<rect {skin(segment.fill)} x="{svg.number(x)}" '
            f'width="{svg.number(length)}" height="{size.height}"/>'
        )
        x += length
    frame = f"M0 0h{svg.number(x)}v{size.height}H0z"
    return f'{"".join(body)}<path {skin("edge")} d="{frame}"/>'


def dot_and_line(
    interval: Interval, top: float, size: Size, skin: Skin, start: float = 0
) -> str:
    low, value, high = (
        svg.number(start + _within(share / top) * size.width)
        for share in (interval.low, interval.value, interval.high)
    )
    middle = size.height // 2
    return (
        f'<path {skin("whisker")} d="M{low} {middle}H{high}"/>'
        f'<circle {skin("dot")} cx="{value}" cy="{middle}" r="{DOT_RADIUS}"/>'
    )


def _reference_line(share: float | None, top: float, size: Size, skin: Skin) -> str:
    if share is None:
        return ""
    x = svg.number(DOT_RADIUS + _within(share / top) * size.width)
    return f'<path {skin("reference")} d="M{x} 0v{size.height}"/>'


def _ornament(body: Sequence[str], size: Size, css: str) -> SafeString:
    return svg.ornament(body, width=size.width, height=size.height, css=css)


def _within(share: float) -> float:
    return min(max(share, 0.0), 1.0)
