"""Words of the field that lead to one another, read from a file that experts review."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings
from pydantic import Field

from jalons.indicators.definitions import Code, Shape, Words, read_shape
from jalons.library.stems import stems_of, words_in


class Group(Shape):
    """Words and expressions that a reader may use for the same thing."""

    words: list[Words] = Field(min_length=2)


class Synonyms(Shape):
    id: Code
    author: Words
    reviewer: str
    group: list[Group]


Expression = frozenset[str]


@lru_cache(maxsize=1)
def read_synonyms() -> Synonyms:
    """The synonyms that come with the project; raises InvalidFile."""
    return read_shape(settings.REFERENCE_DIR / "library" / "synonyms.toml", Synonyms)


@lru_cache(maxsize=1)
def groups() -> list[list[Expression]]:
    """The stems of each expression of each group."""
    return [
        [frozenset(stems_of(word)[0] for word in words_in(one)) for one in group.words]
        for group in read_synonyms().group
    ]


def led_to(said: frozenset[str]) -> list[tuple[Expression, set[str]]]:
    """For each expression that a question holds: the single words that say the same."""
    found = []
    for group in groups():
        held = [one for one in group if one <= said]
        for expression in held:
            others = {next(iter(one)) for one in group if len(one) == 1}
            found.append((expression, others - expression))
    return found
