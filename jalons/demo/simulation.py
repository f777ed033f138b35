"""Answers drawn at random for the demonstration; none was given by anyone.

Published margins are reproduced (profiles, main stake, no strategy: survey
*Numérique et territoires*, PQN-A, 2023); nothing else is aimed at. Each EPCI gets a
level of progress drawn without looking at its density or its income: any link that
a crossing then shows between them is chance.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from jalons.questionnaires.definitions import Definition, Question, Role

SEED = 2022
# 39 %, 31 %, 23 % and 7 % of 103 respondents.
PROFILES = {
    "territorial_engineering": 40,
    "decision_maker": 32,
    "digital_adviser": 24,
    "local_operator": 7,
}
RESPONDENTS = sum(PROFILES.values())
# 73 % of 103 name the fight against inequalities as the main stake.
INEQUALITIES = 75
# "Nearly 30 %" of 103 say that their territory has no strategy.
WITHOUT_STRATEGY = 31
# EPCI with two or three respondents exist, so that their reconciliation is seen.
TERRITORIES = 88
# A real campaign has a few "ne sait pas"; this share is ours.
DONT_KNOW_SHARE = 0.03
# Share of the respondents who know a number exactly; ours too.
EXACT_SHARE = 0.8
# Who answers a second wave, and the share of their answers that change: ours again.
STAYING_SHARE = 0.75
REVISED_SHARE = 0.15
SECOND_LEVEL = 0.4
NAMESPACE = uuid.UUID("7d1f2f60-2d0b-4a43-9f5a-0d6a3f1c2022")


Answer = str | list[str] | float


@dataclass(frozen=True, slots=True)
class Simulated:
    """One simulated response, ready to be submitted like any other."""

    key: uuid.UUID
    answers: Mapping[str, Answer]


def simulate(
    definition: Definition, territory_codes: Sequence[str], seed: int = SEED
) -> list[Simulated]:
    """The 103 simulated responses, the same for the same seed and codes."""
    draw = np.random.default_rng(seed)
    territories = _territories(draw, sorted(territory_codes))
    levels = dict(zip(sorted(set(territories)), draw.normal(size=200), strict=False))
    people = [levels[code] + draw.normal(scale=0.5) for code in territories]
    fixed = _fixed_answers(definition, draw, territories, people)
    return [
        Simulated(
            key=uuid.uuid5(NAMESPACE, f"{seed}:{number}"),
            answers=_answers(definition, draw, people[number], fixed[number]),
        )
        for number in range(RESPONDENTS)
    ]


def simulate_again(
    definition: Definition, before: Sequence[Simulated], seed: int = SEED
) -> list[Simulated]:
    """The answers of a second wave: fewer people, most of whose answers hold.

    A question answered again is drawn a little above the middle; no change is aimed at.
    """
    draw = np.random.default_rng([seed, 2])
    found = []
    for one in before:
        if draw.random() < STAYING_SHARE:
            held = _held(definition, draw, one.answers)
            answers = _answers(definition, draw, SECOND_LEVEL, held)
            key = uuid.uuid5(NAMESPACE, f"{seed}:2:{one.key}")
            found.append(Simulated(key=key, answers=answers))
    return found


def _held(
    definition: Definition, draw: np.random.Generator, given: Mapping[str, Answer]
) -> dict[str, Answer]:
    """What is not answered again; numbers follow the band they lie in."""
    return {
        question.code: given[question.code]
        for question in definition.questions
        if question.code in given
        and question.type != "number"
        and (question.scoring is None or draw.random() > REVISED_SHARE)
    }


def _holding(definition: Definition, role: Role) -> Question:
    question = definition.with_role(role)
    if question is None:
        raise ValueError(f"No question holds the role {role}.")
    return question


def _territories(draw: np.random.Generator, codes: Sequence[str]) -> list[str]:
    """One EPCI a respondent: each of those drawn once, a few of them again."""
    count = min(TERRITORIES, len(codes))
    first = draw.choice(codes, size=count, replace=False)
    again = draw.choice(first, size=RESPONDENTS - count)
    return [str(code) for code in draw.permutation(np.concatenate([first, again]))]


def _fixed_answers(
    definition: Definition,
    draw: np.random.Generator,
    territories: Sequence[str],
    people: Sequence[float],
) -> list[dict[str, str]]:
    """The answers whose margins are published, respondent by respondent."""
    profiles = draw.permutation([p for p, n in PROFILES.items() for _ in range(n)])
    concerned = set(draw.choice(RESPONDENTS, size=INEQUALITIES, replace=False))
    behind = set(np.argsort(people)[:WITHOUT_STRATEGY])
    stake = _holding(definition, "main_stake")
    others = [o.code for o in stake.options if o.code != "inequalities"]
    fixed = []
    for number, code in enumerate(territories):
        stake_code = "inequalities" if number in concerned else draw.choice(others)
        answers = {
            _holding(definition, "territory").code: code,
            _holding(definition, "profile").code: str(profiles[number]),
            stake.code: str(stake_code),
            _holding(definition, "strategy").code: "no"
            if number in behind
            else str(draw.choice(["in_progress", "yes"], p=[0.45, 0.55])),
        }
        fixed.append(answers)
    return fixed


def _answers(
    definition: Definition,
    draw: np.random.Generator,
    level: float,
    fixed: Mapping[str, Answer],
) -> dict[str, Answer]:
    """Go through the questionnaire as a respondent does, condition by condition."""
    answers: dict[str, Answer] = {}
    profile = str(fixed[_holding(definition, "profile").code])
    for question in _asked(definition, answers):
        if question.code in fixed:
            answers[question.code] = fixed[question.code]
        elif question.scoring is not None:
            answers[question.code] = _scored(draw, question, level)
        elif question.type == "number":
            answers.update(_exact(definition, draw, question, answers))
        elif question.may_decide and not question.is_personal:
            answers[question.code] = _chosen(draw, question, profile)
    return answers


def _exact(
    definition: Definition,
    draw: np.random.Generator,
    question: Question,
    answers: Mapping[str, Answer],
) -> dict[str, Answer]:
    """A number inside the band chosen just before, which most respondents know."""
    banded = question.show_if and definition.question(question.show_if.question)
    if not banded or draw.random() > EXACT_SHARE:
        return {}
    band = next(o for o in banded.options if o.code == answers[banded.code])
    low = band.at_least or 0.0
    high = band.below or low + 4
    return {question.code: round(float(draw.uniform(low + 0.1, high - 0.1)), 1)}


def _asked(definition: Definition, answers: Mapping[str, Answer]) -> Iterator[Question]:
    for section in definition.sections:
        for question in section.questions:
            conditions = [c for c in (section.show_if, question.show_if) if c]
            if all(_holds(answers.get(c.question), c.any_of) for c in conditions):
                yield question


def _holds(answer: Answer | None, any_of: Sequence[str]) -> bool:
    given = answer if isinstance(answer, list) else [answer]
    return any(code in any_of for code in given)


def _scored(
    draw: np.random.Generator, question: Question, level: float
) -> str | list[str]:
    """A better placed territory more often gives the answers that earn points."""
    if question.allows_dont_know and draw.random() < DONT_KNOW_SHARE:
        return "dont_know" if question.type == "single" else ["dont_know"]
    if question.type == "multiple":
        ticked = [
            option.code
            for option in question.options
            if not option.is_exclusive and draw.random() < _likely(level - 0.3)
        ]
        none = [option.code for option in question.options if option.is_exclusive]
        return ticked or none[:1]
    ranked = sorted(question.options, key=lambda option: option.points or 0)
    steps = np.linspace(-1.0, 1.6, len(ranked) - 1)
    reached = sum(draw.random() < _likely(level - step) for step in steps)
    return ranked[int(reached)].code


def _likely(level: float) -> float:
    return float(1 / (1 + np.exp(-1.4 * level)))


def _chosen(
    draw: np.random.Generator, question: Question, profile: str
) -> str | list[str]:
    codes = [o.code for o in question.options_for(profile) if not o.is_exclusive]
    if question.type in ("single", "scale"):
        return str(draw.choice(codes))
    most = min(question.max_choices or 3, 3, len(codes))
    count = int(draw.integers(1, most + 1))
    picked = set(draw.choice(codes, size=count, replace=False))
    return [code for code in codes if code in picked]
