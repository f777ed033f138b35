"""Time against size, both on logarithmic scales, one line a method: an SVG of ours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from math import ceil, floor, log10

WIDTH, HEIGHT = 640, 300
LEFT, RIGHT, TOP, BOTTOM = 64, 170, 16, 40
# Told apart by more than their colour: each line has dashes of its own.
INKS = ("#0b3d91", "#b5460f", "#2e7d32", "#6a1b9a", "#00838f", "#8d6e00", "#5d4037")
DASHES = ("", "6 3", "2 3", "8 3 2 3", "1 3", "10 4", "4 2")

Points = Sequence[tuple[float, float]]


def chart(title: str, lines: Mapping[str, Points], words: tuple[str, str]) -> str:
    """One line a method; `words` name the axes, sizes then seconds."""
    across = _range(x for points in lines.values() for x, _y in points)
    up = _range(y for points in lines.values() for _x, y in points)
    parts = [*_grid(across, up), *_names_of_axes(words)]
    parts += [
        part
        for at, (name, points) in enumerate(_by_end(lines))
        for part in _line(at, name, points, (across, up))
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'role="img" font-family="sans-serif" font-size="12">\n'
        f"<title>{escape(title)}</title>\n"
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>\n'
        + "\n".join(parts)
        + "\n</svg>\n"
    )


def _range(values) -> tuple[int, int]:
    """Whole powers of ten around all the values."""
    logs = [log10(value) for value in values]
    low, high = floor(min(logs)), ceil(max(logs))
    return low, max(high, low + 1)


def _by_end(lines: Mapping[str, Points]) -> list[tuple[str, Points]]:
    """Slowest first, so that names at the end of lines do not cross."""
    return sorted(lines.items(), key=lambda line: -line[1][-1][1])


def _x(value: float, across: tuple[int, int]) -> float:
    low, high = across
    share = (log10(value) - low) / (high - low)
    return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1)


def _y(value: float, up: tuple[int, int]) -> float:
    low, high = up
    share = (log10(value) - low) / (high - low)
    return round(HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM), 1)


def _grid(across: tuple[int, int], up: tuple[int, int]) -> list[str]:
    found = []
    for power in range(across[0], across[1] + 1):
        x = _x(10**power, across)
        found.append(
            f'<path d="M{x} {TOP}V{HEIGHT - BOTTOM}" stroke="#ddd"/>'
            f'<text x="{x}" y="{HEIGHT - BOTTOM + 16}" text-anchor="middle">'
            f"{_power(power)}</text>"
        )
    for power in range(up[0], up[1] + 1):
        y = _y(10.0**power, up)
        found.append(
            f'<path d="M{LEFT} {y}H{WIDTH - RIGHT}" stroke="#ddd"/>'
            f'<text x="{LEFT - 6}" y="{y + 4}" text-anchor="end">{_power(power)}</text>'
        )
    return found


def _power(power: int) -> str:
    return f"{10.0**power:,.0f}" if power >= 0 else f"{10.0**power:.{-power}f}"


def _names_of_axes(words: tuple[str, str]) -> list[str]:
    size, seconds = (escape(word) for word in words)
    middle = (HEIGHT - BOTTOM + TOP) / 2
    return [
        f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 6}" '
        f'text-anchor="middle">{size}</text>',
        f'<text transform="translate(12 {middle}) rotate(-90)" '
        f'text-anchor="middle">{seconds}</text>',
    ]


def _line(
    at: int, name: str, points: Points, ranges: tuple[tuple[int, int], tuple[int, int]]
) -> list[str]:
    across, up = ranges
    is_ours = name.startswith("jalons")
    ink, dash = INKS[at % len(INKS)], DASHES[at % len(DASHES)]
    places = [(_x(x, across), _y(y, up)) for x, y in sorted(points)]
    path = "M" + "L".join(f"{x} {y}" for x, y in places)
    dots = "".join(f'<circle cx="{x}" cy="{y}" r="3" fill="{ink}"/>' for x, y in places)
    dashes = f' stroke-dasharray="{dash}"' if dash and not is_ours else ""
    label_y = TOP + 10 + at * 18
    left = WIDTH - RIGHT + 12
    weight = ' font-weight="bold"' if is_ours else ""
    return [
        f'<path d="{path}" fill="none" stroke="{ink}" '
        f'stroke-width="{3 if is_ours else 1.5}"{dashes}/>{dots}',
        f'<path d="M{left} {label_y - 4}h22" stroke="{ink}" '
        f'stroke-width="{3 if is_ours else 1.5}"{dashes}/>'
        f'<text x="{left + 28}" y="{label_y}"{weight}>{escape(name)}</text>',
    ]
