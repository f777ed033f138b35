"""The one query per number: who agrees, and what each method would give."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from jalons.analysis.concordance import Concordance, concordance, to_discuss
from jalons.analysis.respondents import Respondents, discussed
from jalons.questionnaires.definitions import Definition
from jalons.questionnaires.grids import grid_of
from jalons.reconciliation.models import AGREED, Decision
from jalons.surveys import figures
from jalons.surveys.figures import TerritoryScore, answered_by_territory, in_class
from jalons.surveys.matrix import known_of
from jalons.surveys.models import Campaign, Reconciliation
from jalons.surveys.reconciling import Answered, Choice, choices_of, obtained
from jalons.surveys.standing import class_titles
from jalons.territories.models import Territory


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far the respondents of one territory agree, over the questions compared.

    `discussed` counts the questions on which they disagree, of `compared`.
    """

    code: str
    name: str
    n: int
    compared: int
    discussed: int
    obtained: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one method gives for a territory; `is_chosen` is the one in force."""

    method: str
    label: str
    score: TerritoryScore
    class_title: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One question: its agreement, and its words."""

    question: str
    agreement: Concordance

    @property
    def percent(self) -> float | None:
        share = self.agreement.agreeing_share
        return None if share is None else share * 100


def agreements(campaign: Campaign) -> list[Agreement]:
    """The territories with several answers, by name (rule 9)."""
    definition = campaign.version.read()
    if definition.grid is None:
        return []
    known = known_of(campaign)
    matrix, scores = known.matrix, figures.territory_scores(campaign, known)
    assert matrix.points is not None
    given = Respondents(matrix.points, matrix.territories.positions)
    found = {
        matrix.territories.names[place]: counts
        for place, counts in discussed(grid_of(definition), given).items()
    }
    several = [code for code in found if scores[code].respondent_count > 1]
    places = Territory.objects.by_codes(several).order_by("name", "code")
    return [
        _agreement(place, scores[place.code], *found[place.code]) for place in places
    ]


def _agreement(
    place: Territory, score: TerritoryScore, compared: int, apart: int
) -> Agreement:
    return Agreement(
        code=place.code,
        name=place.name,
        n=score.respondent_count,
        compared=compared,
        discussed=apart,
        obtained=obtained(score.method, score.respondent_count),
    )


def refusals(campaign: Campaign) -> dict[str, Decision]:
    """The EPCI whose last word, by their own link, is no; by code."""
    decided = Decision.objects.filter(request__campaign=campaign)
    last = {
        one.request.territory_id: one
        for one in decided.select_related("request").order_by("pk")
    }
    return {
        code: one
        for code, one in last.items()
        if one.recorded_by_id is None and one.state not in AGREED
    }


def answered_about(campaign: Campaign, territory: Territory) -> Answered | None:
    """What was answered about one territory; None when nobody did."""
    if campaign.version.read().grid is None:
        return None
    return answered_by_territory(campaign, [territory.pk]).get(territory.pk)


def outcomes(
    campaign: Campaign, territory: Territory, answered: Answered, language: str
) -> list[Outcome]:
    """What each method gives, so that a choice is made knowing it."""
    titles, choices = class_titles(campaign, language), choices_of(campaign)
    chosen = choices.of(territory.pk)
    weights = chosen.weights or choices.default.weights
    methods = [Choice("median"), Choice("maximum")]
    if weights:
        methods.insert(1, Choice("weighted", weights))
    if answered.sheet is not None:
        methods.append(Choice("consensus"))
    return [
        _outcome(answered, choice, titles, is_chosen=choice.method == chosen.method)
        for choice in methods
    ]


def _outcome(
    answered: Answered, choice: Choice, titles: Mapping[str, str], *, is_chosen: bool
) -> Outcome:
    score = in_class(answered.grid, answered.combined(choice))
    return Outcome(
        method=choice.method,
        label=str(Reconciliation.Method(choice.method).label),
        score=score,
        class_title=titles[score.class_code],
        is_chosen=is_chosen,
    )


def lines(definition: Definition, answered: Answered, language: str) -> list[Line]:
    """Question by question, in the order of the grid."""
    return _in_words(definition, concordance(answered.grid, answered.scores), language)


def lines_to_discuss(
    definition: Definition, answered: Answered, language: str
) -> list[Line]:
    """The questions to talk about, widest disagreement first."""
    found = to_discuss(concordance(answered.grid, answered.scores))
    return _in_words(definition, found, language)


def _in_words(
    definition: Definition, found: tuple[Concordance, ...], language: str
) -> list[Line]:
    return [
        Line(question.text.in_language(language), line)
        for line in found
        if (question := definition.question(line.code))
    ]
