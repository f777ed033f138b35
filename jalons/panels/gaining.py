"""R2 and R3: what the same people gained, three or six months after they began."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from jalons.analysis.before_after import Difference, paired
from jalons.analysis.secrecy import INHABITANTS
from jalons.evaluation.comparing import Told, sentence_of
from jalons.evaluation.computing import HUNDREDTH, Asked, Computed, rounded
from jalons.panels.definition import read_definition
from jalons.panels.figures import (
    Answers,
    confidence_of,
    skills_of,
    sort_by_moment,
    values_at,
)
from jalons.panels.models import Reply
from jalons.panels.moments import LATER, Moment


def skills_gained(asked: Asked) -> Computed:
    """R2: mean change of the areas mastered, out of five."""
    return _gained(asked, skills_of)


def confidence_gained(asked: Asked) -> Computed:
    """R3: mean change of the confidence said, from 0 to 10."""
    return _gained(asked, confidence_of)


def _gained(asked: Asked, value_of: Callable[[Answers], int | None]) -> Computed:
    """Six months after when enough people came back by then, three otherwise.

    Over all the mini-surveys of the roadmap that ask the present questions.
    """
    rows = Reply.objects.filter(
        code__panel__roadmap=asked.roadmap,
        code__panel__definition_version=read_definition().version,
        answered_on__lte=asked.on,
    )
    by_moment = sort_by_moment(rows.values_list("code_id", "moment", "answers"))
    first = values_at(by_moment, Moment.START, value_of)
    if not first:
        return Computed(None, 0, _("No mini-survey of this roadmap has answers."))
    for moment in reversed(LATER):
        found = paired(first, values_at(by_moment, moment, value_of))
        if found.n_after >= INHABITANTS and found.difference is not None:
            value = rounded(found.difference, HUNDREDTH)
            return Computed(value, found.n_after, lines=_lines(found, moment, first))
    words = _("Fewer than %(n)s people answered it both times: secret.")
    return Computed(None, None, words % {"n": INHABITANTS})


def _lines(
    found: Difference, moment: Moment, first: dict[str, float]
) -> list[tuple[str, str]]:
    told = Told(found, is_share=False, sentence=sentence_of(found))
    return [
        (_("compared with the start"), str(moment.label)),
        (_("mean at the start"), told.before),
        (_("mean later"), told.after),
        (_("interval of 95 in 100"), told.interval),
        (_("answered at the start only"), f"{len(first) - found.n_after}"),
        (_("what one may say"), told.sentence),
    ]
