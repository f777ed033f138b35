"""The evaluation with its measures and its last review, to be read around a table."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jalons.documents.model import (
    Block,
    Callout,
    Cell,
    Document,
    Figure,
    Items,
    Lead,
    Number,
    Paragraph,
    Quote,
    Section,
    Table,
)
from jalons.documents.words import date_format
from jalons.drawing.skins import PRINT, Skin
from jalons.evaluation import words
from jalons.evaluation.figures import EvaluationRead, FollowedRead, read_evaluation
from jalons.evaluation.theory import halves_of
from jalons.roadmaps.models import Roadmap


def evaluation_blocks(roadmap: Roadmap, skin: Skin = PRINT) -> Iterator[Block]:
    """The part “evaluation” of the document of a roadmap; nothing before it is begun.

    What it is for, its theory of change, its questions, what it follows with where each
    starts from and its target, and its last review.
    """
    read = read_evaluation(roadmap)
    if read is None:
        return
    yield Callout(caution())
    if read.row.purpose:
        yield Paragraph(read.row.purpose)
    yield from _theory(read, skin)
    if read.questions:
        yield Section(_("What must the evaluation answer?"), [_questions(read)])
    if read.in_use:
        yield Section(_("What is followed"), [indicators_table(read)])
    yield from _last_review(read)


def evaluation_document(roadmap: Roadmap, read: EvaluationRead) -> Document:
    """The evaluation alone, to be read around a table."""
    day = date_format(timezone.localdate())
    return Document(
        title=_("%(name)s: what does the roadmap change?")
        % {"name": roadmap.territory_name},
        sections=[
            Section(
                _("Where the evaluation is"),
                [Lead(words.lead(read)), *evaluation_blocks(roadmap)],
            )
        ],
        language=get_language() or "fr",
        source_line=_("Measures noted, read from files or computed by Jalons"),
        date_line=_("As it stands on %(day)s") % {"day": day},
        author=roadmap.space.name,
        watermark=_("SIMULATED") if roadmap.is_simulated else None,
    )


def caution() -> str:
    """What every page of an evaluation says."""
    return _(
        "Evaluating tells how far the roadmap may have helped: a contribution, not a "
        "proof. A figure that moves has several causes, and what is not measured is "
        "not zero."
    )


def _theory(read: EvaluationRead, skin: Skin) -> Iterator[Block]:
    for half in halves_of(read, skin):
        yield Figure(half.drawing, half.alternative, half.title)
    told = [
        f"{kind.label}{_(': ')}{one.row.text}"
        for kind, found in (*read.chain, *read.beside)
        for one in found
    ]
    if told:
        yield Items(told)


def _questions(read: EvaluationRead) -> Table:
    return Table(
        _("Evaluative questions"),
        [_("Question"), _("What does it ask?"), _("We will say yes if…")],
        [
            [one.text, str(one.get_kind_display()), one.criterion or "–"]
            for one in read.questions
        ],
    )


def indicators_table(read: EvaluationRead) -> Table:
    """What is followed: the same numbers as on the page."""
    return Table(
        _("As it stands on %(day)s. A dash: not known, which is not zero.")
        % {"day": date_format(read.today)},
        [
            *(_("Indicator"), _("Starts from"), _("Last measure"), _("Target")),
            _("How far"),
        ],
        [_line(one) for one in read.in_use],
    )


def _line(one: FollowedRead) -> list[Cell]:
    start, last = one.baseline, one.last
    return [
        one.row.name,
        _dated(one.started_from, start.value, start.measured_on) if start else "–",
        _dated(one.last_value, last.value, last.measured_on) if last else "–",
        _dated(one.target, one.row.target, one.row.target_on) if one.target else "–",
        words.progress(one),
    ]


def _dated(shown: str, value: Decimal | None, day: date | None) -> Number:
    """A value as it is read, with its day, and as a workbook keeps it."""
    told = f"{shown} ({date_format(day)})" if day else shown
    return Number(told, float(value) if value is not None else None)


def _last_review(read: EvaluationRead) -> Iterator[Block]:
    review = read.last_review
    if review is None:
        return
    told = (
        (_("What changed, and how far did you help?"), review.judgement),
        (_("What does that rest on?"), review.evidence),
        (_("What nobody expected"), review.unexpected),
        (_("What went wrong, or harmed somebody"), review.negative),
        (_("What is decided next"), review.decision),
    )
    blocks: list[Block] = []
    for title, text in told:
        if text:
            blocks.append(Section(title, [Paragraph(text)]))
    told_by = [Quote(one.text, one.teller) for one in review.stories.all()]
    if told_by:
        blocks.append(Section(_("Stories of change"), told_by))
    title = _("The review of %(day)s") % {"day": date_format(review.held_on)}
    yield Section(title, blocks)
