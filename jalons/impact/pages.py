"""What the page of a team and the public page have in common."""

from __future__ import annotations

from collections.abc import Sequence

from jalons.followup import words as followup_words
from jalons.impact import words
from jalons.impact.models import StoryCard
from jalons.impact.telling import ImpactTold


def shown(told: ImpactTold, cards: Sequence[StoryCard]) -> dict[str, object]:
    """What the template is made of: plain values, and the sentences they allow."""
    return {
        "told": told,
        # Frozen before the language was kept: the teams wrote in French.
        "told_language": told.get("language", "fr"),
        "cards": cards,
        "lead": words.lead(told),
        "caution": words.caution(),
        "reading": words.reading(),
        "money": followup_words.money(told["money"]),
        "method": f"{words.method(told['national'])} {words.targets_source()}",
    }
