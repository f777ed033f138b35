"""Headline figures: what respondents chose, for everybody and by profile (S000-37).

The base n is the respondents who answered the question; those who were asked it and
left it blank or ticked "ne sait pas" are counted apart. An option offered to some
profiles only is counted among them. Intervals: Wilson's, or by territory
(`analysis.clustered`) as soon as one of them answered several times (rule 14).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jalons.analysis.clustered import clustered_intervals
from jalons.analysis.intervals import wilson
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
SMALLEST_GROUP = 20
"""Respondents in a published group, four times the threshold of secrecy."""

Mask = NDArray[np.bool_]
Counts = NDArray[np.int64]
Profiles = Mapping[str, tuple[str, ...]]
"""Groups of profiles by name."""


@dataclass(frozen=True, slots=True)
class Ticked:
    """One question's answers as masks: who answered, and who chose each option."""

    answered: Mask
    chosen: dict[str, Mask]


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of answers by territory and by profile, both in the order of their names.

    One pass over the answers gives every group at once, and intervals need nothing
    more: they leave whole territories out.
    """

    cells: NDArray[np.int64]
    territories: int
    profiles: tuple[str, ...]

    @classmethod
    def of(cls, answers: AnswerMatrix) -> Tally:
        names = answers.profiles.names
        cells = answers.territories.positions.astype(np.int64) * len(names)
        cells += answers.profiles.positions
        return cls(cells, len(answers.territories.names), names)

    def counted(self, mask: Mask) -> Counts:
        shape = self.territories, len(self.profiles)
        found = np.bincount(self.cells[mask], minlength=shape[0] * shape[1])
        return found.reshape(shape)

    def among(self, counts: Counts, profiles: Collection[str]) -> Counts:
        """By territory, those of these profiles."""
        inside = [name in profiles for name in self.profiles]
        found: Counts = counts[:, inside].sum(axis=1)
        return found


def questions(
    definition: Definition,
    answers: AnswerMatrix,
    groups: Profiles,
    within: Mask | None = None,
) -> tuple[Question, ...]:
    """The headline figures by group, among everybody or those `within` a filter."""
    return tuple(
        counted_question(question, definition, answers, groups, within)
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


def put_to(
    question: definitions.Question, definition: Definition, answers: AnswerMatrix
) -> Mask:
    """Those who were asked a question: their earlier answers did not spare it."""
    found = everybody(answers)
    for one in definition.conditions_of(question):
        found &= gave(one, answers)
    return found


def gave(condition: definitions.ShowIf, answers: AnswerMatrix) -> Mask:
    """Those who gave one of the answers of a condition."""
    ticks = answers.ticks[condition.question]
    rows = [ticks.options.index(option) for option in condition.any_of]
    found: Mask = np.any(ticks.ticked[rows], axis=0)
    return found


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
    question: definitions.Question,
    definition: Definition,
    answers: AnswerMatrix,
    groups: Profiles,
    within: Mask | None = None,
) -> Question:
    """What everybody and each group chose, or those of them `within` a filter."""
    found, tally = ticked(question, answers), Tally.of(answers)
    kept = everybody(answers) if within is None else within
    profiles = {TOTAL: answers.profiles.names, **groups}
    answered = tally.counted(kept & found.answered)
    left = tally.counted(kept & put_to(question, definition, answers) & ~found.answered)
    chosen = {code: tally.counted(kept & mask) for code, mask in found.chosen.items()}
    return Question(
        role=question.role or "",
        code=question.code,
        is_multiple=question.type == "multiple",
        is_clustered=bool(answered.sum(axis=1).max(initial=0) > 1),
        groups=tuple(
            Group(
                code, *(int(tally.among(one, some).sum()) for one in (answered, left))
            )
            for code, some in profiles.items()
        ),
        choices=_choices(question, tally, profiles, answered, chosen),
    )


def _choices(
    question: definitions.Question,
    tally: Tally,
    groups: Profiles,
    answered: Counts,
    chosen: Mapping[str, Counts],
) -> tuple[Choice, ...]:
    """Each option, counted among those of every group to whom it was offered."""
    counts: dict[str, list[Count]] = {option.code: [] for option in question.options}
    for profiles in groups.values():
        # Options with the same base are told together.
        offers: dict[tuple[str, ...], list[str]] = {}
        for option in question.options:
            limits = option.profiles
            offered = tuple(p for p in profiles if not limits or p in limits)
            offers.setdefault(offered, []).append(option.code)
        for offered, codes in offers.items():
            base = tally.among(answered, offered)
            rows = np.stack([tally.among(chosen[code], offered) for code in codes])
            for code, count in zip(codes, _counts(rows, base), strict=True):
                counts[code].append(count)
    return tuple(
        Choice(option.code, tuple(counts[option.code]), option.profiles)
        for option in question.options
    )


def count_among(chosen: Mask, base: Mask, answers: AnswerMatrix) -> Count:
    """How many of the base, with the interval of every headline figure."""
    tally = Tally.of(answers)
    rows = tally.counted(chosen & base).sum(axis=1)[None]
    (found,) = _counts(rows, tally.counted(base).sum(axis=1))
    return found


def _counts(chosen: Counts, answered: Counts) -> list[Count]:
    """Each share of one base, from the answers of each territory."""
    n, hits = int(answered.sum()), chosen.sum(axis=1).tolist()
    if not n:
        return [Count(0, 0) for _row in hits]
    if answered.max() > 1:
        intervals = clustered_intervals(chosen, answered)
    else:
        intervals = [wilson(count, n) for count in hits]
    both = zip(hits, intervals, strict=True)
    return [Count(count, n, interval) for count, interval in both]
