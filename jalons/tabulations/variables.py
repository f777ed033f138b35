"""What can be crossed: questions, context of the territory, channel, coded answers.

A context variable has a hyphen in its name, which no question can have: an address
never changes meaning when a questionnaire gains a question.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jalons.observatory.variables import ORDERS
from jalons.observatory.words import LABELS, TITLES, Words
from jalons.questionnaires.definitions import DONT_KNOW, NOT_CONCERNED, Question
from jalons.surveys.models import Campaign, Response
from jalons.tabulations.models import CodeBook

Group = Literal["question", "context", "coded"]
GROUPS: Mapping[Group, str | Promise] = {
    "question": gettext_lazy("Questions of the survey"),
    "context": gettext_lazy("The territory and the answer"),
    "coded": gettext_lazy("Open answers coded by hand"),
}

CONTEXTS: Mapping[str, str] = {
    "contexte-densite": "density",
    "contexte-densite3": "density3",
    "contexte-vulnerabilite": "vulnerability",
    "contexte-implication": "involvement",
}
DEPARTEMENT, LEVEL, CHANNEL = (
    "contexte-departement",
    "contexte-niveau",
    "contexte-canal",
)
OF_TERRITORY = (*CONTEXTS, DEPARTEMENT)
"""Known for every territory of the perimeter, answering or not: margins to rake on."""

BOOK = "livre-"
NOT_ANSWERS = frozenset({DONT_KNOW, NOT_CONCERNED})


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable: its categories by code, in order, with their labels."""

    code: str
    title: str
    group: Group
    categories: Mapping[str, str]
    is_multiple: bool = False

    def label(self, category: str) -> str:
        return self.categories.get(category, category)


def catalogue(
    campaign: Campaign, departements: Mapping[str, str], language: str
) -> dict[str, Variable]:
    """Every variable of a survey, by its name in the address."""
    words = Words(campaign.version.read(), language)
    found = [*_questions(words), *_contexts(departements, words), *_books(campaign)]
    return {one.code: one for one in found}


def _questions(words: Words) -> Iterator[Variable]:
    for question in words.definition.questions:
        if question.has_options and not question.is_personal:
            yield from _parts(question, words.language)


def _parts(question: Question, language: str) -> Iterator[Variable]:
    """A question, or each line of a matrix."""
    title = question.text.in_language(language)
    categories = {
        option.code: option.text.in_language(language)
        for option in question.options
        if option.code not in NOT_ANSWERS
    }
    is_multiple = question.type in ("multiple", "ranking")
    if not question.rows:
        yield Variable(question.code, title, "question", categories, is_multiple)
    for row in question.rows:
        part = f"{title} – {row.text.in_language(language)}"
        code = question.part_code(row.code)
        yield Variable(code, part, "question", categories, is_multiple)


def _contexts(departements: Mapping[str, str], words: Words) -> Iterator[Variable]:
    for code, name in CONTEXTS.items():
        labels = {one: str(LABELS[name][one]) for one in ORDERS[name]}
        yield Variable(code, str(TITLES[name]), "context", labels)
    named = dict(sorted(departements.items()))
    yield Variable(DEPARTEMENT, _("Département"), "context", named)
    if words.definition.grid:
        classes = {
            one.code: words.state(one.code) for one in words.definition.grid.classes
        }
        title = _("Level of progress of the territory")
        yield Variable(LEVEL, title, "context", classes)
    channels = {one.value: str(one.label) for one in Response.Channel}
    yield Variable(CHANNEL, _("Channel of the answer"), "context", channels)


def _books(campaign: Campaign) -> Iterator[Variable]:
    books = CodeBook.objects.filter(campaign=campaign).prefetch_related("codes")
    for book in books.order_by("title"):
        labels = {str(code.pk): code.label for code in book.codes.all()}
        yield Variable(f"{BOOK}{book.pk}", book.title, "coded", labels, True)
