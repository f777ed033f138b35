"""What can be crossed: questions, context of the territory, channel, coded answers.

Variables that are not a question's own options have a hyphen or an "@" in their name,
which no question can have: an address never changes meaning when a questionnaire gains
a question.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jalons.analysis.classing import by_limits
from jalons.observatory import class_words
from jalons.observatory.degrees import AMONG, FIRST, SPREAD_TYPES, top_of
from jalons.observatory.variables import ORDERS
from jalons.observatory.words import LABELS, TITLES, Words
from jalons.questionnaires.definitions import (
    DONT_KNOW,
    NOT_CONCERNED,
    Definition,
    Question,
)
from jalons.surveys.models import Campaign, Response
from jalons.tabulations.classed import own_limits, suffixes
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
GIVEN = "contexte-poids"
"""Who has a weight, by the file that gave it: never crossed, only counted."""
UNNUMBERED = "0"
"""Weights recorded before files were numbered: any of them may have given it."""
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
    takes_limits: bool = False
    is_put_to_some: bool = False
    """Whether an earlier answer decides who is asked."""

    def label(self, category: str) -> str:
        return self.categories.get(category, category)


def catalogue(
    campaign: Campaign,
    departements: Mapping[str, str],
    classes: Mapping[str, tuple[str, ...]],
    language: str,
) -> dict[str, Variable]:
    """Every variable of a survey, by its name in the address."""
    words = Words(campaign.version.read(), language)
    found = [
        *_questions(words, classes),
        *_contexts(departements, words),
        *_books(campaign, words.definition),
    ]
    return {one.code: one for one in found}


def _questions(
    words: Words, classes: Mapping[str, tuple[str, ...]]
) -> Iterator[Variable]:
    for question in words.definition.questions:
        if question.is_personal:
            continue
        is_put_to_some = bool(words.definition.conditions_of(question))
        for one in _of_question(question, classes, words.language):
            yield replace(one, is_put_to_some=is_put_to_some)


def _of_question(
    question: Question, classes: Mapping[str, tuple[str, ...]], language: str
) -> Iterator[Variable]:
    if question.type == "ranking":
        yield from _rankings(question, language)
    elif question.has_options:
        yield from _parts(question, language)
    elif question.type in SPREAD_TYPES:
        yield from _classed(question, classes, language)


def _rankings(question: Question, language: str) -> Iterator[Variable]:
    """What was ranked at all, placed first, placed among the first."""
    (whole,) = _parts(question, language)
    told = {
        "": _("%(question)s (ranked)"),
        f"-{FIRST}": _("%(question)s (placed first)"),
        f"-{AMONG}": _("%(question)s (among the first %(top)s)"),
    }
    for suffix in suffixes(question):
        of = {"question": whole.title, "top": top_of(question)}
        yield replace(
            whole,
            code=whole.code + suffix,
            title=told[suffix] % of,
            is_multiple=suffix != f"-{FIRST}",
        )


def _classed(
    question: Question, classes: Mapping[str, tuple[str, ...]], language: str
) -> Iterator[Variable]:
    """A number, or a day by the periods of the results, by year and by month."""
    title = question.text.in_language(language)
    told = {
        "": title,
        "-annee": _("%(question)s (by year)") % {"question": title},
        "-mois": _("%(question)s (by month)") % {"question": title},
    }
    is_number = question.type == "number"
    for suffix in suffixes(question):
        code = question.code + suffix
        labels = {
            one: class_words.numbers(one, language)
            if is_number
            else class_words.period(one)
            for one in classes.get(code, ())
        }
        yield Variable(code, told[suffix], "question", labels, takes_limits=is_number)


def with_own_classes(variable: Variable, code: str, language: str) -> Variable:
    """The same number, by the limits that its name holds."""
    codes = by_limits(np.empty(0), own_limits(code) or ()).codes
    labels = {one: class_words.numbers(one, language) for one in codes}
    title = _("%(question)s (classes of your own)") % {"question": variable.title}
    return replace(
        variable, code=code, title=title, categories=labels, takes_limits=False
    )


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


def _books(campaign: Campaign, definition: Definition) -> Iterator[Variable]:
    books = CodeBook.objects.filter(campaign=campaign).prefetch_related("codes")
    for book in books.order_by("title"):
        labels = {str(code.pk): code.label for code in book.codes.all()}
        question = definition.question(book.question_code)
        yield Variable(
            f"{BOOK}{book.pk}",
            book.title,
            "coded",
            labels,
            is_multiple=True,
            is_put_to_some=bool(question and definition.conditions_of(question)),
        )
