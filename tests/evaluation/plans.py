"""Evaluations for the tests, written as a team writes them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from jalons.accounts.models import User
from jalons.evaluation import measuring, operations, reviewing
from jalons.evaluation.models import (
    Baseline,
    Evaluation,
    Followed,
    Measure,
    Question,
    Review,
    Story,
)
from jalons.roadmaps.models import Roadmap

TODAY = date(2026, 6, 30)


def make_evaluation(
    roadmap: Roadmap, *codes: str, by: User, purpose: str = ""
) -> Evaluation:
    return operations.start_evaluation(roadmap, purpose, codes, by=by)


def make_own(evaluation: Evaluation, *, by: User, **fields: object) -> Followed:
    given = {
        "name": "Arrêts du bus",
        "definition": "Arrêts faits dans l’année.",
        "formula": "nombre d’arrêts",
        "unit": "count",
        "level": "output",
        "direction": "higher",
        "source": "Carnet de bord",
        "frequency": "year",
        **fields,
    }
    row = Followed(evaluation=evaluation, **given)
    return operations.add_own_indicator(row, (), by=by)


def make_baseline(
    followed: Followed, value: object, on: date, *, by: User, reason: str = ""
) -> Baseline:
    row = Baseline(followed=followed, value=Decimal(str(value)), measured_on=on)
    row.source, row.reason = "Carnet de bord", reason
    measuring.set_baseline(row, by=by)
    return row


def make_measure(
    followed: Followed, value: object, on: date, *, by: User, **fields: object
) -> Measure:
    known = None if value is None else Decimal(str(value))
    row = Measure(
        followed=followed,
        value=known,
        measured_on=on,
        **{"origin": Measure.Origin.ENTERED, **fields},
    )
    measuring.add_measure(row, by=by)
    return row


def make_review(evaluation: Evaluation, on: date, *, by: User, **said: str) -> Review:
    given = {"moment": "during", "judgement": "Nous avons aidé.", **said}
    row = Review(evaluation=evaluation, held_on=on, **given)
    return reviewing.add_review(row, by=by)


def make_question(evaluation: Evaluation, text: str, *, by: User) -> Question:
    row = Question(evaluation=evaluation, kind="descriptive", text=text)
    return operations.add_question(row, by=by)


def fill(evaluation: Evaluation, officer: User) -> None:
    """A baseline, a measure, a question, a review with a story."""
    helped = Followed.objects.get(code="O1")
    make_baseline(helped, 120, date(2025, 1, 31), by=officer)
    make_measure(helped, 1305, date(2026, 1, 31), by=officer)
    make_question(evaluation, "Qui vient ?", by=officer)
    review = make_review(
        evaluation, date(2026, 1, 20), by=officer, decision="Garder le jeudi"
    )
    Story.objects.create(
        review=review,
        teller="Une retraitée",
        domain="Confiance",
        text="J’ose enfin.",
        is_agreed=True,
    )
