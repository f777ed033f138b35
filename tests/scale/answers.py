"""Answers of a survey: a file that an operator gives, and what `analysis` reads."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

from jalons.analysis.grid import DONT_KNOW, NONE, Counted, Grid, Single
from jalons.scale.points import Form
from tests.analysis.grids import MATURITY

BOXES = tuple("abcdefgh")
FORM = Form(MATURITY, {"R2a": BOXES})


def drawn(count: int, seed: int = 12) -> list[dict[str, str | list[str]]]:
    """Answers of all kinds: known, blank, "ne sait pas", none of the boxes."""
    draw = np.random.default_rng(seed)
    return [
        {item.code: _answer(draw, FORM, item) for item in MATURITY.items}
        | {
            "territory": f"T{draw.integers(0, count // 3 + 1)}",
            "profile": str(draw.choice(["elected", "adviser", ""])),
            "weight": f"{draw.uniform(0.2, 3):.4f}",
        }
        for _ in range(count)
    ]


def _answer(draw: np.random.Generator, form: Form, item) -> str | list[str]:
    options = form.options(item)
    chance = draw.random()
    if chance < 0.1:
        return ""
    if chance < 0.2:
        return DONT_KNOW if isinstance(item.rule, Single) else [DONT_KNOW]
    if isinstance(item.rule, Single):
        return str(draw.choice(options))
    ticked = [one for one in options if one != NONE and draw.random() < 0.5]
    return ticked or [NONE]


def written(path: Path, answers, delimiter: str = ";") -> Path:
    """As `jalons export-responses` writes them: a mark, semicolons, `a|b`."""
    columns = list(answers[0])
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=delimiter)
        writer.writerow(columns)
        writer.writerows([_cell(one.get(c)) for c in columns] for one in answers)
    return path


def _cell(answer) -> str:
    if isinstance(answer, list):
        return "|".join(answer)
    return "" if answer is None else str(answer)


def form_of(grid: Grid, definition) -> Form:
    counted = {item.code for item in grid.items if isinstance(item.rule, Counted)}
    options = {q.code: q.option_codes for q in definition.questions}
    return Form(grid, {code: options[code] for code in counted})
