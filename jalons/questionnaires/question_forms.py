"""Forms of one question: how it is answered, its words, its limits, its condition."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jalons.questionnaires import drafting
from jalons.questionnaires.checks import TYPE_OF_ROLE
from jalons.questionnaires.class_limits import typed_limits, written
from jalons.questionnaires.editor_forms import EditorForm
from jalons.questionnaires.option_forms import OptionRows
from jalons.questionnaires.schema import Definition, Question, Role, ShowIf

TYPES = (
    ("single", _("One answer")),
    ("multiple", _("Several answers")),
    ("scale", _("A scale, from one end to the other")),
    ("ranking", _("Answers to rank")),
    ("matrix", _("Lines to judge on one scale")),
    ("number", _("A number")),
    ("date", _("A date")),
    ("short_text", _("A short text")),
    ("long_text", _("A long text")),
)


TEXTS = ("short_text", "long_text")


class NewQuestionForm(EditorForm):
    """The kind and the words of a question; its answers are written next."""

    type = forms.ChoiceField(
        label=_("How is it answered?"), choices=TYPES, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("type", "single")
        self.add_wordings("text", _("Question"), None)
        french = self.fields["text_fr"]
        french.required = True
        french.error_messages["required"] = _("Write the question in French.")

    def question(self, definition: Definition) -> Question:
        codes = [question.code for question in definition.questions]
        code = drafting.free_code("Q", codes)
        return Question(
            code=code, type=self.cleaned_data["type"], text=self.text("text")
        )


ROLES: tuple[tuple[Role, str | Promise], ...] = (
    ("profile", _("The profile of the respondent")),
    ("sex", _("Sex of the respondent, to compare with the population")),
    ("age", _("Age of the respondent, to compare with the population")),
    ("sponsorship", _("Political sponsorship")),
    ("coordination", _("Coordinating body")),
    ("strategy", _("Local strategy")),
    ("deployment_fte", _("Full-time equivalents at work")),
    ("main_stake", _("Main stake")),
    ("themes", _("Themes that come first")),
    ("sectors", _("Sectors to support")),
    ("difficulties", _("Difficulties met")),
    ("needs", _("Needs")),
    ("elected", _("Elected members in charge")),
    ("department", _("Department in charge")),
    ("body", _("Name of the coordinating body")),
    ("operators", _("Operators in the field")),
    ("action_title", _("An action: its title")),
    ("action_theme", _("An action: its theme")),
    ("action_audience", _("An action: its audience")),
    ("action_contact", _("An action: the person to write to")),
    ("quote", _("Words that may be quoted")),
    ("support", _("Support wished for")),
    ("contact", _("Address of the respondent")),
)
"""What the results make of the answers, in the editor's words."""


def may_hold(question: Question, role: Role) -> bool:
    """Whether a question of this type can hold a role."""
    types = TYPE_OF_ROLE.get(role, (question.type,))
    return question.type in types


class LimitsField(forms.CharField):
    """Limits of classes, apart by semicolons."""

    def clean(self, value: object) -> tuple[float, ...]:
        limits = typed_limits(super().clean(value))
        if limits is None:
            message = _("Write numbers from the smallest to the largest: 1; 5; 10.")
            raise forms.ValidationError(message)
        return limits


class QuestionForm(EditorForm):
    """One question with its answers; only the keys of its type are asked."""

    required = forms.BooleanField(label=_("An answer is required"), required=False)
    allows_dont_know = forms.BooleanField(
        label=_("Offer “I do not know”"), required=False
    )
    allows_not_concerned = forms.BooleanField(
        label=_("Offer “Not concerned”"), required=False
    )
    max_choices = forms.IntegerField(
        label=_("Answers at most"), min_value=1, max_value=50, required=False
    )
    minimum = forms.FloatField(label=_("Smallest number"), required=False)
    maximum = forms.FloatField(label=_("Largest number"), required=False)
    class_limits = LimitsField(
        label=_("Where the classes of the results begin"),
        help_text=_(
            "Such as 1; 5; 10: less than 1, from 1 to less than 5, from 5 to less than "
            "10, 10 or more. Left empty: classes made from the answers."
        ),
        required=False,
    )
    earliest = forms.DateField(label=_("Earliest date"), required=False)
    latest = forms.DateField(label=_("Latest date"), required=False)
    max_length = forms.IntegerField(
        label=_("Characters at most"), min_value=1, max_value=5000, required=False
    )
    is_email = forms.BooleanField(label=_("An e-mail address"), required=False)
    is_personal = forms.BooleanField(
        label=_("The contact of a person: kept apart, never among the answers"),
        required=False,
    )
    role = forms.ChoiceField(
        label=_("What the results make of it"),
        help_text=_("One question at most for each; most questions need none."),
        required=False,
    )

    FIELDS_OF_TYPE: Mapping[str, tuple[str, ...]] = {
        "single": ("allows_dont_know",),
        "multiple": ("allows_dont_know", "max_choices"),
        "scale": ("allows_dont_know", "allows_not_concerned"),
        "ranking": ("max_choices",),
        "matrix": ("allows_dont_know", "allows_not_concerned"),
        "number": ("minimum", "maximum", "class_limits"),
        "date": ("earliest", "latest"),
        "short_text": ("max_length", "is_email", "is_personal"),
        "long_text": ("max_length", "is_personal"),
        "territory": (),
    }

    def __init__(
        self, *args: Any, question: Question, with_bands: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.question = question
        self.initial.setdefault("class_limits", written(question.class_limits))
        self.initial.setdefault("is_email", question.format == "email")
        own = self._plain_names()
        for name in [name for name in self.fields if name != "revision"]:
            if name not in own:
                del self.fields[name]
            elif name not in self.initial:
                value = getattr(question, name)
                is_number = isinstance(value, float)
                self.initial[name] = f"{value:.12g}" if is_number else value
        if "role" in self.fields:
            self._offer_roles(question)
        for name in ("earliest", "latest"):
            if name in self.fields:
                attributes = {"type": "date"}
                day = forms.DateInput(format="%Y-%m-%d", attrs=attributes)
                self.fields[name].widget = day
        self._add_texts(question)
        self.options: OptionRows | None = None
        if question.has_options:
            self.options = OptionRows(self, "o", question, with_bands=with_bands)
        is_matrix = question.type == "matrix"
        self.lines = OptionRows(self, "l", question, lines=True) if is_matrix else None

    def _add_texts(self, question: Question) -> None:
        self.add_wordings("text", _("Question"), question.text)
        self.add_wordings("help", _("Help"), question.help)
        if question.type == "number":
            self.add_wordings("unit", _("Unit"), question.unit, rows=1)
        if question.type in TEXTS:
            title = _("What the person agrees to, if a box asks for it")
            self.add_wordings("consent", title, question.consent, rows=3)

    def _offer_roles(self, question: Question) -> None:
        field = self.fields["role"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            ("", _("Nothing of its own")),
            *(pair for pair in ROLES if may_hold(question, pair[0])),
        ]

    @property
    def plain_fields(self) -> list[forms.BoundField]:
        """The fields that are neither texts nor answers."""
        return [self[name] for name in self._plain_names()]

    def result(self) -> Question:
        """The question as it is typed, with its points kept."""
        changes: dict[str, object] = {
            name: self.cleaned_data[name] for name in self._plain_names()
        }
        if "is_email" in changes:
            changes["format"] = "email" if changes.pop("is_email") else None
        if "role" in changes:
            changes["role"] = changes["role"] or None
        changes |= {"text": self.text("text"), "help": self.optional_text("help")}
        for key in ("unit", "consent"):
            if key in self.texts:
                changes[key] = self.optional_text(key)
        if self.options:
            changes["options"] = self.options.options()
        if self.lines:
            changes["rows"] = self.lines.lines()
        question = self.question.model_copy(update=changes)
        return drafting.with_maximum(question)

    def _plain_names(self) -> tuple[str, ...]:
        own = ("required", *self.FIELDS_OF_TYPE[self.question.type])
        return own if self.question.type == "territory" else (*own, "role")


class ConditionForm(EditorForm):
    """When a question is asked: the answers of an earlier one, named or excluded."""

    relation = forms.ChoiceField(
        label=_("Asked if the answer is"),
        choices=(("is", _("one of these")), ("is_not", _("none of these"))),
        widget=forms.RadioSelect,
    )

    def __init__(
        self,
        *args: Any,
        asked: Question,
        condition: ShowIf | None,
        choices: Mapping[str, str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.asked = asked
        self.fields["options"] = forms.MultipleChoiceField(
            label=_("Answers"),
            widget=forms.CheckboxSelectMultiple,
            choices=list(choices.items()),
        )
        self.initial.setdefault("relation", "is")
        if condition and condition.question == asked.code:
            self.initial.setdefault("options", condition.any_of)

    def condition(self) -> ShowIf:
        """In the file, only answers that call for the question are written."""
        named = self.cleaned_data["options"]
        if self.cleaned_data["relation"] == "is":
            return ShowIf(question=self.asked.code, any_of=tuple(named))
        others = [o.code for o in self.asked.options if o.code not in named]
        return ShowIf(question=self.asked.code, any_of=tuple(others))
