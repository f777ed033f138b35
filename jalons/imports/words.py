"""Texts as people write them, brought back to what tells them apart."""

from __future__ import annotations

import re
import unicodedata

WORD = re.compile(r"[a-z0-9]+")
LITTLE_WORDS = frozenset(
    [
        "a",
        "au",
        "aux",
        "avec",
        "ce",
        "ces",
        "cette",
        "d",
        "dans",
        "de",
        "des",
        "du",
        "elle",
        "en",
        "est",
        "et",
        "il",
        "ils",
        "l",
        "la",
        "le",
        "les",
        "leur",
        "ne",
        "nous",
        "ou",
        "par",
        "pas",
        "pour",
        "qu",
        "que",
        "qui",
        "quel",
        "quelle",
        "quels",
        "quelles",
        "s",
        "sa",
        "se",
        "ses",
        "son",
        "sont",
        "sur",
        "t",
        "une",
        "un",
        "votre",
        "vos",
        "vous",
        "y",
        "the",
        "of",
        "to",
        "and",
        "or",
        "in",
        "is",
        "are",
        "do",
        "does",
        "your",
        "you",
    ]
)


def simple(text: str) -> str:
    """A text without capitals, accents, or kinds of quote and space.

    >>> simple("  L’Équipe  de la CC ")
    "l'equipe de la cc"
    """
    text = unicodedata.normalize("NFKD", text.replace("’", "'").casefold())
    return " ".join("".join(c for c in text if not unicodedata.combining(c)).split())


def telling_words(text: str) -> frozenset[str]:
    """The words of a text, those that every sentence holds left out.

    >>> sorted(telling_words("Un élu est-il chargé du numérique ?"))
    ['charge', 'elu', 'numerique']
    """
    words = frozenset(WORD.findall(simple(text)))
    return words - LITTLE_WORDS or words
