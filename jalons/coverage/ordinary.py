"""Kinds of places where people already go, read from a file that experts review."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.utils.translation import get_language
from pydantic import Field

from jalons.indicators.definitions import Code, Shape, Words, read_shape

FILE = "ordinary-places.toml"


class Kind(Shape):
    """One kind: its name, and what to ask there."""

    id: Code
    fr: Words
    en: Words
    ask_fr: Words
    ask_en: Words
    in_every_commune: bool
    counted_by: Code | None = None
    """The indicator that counts them by commune."""
    place_kinds: list[Code] = Field(default_factory=list)
    """The kinds of the national vocabulary that name them in a list of places."""
    elsewhere_fr: Words | None = None
    elsewhere_en: Words | None = None
    """Who knows them, when no file that is read counts them."""
    seed: str

    @property
    def name(self) -> str:
        return self.en if _is_english() else self.fr

    @property
    def elsewhere(self) -> str:
        return (self.elsewhere_en if _is_english() else self.elsewhere_fr) or ""

    @property
    def ask(self) -> str:
        return self.ask_en if _is_english() else self.ask_fr


class Kinds(Shape):
    """The whole file."""

    id: Code
    title: Words
    author: Words
    reviewer: str
    licence: Words
    kind: list[Kind] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class Ordinary:
    """The kinds in their order, and whether somebody real has reviewed them."""

    kinds: tuple[Kind, ...]
    reviewer: str


@lru_cache(maxsize=1)
def read_kinds() -> Ordinary:
    """The kinds that come with the project; raises InvalidFile."""
    found = read_shape(settings.REFERENCE_DIR / "coverage" / FILE, Kinds)
    return Ordinary(tuple(found.kind), found.reviewer)


def _is_english() -> bool:
    return (get_language() or "fr").startswith("en")
