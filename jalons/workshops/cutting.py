"""What a workshop on paper cuts out, ideas and ballots; and its matrix to fill."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from jalons.analysis.prospective import GRADES
from jalons.documents import render
from jalons.documents.cutouts import Choice, Cutout, Cutouts, make_cutouts
from jalons.documents.model import Cell, Document, Figure, Paragraph, Section, Table
from jalons.documents.words import date_format
from jalons.workshops.models import Activity, Item
from jalons.workshops.words import draw_empty_matrix

CARD_LINES, BLANK_ROWS = 3, 12


@dataclass(frozen=True, slots=True)
class Printed:
    """Something to print for an activity, and for which."""

    words: Promise
    make: Callable[[Activity], bytes]
    suits: Callable[[Activity], bool]


def cards_of(activity: Activity) -> bytes:
    """The ideas that stand, one a card, then blank ones to write on."""
    items = activity.items.standing().in_order()
    return _cut_out(
        activity,
        _("Cards of %(title)s") % {"title": activity.title},
        _("Cut along the dashed lines. One idea a card; write large."),
        [_card(activity, one) for one in items],
        _blank_card(activity),
    )


def ballots_of(activity: Activity) -> bytes:
    """A page of the same ballot: as many copies are made as people vote."""
    ballot = Cutout(
        activity.question,
        hint=_rule(activity),
        choices=_choices(activity),
        foot=_number_words(),
    )
    return _cut_out(
        activity,
        _("Ballots of %(title)s") % {"title": activity.title},
        _("Cut along the dashed lines: one ballot a person."),
        [],
        ballot,
    )


def matrix_of(activity: Activity) -> bytes:
    """The matrix to be filled together, then its table *N° | item | points*."""
    items = list(activity.items.standing().in_order())
    rows: list[list[Cell]] = [[str(one.number), one.text, "", ""] for one in items]
    rows = rows or [[str(n), "", "", ""] for n in range(1, BLANK_ROWS + 1)]
    figure = Figure(
        draw_empty_matrix(),
        alt=_("An empty square: mastery from left to right, impact from low to high."),
        caption=_("Write the number of each item at its place"),
    )
    told = _(
        "Each grades each item from 1 to 5 on both axes. Points of an item: the sum of "
        "the grades, each less one."
    )
    header = [_("No."), _("Item"), _("Points of impact"), _("Points of mastery")]
    table = Table(activity.title, header, rows, ("end", "start", "end", "end"))
    meeting = activity.workshop.meeting
    document = Document(
        title=_("Matrix to fill: %(title)s") % {"title": activity.title},
        subtitle=meeting.title,
        sections=[
            Section(activity.question, [figure]),
            Section(_("Points"), [Paragraph(told), table], kind="chapter"),
        ],
        language=get_language() or "fr",
        source_line=meeting.space.name,
        date_line=date_format(meeting.day),
        author=meeting.space.name,
        watermark=_("SIMULATED") if meeting.is_simulated else None,
    )
    return render(document, "pdf")


PRINTS: Mapping[str, Printed] = {
    "cartes": Printed(
        gettext_lazy("Cards to cut out (PDF)"),
        cards_of,
        lambda one: one.is_written or one.rates_items,
    ),
    "bulletins": Printed(
        gettext_lazy("Ballots to cut out (PDF)"),
        ballots_of,
        lambda one: one.kind in ("poll", "dots"),
    ),
    "matrice": Printed(
        gettext_lazy("The matrix to fill (PDF)"),
        matrix_of,
        lambda one: one.kind == "matrix",
    ),
}
"""By the name of its file."""


def prints_of(activity: Activity, *, is_team: bool) -> Mapping[str, Printed]:
    """What can be printed for this activity, besides the numbered sheet.

    Cards bear the ideas of the room: others have them once they are shown.
    """
    found = {code: one for code, one in PRINTS.items() if one.suits(activity)}
    if activity.is_written and not (is_team or activity.results_shown):
        del found["cartes"]
    return found


def _cut_out(
    activity: Activity, title: str, lead: str, cards: Sequence[Cutout], blank: Cutout
) -> bytes:
    meeting = activity.workshop.meeting
    cutouts = Cutouts(
        title=title,
        lead=lead,
        author=meeting.space.name,
        language=get_language() or "fr",
        cards=cards,
        blank=blank,
        page_words=_("page {page} of {pages}"),
        watermark=_("SIMULATED") if meeting.is_simulated else "",
    )
    return make_cutouts(cutouts)


def _card(activity: Activity, item: Item) -> Cutout:
    told = (item.get_direction_display(), item.get_category_display())
    return Cutout(
        activity.title,
        text=f"{item.number}. {item.text}",
        hint=" · ".join(str(one) for one in told if one),
    )


def _blank_card(activity: Activity) -> Cutout:
    directions = Item.Direction.labels if activity.has_factors else ()
    return Cutout(
        activity.question,
        choices=[Choice(str(one)) for one in directions],
        line_count=CARD_LINES,
        foot=_number_words() if activity.is_written else "",
    )


def _number_words() -> str:
    return _("Sheet number: ________ (the same on all that one person fills)")


def _rule(activity: Activity) -> str:
    """How the ballot is filled."""
    if activity.kind == "dots":
        words = {"dots": activity.dots, "cap": activity.dots_cap}
        return _("You have %(dots)s dots, %(cap)s at most on one option.") % words
    if activity.form == Activity.Form.SCALE:
        return _("From 1, not at all, to 5, completely.")
    if activity.form == Activity.Form.RANKING:
        return _("Write a place in each box, 1 for the most important.")
    if activity.takes_several:
        return _("Several answers are possible")
    return _("One answer")


def _choices(activity: Activity) -> Sequence[Choice]:
    if activity.kind == "poll" and activity.form == Activity.Form.SCALE:
        return [Choice(str(grade)) for grade in GRADES]
    boxes = activity.dots_cap if activity.kind == "dots" else 1
    items = activity.items.standing().in_order()
    return [Choice(f"{one.number}. {one.text}", boxes) for one in items]
