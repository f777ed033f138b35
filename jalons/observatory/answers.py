"""Headline figures: what respondents chose, for everybody and by profile (S000-37).

The base n is the respondents who answered the question; those who left it blank or
ticked "ne sait pas" are counted apart. An option offered to some profiles only is
counted among them. Intervals: Wilson's, or a bootstrap by territory with a fixed
seed as soon as one territory answered several times (rule 14).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jalons.analysis.intervals import cluster_bootstrap, wilson
from jalons.observatory.answer_results import TOTAL, Choice, Count, Group, Question
from jalons.questionnaires import definitions
from jalons.questionnaires.definitions import DONT_KNOW, Definition, Role
from jalons.surveys.encoding import AnswerMatrix

ROLES: tuple[Role, ...] = (
    "main_stake",
    "strategy",
    "themes",
    "sectors",
    "difficulties",
    "needs",
)
SEED = 2022
"""Of every bootstrap of this page: the same answers give the same interval."""

SMALLEST_GROUP = 20
"""Respondents in a published group, four times the threshold of secrecy."""

Mask = NDArray[np.bool_]
Profiles = Mapping[str, tuple[str, ...]]
"""Groups of profiles by name."""


@dataclass(frozen=True, slots=True)
class Ticked:
    """One question's answers as masks: who answered, and who chose each option."""

    answered: Mask
    chosen: dict[str, Mask]


def questions(
    definition: Definition,
    answers: AnswerMatrix,
    groups: Profiles,
    within: Mask | None = None,
) -> tuple[Question, ...]:
    """The headline figures by group, among everybody or those `within` a filter."""
    kept = everybody(answers) if within is None else within
    masks = {TOTAL: kept} | {
        code: kept & of_profiles(profiles, answers) for code, profiles in groups.items()
    }
    return tuple(
        counted_question(question, answers, masks)
        for question in asked(definition, answers)
    )


def asked(
    definition: Definition, answers: AnswerMatrix
) -> tuple[definitions.Question, ...]:
    """The questions that hold a headline role, in the order of the roles."""
    found = (definition.with_role(role) for role in ROLES)
    return tuple(q for q in found if q is not None and q.code in answers.ticks)


def each_profile(definition: Definition) -> Profiles:
    """One group a profile: what the team reads."""
    return {code: (code,) for code in profile_codes(definition)}


def grouped_profiles(definition: Definition, answers: AnswerMatrix) -> Profiles:
    """Profiles put together until each group is large enough to be published.

    Under `SMALLEST_GROUP` nearly every line of a profile would be secret, and other
    profiles' lines with it: the smallest joins the next smallest. A single group
    would repeat the total: none is kept.
    """
    sizes: list[tuple[tuple[str, ...], int]] = [
        ((code,), int(answers.profiles.where(code).sum()))
        for code in profile_codes(definition)
    ]
    groups = [one for one in sizes if one[1]]
    while len(groups) > 1 and min(n for _, n in groups) < SMALLEST_GROUP:
        groups.sort(key=lambda one: one[1])
        (first, n), (second, m), *others = groups
        groups = [((*first, *second), n + m), *others]
    order = profile_codes(definition)
    named = {"+".join(c for c in order if c in codes): codes for codes, _ in groups}
    return named if len(named) > 1 else {}


def ticked(question: definitions.Question, answers: AnswerMatrix) -> Ticked:
    """Who chose what; "ne sait pas" is nobody's choice."""
    ticks = answers.ticks[question.code]
    rows = dict(zip(ticks.options, ticks.ticked, strict=True))
    doubtful = rows.pop(DONT_KNOW, np.zeros(len(answers), dtype=bool))
    chosen = {option: row & ~doubtful for option, row in rows.items()}
    answered = np.zeros(len(answers), dtype=bool)
    for row in chosen.values():
        answered |= row
    return Ticked(answered, chosen)


def profile_codes(definition: Definition) -> tuple[str, ...]:
    question = definition.with_role("profile")
    return tuple(option.code for option in question.options) if question else ()


def offered(option: definitions.Option, answers: AnswerMatrix) -> Mask:
    """The answers of those to whom the option was offered."""
    if not option.profiles:
        return everybody(answers)
    return of_profiles(option.profiles, answers)


def everybody(answers: AnswerMatrix) -> Mask:
    return np.ones(len(answers), dtype=bool)


def of_territories(codes: Collection[str], answers: AnswerMatrix) -> Mask:
    """The answers about any of these territories."""
    inside = [name in codes for name in answers.territories.names]
    return np.array(inside or [False])[answers.territories.positions]


def of_profiles(profiles: Iterable[str], answers: AnswerMatrix) -> Mask:
    """The answers of any of these profiles."""
    found = np.zeros(len(answers), dtype=bool)
    for profile in profiles:
        found |= answers.profiles.where(profile)
    return found


def counted_question(
    question: definitions.Question, answers: AnswerMatrix, groups: Mapping[str, Mask]
) -> Question:
    """What each group chose."""
    found = ticked(question, answers)
    clusters = _clusters(answers)
    return Question(
        role=question.role or "",
        code=question.code,
        is_multiple=question.type == "multiple",
        is_clustered=_are_several(clusters[found.answered & groups[TOTAL]]),
        groups=tuple(
            Group(
                code,
                int((mask & found.answered).sum()),
                int((mask & ~found.answered).sum()),
            )
            for code, mask in groups.items()
        ),
        choices=tuple(
            Choice(
                option.code,
                tuple(
                    _count(
                        found.chosen[option.code],
                        mask & found.answered & offered(option, answers),
                        clusters,
                    )
                    for mask in groups.values()
                ),
                option.profiles,
            )
            for option in question.options
        ),
    )


def count_among(chosen: Mask, base: Mask, answers: AnswerMatrix) -> Count:
    """How many of the base, with the interval of every headline figure."""
    return _count(chosen, base, _clusters(answers))


def _clusters(answers: AnswerMatrix) -> NDArray[np.int32]:
    """The territory each answer speaks of, by its place among their sorted codes."""
    return answers.territories.positions


def _are_several(clusters: NDArray[np.int32]) -> bool:
    return bool(len(clusters)) and int(np.bincount(clusters).max()) > 1


def _count(chosen: Mask, base: Mask, clusters: NDArray[np.int32]) -> Count:
    hits, names = chosen[base], clusters[base]
    count, n = int(hits.sum()), int(base.sum())
    if not n:
        return Count(0, 0)
    if _are_several(names):
        return Count(count, n, cluster_bootstrap(hits, names, seed=SEED))
    return Count(count, n, wilson(count, n))
