"""The points of territories in words, for those who may read them."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median

from django.template.defaultfilters import floatformat
from django.utils.translation import gettext as _

from jalons.analysis.scoring import Range
from jalons.documents.words import date_format, number
from jalons.surveys import figures
from jalons.surveys.collection import Fact
from jalons.surveys.figures import TerritoryScore
from jalons.surveys.frozen import Refrozen, refrozen
from jalons.surveys.models import Campaign, Response
from jalons.surveys.reconciling import obtained
from jalons.territories.models import Territory


@dataclass(frozen=True, slots=True)
class Line:
    """One territory surveyed; without score, nobody answered."""

    code: str
    name: str
    class_title: str
    score: TerritoryScore | None
    obtained: str = ""


@dataclass(frozen=True, slots=True)
class DimensionPoints:
    title: str
    points: Range
    maximum: int


@dataclass(frozen=True, slots=True)
class QuestionPoints:
    """One question in one territory: its points over the respondents, low bounds.

    `missing_count` respondents left it blank or do not know; `is_deciding` when the
    class of the territory would change without this question.
    """

    question: str
    minimum: int
    median: float
    maximum: int
    most: int
    missing_count: int
    is_deciding: bool


def class_titles(campaign: Campaign, language: str) -> dict[str, str]:
    grid = campaign.version.read().grid
    classes = grid.classes if grid else ()
    return {one.code: one.title.in_language(language) for one in classes}


def lines(campaign: Campaign, language: str) -> list[Line]:
    """Every territory surveyed, by name: never by score (rule 9)."""
    titles = class_titles(campaign, language)
    scores = figures.territory_scores(campaign)
    territories = campaign.territories.order_by("name").values_list("pk", "name")
    return [
        Line(
            code=code,
            name=name,
            class_title=titles[scores[code].class_code] if code in scores else "",
            score=scores.get(code),
            obtained=obtained_by(scores[code]) if code in scores else "",
        )
        for code, name in territories
    ]


def headline(
    campaign: Campaign, score: TerritoryScore | None, language: str
) -> list[Fact]:
    """Level, points and spread of one territory; nothing when nobody answered."""
    grid = campaign.version.read().grid
    if grid is None or score is None:
        return []
    marks = [
        words
        for words, holds in (
            (_("uncertain: blanks could change it"), score.is_uncertain),
            (_("at the limit"), score.is_borderline),
        )
        if holds
    ]
    title = class_titles(campaign, language)[score.class_code]
    return [
        Fact(_("Level"), title, note=", ".join(marks)),
        Fact(
            _("Points"),
            _span(score.low, score.high),
            note=_("of %(total)s, %(obtained)s")
            % {"total": grid.total, "obtained": obtained_by(score)},
        ),
        Fact(_("Respondents"), str(score.respondent_count)),
        Fact(
            _("From the lowest to the highest"),
            _span(score.minimum, score.maximum),
            note=_("what respondents said, blanks included"),
        ),
    ]


def obtained_by(score: TerritoryScore) -> str:
    """How several answers became the points of a territory."""
    return obtained(score.method, score.respondent_count)


def _span(low: float, high: float) -> str:
    bounds = {"low": floatformat(low, "-1"), "high": floatformat(high, "-1")}
    return bounds["low"] if low == high else _("%(low)s to %(high)s") % bounds


def moved(campaign: Campaign, code: str) -> str:
    """What an institution changed to a frozen score, in words; else nothing."""
    return moves(campaign, code).get(code, "")


def moves(campaign: Campaign, *codes: str) -> dict[str, str]:
    """The same of all the territories surveyed, or of those named."""
    scores = campaign.scores.filter(details__has_key="before")
    if codes:
        scores = scores.filter(territory__in=codes)
    return {one.territory_id: _moved(refrozen(one)) for one in scores}


def _moved(found: Refrozen) -> str:
    return _(
        "Frozen again on %(day)s, as the institution validated its answer after the "
        "closing: %(after)s points, instead of %(before)s."
    ) % {
        "day": date_format(found.on, "j F Y"),
        "after": number(found.after),
        "before": number(found.before),
    }


def dimensions(
    campaign: Campaign, score: TerritoryScore | None, language: str
) -> list[DimensionPoints]:
    grid = campaign.version.read().grid
    if grid is None or score is None:
        return []
    return [
        DimensionPoints(
            title=one.title.in_language(language),
            points=score.by_dimension[one.code],
            maximum=one.maximum,
        )
        for one in grid.dimensions
    ]


def answers(campaign: Campaign, territory: Territory) -> list[Response]:
    """The answers sent about a territory, each explained on its own page."""
    sent = campaign.responses.submitted().filter(territory=territory)
    return list(sent.order_by("submitted_at"))


def questions(
    campaign: Campaign, territory: Territory, language: str
) -> list[QuestionPoints]:
    """Question by question, what the respondents of a territory reported.

    Questions are described one by one, so that nobody's whole answer can be read.
    """
    explained = [
        figures.explain(response, language=language)
        for response in answers(campaign, territory)
    ]
    deciding = figures.questions_deciding(campaign, territory.pk)
    return [
        QuestionPoints(
            question=column[0].question,
            minimum=min(line.low for line in column),
            median=median(line.low for line in column),
            maximum=max(line.low for line in column),
            most=column[0].maximum,
            missing_count=sum(line.state == "missing" for line in column),
            is_deciding=column[0].code in deciding,
        )
        for column in zip(*explained, strict=True)
    ]
