"""How a drawing is painted: by the page's style sheet, or by literal colours.

A geometry names roles ("c0", "whisker", "label"); a skin turns a role into SVG
attributes. The page skin writes a class, so that dark mode and print remain a
matter of CSS. The print skin writes the colours themselves, because the PDF
engine knows no custom property and would paint them black.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

PALETTE = {
    "paper": "#fbfaf6",
    "paper-2": "#f1eee6",
    "ink": "#1b2430",
    "ink-2": "#4d5866",
    "line": "#ddd7c9",
    "line-strong": "#77746b",
    "accent": "#0b5f66",
    "caution": "#a4480f",
    "c0": "#f3d9a4",
    "c1": "#a9d0bd",
    "c2": "#4a9a94",
    "c3": "#0f4f57",
}
"""The colours of `static/css/tokens.css`, for what is printed."""

CLASS_FILLS = ("c0", "c1", "c2", "c3")
"""Ordered classes, from light to dark so that they keep their order in grey."""

FONT = "Libertinus Serif"
"""Shipped with the PDF engine: the same letters on every machine."""


@dataclass(frozen=True, slots=True)
class Skin:
    """Turns a role of the drawing into attributes: `PRINT("c0")` is `fill="…"`."""

    name: str
    styles: Mapping[str, str]

    def __call__(self, role: str) -> str:
        return self.styles.get(role) or f'class="{role}"'

    @property
    def is_print(self) -> bool:
        return self.name == "print"


def _paint(fill: str, stroke: str = "none", rest: str = "") -> str:
    fill, stroke = PALETTE.get(fill, fill), PALETTE.get(stroke, stroke)
    return f'fill="{fill}" stroke="{stroke}" {rest}'.rstrip()


def _type(fill: str, size: int, rest: str = "") -> str:
    return _paint(fill, rest=f'font-family="{FONT}" font-size="{size}" {rest}'.rstrip())


PAGE = Skin("page", {})
PRINT = Skin(
    "print",
    {
        **{fill: f'fill="{PALETTE[fill]}"' for fill in CLASS_FILLS},
        "areas": f'stroke="{PALETTE["paper"]}" stroke-linejoin="round"',
        "outlines": _paint("none", "ink-2", 'stroke-linejoin="round"'),
        "blank": _paint("paper-2"),
        "mark": _paint("none", "line-strong"),
        "pins": _paint("none"),
        "pin": _paint("caution", "paper"),
        "edge": _paint("none", "line-strong"),
        "bar": _paint("accent"),
        "track": _paint("paper-2"),
        "axis": _paint("none", "line"),
        "reference": _paint("none", "caution", 'stroke-dasharray="3 3"'),
        "whisker": _paint("none", "ink-2", 'stroke-width="2"'),
        "dot": _paint("accent"),
        "q q0": _paint("c0", "line-strong", 'fill-opacity=".35"'),
        "q q1": _paint("c2", "line-strong", 'fill-opacity=".25"'),
        "q q2": _paint("paper-2", "line-strong"),
        "q q3": _paint("paper-2", "line-strong"),
        "name": _type("ink", 14, 'font-weight="bold"'),
        "name end": _type("ink", 14, 'font-weight="bold" text-anchor="end"'),
        "axis-name": _type("ink", 14, 'text-anchor="middle"'),
        "spread": _paint("accent", "accent", 'fill-opacity=".12" stroke-opacity=".45"'),
        "point": _paint("accent", "paper", 'stroke-width="1.5"'),
        "point-number": _type("paper", 14, 'font-weight="bold" text-anchor="middle"'),
        "spoke": _type("ink", 14),
        "spoke end": _type("ink", 14, 'text-anchor="end"'),
        "tie solid": _paint("none", "accent", 'stroke-width="2.5"'),
        "tie dashed": _paint(
            "none", "line-strong", 'stroke-width="2" stroke-dasharray="6 5"'
        ),
        "end-mark solid": _paint("accent", "accent", 'stroke-width="2"'),
        "end-mark dashed": _paint("paper", "accent", 'stroke-width="2"'),
        "cross-mark": _paint("none", "line-strong", 'stroke-width="2"'),
        "hub-box": _paint("accent"),
        "hub-word": _type("paper", 15, 'font-weight="bold" text-anchor="middle"'),
        "span planned": _paint("paper", "accent", 'stroke-width="1.5"'),
        "span under_way": _paint("c1", "accent", 'stroke-width="1.5"'),
        "span done": _paint("accent", "accent", 'stroke-width="1.5"'),
        "span stopped": _paint(
            "paper-2", "line-strong", 'stroke-width="1.5" stroke-dasharray="5 4"'
        ),
        "late-edge": _paint("none", "caution", 'stroke-width="3"'),
        "said": _type("ink-2", 13),
        "late": _type("caution", 13, 'font-weight="bold"'),
        "today": _type("caution", 12),
        "today end": _type("caution", 12, 'text-anchor="end"'),
        "wait": _paint("none", "ink-2", 'stroke-width="1.5"'),
        "wait-head": _paint("ink-2"),
        "step": _paint("paper", "line-strong"),
        "step full": _paint("paper-2", "line-strong"),
        "code": _type("ink", 14, 'font-weight="bold"'),
        "step-word": _type("ink-2", 13, 'text-anchor="middle"'),
        "step-word end": _type("ink-2", 13, 'text-anchor="end"'),
        "word": _paint(
            "accent",
            rest=f'font-family="{FONT}" font-weight="bold" text-anchor="middle"',
        ),
        **{
            f"ribbon r{rank}": _paint(fill, "line-strong", 'fill-opacity=".55"')
            for rank, fill in enumerate(CLASS_FILLS)
        },
        "label": _type("ink", 14),
        "label end": _type("ink", 14, 'text-anchor="end"'),
        "value": _type("ink", 14, 'font-weight="bold"'),
        "tick": _type("ink-2", 12),
        "watermark": _paint(
            "none",
            "ink-2",
            f'stroke-opacity=".6" font-family="{FONT}" font-weight="bold"',
        ),
    },
)
