"""The method as a booklet anybody may print: steps, workshops, tools, conditions.

Everything is read from the files that experts review (`data/steps`, `data/runsheets`,
`data/activities`): the booklet says what the pages say.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jalons.conditions.definitions import read_conditions
from jalons.documents.model import (
    Block,
    Document,
    Items,
    Lead,
    Paragraph,
    Section,
    Strong,
    Table,
)
from jalons.steps.definitions import Step, read_method
from jalons.workshops.definitions import RunSheet, read_kinds, read_run_sheets


def guide() -> Document:
    """In the language being read."""
    method = read_method()
    return Document(
        title=_("Write a roadmap for digital inclusion, in seven steps"),
        subtitle=_("Guide of the method"),
        sections=[
            Section(_("What the method aims at"), [Items(method.aims)]),
            *(_step(number, one) for number, one in enumerate(method.step, start=1)),
            Section(_("The workshops"), list(_workshops())),
            Section(_("The nine conditions of success"), list(_conditions())),
            Section(_("Who wrote this guide"), list(_origin())),
        ],
        language=get_language() or "fr",
        source_line=_("Jalons, free software"),
        date_line=method.author,
        author=method.author,
    )


def _step(number: int, step: Step) -> Section:
    asked = [
        _("%(criterion)s (Jalons checks it)") % {"criterion": one}
        if one.is_checked
        else _("%(criterion)s (the team says so)") % {"criterion": one}
        for one in step.criterion
    ]
    return Section(
        f"{number}. {step}",
        [
            Lead(step.purpose),
            Paragraph([Strong(_("What to do"))]),
            Items(step.todo),
            Paragraph([Strong(_("What you will have in hand"))]),
            Items(step.deliverables),
            Paragraph([Strong(_("When is this step done?"))]),
            Items(asked),
        ],
    )


def _workshops() -> Iterator[Block]:
    for one in read_run_sheets().values():
        if one.activity:
            yield Section(str(one), list(_run_sheet(one)))


def _run_sheet(sheet: RunSheet) -> Iterator[Block]:
    """What is played, in its order, with the question asked and how long it takes."""
    kinds = read_kinds()
    yield Paragraph(sheet.about)
    yield Table(
        _("How it is run"),
        [_("Activity"), _("Question"), _("Minutes it takes")],
        [
            [
                f"{one.text('title')} ({kinds[one.kind]})",
                " ".join(
                    filter(None, (one.text("question"), one.text("instructions")))
                ),
                str(one.minutes),
            ]
            for one in sheet.activity
        ],
        ("start", "start", "end"),
    )


def _conditions() -> Iterator[Block]:
    yield Items([f"{one}. {one.question}" for one in read_conditions()])


def _origin() -> Iterator[Block]:
    method = read_method()
    yield Paragraph(
        _(
            "The titles of the seven steps are those of the method published by its "
            "authors; purposes, advice and criteria are in our own words. Written by: "
            "%(author)s."
        )
        % {"author": method.author}
    )
    if not method.reviewer:
        yield Paragraph(_("Not reviewed yet by an outside expert."))
