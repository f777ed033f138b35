"""The one query per number: how far the collection is, and what points it gives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version as code_version

from django.core.cache import cache
from django.db.models import Count

from jalons.analysis import scoring
from jalons.analysis.grid import State
from jalons.analysis.scoring import Range
from jalons.questionnaires.answers import Answers, in_words
from jalons.questionnaires.definitions import Question
from jalons.questionnaires.grids import grid_of
from jalons.surveys import live
from jalons.surveys.encoding import AnswerMatrix
from jalons.surveys.matrix import (
    FORMAT,
    KEPT_SECONDS,
    Known,
    matrix_of,
    read,
    revision_of,
)
from jalons.surveys.models import Campaign, Response, Score, Validation
from jalons.surveys.reconciling import Answered, Choice, Choices, choices_of


@dataclass(frozen=True, slots=True)
class TerritoryScore:
    """The points of one territory, in points, from its `respondent_count` answers.

    `low` and `high` bound the median of the totals when answers are missing;
    `minimum` and `maximum` bound what the respondents said.
    """

    low: float
    high: float
    class_code: str
    is_uncertain: bool
    is_borderline: bool
    respondent_count: int
    minimum: float
    maximum: float
    by_dimension: Mapping[str, Range]
    method: scoring.Method = "median"


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """The points of one question of one answer, and what earned them."""

    code: str
    question: str
    answer: str
    dimension: str
    low: int
    high: int
    maximum: int
    state: State


def responses_by_territory(campaign: Campaign) -> Counter[str]:
    """How many answers were sent about each territory; none, no key."""
    counts = campaign.responses.submitted().values_list("territory")
    return Counter(dict(counts.annotate(n=Count("pk")).order_by()))


def validated_territories(campaigns: Collection[int]) -> dict[int, set[str]]:
    """The territories that agree to be shown, by survey, asked once for all."""
    found: dict[int, set[str]] = {one: set() for one in campaigns}
    rows = Validation.objects.filter(campaign__in=found)
    for campaign, territory in rows.values_list("campaign", "territory"):
        found[campaign].add(territory)
    return found


def responses_by_channel(campaign: Campaign) -> dict[str, int]:
    """How many answers came by each channel, in the order of the channels."""
    counts = campaign.responses.submitted().values_list("channel")
    found = dict(counts.annotate(n=Count("pk")).order_by())
    return {one.value: found[one] for one in Response.Channel if one.value in found}


def territory_scores(
    campaign: Campaign, known: Known | None = None, choices: Choices | None = None
) -> dict[str, TerritoryScore]:
    """The points of each territory that answered, by code.

    Frozen once the campaign is closed; computed from the answers sent until then
    (`known`, and `choices`, when they are at hand), and kept per revision. Empty when
    the questionnaire gives no points.
    """
    if campaign.is_closed:
        frozen = campaign.scores.order_by("territory")
        return {score.territory_id: _from_frozen(score) for score in frozen}
    choices = choices or choices_of(campaign)
    now = known.revision if known else revision_of(campaign)
    revision = now, choices.revision
    key = f"surveys:scores:{FORMAT}:{campaign.pk}:{campaign.version_id}"
    kept: tuple[object, dict[str, TerritoryScore]] | None = cache.get(key)
    if kept is not None and kept[0] == revision:
        return kept[1]
    matrix = known.matrix if known else matrix_of(campaign)
    found = _live_scores(campaign, matrix, choices)
    cache.set(key, (revision, found), KEPT_SECONDS)
    return found


def scores_to_freeze(campaign: Campaign, *, at: datetime) -> list[Score]:
    """The rows that will keep the points of a campaign, all its answers read again."""
    definition = campaign.version.read()
    if definition.grid is None:
        return []
    grid, matrix, choices = grid_of(definition), read(campaign), choices_of(campaign)
    deciding = live.deciding(grid, matrix, choices)
    found = live.combined(grid, matrix, choices).items()
    return [
        to_freeze(
            campaign, code, in_class(grid, one), choice, deciding=deciding[code], at=at
        )
        for code, (choice, one) in found
    ]


def answered_by_territory(
    campaign: Campaign,
    codes: Collection[str] | None = None,
    choices: Choices | None = None,
) -> dict[str, Answered]:
    """What was answered about each territory, or about those of `codes`."""
    definition, choices = campaign.version.read(), choices or choices_of(campaign)
    grid, found = grid_of(definition), dict[str, Answered]()
    sent = campaign.responses.submitted().order_by("pk")
    if codes is not None:
        sent = sent.filter(territory__in=codes)
    rows = sent.values_list("territory_id", "profile", "answers")
    for code, profile, answers in rows.iterator():
        one = found.setdefault(code, Answered(grid, choices.sheets.get(code)))
        one.add(profile, answers)
    return found


def explain(response: Response, *, language: str) -> tuple[ScoreLine, ...]:
    """Where the points of one answer come from, question by question."""
    definition = response.campaign.version.read()
    if definition.grid is None:
        return ()
    found = scoring.score(grid_of(definition), response.answers)
    return tuple(
        _line(question, points, response.answers, language)
        for points in found.lines
        if (question := definition.question(points.code))
    )


def score_of(response: Response) -> scoring.Score | None:
    """The points of one answer; None when the questionnaire gives none."""
    definition = response.campaign.version.read()
    if definition.grid is None:
        return None
    return scoring.score(grid_of(definition), response.answers)


def questions_deciding(campaign: Campaign, code: str) -> tuple[str, ...]:
    """The questions without which the class of a territory would be another one."""
    definition = campaign.version.read()
    if definition.grid is None:
        return ()
    answered = answered_by_territory(campaign, [code]).get(code)
    return answered.deciding(choices_of(campaign).of(code)) if answered else ()


def _live_scores(
    campaign: Campaign, matrix: AnswerMatrix, choices: Choices
) -> dict[str, TerritoryScore]:
    definition = campaign.version.read()
    if definition.grid is None:
        return {}
    grid = grid_of(definition)
    found = live.combined(grid, matrix, choices)
    return {code: in_class(grid, one) for code, (_choice, one) in found.items()}


def in_class(grid: scoring.Grid, combined: scoring.Combined) -> TerritoryScore:
    """The points of a territory, and the class they fall in."""
    found = scoring.classify(grid, combined.low, combined.high)
    return TerritoryScore(
        low=combined.low,
        high=combined.high,
        class_code=found.code,
        is_uncertain=found.is_uncertain,
        is_borderline=found.is_borderline,
        respondent_count=combined.n,
        minimum=combined.minimum,
        maximum=combined.maximum,
        by_dimension=combined.by_dimension,
        method=combined.method,
    )


def to_freeze(
    campaign: Campaign,
    code: str,
    score: TerritoryScore,
    choice: Choice,
    *,
    deciding: Sequence[str],
    at: datetime,
) -> Score:
    """The row that keeps the points of one territory, and how they were obtained."""
    dimensions = {d: [r.low, r.high] for d, r in score.by_dimension.items()}
    return Score(
        campaign=campaign,
        territory_id=code,
        version=campaign.version,
        code_version=code_version("jalons"),
        respondent_count=score.respondent_count,
        low=score.low,
        high=score.high,
        class_code=score.class_code,
        is_uncertain=score.is_uncertain,
        is_borderline=score.is_borderline,
        details={
            "by_dimension": dimensions,
            "minimum": score.minimum,
            "maximum": score.maximum,
            "questions_deciding": list(deciding),
            "method": score.method,
            "weights": dict(choice.weights),
        },
        frozen_at=at,
    )


def _from_frozen(score: Score) -> TerritoryScore:
    details = score.details
    return TerritoryScore(
        low=float(score.low),
        high=float(score.high),
        class_code=score.class_code,
        is_uncertain=score.is_uncertain,
        is_borderline=score.is_borderline,
        respondent_count=score.respondent_count,
        minimum=details["minimum"],
        maximum=details["maximum"],
        by_dimension={d: Range(*r) for d, r in details["by_dimension"].items()},
        method=details.get("method", "median"),
    )


def _line(
    question: Question, points: scoring.Points, answers: Answers, language: str
) -> ScoreLine:
    answer = answers.get(points.code)
    return ScoreLine(
        code=points.code,
        question=question.text.in_language(language),
        answer="" if answer is None else in_words(question, answer, language=language),
        dimension=points.dimension,
        low=points.low,
        high=points.high,
        maximum=points.maximum,
        state=points.state,
    )
