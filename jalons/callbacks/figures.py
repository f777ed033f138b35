"""Who waits to be called back, by commune; and the answers of those who agreed."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass

from jalons.callbacks.models import CallBack
from jalons.questionnaires.answers import in_words
from jalons.rounds.models import Interview, Round
from jalons.territories.models import Territory

State = CallBack.State


@dataclass(frozen=True, slots=True)
class InCommune:
    """The people to call back in one commune, those who wait first."""

    commune: Territory
    people: tuple[CallBack, ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """Everybody to call back in a round, and how far their call-backs are."""

    communes: tuple[InCommune, ...]
    counts: dict[State, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def waiting(round: Round) -> Waiting:
    """Exact counts, for the person in charge (never published)."""
    found = CallBack.objects.current(on=round.campaign.today()).filter(round=round)
    order = {state: rank for rank, state in enumerate(State)}
    people = sorted(
        found.select_related("commune"),
        key=lambda one: (one.commune.name, order[State(one.state)], one.asked_on),
    )
    communes = {one.commune_id: one.commune for one in people}
    counts = Counter(State(one.state) for one in people)
    return Waiting(
        tuple(
            InCommune(commune, tuple(p for p in people if p.commune_id == code))
            for code, commune in communes.items()
        ),
        {state: counts[state] for state in State},
    )


@dataclass(frozen=True, slots=True)
class Said:
    """One question and its answer, in words."""

    question: str
    answer: str


def answers_of(callback: CallBack, language: str) -> list[Said]:
    """What somebody answered, if they agreed that it be read before the call.

    One goes from the call-back to the answers, never the other way round.
    """
    if not callback.token:
        return []
    digest = hashlib.sha256(callback.token.encode()).hexdigest()
    interview = (
        Interview.objects.filter(round=callback.round, token_digest=digest)
        .select_related("response")
        .first()
    )
    if interview is None:
        return []
    definition = callback.round.campaign.version.read()
    answers = interview.response.answers
    return [
        Said(
            question.text.in_language(language),
            in_words(question, answers[question.code], language=language),
        )
        for question in definition.questions
        if question.code in answers and question.type != "territory"
    ]
