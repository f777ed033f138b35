"""What the hour asks to note: a choice among what the portrait shows, and a few words.

A question is answered when something was chosen or written. The words of what was
chosen ("Taux de pauvreté : 18,0 % (2021)") are kept as they were read that day.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jalons.diagnosis import sentences
from jalons.diagnosis.figures import kept_portrait
from jalons.diagnosis.portrait import Portrait
from jalons.documents.languages import in_each_language
from jalons.territories.models import Territory

Words = str | Promise
NONE = "none"
"""Chosen when nothing on the page is the answer, which is an answer too."""


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to note at a step; without `choices`, only words are asked."""

    code: str
    label: Words
    why: Words
    help: Words = ""
    choices: Callable[[Portrait], list[tuple[str, str]]] | None = None


def figures(portrait: Portrait) -> list[tuple[str, str]]:
    """The figures read on the page, as they stand today."""
    read = [
        (one.code, _("%(title)s: %(value)s (%(year)s)") % _said(one))
        for one in portrait.loaded
        if one.figure
    ]
    return [*read, (NONE, _("None of them"))]


def _said(one) -> dict[str, str]:
    return {
        "title": str(one.title),
        "value": sentences.value(one),
        "year": one.figure.dated,
    }


def publics(portrait: Portrait) -> list[tuple[str, str]]:
    """Every public, with its number of persons where it is known."""
    return [
        (one.code, f"{one.public.title} ({sentences.concerned(one)})")
        if one.count is not None
        else (one.code, str(one.public.title))
        for one in portrait.publics
    ]


def colleagues(portrait: Portrait) -> list[tuple[str, str]]:
    """Those that resemble, then the neighbours."""
    found = {one.code: one.name for one in portrait.alike}
    found |= {one.code: one.name for one in portrait.neighbours}
    return [*found.items(), (NONE, _("Another territory, named below"))]


BY_STEP: Mapping[str, Sequence[Question]] = {
    "lire": (
        Question(
            "surprise",
            gettext_lazy("The figure that surprises you"),
            gettext_lazy("Why does it surprise you?"),
            choices=figures,
        ),
        Question(
            "doubt",
            gettext_lazy("The figure that you do not believe"),
            gettext_lazy("How will you check it, and with which service?"),
            choices=figures,
        ),
    ),
    "publics": (
        Question(
            "first_public",
            gettext_lazy("The first public to meet"),
            gettext_lazy("Where do they go already?"),
            choices=publics,
        ),
        Question(
            "second_public",
            gettext_lazy("The second public to meet"),
            gettext_lazy("And these, where do they go?"),
            choices=publics,
        ),
        Question(
            "unseen_public",
            "",
            gettext_lazy("Which public does no figure show here?"),
            gettext_lazy("Write “none” if you see none."),
        ),
    ),
    "comparer": (
        Question(
            "call",
            gettext_lazy("The colleague to call"),
            gettext_lazy("Which service will you ask for, and about what?"),
            gettext_lazy("A service or a function, without the name of a person."),
            choices=colleagues,
        ),
    ),
    "remettre": (
        Question(
            "handed",
            "",
            gettext_lazy("To whom did you hand the sheet, and when?"),
            gettext_lazy("By function: the bureau, the commission, the mayors."),
        ),
    ),
}
QUESTIONS = {one.code: one for step in BY_STEP.values() for one in step}


def asked_at(step: str) -> Sequence[Question]:
    """The questions of a step; none where findings or visits are the answer."""
    return BY_STEP.get(step, ())


def chosen(
    question: Question, choice: str, territory: Territory
) -> tuple[str, dict[str, str]]:
    """The words of a choice as they are read today, in each language."""
    offered = question.choices
    if not choice or offered is None:
        return "", {}
    return in_each_language(
        lambda: dict(offered(kept_portrait(territory))).get(choice, "")
    )


def name_of(code: str) -> str:
    """What a note answers, to be written beside it."""
    question = QUESTIONS[code]
    return str(question.label or question.why)
