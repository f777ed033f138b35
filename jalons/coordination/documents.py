"""The minutes of a sitting: the agenda, who came, what was decided and is followed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jalons.coordination.models import Decision
from jalons.coordination.sittings import SittingRead
from jalons.documents.model import Block, Document, Items, Paragraph, Section, Table
from jalons.documents.words import date_format


def minutes_of(found: SittingRead) -> Document:
    meeting, body = found.sitting.meeting, found.sitting.body
    where = " · ".join(filter(None, (date_format(meeting.day), meeting.place)))
    is_simulated = meeting.is_simulated or body.group.is_simulated
    return Document(
        title=_("Minutes: %(title)s") % {"title": body},
        subtitle=where,
        sections=list(_sections(found)),
        language=get_language() or "fr",
        source_line=meeting.space.name,
        date_line=date_format(meeting.day),
        author=meeting.space.name,
        watermark=_("SIMULATED") if is_simulated else None,
    )


def _sections(found: SittingRead) -> Iterator[Section]:
    if points := found.sitting.body.agenda_points:
        yield Section(_("Agenda"), [Items(points)])
    yield Section(_("Who came"), list(_presence(found)))
    if found.waiting:
        title = _("Decided before, and not done yet")
        yield Section(title, [_table(title, found.waiting)])
    title = _("What is decided")
    blocks: list[Block] = (
        [_table(title, found.decisions)]
        if found.decisions
        else [Paragraph(_("Nothing is written yet."))]
    )
    yield Section(title, blocks)


def _presence(found: SittingRead) -> Iterator[Block]:
    if not found.is_told:
        yield Paragraph(_("Nobody is noted on the attendance sheet."))
        return
    said = (
        (_("Members present"), found.present),
        (_("Members absent"), found.absent),
        (_("Also present"), found.others),
    )
    for label, names in said:
        if names:
            yield Paragraph(f"{label} – {', '.join(names)}")


def _table(caption: str, rows: Sequence[Decision]) -> Table:
    return Table(
        caption=caption,
        header=[
            _("What is decided"),
            _("Who sees to it"),
            _("For which day"),
            _("State"),
        ],
        rows=[
            [
                one.text,
                one.actor.name if one.actor else "–",
                date_format(one.due_on) if one.due_on else "–",
                one.get_state_display(),
            ]
            for one in rows
        ],
    )
