"""The conditions of success as blocks of a document: what the team says of each."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from jalons.conditions.figures import UNSAID, ConditionRead, conditions_of
from jalons.documents.model import Block, Cell, Paragraph, Table
from jalons.documents.words import date_format
from jalons.roadmaps.models import Roadmap


def conditions_blocks(roadmap: Roadmap) -> Iterator[Block]:
    """Nothing before the first of them was looked at."""
    found = conditions_of(roadmap)
    today = found.today
    if today is None:
        return
    told = _(
        "Of the nine conditions, according to the team: met, %(met)s; met in part, "
        "%(partly)s; not yet met, %(not_yet)s; not looked at, %(unsaid)s."
    )
    counts = {
        "met": today.met,
        "partly": today.partly,
        "not_yet": today.not_yet,
        "unsaid": today.unsaid,
    }
    yield Paragraph(told % counts)
    yield Table(
        _("The nine conditions of success"),
        [_("No."), _("Condition"), _("Where it stands"), _("What shows it")],
        [_row(one) for one in found.rows],
        note=_("A self-assessment by the team, which no body has checked."),
    )


def _row(one: ConditionRead) -> list[Cell]:
    last = one.latest
    if last is None:
        return [str(one.number), str(one.row), UNSAID, UNSAID]
    day = date_format(last.row.made_on)
    state = f"{last.mark} {last.row.get_state_display()} ({day})"
    return [str(one.number), str(one.row), state, last.row.evidence]
