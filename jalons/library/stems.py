"""Words brought to what they share: no accent, no ending, no word that says nothing.

French and English endings are taken off by the Snowball stemmers (M. Porter, 2001,
https://snowballstem.org/). A word typed without its accents must lead where the right
one leads: both spellings are stemmed, and both stems kept.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

import snowballstemmer

LONGEST = 40
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "’": "'"})
# In every question, and in every sheet: they tell nothing apart.
_EMPTY = """
    a ai ainsi alors an and any are as au aucun aussi autre autres aux avec avoir avons
    be by c can ce cela celle celui ces cet cette ceux chez comme comment d dans de des
    do does donc du elle elles en entre est et etre eux faire fait faut find for from
    get has have how i if il ils in is it its j je l la le les leur leurs lors lui m ma
    mais me meme mes mettre moi mon my n ne nos notre nous of on ont or ou our par pas
    peut peuvent plus pour pourquoi puis qu quand que quel quelle quelles quels qui
    quoi s sa sans se sera ses si son sont sous sur t ta te tes that the their there to
    toi ton tous tout toute toutes tres tu un une vers veut veux voir vos votre vous
    we what when where which who with y you your
"""
EMPTY_WORDS = frozenset(_EMPTY.split())


def fold(text: str) -> str:
    """Small letters without accents: `Éloigné` → eloigne."""
    spread = unicodedata.normalize("NFKD", text.casefold().translate(_LIGATURES))
    return "".join(one for one in spread if not unicodedata.combining(one))


def words_in(text: str) -> Iterator[str]:
    """The words that say something, with their accents, each as often as it comes."""
    lowered = text.casefold().translate(_LIGATURES)
    spaced = "".join(one if one.isalnum() else " " for one in lowered)
    for word in spaced.split():
        if fold(word) not in EMPTY_WORDS:
            yield word[:LONGEST]


@lru_cache(maxsize=50_000)
def stems_of(word: str) -> tuple[str, ...]:
    """The stems that lead to a word, the likeliest first: with and without accents."""
    plain = fold(word)
    french, english = _stemmers()
    found = (
        fold(french.stemWord(word)),
        fold(french.stemWord(plain)),
        fold(english.stemWord(plain)),
    )
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=1)
def _stemmers():
    return snowballstemmer.stemmer("french"), snowballstemmer.stemmer("english")


def line_of_stems(*texts: str) -> str:
    """Every stem of these texts on one line, in order, repeated as the words are."""
    return " ".join(
        stem for text in texts for word in words_in(text) for stem in stems_of(word)
    )
