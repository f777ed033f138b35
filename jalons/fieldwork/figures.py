"""The one query per number of what people met say: shares, scores, profiles.

Counts under eleven are secret, and so is what would let them be found again (rule 7);
a share is told only with its n and its interval. Beside a weighted share there is no
count, and it is rounded to a percent: a count and a share are two equations, and the
weights of each commune, which anybody can work out, give how many said it in each.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np

from jalons.analysis.digital_ease import AREAS, Profile
from jalons.analysis.hiding import SPREAD
from jalons.analysis.intervals import Interval, wilson_of
from jalons.analysis.secrecy import INHABITANTS
from jalons.analysis.weighted import weighted_share
from jalons.fieldwork.checking import hidden_of, telling_of
from jalons.fieldwork.measures import PROFILE
from jalons.fieldwork.people import People
from jalons.fieldwork.protection import Hidden
from jalons.fieldwork.tables import (
    COMMUNE,
    MEANS,
    YES,
    answered,
    area_name,
    holding,
    measure_name,
    option_name,
    ticked,
)
from jalons.questionnaires.definitions import Question

UNDER = 0.004
"""What stands for a weighted share under half a percent, which is not told closer."""


@dataclass(frozen=True, slots=True)
class Share:
    """A share of the `n` people who answered; None and secret when it would tell.

    `count` is None beside a weighted share. Nobody answered: missing, `n` is zero.
    `n` itself is None when it would tell.
    """

    code: str
    n: int | None
    count: int | None
    share: float | None
    interval: Interval | None

    @property
    def is_secret(self) -> bool:
        return self.share is None and self.n != 0


@dataclass(frozen=True, slots=True)
class Counted:
    """A question, how many answered it, and the share of each answer."""

    question: Question
    n: int | None
    shares: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean score of 100, weighted; None under eleven people, or if it would tell."""

    n: int | None
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
    tables = Tables(people)
    found = [one.profile for one in people.ease]
    return Results(
        people=people,
        profiles=tables.shares(
            PROFILE,
            [p.value if p else "" for p in found],
            [profile.value for profile in Profile],
        ),
        uncertain=sum(one.is_uncertain for one in people.ease),
        areas=tuple(
            tables.share(
                area_name(area), area, [one.areas[area] for one in people.ease]
            )
            for area in AREAS
        ),
        access=tables.mean("access", [one.access for one in people.ease]),
        eservices=tables.mean("eservices", [one.eservices for one in people.ease]),
        appetite=tables.mean("appetite", [one.appetite for one in people.ease]),
        questions=tuple(_questions(people, tables)),
    )


def measured(people: People) -> dict[str, Share]:
    """Each measure beside an index, by code."""
    tables = Tables(people)
    return {
        code: tables.share(measure_name(code), code, holds)
        for code, holds in holding(people).items()
    }


@dataclass(frozen=True)
class Tables:
    """What may be told of each table, once all are protected together."""

    people: People

    @cached_property
    def hidden(self) -> Hidden:
        return hidden_of(self.people, "results")

    @cached_property
    def telling(self) -> Collection[str]:
        """The tables whose weighted shares tell of a few of a commune or an age."""
        return telling_of(self.people, self.hidden)

    def shares(
        self, table: str, chosen: Sequence[str], codes: Sequence[str]
    ) -> tuple[Share, ...]:
        """The share of each code among those who gave one."""
        given = [one if one in codes else None for one in chosen]
        return tuple(
            self._share(
                table, code, code, [None if g is None else g == code for g in given]
            )
            for code in codes
        )

    def share(self, table: str, code: str, holds: Sequence[bool | None]) -> Share:
        """The share of those for whom it holds, among those it concerns."""
        return self._share(table, YES, code, holds)

    def _share(
        self, table: str, cell: str, code: str, holds: Sequence[bool | None]
    ) -> Share:
        known = np.array([one is not None for one in holds], dtype=bool)
        hits = [bool(one) for one in holds if one is not None]
        if not hits:
            return Share(code, 0, None, None, None)
        if self.hidden.has(table, cell):
            n = None if self.hidden.has_total(table) else len(hits)
            return Share(code, n, None, None, None)
        if table in self.telling:
            return Share(code, len(hits), None, None, None)
        found = weighted_share(hits, self.people.adjusted.weights[known])
        if not self.people.adjusted.is_weighted or found.share is None:
            return Share(code, found.n, found.count, found.share, found.interval)
        share = _in_percent(found.share)
        # Of the share as it is told: bounds of the exact one would tell it closer.
        between = wilson_of(share, found.effective_n)
        if between is not None:
            low, high = _in_percent(between.low), _in_percent(between.high)
            between = Interval(low, high)
        return Share(code, found.n, None, share, between)

    def mean(self, name: str, values: Sequence[float | None]) -> Mean:
        """The mean, unless it tells what one of the answers behind it hides."""
        known = np.array([one is not None for one in values], dtype=bool)
        held = [one for one in values if one is not None]
        if held and self.hidden.has_total(name):
            return Mean(None, None)
        step, meanings = MEANS[name]
        behind = {self.people.by_meaning.get(one, "") for one in meanings}
        is_telling = len(held) < step * SPREAD and self.hidden.any_of(behind)
        if len(held) < INHABITANTS or is_telling:
            return Mean(len(held), None)
        weights = self.people.adjusted.weights[known]
        return Mean(len(held), float(np.average(held, weights=weights)))


def _in_percent(share: float) -> float:
    """Rounded to a percent; next to nothing is never nothing."""
    return round(share, 2) or (UNDER if share > 0 else 0.0)


def _questions(people: People, tables: Tables) -> Iterable[Counted]:
    for question, answers in answered(people):
        code = question.code
        n = sum(one is not None for one in answers)
        if question.type == "multiple":
            shares = tuple(
                tables.share(
                    option_name(code, option),
                    option,
                    [ticked(one, option) for one in answers],
                )
                for option in question.option_codes
            )
        else:
            said = [str(one) if one is not None else "" for one in answers]
            shares = tables.shares(code, said, question.option_codes)
        is_told = all(share.n is not None for share in shares)
        yield Counted(question, n if is_told else None, shares)


@dataclass(frozen=True, slots=True)
class Compared:
    """A category of the sample beside the population; `met` is None when secret."""

    variable: str
    code: str
    met: int | None
    met_share: float | None
    known_share: float | None


def compared(people: People, *, is_exact: bool = True) -> list[Compared]:
    """The sample against the margins known; exact counts are for the team alone."""
    hidden = None if is_exact else Tables(people).hidden
    known: Mapping[str, Mapping[str, float]] = {
        one.name: one.people for one in people.population
    }
    found = []
    variables: tuple[Literal["sex", "age", "commune"], ...] = ("sex", "age", "commune")
    for variable in variables:
        said = [one[variable] for one in people.placed if one[variable]]
        margin = known.get(variable, {})
        total = sum(margin.values())
        codes = _categories(people, variable)
        for code in codes:
            is_told = hidden is None or not hidden.has(
                COMMUNE if variable == "commune" else people.code_of(variable), code
            )
            count = said.count(code) if is_told else None
            found.append(
                Compared(
                    variable,
                    code,
                    count,
                    count / len(said) if said and count is not None else None,
                    margin[code] / total if total and code in margin else None,
                )
            )
    return found


def _categories(people: People, variable: str) -> list[str]:
    if variable == "commune":
        return [one.pk for one in people.surveyed]
    question = people.definition.with_role("sex" if variable == "sex" else "age")
    return [option.code for option in question.options] if question else []
