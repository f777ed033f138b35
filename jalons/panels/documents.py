"""A mini-survey on paper: slips with their codes, and what it says as a document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.formats import number_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from jalons.analysis import checked_code
from jalons.documents.model import (
    Alignment,
    Block,
    Callout,
    Cell,
    Document,
    Lead,
    Paragraph,
    Section,
    Table,
)
from jalons.documents.slips import Slip, Slips
from jalons.documents.words import date_format
from jalons.panels.figures import Compared, Later, PanelRead
from jalons.panels.models import Panel

NOT_SAID = "–"


def slips_of(panel: Panel, codes: Sequence[str], address: str) -> Slips:
    """`address` is that of the page where a code is typed; the code is added to it."""
    day = date_format(panel.kept_until)
    return Slips(
        title=f"{panel.title} · {panel.roadmap.space.name}",
        lead=_("What does the help change for you?"),
        author=panel.roadmap.space.name,
        language=get_language() or "fr",
        lines=[
            _("Three minutes, today, then in three months and in six months."),
            _("With your phone, or type this code on %(address)s:")
            % {"address": address.split("://")[-1].rstrip("/")},
        ],
        foot=_(
            "Your name is asked nowhere: keep this slip, nobody else has the code. You "
            "are free to answer or not. All is erased after %(day)s."
        )
        % {"day": day},
        slips=[
            Slip(checked_code.shown(one), f"{address}{checked_code.shown(one)}/")
            for one in codes
        ],
        code_words=_("QR code that opens the questions with the code {code}"),
        watermark=_("SIMULATED") if panel.roadmap.is_simulated else "",
    )


def document_of(read: PanelRead) -> Document:
    """The results, as they stand on the day."""
    panel = read.row
    return Document(
        title=_("What the help changed: %(title)s") % {"title": panel.title},
        subtitle=panel.roadmap.space.name,
        sections=[
            Section(str(one.moment.label).capitalize(), list(_blocks(one)))
            for one in read.later
        ],
        language=get_language() or "fr",
        source_line=_(
            "Mini-survey by code, nobody named, n = %(n)d people at the start"
        )
        % {"n": read.start_count},
        date_line=date_format(read.today),
        author=panel.roadmap.space.name,
        watermark=_("SIMULATED") if panel.roadmap.is_simulated else None,
        cautions=[caution()],
    )


def caution() -> str:
    return _(
        "The same people, but only those who accepted and came back; nobody who was "
        "not helped is compared with them. A change is not proof that the help made it."
    )


def header() -> list[str]:
    return [
        *(_("What is asked"), _("Counted in"), _("At the start"), _("Later")),
        *(_("Difference"), _("Interval of 95 in 100"), _("Size of the difference")),
        *(_("People compared"), _("What one may say")),
    ]


def line_of(one: Compared) -> list[str]:
    """The same words for the page, the document and the file."""
    if one.told is None:
        blank = [NOT_SAID] * 5
        return [one.name, one.unit, *blank, f"{one.n_both}", one.why]
    told = one.told
    return [
        *(one.name, one.unit, told.before, told.after, told.difference),
        *(told.interval, told.effect, f"{one.n_both}", told.sentence),
    ]


Shown = tuple[Later, str, list[list[str]], list[tuple[str, str]], list[str]]


def shown_on_page(later: Later) -> Shown:
    """A moment with who came back, the numbers, then what each allows one to say."""
    lines = [line_of(one) for one in later.compared]
    said = [(line[0], line[-1]) for line in lines]
    numbers = [line[:-1] for line in lines]
    return later, back_sentence(later), numbers, said, notes_of(later)


def notes_of(later: Later) -> list[str]:
    """Why the table does not count everybody yet, or not every mean is told."""
    found = []
    if later.waiting:
        words = ngettext(
            "%(n)d person who came back is not counted in every line yet: people "
            "enter the table eleven at a time, so that nobody can tell what the last "
            "one said.",
            "%(n)d people who came back are not counted in every line yet: people "
            "enter the table eleven at a time, so that nobody can tell what the last "
            "one said.",
            later.waiting,
        )
        found.append(words % {"n": later.waiting})
    if later.hides_start:
        found.append(
            _(
                "Where the means at the start and later are not told, the difference "
                "alone is: beside the other table they would tell what a few people "
                "said."
            )
        )
    return found


def file_header() -> list[str]:
    return [_("moment"), *header(), _("answered at the start"), _("answered later")]


def file_rows(read: PanelRead) -> Iterator[list[object]]:
    for later in read.later:
        for one in later.compared:
            counts = (one.n_start, one.n_later)
            yield [str(later.moment.label), *line_of(one), *counts]


def back_sentence(later: Later) -> str:
    """Who came back, who may still, who did not, and whether they were alike."""
    back = later.back
    words = ngettext(
        "%(n)d person answered again, of whom %(late)d late; %(awaited)d may still "
        "answer; %(gone)d did not come back.",
        "%(n)d people answered again, of whom %(late)d late; %(awaited)d may still "
        "answer; %(gone)d did not come back.",
        back.came,
    )
    told = {"n": back.came, "late": back.late}
    said = words % {**told, "awaited": back.awaited, "gone": back.gone}
    if back.start_of_came is None or back.start_of_gone is None:
        return said
    means = {
        "came": number_format(round(back.start_of_came, 1), 1),
        "gone": number_format(round(back.start_of_gone, 1), 1),
    }
    more = _(
        "At the start, those who came back said a confidence of %(came)s out of 10, "
        "those who did not %(gone)s: the further apart, the less the ones speak for "
        "the others."
    )
    return f"{said} {more % means}"


def _blocks(later: Later) -> Iterator[Block]:
    yield Lead(back_sentence(later))
    ends: list[Alignment] = ["start", "start", "end", "end", "end", "end", "end"]
    rows: list[Sequence[Cell]] = [line_of(one)[:-1] for one in later.compared]
    yield Table(
        _("The same people, at the start and %(moment)s")
        % {"moment": later.moment.label},
        header()[:-1],
        rows,
        [*ends, "end"],
    )
    yield from map(Paragraph, notes_of(later))
    for one in later.compared:
        yield Paragraph(f"{one.name} – {line_of(one)[-1]}")
    yield Callout(caution(), "caution")
