"""How far a round has got: who was met, where, and what quotas still lack."""

from __future__ import annotations

from collections import Counter

from jalons.questionnaires.definitions import Role
from jalons.rounds.models import Round

Cell = tuple[str, str, str]
"""A commune, a sex, an age band; empty when it was not said."""


def met(round: Round) -> Counter[Cell]:
    """How many answers were sent in each cell, whatever their channel."""
    definition = round.campaign.version.read()
    roles: tuple[Role, ...] = ("sex", "age")
    codes = [q.code if (q := definition.with_role(role)) else "" for role in roles]
    rows = round.campaign.responses.submitted().values_list("territory_id", "answers")
    return Counter(
        (commune, *(str(answers.get(code, "")) for code in codes))
        for commune, answers in rows.iterator()
    )
