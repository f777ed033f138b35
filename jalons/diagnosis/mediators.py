"""What the mediators of the team's network say, in its diagnosis.

A document may leave the team: fewer than five professionals are not counted there.
"""

from __future__ import annotations

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from jalons.analysis.recurring import Recurring
from jalons.community.documents import source_of
from jalons.community.figures import Said, is_few, what_mediators_say
from jalons.diagnosis.models import Diagnosis
from jalons.documents.words import date_format
from jalons.groups.words import quarter_name
from jalons.observatory.sheets import Cell, Row, Sheet, count_column, name, name_column
from jalons.observatory.sheets import count as counted

LATEST = 2
"""Quarters shown apart: the last one and the one before."""


def said_sheet(diagnosis: Diagnosis) -> Sheet | None:
    """The problems that come back; None when the network told none."""
    found = what_mediators_say(diagnosis.space, timezone.localdate())
    if not found.lines:
        return None
    latest = [quarter_name(*one) for one in found.quarters[-LATEST:]]
    return Sheet(
        code="ce-que-disent-les-mediateurs",
        caption=_("What the mediators say: problems told, by theme"),
        columns=(
            name_column(_("Help")),
            count_column(_("Problems")),
            count_column(_("People who met them")),
            *(count_column(one) for one in latest),
        ),
        rows=tuple(Row(_cells(title, line)) for title, line in found.named),
        note=_note(found),
        source=capfirst(source_of(found)),
    )


def _cells(title: str, line: Recurring) -> tuple[Cell, ...]:
    few = _("fewer than 5")
    people = Cell(few, (few,)) if is_few(line.people) else counted(line.people)
    return (
        name(title),
        counted(line.problems),
        people,
        *(counted(one) for one in line.by_quarter[-LATEST:]),
    )


def _note(found: Said) -> str:
    said = _(
        "%(source)s, from %(since)s to %(until)s; n = %(n)d. They chose to tell them: "
        "this says what those who help meet, not how often inhabitants meet it. Themes "
        "do not add up."
    ) % {
        "source": capfirst(source_of(found)),
        "since": date_format(found.since),
        "until": date_format(found.until),
        "n": found.problems,
    }
    return f"{_('SIMULATED')} · {said}" if found.is_simulated else said
