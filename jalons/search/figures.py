from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from jalons.search.candidates import candidates
from jalons.search.ranking import says, score
from jalons.search.words import words_of

# A longer text is not the name of anything.
QUERY_LENGTH = 60


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found; `kind` and `ref` say which, `score` how well (0 to 1), and
    `is_said` whether the words are there as they were written, not only alike."""

    kind: str
    ref: str
    title: str
    subtitle: str
    score: float
    is_said: bool


def find(
    query: str,
    *,
    kinds: Collection[str] = (),
    space_ids: Collection[int] = (),
    limit: int = 20,
) -> list[Hit]:
    """What resembles `query`, best first: accents, hyphens and small slips forgiven.

    Without `kinds`, anything; `space_ids` are the spaces whose private things the
    reader may see, besides what is public. The last word may be unfinished.
    """
    words = words_of(query[:QUERY_LENGTH])
    if not words:
        return []
    hits = []
    for card in candidates(words, kinds, space_ids):
        card_score = score(words, card.key, card.weight)
        if card_score is not None:
            named = (card.kind, card.ref, card.title, card.subtitle)
            hits.append(Hit(*named, card_score, says(words, card.key)))
    hits.sort(key=lambda hit: (-hit.score, hit.title, hit.kind, hit.ref))
    return hits[:limit]
