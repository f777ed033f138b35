"""A slip as a text message: short, plain, read by the oldest telephone.

A message of letters of the GSM alphabet (3GPP TS 23.038) holds 160 of them; one curly
apostrophe would make it hold 70. What is not in that alphabet is written otherwise.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

LONGEST = 320
"""Two messages joined: more is rarely read."""
GSM = frozenset(
    "@£$¥èéùìòÇ\nØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
QUOTES = re.compile(r"«\s*|\s*»")
OTHERWISE = str.maketrans(
    {"’": "'", "‘": "'", "–": "-", "—": "-", "…": "...", "œ": "oe", "Œ": "Oe"}
    | {"€": "EUR", "·": "-", "\u00a0": " ", "\u202f": " "}
)


@dataclass(frozen=True, slots=True)
class Piece:
    """One sentence of the message; the greatest `rank` is left out first."""

    text: str
    rank: int


def text_message(pieces: Sequence[Piece], longest: int = LONGEST) -> str:
    """The pieces in their order, as many as the message holds.

    >>> text_message([Piece("Lundi", 0), Piece("à 9 h", 1)], longest=8)
    'Lundi'
    """
    kept = [Piece(plain(one.text), one.rank) for one in pieces if one.text.strip()]
    while len(kept) > 1 and len(_joined(kept)) > longest:
        kept.remove(max(kept, key=lambda one: one.rank))
    return _joined(kept)[:longest].rstrip()


def plain(text: str) -> str:
    """The same words in the letters of a text message.

    >>> plain("Être reçu « là-bas », c’est 12 €")
    'Etre recu "là-bas", c\\'est 12 EUR'
    """
    text = QUOTES.sub('"', text).translate(OTHERWISE)
    letters = [one if one in GSM else _without_accent(one) for one in text]
    return " ".join("".join(letters).split())


def _joined(pieces: Sequence[Piece]) -> str:
    return "\n".join(one.text for one in pieces)


def _without_accent(letter: str) -> str:
    base = unicodedata.normalize("NFD", letter)[0]
    return base if base in GSM else ""
