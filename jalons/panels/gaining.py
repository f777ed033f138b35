"""R2 and R3: what the same people gained, three or six months after they began."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from jalons.analysis.before_after import Difference, paired
from jalons.analysis.secrecy import INHABITANTS
from jalons.evaluation.comparing import Move
from jalons.evaluation.computing import Asked, Computed
from jalons.evaluation.values import HUNDREDTH, rounded
from jalons.panels.definition import read_definition
from jalons.panels.figures import (
    CONFIDENCE,
    asked_of,
    number_told,
    steps_in,
    values_at,
)
from jalons.panels.figures import Asked as Question
from jalons.panels.models import Reply
from jalons.panels.moments import LATER, Moment


def skills_gained(asked: Asked) -> Computed:
    """R2: mean change of the areas mastered, out of five."""
    return _gained(asked, "skills")


def confidence_gained(asked: Asked) -> Computed:
    """R3: mean change of the confidence said, from 0 to 10."""
    return _gained(asked, CONFIDENCE)


def _gained(asked: Asked, code: str) -> Computed:
    """Six months after when enough people came back by then, three otherwise.

    Over all the mini-surveys of the roadmap that ask the present questions, and of each
    the people whom its own page counts: the same steps, so that neither tells of a few.
    """
    by_panel = _replies(asked)
    question = next(one for one in asked_of(read_definition()) if one.code == code)
    known = ([one for one in said if one.answered_on <= asked.on] for said in by_panel)
    if not any(values_at(one, Moment.START, question.value_of) for one in known):
        return Computed(None, 0, _("No mini-survey of this roadmap has answers."))
    for moment in reversed(LATER):
        pooled = _pooled(question, by_panel, moment, asked)
        if pooled and pooled.found.difference is not None:
            value = rounded(pooled.found.difference, HUNDREDTH)
            return Computed(
                value,
                pooled.found.n_after,
                lines=_lines(pooled, moment),
                move=Move.of(pooled.found),
            )
    words = _("Fewer than %(n)s people answered it both times: secret.")
    return Computed(None, None, words % {"n": INHABITANTS})


@dataclass(frozen=True, slots=True)
class Pooled:
    """The people of several mini-surveys together, and those not counted with them."""

    found: Difference
    tells_start: bool
    others: int


def _replies(asked: Asked) -> list[list[Reply]]:
    """The replies of each mini-survey in the order in which they came.

    Those of after the day asked are read too: they settle no step of before.
    """
    rows = Reply.objects.filter(
        code__panel__roadmap=asked.roadmap,
        code__panel__definition_version=read_definition().version,
    ).select_related("code")
    by_panel: defaultdict[int, list[Reply]] = defaultdict(list)
    for one in rows.order_by("pk"):
        by_panel[one.code.panel_id].append(one)
    return list(by_panel.values())


def _pooled(
    question: Question,
    by_panel: Sequence[Sequence[Reply]],
    moment: Moment,
    asked: Asked,
) -> Pooled | None:
    first: dict[str, float] = {}
    last: dict[str, float] = {}
    tells_start, met = True, 0
    for replies in by_panel:
        starts = values_at(replies, Moment.START, question.value_of)
        later = values_at(replies, moment, question.value_of)
        met += sum(
            one.moment == Moment.START and one.answered_on <= asked.on
            for one in replies
            if one.code_id in starts
        )
        step = steps_in(question, replies).last(moment, on=asked.on)
        if step:
            tells_start = tells_start and step.tells_start
            first |= {f"{one}": starts[one] for one in step.people}
            last |= {f"{one}": later[one] for one in step.people}
    if not first:
        return None
    return Pooled(paired(first, last), tells_start, met - len(first))


def _lines(pooled: Pooled, moment: Moment) -> list[tuple[str, str]]:
    told = number_told(pooled.found, tells_start=pooled.tells_start)
    return [
        (_("compared with the start"), str(moment.label)),
        (_("mean at the start"), told.before),
        (_("mean later"), told.after),
        (_("interval of 95 in 100"), told.interval),
        (_("answered at the start, not compared"), f"{pooled.others}"),
        (_("what one may say"), told.sentence),
    ]
