"""The evaluation plan as blocks of a document: what is asked, measured, by whom."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from jalons.documents.model import Block, Cell, Figure, Paragraph, Table
from jalons.documents.words import date_format
from jalons.drawing.skins import Skin
from jalons.evaluation.figures import EvaluationRead, FollowedRead, read_evaluation
from jalons.evaluation.theory import halves_of
from jalons.roadmaps.models import Roadmap

NOT_SAID = "–"


def plan_blocks(roadmap: Roadmap, skin: Skin) -> Iterator[Block]:
    """Its theory of change, its questions, its indicators; nothing before it begins."""
    read = read_evaluation(roadmap)
    if read is None:
        return
    if read.row.purpose:
        yield Paragraph(read.row.purpose)
    for half in halves_of(read, skin):
        yield Figure(half.drawing, half.alternative, half.title)
    if read.questions:
        yield Table(
            _("Questions that the evaluation must answer"),
            [_("Question"), _("We will say yes if…")],
            [[one.text, one.criterion or NOT_SAID] for one in read.questions],
        )
    if read.in_use:
        yield _indicators(read)


def _indicators(read: EvaluationRead) -> Table:
    return Table(
        _("What is followed, from where to where"),
        [
            _("Indicator"),
            _("At the start"),
            _("Target"),
            _("Measured"),
            _("Who measures it"),
        ],
        [_indicator(one) for one in read.in_use],
        note=_("A figure that moves does not say why: this proves nothing."),
    )


def _indicator(one: FollowedRead) -> list[Cell]:
    start = one.started_from
    if one.baseline is not None:
        start += f" ({date_format(one.baseline.measured_on)})"
    target = one.target
    if target and one.row.target_on:
        target += f" ({date_format(one.row.target_on)})"
    return [
        one.row.name,
        start or NOT_SAID,
        target or NOT_SAID,
        str(one.row.get_frequency_display()),
        one.row.keeper or NOT_SAID,
    ]
