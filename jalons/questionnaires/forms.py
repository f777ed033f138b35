"""One page of a questionnaire as a Django form, without JavaScript.

Django binds and renders; `answers.clean_answers` alone decides what is accepted.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from jalons.questionnaires.answers import (
    AnswerProblem,
    Answers,
    asked,
    clean_answers,
    is_met,
    progress,
)
from jalons.questionnaires.schema import (
    DONT_KNOW,
    NOT_CONCERNED,
    Definition,
    Question,
    Section,
    ShowIf,
    Text,
)
from jalons.questionnaires.values import is_whole, shown_number
from jalons.questionnaires.widgets import (
    DrawnLine,
    LinesWidget,
    MatrixWidget,
    RankingWidget,
)

__all__ = [
    "AnswerProblem",
    "Answers",
    "SectionForm",
    "ShownQuestion",
    "ask_for",
    "asked",
    "clean_answers",
    "progress",
    "section_form",
]

Territories = Sequence[tuple[str, Sequence[tuple[str, str]]]]
"""Choices of the territory picker: (heading, ((code, name), …)), …"""


@dataclass(frozen=True, slots=True)
class ShownQuestion:
    """What a template needs to draw one question.

    `note` says under which answer to fill it in; `follows` and `any_of` say the same
    to a script (`data-follows`, `data-any-of`) and are empty without a condition.
    """

    question: Question
    field: forms.BoundField
    consent: forms.BoundField | None
    note: str
    follows: str
    any_of: str

    @property
    def is_group(self) -> bool:
        return self.question.has_options

    @property
    def is_scale(self) -> bool:
        return self.question.is_on_a_scale

    @property
    def lines(self) -> list[DrawnLine]:
        """The lines of a matrix or of a ranking, each with its own control."""
        widget = self.field.field.widget
        return widget.lines(self.field) if isinstance(widget, LinesWidget) else []

    @property
    def is_lined(self) -> bool:
        return isinstance(self.field.field.widget, LinesWidget)

    @property
    def lack(self) -> str:
        """What a draft has yet to write before anyone can answer this question."""
        if self.question.type == "matrix" and not self.question.rows:
            return _("The lines to judge are yet to be written.")
        if self.is_group and not self.question.options:
            return _("The answers to choose from are yet to be written.")
        return ""


@dataclass(frozen=True, slots=True)
class _Wording:
    """The words of a definition in the language and the ease asked for."""

    language: str
    easy: bool

    def __call__(self, text: Text | None) -> str:
        return text.in_language(self.language, self.easy) if text else ""


def section_form(
    definition: Definition,
    section: Section,
    answers: Answers,
    *,
    language: str,
    easy: bool = False,
    data: Any = None,
    territories: Territories = (),
) -> SectionForm:
    """The form of one page, given the answers so far; `data` is what was posted."""
    page = _Page(definition, section, dict(answers), _Wording(language, easy))
    return SectionForm(page, data=data, territories=territories)


@dataclass(frozen=True, slots=True)
class _Page:
    definition: Definition
    section: Section
    answers: Answers
    say: _Wording

    def shown(self) -> list[Question]:
        """The questions to draw: those whose condition is met, or may yet be here.

        A condition on the same page is answered while reading it; without a script
        the question is drawn anyway, with the words that say when to fill it in.
        """
        found: list[Question] = []
        for question in self.section.questions:
            condition = self.condition_here(question)
            if condition is None:
                is_shown = is_met(question.show_if, self.answers)
            else:
                is_shown = condition.question in {q.code for q in found}
            if is_shown:
                found.append(question)
        return found

    def condition_here(self, question: Question) -> ShowIf | None:
        """The condition of a question, when it is answered on this very page."""
        codes = {q.code for q in self.section.questions}
        condition = question.show_if
        return condition if condition and condition.question in codes else None

    def profile(self) -> str | None:
        question = self.definition.with_role("profile")
        answer = self.answers.get(question.code) if question else None
        return answer if isinstance(answer, str) else None


class SectionForm(forms.Form):
    """The questions of one page; once bound, `answers` holds the whole of them.

    `answers` is set whether the form is valid or not: what is good is kept, so that
    a wrong value never loses the others.
    """

    use_required_attribute = False

    def __init__(self, page: _Page, *, data: Any, territories: Territories) -> None:
        super().__init__(data=data, auto_id="q-%s")
        self.page = page
        self.answers: Answers = page.answers
        self._codes: Collection[str] | None = (
            {code for _heading, places in territories for code, _name in places}
            if territories
            else None
        )
        for question in page.shown():
            widget = _widget(question, page, territories)
            self._add(question, widget)

    def _add(self, question: Question, widget: forms.Widget) -> None:
        say, answers = self.page.say, self.page.answers
        self.fields[question.code] = forms.Field(
            label=_label(question, say),
            help_text=say(question.help),
            required=False,
            widget=widget,
        )
        self.initial[question.code] = _initial(question, answers, say.language)
        if question.consent is not None:
            self.fields[question.consent_code] = forms.Field(
                label=say(question.consent),
                required=False,
                widget=forms.CheckboxInput(),
            )
            self.initial[question.consent_code] = question.consent_code in answers

    @property
    def questions(self) -> list[ShownQuestion]:
        """What the template draws, in order."""
        return [
            ShownQuestion(
                question,
                self[question.code],
                self[question.consent_code] if question.consent else None,
                *self._condition(question),
            )
            for question in self.page.shown()
        ]

    def _condition(self, question: Question) -> tuple[str, str, str]:
        condition = self.page.condition_here(question)
        if condition is None:
            return "", "", ""
        before = self.page.definition.question(condition.question)
        texts = [
            self.page.say(option.text)
            for option in (before.options if before else ())
            if option.code in condition.any_of
        ]
        quoted = _(" or ").join(_("“%(answer)s”") % {"answer": t} for t in texts)
        note = _("Only if you answered %(answers)s above:") % {"answers": quoted}
        return note, condition.question, " ".join(condition.any_of)

    def clean(self) -> None:
        posted = {code: self.cleaned_data.get(code) for code in self.fields}
        definition = self.page.definition
        self.answers, problems = clean_answers(
            definition, {**self.page.answers, **posted}, territories=self._codes
        )
        for problem in problems:
            if problem.question in self.fields:
                self.add_error(problem.question, problem.message)
        required = {one.code for one in self.page.section.questions if one.required}
        for question in asked(definition, self.answers):
            is_wanted = question.code in required and question.code not in self.errors
            is_done = is_whole(question, self.answers.get(question.code))
            if is_wanted and not is_done:
                self.add_error(question.code, ask_for(question))


def _label(question: Question, say: _Wording) -> str:
    if question.unit is None:
        return say(question.text)
    return f"{say(question.text)} ({say(question.unit)})"


def ask_for(question: Question) -> str:
    """What is said of a required question left empty."""
    if question.type == "matrix":
        return _("Choose an answer on each line.")
    if question.type == "date":
        return _("Give a date.")
    if question.has_options or question.type == "territory":
        return _("Choose an answer.")
    return _("Write an answer.")


def _initial(question: Question, answers: Mapping[str, Any], language: str) -> Any:
    answer = answers.get(question.code)
    if isinstance(answer, int | float):
        return shown_number(answer, language)
    return answer


def _widget(question: Question, page: _Page, territories: Territories) -> forms.Widget:
    if question.type in ("single", "scale"):
        return forms.RadioSelect(choices=_choices(question, page))
    if question.type == "ranking":
        return RankingWidget(_choices(question, page), question.max_choices)
    if question.type == "matrix":
        rows = [(row.code, page.say(row.text)) for row in question.rows]
        return MatrixWidget(rows, _choices(question, page))
    if question.type == "multiple":
        return forms.CheckboxSelectMultiple(choices=_choices(question, page))
    if question.type == "territory":
        groups = [(heading, list(places)) for heading, places in territories]
        return forms.Select(choices=[("", _("Choose…")), *groups])
    if question.type == "date":
        return forms.DateInput(attrs={"type": "date", **_bounds(question)})
    if question.type == "number":
        return forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
    if question.type == "long_text":
        return forms.Textarea(attrs={"rows": 4})
    if question.format == "email":
        return forms.EmailInput(attrs={"autocomplete": "email"})
    return forms.TextInput()


def _bounds(question: Question) -> dict[str, str]:
    limits = {"min": question.earliest, "max": question.latest}
    return {name: day.isoformat() for name, day in limits.items() if day}


def _choices(question: Question, page: _Page) -> list[tuple[str, str]]:
    options = question.options_for(page.profile())
    choices = [(option.code, page.say(option.text)) for option in options]
    if question.allows_not_concerned:
        choices.append((NOT_CONCERNED, _("Not concerned")))
    if question.allows_dont_know:
        choices.append((DONT_KNOW, _("I do not know")))
    return choices
