"""The evaluation as blocks of a document: the plan, what was measured, the last review.

The same for the document of a roadmap and for the evaluation alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from jalons.documents.model import (
    Block,
    Callout,
    Cell,
    Figure,
    Items,
    Number,
    Paragraph,
    Quote,
    Section,
    Table,
)
from jalons.documents.words import date_format
from jalons.drawing.skins import PRINT, Skin
from jalons.evaluation import words
from jalons.evaluation.figures import (
    BoxRead,
    EvaluationRead,
    FollowedRead,
    read_evaluation,
)
from jalons.evaluation.theory import halves_of
from jalons.roadmaps.models import Roadmap

NOT_SAID = "–"


def evaluation_blocks(roadmap: Roadmap, skin: Skin = PRINT) -> Iterator[Block]:
    """Nothing before it is begun.

    What it is for, its theory of change, its questions, what it follows and from where
    to where, what was measured since, its last review.
    """
    read = read_evaluation(roadmap)
    if read is None:
        return
    yield Callout(caution())
    if read.row.purpose:
        yield Paragraph(read.row.purpose)
    yield from _theory(read, skin)
    if read.questions:
        yield _questions(read)
    if read.in_use:
        yield _followed(read)
    if any(one.last for one in read.in_use):
        yield _measured(read)
    yield from _last_review(read)


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
        f"{kind.label}{_(': ')}{_joined(found)}"
        for kind, found in (*read.chain, *read.beside)
        if found
    ]
    if told:
        yield Items(told)


def _joined(found: Sequence[BoxRead]) -> str:
    return " · ".join(" ".join(one.row.text.split()) for one in found)


def _questions(read: EvaluationRead) -> Table:
    return Table(
        _("Evaluative questions"),
        [_("Question"), _("What does it ask?"), _("We will say yes if…")],
        [
            [one.text, str(one.get_kind_display()), one.criterion or NOT_SAID]
            for one in read.questions
        ],
    )


def _followed(read: EvaluationRead) -> Table:
    """The plan: where each starts from, what is aimed at, who measures it."""
    return Table(
        _("What is followed, from where to where"),
        [
            *(_("Indicator"), _("At the start"), _("Target"), _("Measured")),
            _("Who measures it"),
        ],
        [
            [
                one.row.said.name,
                _start(one),
                _target(one),
                str(one.row.get_frequency_display()),
                one.row.keeper or NOT_SAID,
            ]
            for one in read.in_use
        ],
        note=_("A figure that moves does not say why: this proves nothing."),
    )


def _measured(read: EvaluationRead) -> Table:
    """What the page of the evaluation says today, number for number."""
    return Table(
        _("As it stands on %(day)s. A dash: not known, which is not zero.")
        % {"day": date_format(read.today)},
        [
            *(_("Indicator"), _("Starts from"), _("Last measure"), _("Target")),
            _("How far"),
        ],
        [
            [
                one.row.said.name,
                _start(one),
                _last(one),
                _target(one),
                words.progress(one),
            ]
            for one in read.in_use
        ],
    )


def _start(one: FollowedRead) -> Cell:
    start = one.baseline
    if start is None:
        return NOT_SAID
    return _dated(one.started_from, start.value, start.measured_on)


def _last(one: FollowedRead) -> Cell:
    last = one.last
    return _dated(one.last_value, last.value, last.measured_on) if last else NOT_SAID


def _target(one: FollowedRead) -> Cell:
    if not one.target:
        return NOT_SAID
    return _dated(one.target, one.row.target, one.row.target_on)


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
    yield Section(title, blocks, is_detail=True)
