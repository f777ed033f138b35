"""The order of answers, the same whatever the database that proposed them.

A card's score, from 0 to 1, is a weighted sum:

* how well each word of the query is found in the card (the part that decides);
* how much of the card's title the query says (the plain name before the long ones);
* the card's own weight (the town before the hamlet of the same name).

The proportions were set by hand on a list of queries kept in ``tests/search``; they
are a choice, not a measure.
"""

from __future__ import annotations

from jalons.search.words import BAR, COMMON_WORDS, likeness

FOUND_SHARE, TITLE_SHARE, WEIGHT_SHARE = 0.70, 0.12, 0.18
# Under this, a card resembles the query by chance.
LEAST_FOUND = 0.5
# A common word counts for little, yet tells La Rochelle from Rochelle.
COMMON_WORD_IMPORTANCE = 0.25
# A word of the subtitle or of the codes is found, though less than in the title.
OUTSIDE_TITLE = 0.9
# The beginning of a word, typed so far: as good as the word, less what is missing.
PREFIX = 0.85


def score(query: list[str], key: str, weight: float) -> float | None:
    """The score of a card for the words of a query; None when it does not answer."""
    title, _bar, others = key.partition(BAR)
    title_words, other_words = title.split(), others.split()
    found = total = 0.0
    for position, word in enumerate(query):
        is_last = position == len(query) - 1
        inside = _best(word, title_words, is_last)
        outside = OUTSIDE_TITLE * _best(word, other_words, is_last)
        importance = _importance(word)
        total += importance
        found += importance * max(inside, outside)
    found_share = found / total
    if found_share < LEAST_FOUND:
        return None
    said = min(1.0, sum(map(_importance, query)) / _title_importance(title_words))
    return (
        FOUND_SHARE * found_share
        + TITLE_SHARE * said * found_share
        + WEIGHT_SHARE * weight
    )


def says(query: list[str], key: str) -> bool:
    """Whether a card has every word of the query as it is written, the last one being
    perhaps unfinished; small words apart, unless there is no other."""
    words = key.replace(BAR, " ").split()
    *whole, last = query
    telling = [word for word in whole if word not in COMMON_WORDS]
    return set(telling) <= set(words) and any(one.startswith(last) for one in words)


def _best(word: str, candidates: list[str], is_last: bool) -> float:
    return max((_match(word, other, is_last) for other in candidates), default=0.0)


def _match(word: str, other: str, is_last: bool) -> float:
    alike = likeness(word, other)
    if is_last and other.startswith(word):
        return max(alike, PREFIX + (1 - PREFIX) * len(word) / len(other))
    return alike


def _importance(word: str) -> float:
    return len(word) * (COMMON_WORD_IMPORTANCE if word in COMMON_WORDS else 1.0)


def _title_importance(words: list[str]) -> float:
    return sum(map(_importance, words)) or 1.0
