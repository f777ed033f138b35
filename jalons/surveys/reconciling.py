"""How several answers about one territory become one (rule 6).

The median unless the team chose otherwise, for the whole survey or for one territory.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import get_args

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jalons.analysis import scoring
from jalons.analysis.scoring import Answers, Combined, Grid, Method
from jalons.surveys.models import Campaign


@dataclass(frozen=True, slots=True)
class Choice:
    """A method, and the weight of each profile when it takes weights."""

    method: Method = "median"
    weights: Mapping[str, float] = field(default_factory=dict)


MEDIAN = Choice()
METHODS: Mapping[str, Method] = {name: name for name in get_args(Method)}


@dataclass(frozen=True, slots=True)
class Choices:
    """What was chosen for the survey and for some territories, by code.

    `sheets` are the answers that institutions validated by their own link.
    """

    default: Choice
    by_territory: Mapping[str, Choice]
    sheets: Mapping[str, Answers]

    def of(self, code: str) -> Choice:
        """The choice in force; the median until an institution has validated."""
        choice = self.by_territory.get(code, self.default)
        if choice.method == "consensus" and code not in self.sheets:
            return MEDIAN
        return choice

    @property
    def revision(self) -> str:
        return hashlib.sha256(repr(self).encode()).hexdigest()[:16]


@dataclass(slots=True)
class Answered:
    """The points of each respondent of a territory, and its validated answers."""

    grid: Grid
    sheet: Answers | None
    profiles: list[str] = field(default_factory=list)
    answers: list[Answers] = field(default_factory=list)
    scores: list[scoring.Score] = field(default_factory=list)

    def add(self, profile: str, answers: Answers) -> None:
        self.profiles.append(profile)
        self.answers.append(answers)
        self.scores.append(scoring.score(self.grid, answers))

    @property
    def validated(self) -> scoring.Score | None:
        return None if self.sheet is None else scoring.score(self.grid, self.sheet)

    def by_institution(self) -> Answered:
        """The validated answers alone, without what its respondents said."""
        alone = Answered(self.grid, self.sheet)
        alone.add("", self.sheet or {})
        return alone

    def weights(self, choice: Choice) -> list[float] | None:
        """One weight a respondent; None when all count alike.

        A profile without weight counts for one; when all those who answered weigh
        nothing, they count alike rather than not at all.
        """
        if choice.method != "weighted":
            return None
        found = [float(choice.weights.get(one, 1)) for one in self.profiles]
        return found if any(found) else None

    def combined(self, choice: Choice) -> Combined:
        return scoring.combine(
            self.scores,
            choice.method,
            validated=self.validated,
            weights=self.weights(choice),
        )

    def deciding(self, choice: Choice) -> tuple[str, ...]:
        """The questions without which the class would be another one."""
        one = scoring.stands_for(self.scores, choice.method, self.validated)
        dropped = (
            scoring.stability(self.grid, one)
            if one
            else scoring.stability(
                self.grid, *self.scores, weights=self.weights(choice)
            )
        )
        return tuple(line.code for line in dropped if line.changes)


def choices_of(campaign: Campaign) -> Choices:
    """Everything chosen for a survey, in two queries."""
    found: dict[str | None, Choice] = {
        row.territory_id: Choice(METHODS[row.method], row.weights)
        for row in campaign.reconciliations.order_by("territory")
    }
    # What the team recorded is an agreement to the answer in force, not another one.
    validated = campaign.validations.filter(sheet__isnull=False, recorded_by=None)
    sheets: dict[str, Answers] = {
        code: sheet or {} for code, sheet in validated.values_list("territory", "sheet")
    }
    return Choices(
        default=found.pop(None, MEDIAN),
        by_territory={code: choice for code, choice in found.items() if code},
        sheets=dict(sorted(sheets.items())),
    )


def obtained(method: str, n: int | None) -> str:
    """How a result was obtained, in words that follow it everywhere.

    Without `n` for readers who may not know how many answered.
    """
    if n is None:
        return {
            "median": _("median of the answers"),
            "weighted": _("median of the answers weighted by profile"),
            "maximum": _("highest answer to each question"),
            "consensus": _("answer validated by the institution"),
        }[method]
    if method == "consensus":
        return ngettext(
            "answer validated by the institution, after %(n)d answer",
            "answer validated by the institution, after %(n)d answers",
            n,
        ) % {"n": n}
    if n == 1:
        return _("a single answer")
    return {
        "median": _("median of %(n)d answers"),
        "weighted": _("median of %(n)d answers weighted by profile"),
        "maximum": _("highest of %(n)d answers to each question"),
    }[method] % {"n": n}
