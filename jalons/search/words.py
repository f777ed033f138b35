"""Words as they are compared: no accent, no capital, no hyphen, no abbreviation.

Likeness of two words is the Dice coefficient of their trigrams, 2·|A∩B| / (|A|+|B|),
a word being padded with two spaces before and one after (Adamson and Boreham, 1974,
doi:10.1016/0020-0271(74)90020-5; the padding is that of PostgreSQL's pg_trgm).
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# Written in full in the register of communes, in short by everybody else.
ABBREVIATIONS = {"st": "saint", "ste": "sainte"}
LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})
# Found in thousands of names: they say little of the one that is looked for.
_COMMON_WORDS = """
    au aux ca cc communaute communes cu d de des du en et l la le les metropole
    saint sainte sous sur
"""
COMMON_WORDS = frozenset(_COMMON_WORDS.split())
# In more than one name of commune in fifty (2026); `_` stands for the space.
_COMMON_TRIGRAMS = """
    _au _ba _be _bo _br _ca _cc _ch _co _de _du _en _et _la _le _lo _ma _me _mo _pa
    _po _ro _sa _se _so _su _va _ve _vi ac_ ain an_ and ay_ bou cc_ cha che cou de_
    du_ eau ell en_ er_ ere err ers es_ et_ evi ey_ gne gny ier ign ill in_ ine int
    is_ la_ lan le_ les lle mar mon ne_ nes nne ns_ nt_ nte ny_ ois on_ ont our ran
    re_ res rre rs_ rt_ sai se_ sse sur te_ ur_ urt ux_ val vil
"""
COMMON_TRIGRAMS = frozenset(part.replace("_", " ") for part in _COMMON_TRIGRAMS.split())
BAR = "|"


def words_of(text: str) -> list[str]:
    """The words of a text, ready to be compared: `St-Émilion` → saint, emilion."""
    folded = unicodedata.normalize("NFKD", text.casefold().translate(LIGATURES))
    spaced = "".join(
        letter if letter.isalnum() else " "
        for letter in folded
        if not unicodedata.combining(letter)
    )
    return [ABBREVIATIONS.get(word, word) for word in spaced.split()]


@lru_cache(maxsize=50_000)
def alphabetical(name: str) -> str:
    """What names are sorted by, as in a dictionary: É beside E, whatever the database.

    Kept for every commune of France: pages of a région sort thousands of them.
    """
    return " ".join(words_of(name))


def line_of(*texts: str) -> str:
    """All the words of these texts, on one line that begins and ends with a space."""
    return f" {' '.join(word for text in texts for word in words_of(text))} "


def key_of(title: str, *others: str) -> str:
    """The words of the title, a bar, then all the other words."""
    return line_of(title) + BAR + line_of(*others)


def trigrams(text: str) -> list[str]:
    """Every three letters in a row, each once, in order."""
    return list(dict.fromkeys(text[i : i + 3] for i in range(len(text) - 2)))


@lru_cache(maxsize=50_000)
def _padded(word: str) -> frozenset[str]:
    return frozenset(trigrams(f"  {word} "))


def likeness(word: str, other: str) -> float:
    """How much two words look alike, from 0 to 1."""
    if word == other:
        return 1.0
    one, two = _padded(word), _padded(other)
    return 2 * len(one & two) / (len(one) + len(two))
