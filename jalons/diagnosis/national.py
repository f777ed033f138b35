"""National key figures: each with what it measures, among whom, and its date (rule 19).

They say that a difficulty exists, not how many people it concerns here.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Annotated

from django.conf import settings
from django.utils.translation import get_language
from pydantic import StringConstraints

from jalons.indicators.definitions import Shape, Text

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
FOLDER = "key-figures"


class KeyFigure(Shape):
    """A figure quoted from a publication, never without its definition."""

    id: Words
    themes: list[Words]
    source: Words
    year: int
    reviewer: str = ""
    value: Text
    population: Text
    definition: Text
    caution: Text


def key_figures(theme: str) -> list[KeyFigure]:
    """The figures that bear on a theme, the latest first."""
    found = read(settings.REFERENCE_DIR / FOLDER)
    return [one for one in found if theme in one.themes]


@cache
def read(folder: Path) -> tuple[KeyFigure, ...]:
    """Every key figure of a folder; the files do not change while the site runs."""
    found = [
        KeyFigure.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
        for path in sorted(folder.glob("*.toml"))
    ]
    return tuple(sorted(found, key=lambda one: -one.year))


def told(text: Text) -> str:
    """The text in the reader's language."""
    return text.en if get_language() == "en" else text.fr
