"""The one query per number of what people met say: shares, scores, profiles.

Counts under eleven are secret, and so is what would let them be found again (rule 7);
a share is told only with its n and its interval.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from jalons.analysis.digital_ease import AREAS, Profile
from jalons.analysis.intervals import Interval
from jalons.analysis.secrecy import INHABITANTS, TOTAL, protect, tally
from jalons.analysis.weighted import weighted_share
from jalons.fieldwork.measures import MEASURES, Measure
from jalons.fieldwork.people import People
from jalons.questionnaires.answers import asked
from jalons.questionnaires.definitions import Question

YES, NO = "yes", "no"


@dataclass(frozen=True, slots=True)
class Share:
    """A share of the `n` people who answered; None and secret when it would tell."""

    code: str
    n: int
    count: int | None
    share: float | None
    interval: Interval | None

    @property
    def is_secret(self) -> bool:
        return self.count is None


@dataclass(frozen=True, slots=True)
class Counted:
    """A question, how many answered it, and the share of each answer."""

    question: Question
    n: int
    shares: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean score between 0 and 100, weighted; None under eleven people."""

    n: int
    value: float | None


@dataclass(frozen=True, slots=True)
class Results:
    """All that people met say together."""

    people: People
    profiles: tuple[Share, ...]
    uncertain: int
    areas: tuple[Share, ...]
    access: Mean
    eservices: Mean
    appetite: Mean
    questions: tuple[Counted, ...]


def results_of(people: People) -> Results:
    weights = people.adjusted.weights
    found = [one.profile for one in people.ease]
    return Results(
        people=people,
        profiles=shares_of(
            [p.value if p else "" for p in found],
            [profile.value for profile in Profile],
            weights,
        ),
        uncertain=sum(one.is_uncertain for one in people.ease),
        areas=tuple(
            _share(area, [one.areas[area] for one in people.ease], weights)
            for area in AREAS
        ),
        access=_mean([one.access for one in people.ease], weights),
        eservices=_mean([one.eservices for one in people.ease], weights),
        appetite=_mean([one.appetite for one in people.ease], weights),
        questions=tuple(_questions(people)),
    )


def measured(
    people: People, measures: Iterable[Measure] = MEASURES
) -> dict[str, Share]:
    """Each measure beside an index, by code."""
    meanings = {code: meaning for meaning, code in people.by_meaning.items()}
    said = [
        {meanings[c]: a for c, a in one.items() if c in meanings}
        for one in people.answers
    ]
    weights = people.adjusted.weights
    return {
        measure.code: _share(
            measure.code,
            [measure.holds(one, e) for one, e in zip(said, people.ease, strict=True)],
            weights,
        )
        for measure in measures
    }


def shares_of(
    chosen: Sequence[str], codes: Sequence[str], weights: np.ndarray
) -> tuple[Share, ...]:
    """The share of each code among those who gave one; protected together."""
    given = np.array([one in codes for one in chosen], dtype=bool)
    n = int(given.sum())
    counts: dict[tuple[str, ...], int] = {(c,): chosen.count(c) for c in codes}
    (shown,) = protect([tally(["q"], counts)], INHABITANTS)
    is_told = shown.cells[TOTAL,].count is not None and n > 0
    held = weights[given]
    kept = [one for one, is_given in zip(chosen, given, strict=True) if is_given]
    return tuple(
        _told(code, [one == code for one in kept], held)
        if is_told and shown.cells[code,].count is not None
        else Share(code, n, None, None, None)
        for code in codes
    )


def _share(code: str, holds: Sequence[bool | None], weights: np.ndarray) -> Share:
    """The share of those for whom it holds, among those it concerns."""
    known = np.array([one is not None for one in holds], dtype=bool)
    hits = [bool(one) for one in holds if one is not None]
    n, count = len(hits), sum(hits)
    is_small = 0 < count < INHABITANTS or 0 < n - count < INHABITANTS
    if n < INHABITANTS or is_small:
        return Share(code, n, None, None, None)
    return _told(code, hits, weights[known])


def _told(code: str, hits: Sequence[bool], weights: np.ndarray) -> Share:
    found = weighted_share(hits, weights)
    return Share(code, found.n, found.count, found.share, found.interval)


def _mean(values: Sequence[float | None], weights: np.ndarray) -> Mean:
    known = np.array([one is not None for one in values], dtype=bool)
    held = [one for one in values if one is not None]
    if len(held) < INHABITANTS:
        return Mean(len(held), None)
    return Mean(len(held), float(np.average(held, weights=weights[known])))


def _questions(people: People) -> Iterable[Counted]:
    weights = people.adjusted.weights
    reached = [
        {question.code for question in asked(people.definition, one)}
        for one in people.answers
    ]
    for question in people.definition.questions:
        if question.type not in ("single", "scale", "multiple"):
            continue
        code = question.code
        answers = [
            one.get(code) if code in codes else None
            for one, codes in zip(people.answers, reached, strict=True)
        ]
        n = sum(one is not None for one in answers)
        if question.type == "multiple":
            shares = tuple(
                _share(option, [_ticked(one, option) for one in answers], weights)
                for option in question.option_codes
            )
        else:
            said = [str(one) if one is not None else "" for one in answers]
            shares = shares_of(said, question.option_codes, weights)
        yield Counted(question, n, shares)


def _ticked(answer: object, option: str) -> bool | None:
    return option in answer if isinstance(answer, list) else None


@dataclass(frozen=True, slots=True)
class Compared:
    """A category of the sample beside the population: people met, shares."""

    variable: str
    code: str
    met: int
    met_share: float | None
    known_share: float | None


def compared(people: People) -> list[Compared]:
    """The sample against the margins known, category by category."""
    known: Mapping[str, Mapping[str, float]] = {
        one.name: one.people for one in people.population
    }
    found = []
    for variable in ("sex", "age", "commune"):
        said = [one[variable] for one in people.placed if one[variable]]
        margin = known.get(variable, {})
        total = sum(margin.values())
        codes = _categories(people, variable)
        for code in codes:
            count = said.count(code)
            found.append(
                Compared(
                    variable,
                    code,
                    count,
                    count / len(said) if said else None,
                    margin[code] / total if total and code in margin else None,
                )
            )
    return found


def _categories(people: People, variable: str) -> list[str]:
    if variable == "commune":
        communes = people.round.campaign.territories.order_by("name")
        return list(communes.values_list("pk", flat=True))
    question = people.definition.with_role("sex" if variable == "sex" else "age")
    return [option.code for option in question.options] if question else []
