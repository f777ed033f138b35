"""The sheets keyed for a survey: what is left to do, and how well two people agree."""

from __future__ import annotations

from dataclasses import dataclass

from jalons.analysis.double_keying import Agreement, agreement, differing
from jalons.keying.models import Keying, Sheet
from jalons.questionnaires.answers import in_words
from jalons.questionnaires.definitions import Question
from jalons.surveys.models import Campaign


@dataclass(frozen=True, slots=True)
class SheetState:
    """A sheet and what it waits for: `first`, `second`, `settling` or nothing."""

    sheet: Sheet
    waits_for: str
    unfinished: Keying | None


@dataclass(frozen=True, slots=True)
class Difference:
    """A question that the two keyings read differently, in words."""

    question: Question
    text: str
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Keyed:
    """The sheets of a survey, and the agreement of those keyed by two persons."""

    waiting: tuple[SheetState, ...]
    counted_count: int
    by_one_count: int
    agreement: Agreement


def keyed(campaign: Campaign) -> Keyed:
    """Everything the page of sheets shows, in two queries."""
    sheets = campaign.sheets.prefetch_related("keyings__keyed_by").order_by("number")
    counted = [sheet for sheet in sheets if sheet.counted_at]
    compared = [sheet for sheet in counted if sheet.compared_count is not None]
    by_two = [sheet for sheet in compared if sheet.is_by_two]
    return Keyed(
        waiting=tuple(_state(sheet) for sheet in sheets if not sheet.counted_at),
        counted_count=len(counted),
        by_one_count=len(compared) - len(by_two),
        agreement=agreement(
            sum(sheet.compared_count or 0 for sheet in by_two),
            sum(len(sheet.differing) for sheet in by_two),
        ),
    )


def differences(sheet: Sheet, language: str) -> tuple[Difference, ...]:
    """The questions to settle, in the order of the questionnaire."""
    finished = list(sheet.keyings.exclude(finished_at=None).order_by("rank"))
    if len(finished) < 2:
        return ()
    first, second = (keying.answers for keying in finished)
    differ = differing(first, second)
    definition = sheet.campaign.version.read()
    return tuple(
        Difference(
            question,
            question.text.in_language(language),
            _words(question, first.get(question.code), language),
            _words(question, second.get(question.code), language),
        )
        for question in definition.questions
        if question.code in differ or question.consent_code in differ
    )


def _state(sheet: Sheet) -> SheetState:
    keyings = sorted(sheet.keyings.all(), key=lambda keying: keying.rank)
    begun = next((one for one in keyings if one.finished_at is None), None)
    if len(keyings) == 2 and begun is None:
        return SheetState(sheet, "settling", None)
    if begun is not None:
        return SheetState(sheet, "first" if begun.rank == 1 else "second", begun)
    return SheetState(sheet, "second", None)


def _words(question: Question, answer: object, language: str) -> str:
    if answer is None:
        return ""
    return in_words(question, answer, language=language)  # type: ignore[arg-type]
