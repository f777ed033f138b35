"""The national vocabulary of places, read from a file that experts review."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import get_language
from pydantic import Field

from jalons.indicators.definitions import Code, Shape, Words, read_shape
from jalons.search.words import words_of

FILE = "lieux-mediation-numerique.toml"


class Term(Shape):
    """One value of a list: its text in the schema, and what a reader is shown."""

    id: Code
    label: Words
    fr: Words | None = None
    en: Words
    aliases: list[Words] = Field(default_factory=list)

    def __str__(self) -> str:
        is_english = (get_language() or "fr").startswith("en")
        return self.en if is_english else self.fr or self.label


class List(Shape):
    """The values that a column of the schema may hold."""

    column: Code
    term: list[Term]


class Mailboxes(Shape):
    """First words of addresses that belong to a place."""

    words: list[Words]
    within: list[Words]
    domains: list[Words]


class Schema(Shape):
    """A version of the national schema, as its file gives it."""

    id: Words
    version: Words
    title: Words
    producer: Words
    licence: Words
    page: Words
    author: Words
    reviewer: str
    columns: list[Code]
    required: list[Code]
    offered_kinds: list[Code]
    former_columns: Mapping[Code, Code]
    renamed_columns: Mapping[Words, Code]
    shared_mailboxes: Mailboxes
    list: list[List]

    @property
    def columns_read(self) -> tuple[str, ...]:
        """Every column, in the order of the schema."""
        return tuple(self.columns)


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """A schema, and its terms by column, then by code or by text."""

    schema: Schema
    terms: Mapping[str, Mapping[str, Term]]
    codes: Mapping[str, Mapping[str, str]]

    def code_of(self, column: str, text: str) -> str | None:
        """The code of a text: capitals, accents and hyphens apart."""
        return self.codes[column].get(_key(text))

    def choices(self, column: str) -> list[tuple[str, str]]:
        """Codes and texts for the reader, in the order of the schema."""
        return [(code, str(term)) for code, term in self.terms[column].items()]

    def offered_kinds(self) -> list[tuple[str, str]]:
        """The kinds of place that people know by name, and their words."""
        terms = self.terms["typologie"]
        return [(code, str(terms[code])) for code in self.schema.offered_kinds]

    def said(self, column: str, codes: list[str]) -> list[str]:
        """What a reader is shown of these codes; one that left the file, as it is."""
        terms = self.terms[column]
        return [str(terms[code]) if code in terms else code for code in codes]


@lru_cache(maxsize=2)
def read_vocabulary(path: Path | None = None) -> Vocabulary:
    """The vocabulary that comes with the project; raises InvalidFile."""
    path = path or settings.REFERENCE_DIR / "directory" / FILE
    schema = read_shape(path, Schema)
    return Vocabulary(
        schema=schema,
        terms={one.column: {term.id: term for term in one.term} for one in schema.list},
        codes={
            one.column: {
                _key(text): term.id
                for term in one.term
                for text in (term.label, *term.aliases)
            }
            for one in schema.list
        },
    )


@lru_cache(maxsize=20_000)
def _key(text: str) -> str:
    return " ".join(words_of(text))
