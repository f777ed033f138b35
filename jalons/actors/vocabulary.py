"""Families, colleges, roles and channels, read from a file that experts review."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from django.conf import settings
from django.utils.translation import get_language
from pydantic import Field

from jalons.indicators.definitions import Code, Shape, Words, read_shape
from jalons.search.words import words_of

FILE = "actors.toml"
# The texts that may name an entry; empty, it is our choice.
Seed = Literal["S000", "S004", ""]


class Entry(Shape):
    """A word of the file in both languages."""

    id: Code
    fr: Words
    en: Words
    seed: Seed

    def __str__(self) -> str:
        return self.en if _is_english() else self.fr


class Family(Entry):
    """A kind of actor; `kinds` are those of places in the national vocabulary."""

    college: Code
    examples_fr: Words
    examples_en: Words
    words: list[Words]
    kinds: list[Code] = Field(default_factory=list)

    @property
    def examples(self) -> str:
        return self.examples_en if _is_english() else self.examples_fr


class Explained(Entry):
    """A college, a role or a channel, with what it means in plain words."""

    about_fr: Words
    about_en: Words

    @property
    def about(self) -> str:
        return self.about_en if _is_english() else self.about_fr


class ActorsFile(Shape):
    """The whole file."""

    id: Code
    title: Words
    author: Words
    reviewer: str
    licence: Words
    college: list[Explained]
    family: list[Family]
    role: list[Explained]
    channel: list[Explained]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The entries of the file by code, in its order."""

    file: ActorsFile
    colleges: Mapping[str, Explained]
    families: Mapping[str, Family]
    roles: Mapping[str, Explained]
    channels: Mapping[str, Explained]

    def family_of(self, text: str) -> str | None:
        """The family that a text names: its code, its name or one of its words."""
        wanted = words_of(text)
        for code, family in self.families.items():
            names = (code, family.fr, family.en, *family.words)
            if wanted in [words_of(name) for name in names]:
                return code
        return None

    def college_of(self, text: str) -> str | None:
        """The college that a text names: its code or its name."""
        wanted = words_of(text)
        for code, college in self.colleges.items():
            if wanted in [words_of(name) for name in (code, college.fr, college.en)]:
                return code
        return None

    def family_of_kinds(self, kinds: Iterable[str]) -> str | None:
        """The family proposed for an organisation whose places are of these kinds."""
        known = set(kinds)
        for code, family in self.families.items():
            if known & set(family.kinds):
                return code
        return None


def choices(entries: Mapping[str, Entry]) -> list[tuple[str, str]]:
    """Codes and words for the reader, in the order of the file."""
    return [(code, str(entry)) for code, entry in entries.items()]


@lru_cache(maxsize=2)
def read_vocabulary(path: Path | None = None) -> Vocabulary:
    """The vocabulary that comes with the project; raises InvalidFile."""
    path = path or settings.REFERENCE_DIR / "actors" / FILE
    file = read_shape(path, ActorsFile)
    return Vocabulary(
        file=file,
        colleges={one.id: one for one in file.college},
        families={one.id: one for one in file.family},
        roles={one.id: one for one in file.role},
        channels={one.id: one for one in file.channel},
    )


def _is_english() -> bool:
    return (get_language() or "fr").startswith("en")
