"""Words that a group gives in answer to one question, counted by people.

A word counts the persons who gave it, not the times it was given. Spellings that
compare as equal are one word, written as most people wrote it. The height of its
letters is in proportion to √(people / people of the first word), so that the surface
it takes, which is what the eye compares, is in proportion to the people; it is never
under `LEAST`, to be read. A cloud shows which words came, not how far apart they are:
the table beside it does.
Source: on surface as what is compared, W. S. Cleveland and R. McGill (1984), Graphical
Perception, Journal of the American Statistical Association 79(387), 531-554.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt

LEAST = 0.35
"""Of the tallest letters: under it, a word on a screen at the end of a room is lost."""


@dataclass(frozen=True, slots=True)
class Said:
    """One word given: `key` is how it compares, `text` how it was written."""

    person: int | None
    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Word:
    """A word, how many people gave it, its rank with ties, the height of its letters.

    `height` is between `LEAST` and 1, the height of the word of most people.
    """

    text: str
    people: int
    rank: int
    height: float


def count_words(said: Iterable[Said]) -> list[Word]:
    """Words from the most given to the least, equal ones in alphabetical order.

    What nobody signed counts one person each time.

    >>> given = [Said(1, "lien", "Lien"), *[Said(2, "lien", "lien")] * 2]
    >>> found = count_words([*given, Said(3, "peur", "peur")])
    >>> [(one.text, one.people) for one in found]
    [('lien', 2), ('peur', 1)]
    """
    texts: dict[str, Counter[str]] = {}
    people: dict[str, set[int]] = {}
    unsigned: Counter[str] = Counter()
    for one in said:
        texts.setdefault(one.key, Counter())[one.text] += 1
        signed = people.setdefault(one.key, set())
        if one.person is None:
            unsigned[one.key] += 1
        else:
            signed.add(one.person)
    counts = {key: len(signed) + unsigned[key] for key, signed in people.items()}
    most = max(counts.values(), default=0)
    return [
        Word(
            texts[key].most_common(1)[0][0],
            counts[key],
            1 + sum(other > counts[key] for other in counts.values()),
            max(LEAST, sqrt(counts[key] / most)),
        )
        for key in sorted(counts, key=lambda key: (-counts[key], key))
    ]
