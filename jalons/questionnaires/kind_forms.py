"""Forms of what a question is: its type, and to whom each answer is offered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jalons.questionnaires.editor_forms import EditorForm
from jalons.questionnaires.question_forms import TYPES
from jalons.questionnaires.schema import Option, Question

LOSSES: Mapping[str, str | Promise] = {
    "options": _("the answers offered"),
    "rows": _("the lines to judge"),
    "max_choices": _("the number of answers at most"),
    "allows_dont_know": _("the answer “I do not know”"),
    "allows_not_concerned": _("the answer “Not concerned”"),
    "unit": _("the unit"),
    "minimum": _("the smallest number"),
    "maximum": _("the largest number"),
    "class_limits": _("the classes in which the numbers are counted"),
    "earliest": _("the earliest date"),
    "latest": _("the latest date"),
    "max_length": _("the number of characters at most"),
    "format": _("the check that it is an e-mail address"),
    "consent": _("what the person agrees to"),
    "is_personal": _("its being kept apart as the contact of a person"),
    "is_exclusive": _("which answer excludes the others"),
    "value": _("the values of the degrees"),
    "profiles": _("which profiles each answer is offered to"),
    "at_least": _("the beginning of the bands of numbers"),
    "below": _("the end of the bands of numbers"),
    "points": _("its points, and how they add up"),
    "role": _("what the results make of it"),
}


class RetypeForm(EditorForm):
    """The type that the question takes."""

    type = forms.ChoiceField(widget=forms.HiddenInput, choices=TYPES)


def other_types(question: Question) -> list[tuple[str, str | Promise]]:
    return [(code, label) for code, label in TYPES if code != question.type]


class OfferForm(EditorForm):
    """A list of profiles for each answer; none ticked is everybody."""

    def __init__(
        self, *args: Any, question: Question, profiles: Question, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.question = question
        choices = [(one.code, one.text.fr or one.code) for one in profiles.options]
        for option in question.options:
            self.fields[f"o-{option.code}"] = forms.MultipleChoiceField(
                label=option.text.fr or option.code,
                choices=choices,
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )
            self.initial.setdefault(f"o-{option.code}", list(option.profiles))

    @property
    def answers(self) -> list[forms.BoundField]:
        return [self[f"o-{option.code}"] for option in self.question.options]

    def result(self) -> Question:
        options = tuple(self._offered(one) for one in self.question.options)
        return self.question.model_copy(update={"options": options})

    def _offered(self, option: Option) -> Option:
        profiles = tuple(self.cleaned_data[f"o-{option.code}"])
        return option.model_copy(update={"profiles": profiles})
