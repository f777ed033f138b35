"""The tags that a text speaks of: its words, or their synonyms, are those of a tag."""

from __future__ import annotations

from functools import lru_cache

from jalons.library.definitions import read_tags
from jalons.library.stems import stems_of, words_in
from jalons.library.synonyms import led_to

FACETS = ("theme", "stake", "public", "place")
# In most tags, or in most texts: they tell nothing apart.
_GENERAL = """
    accès action aide collectivité communes commune compétences droits évolution faire
    formation kind numérique personnes prioritaires public réseaux territoire
    territoires usages ville villes
"""


@lru_cache(maxsize=1)
def _words_of_tags() -> dict[str, frozenset[str]]:
    general = {stem for word in _GENERAL.split() for stem in stems_of(word)}
    return {
        tag.id: frozenset(stems_of(word)[0] for word in words_in(tag.fr)) - general
        for tag in read_tags().tag
        if tag.facet in FACETS
    }


def tags_in(*texts: str) -> list[str]:
    """The tags of these texts, without a query."""
    said = frozenset(
        stem for text in texts for word in words_in(text) for stem in stems_of(word)
    )
    meant = {one for _expression, others in led_to(said) for one in others}
    return [tag for tag, words in _words_of_tags().items() if words & (said | meant)]
