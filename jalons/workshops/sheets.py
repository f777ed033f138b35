"""A workshop on paper: one numbered sheet a person, every activity but the map."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jalons.analysis.prospective import GRADES
from jalons.documents.paper import Grid, PaperForm, PaperQuestion, PaperSection
from jalons.meetings.documents import notice_of
from jalons.workshops.contributing import MOST_WORDS
from jalons.workshops.models import Activity, Item, Workshop, Writing

LINES, FEW = 6, 3
"""What one person writes of ideas, and of factors of one kind, on a sheet."""


def sheet_of(workshop: Workshop, *, address: str) -> PaperForm:
    """The sheet to print, once a person; who has a telephone is shown the way."""
    meeting = workshop.meeting
    return PaperForm(
        title=meeting.title,
        sponsor=meeting.space.name,
        language="en" if (get_language() or "fr").startswith("en") else "fr",
        lead=_("One sheet a person: the number written at its top stands for a name."),
        notice_title=_("What is kept about you?"),
        notice=[(_("Who takes part"), notice_of(meeting))],
        return_title=_("Where to return this sheet"),
        return_words=_("To the facilitator, before you leave."),
        address=address,
        address_words=_("You may also answer on your telephone:"),
        sheet_label=_("Sheet number (written by the team):"),
        page_words=_("page {page} of {pages}"),
        sections=list(_sections(workshop)),
        watermark=_("SIMULATED") if meeting.is_simulated else "",
    )


def _sections(workshop: Workshop) -> Iterator[PaperSection]:
    numbers = count(1)
    items: defaultdict[int, list[Item]] = defaultdict(list)
    every = Item.objects.filter(activity__workshop=workshop)
    for item in every.standing().in_order():
        items[item.activity_id].append(item)
    for activity in workshop.activities.all():
        questions = _questions(activity, items[activity.pk])
        asked = [replace(one, number=str(next(numbers))) for one in questions]
        if asked:
            yield PaperSection(activity.title, activity.instructions, asked)


def _questions(activity: Activity, items: Sequence[Item]) -> Iterator[PaperQuestion]:
    """Each question with how it is answered, numbered later; none for a map."""
    if activity.is_written:
        yield from _lines(activity)
    elif activity.kind == "matrix":
        asked = (_("What impact on the territory?"), _("How far can we act on it?"))
        for text in asked:
            yield _grid(text, items, _("From 1, low, to 5, very high."))
    elif activity.kind == "workstreams":
        yield from _workstreams(items)
    elif activity.kind == "dots":
        words = {"dots": activity.dots, "cap": activity.dots_cap}
        rule = _("You have %(dots)s dots, %(cap)s at most on one option.") % words
        yield _grid(activity.question, items, rule, activity.dots_cap)
    elif activity.kind == "poll":
        yield _poll(activity, items)


def _poll(activity: Activity, items: Sequence[Item]) -> PaperQuestion:
    if activity.form == Activity.Form.SCALE:
        told = _("From 1, not at all, to 5, completely.")
        grades = [str(grade) for grade in GRADES]
        return PaperQuestion("", activity.question, hint=told, options=grades)
    if activity.form == Activity.Form.RANKING:
        told = _("From the most important, 1, to the least")
        return _grid(activity.question, items, told, len(items))
    several = _("Several answers are possible")
    told = several if activity.takes_several else _("One answer")
    options = [one.text for one in items]
    return PaperQuestion("", activity.question, hint=told, options=options)


def _lines(activity: Activity) -> Iterator[PaperQuestion]:
    if activity.kind == "cloud":
        told = _("Five words at most.")
        yield PaperQuestion("", activity.question, hint=told, line_count=MOST_WORDS)
    elif activity.has_factors:
        for words in Item.Direction.labels:
            title = f"{activity.question} {str(words).capitalize()}"
            yield PaperQuestion("", title, hint=_("One per line."), line_count=FEW)
    else:
        told = _("One per line.")
        yield PaperQuestion("", activity.question, hint=told, line_count=LINES)


def _workstreams(items: Sequence[Item]) -> Iterator[PaperQuestion]:
    """A workstream to write; then those already written, to rate."""
    stakes = [one for one in items if one.stake_id is None]
    written = [one for one in items if one.stake_id]
    if stakes:
        options = [one.text for one in stakes]
        yield PaperQuestion("", _("Which stake do you answer?"), options=options)
    for column in Writing.Column:
        if column != Writing.Column.FEASIBILITY:
            yield PaperQuestion("", str(column.label), line_count=2)
    for text in (
        _("Transversal: does it answer several stakes?"),
        _("Strategic: does it weigh on the development of the territory?"),
        _("Feasible: can it be done easily with what the territory has?"),
    ):
        if written:
            yield _grid(text, written, _("From 1, not at all, to 5, completely."))


def _grid(
    text: str, items: Sequence[Item], hint: str, most: int = len(GRADES)
) -> PaperQuestion:
    rows = [f"{one.number}. {one.text}" for one in items]
    if not rows:
        # Items that the room has yet to write: their numbers are enough.
        rows = [f"{place}." for place in range(1, 13)]
    columns = [str(place) for place in range(1, most + 1)]
    return PaperQuestion("", text, hint=hint, grid=Grid(rows, columns))
