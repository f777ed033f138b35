"""What a return says of a territory, as codes and numbers that can be kept.

A return goes further than the team of the territory: whoever has its address reads it.
It is line by line from three respondents on, or when its lines are those that the
institution wrote itself; of fewer who all agreed it gives the totals, which are no
one's answers; else the class alone, when respondents were told that it may be published
and the EPCI validated its answer; else nothing. What must not be read is never there
(docs/decisions/0021-what-a-return-tells-of-one-respondent.md).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from pydantic import TypeAdapter

from jalons.analysis.grid import Answers, Points
from jalons.analysis.proposals import Support, held
from jalons.analysis.scoring import Method, Range, stands_for, weighted_median
from jalons.questionnaires.definitions import Definition
from jalons.returns.definitions import proposals_for
from jalons.surveys import figures
from jalons.surveys.access import ENOUGH_RESPONDENTS, readable_by_their_teams
from jalons.surveys.figures import TerritoryScore
from jalons.surveys.models import Campaign
from jalons.surveys.reconciling import Answered, Choice, Choices, choices_of


class Reach(Enum):
    """How much of its own answers a territory may read."""

    LINES = "lines"
    TOTALS = "totals"
    CLASS = "class"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Dimension:
    """Points of one dimension, as a range when answers are missing."""

    code: str
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Line:
    """One question over the respondents: its points, and how far they differ.

    `missing` respondents left it blank or do not know: `lowest` and `highest` are those
    of the others. `is_deciding`: without this
    question the class would be another one.
    """

    question: str
    low: float
    high: float
    lowest: int
    highest: int
    maximum: int
    missing: int
    is_deciding: bool


@dataclass(frozen=True, slots=True)
class Proposed:
    """A proposal in its words of the day, by language, and what calls for it."""

    code: str
    title: dict[str, str]
    text: dict[str, str]
    reasons: tuple[Support, ...]


@dataclass(frozen=True, slots=True)
class Detail:
    """Everything that goes with points; `method` is how answers became one.

    Without `lines`, totals alone may be read, and nothing that comes from lines.
    """

    respondents: int
    method: Method
    low: float
    high: float
    minimum: float
    maximum: float
    dimensions: tuple[Dimension, ...]
    lines: tuple[Line, ...]
    proposals: tuple[Proposed, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """A return; without `detail`, its class alone may be read."""

    class_code: str
    is_uncertain: bool
    is_borderline: bool
    detail: Detail | None = None


_STORED = TypeAdapter(Content)


@dataclass(frozen=True, slots=True)
class Held:
    """What a survey holds of some territories, asked once of the database."""

    choices: Choices
    scores: Mapping[str, TerritoryScore]
    answered: Mapping[str, Answered]


def held_by(campaign: Campaign, codes: Collection[str]) -> Held:
    choices = choices_of(campaign)
    return Held(
        choices,
        figures.territory_scores(campaign, choices=choices),
        figures.answered_by_territory(campaign, codes, choices),
    )


def reaches(campaign: Campaign, holding: Held | None = None) -> dict[str, Reach]:
    """How much each territory that has points may read, by code."""
    readable = readable_by_their_teams(campaign)
    announced: Iterable[str] = ()
    if campaign.notice_announces_class:
        announced = campaign.validations.values_list("territory", flat=True)
    published = frozenset(announced)

    def reach(code: str, score: TerritoryScore) -> Reach:
        is_its_own = score.method == "consensus"
        if is_its_own or score.respondent_count >= ENOUGH_RESPONDENTS:
            return Reach.LINES
        if code in readable:
            return Reach.TOTALS
        return Reach.CLASS if code in published else Reach.NOTHING

    scores = holding.scores if holding else figures.territory_scores(campaign)
    return {code: reach(code, score) for code, score in scores.items()}


def content_of(
    campaign: Campaign, code: str, reach: Reach, holding: Held | None = None
) -> Content | None:
    """What a territory may read of its answers; None when it may read nothing.

    `holding`, when it is at hand, covers this territory.
    """
    scores = holding.scores if holding else figures.territory_scores(campaign)
    score = scores.get(code)
    if score is None or reach is Reach.NOTHING:
        return None
    detail = None
    if reach is not Reach.CLASS:
        holding = holding or held_by(campaign, [code])
        detail = _detail(campaign, code, reach, holding)
    return Content(score.class_code, score.is_uncertain, score.is_borderline, detail)


def to_store(content: Content) -> Any:
    """As plain JSON values, for `Return`."""
    return _STORED.dump_python(content, mode="json")


def from_store(stored: object) -> Content:
    return _STORED.validate_python(stored)


def _detail(campaign: Campaign, code: str, reach: Reach, holding: Held) -> Detail:
    definition, choice = campaign.version.read(), holding.choices.of(code)
    answered, score = holding.answered[code], holding.scores[code]
    sheets, is_whole = answered.answers, reach is Reach.LINES
    is_enough = score.respondent_count >= ENOUGH_RESPONDENTS
    if choice.method == "consensus" and answered.sheet is not None:
        sheets = [answered.sheet]
        if not is_enough:
            answered = answered.by_institution()
    return Detail(
        respondents=score.respondent_count,
        method=choice.method,
        low=score.low,
        high=score.high,
        minimum=score.minimum if is_enough else score.low,
        maximum=score.maximum if is_enough else score.high,
        dimensions=tuple(
            Dimension(one, found.low, found.high)
            for one, found in score.by_dimension.items()
        ),
        lines=_lines(answered, choice) if is_whole else (),
        proposals=_proposals(definition, sheets) if is_whole else (),
    )


def _lines(answered: Answered, choice: Choice) -> tuple[Line, ...]:
    """Question by question, reconciled as the total is."""
    deciding = answered.deciding(choice)
    columns = list(zip(*(one.lines for one in answered.scores), strict=True))
    whole = stands_for(answered.scores, choice.method, answered.validated)
    if whole:
        ranges = [Range(one.low, one.high) for one in whole.lines]
    else:
        weights = answered.weights(choice) or [1.0] * len(answered.scores)
        ranges = [_middle(column, weights) for column in columns]
    return tuple(
        _line(column, found, deciding)
        for column, found in zip(columns, ranges, strict=True)
    )


def _middle(column: Sequence[Points], weights: Sequence[float]) -> Range:
    return Range(
        weighted_median([one.low for one in column], weights),
        weighted_median([one.high for one in column], weights),
    )


def _line(column: Sequence[Points], found: Range, deciding: Sequence[str]) -> Line:
    first = column[0]
    said = [one.low for one in column if one.state != "missing"]
    return Line(
        question=first.code,
        low=found.low,
        high=found.high,
        lowest=min(said, default=0),
        highest=max(said, default=0),
        maximum=first.maximum,
        missing=len(column) - len(said),
        is_deciding=first.code in deciding,
    )


def _proposals(
    definition: Definition, sheets: Sequence[Answers]
) -> tuple[Proposed, ...]:
    known = {one.code: one for one in proposals_for(definition)}
    rules = [one.rule() for one in known.values()]
    found = held(rules, sheets)
    return tuple(
        Proposed(
            one.code,
            known[one.code].title.model_dump(include={"fr", "en"}),
            known[one.code].text.model_dump(include={"fr", "en"}),
            one.reasons,
        )
        for one in found
    )
