"""Forms of the editor: what is typed becomes a new `Question`, `Section`…

Every text has its three wordings side by side. A text left empty is kept empty: the
list of what is left to mend says so, and nothing typed is lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jalons.questionnaires import drafting
from jalons.questionnaires.option_forms import OptionRows
from jalons.questionnaires.schema import (
    Definition,
    Question,
    Section,
    ShowIf,
    Text,
)
from jalons.questionnaires.troubles import Trouble

WORDINGS = (
    ("fr", _("French")),
    ("fr_easy", _("Easy to read")),
    ("en", _("English")),
)
LANGUAGES = {"fr": "fr", "fr_easy": "fr", "en": "en"}
MOST_CHARACTERS = 3000

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


def text_field(rows: int) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows}) if rows > 1 else forms.TextInput()
    return forms.CharField(required=False, max_length=MOST_CHARACTERS, widget=area)


class EditorForm(forms.Form):
    """A form on a draft, which knows from which state of it one started."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    others: tuple[str, ...] = ()
    asks_meaning = False

    def __init__(self, *args: Any, revision: int, **kwargs: Any) -> None:
        kwargs["auto_id"] = "f-%s"
        super().__init__(*args, **kwargs)
        self.texts: dict[str, str | Promise] = {}
        self.troubles: dict[str, str] = {}
        self.fields["revision"].initial = revision
        self.use_required_attribute = False

    def add_wordings(
        self,
        key: str,
        title: str | Promise,
        text: Text | None,
        rows: int = 2,
        hint: str = "",
    ) -> None:
        """Three fields for one text; `wordings` draws them together."""
        self.texts[key] = title
        for wording, label in WORDINGS:
            field = text_field(rows)
            field.label = label
            field.help_text = hint if wording == "fr" else ""
            field.widget.attrs["lang"] = LANGUAGES[wording]
            self.fields[f"{key}_{wording}"] = field
            said = getattr(text, wording) if text else ""
            self.initial.setdefault(f"{key}_{wording}", said or "")

    def tell(self, troubles: Iterable[Trouble]) -> None:
        """Say beside each field what is left to mend there; the rest above."""
        others: list[str] = []
        for one in troubles:
            field = self.fields.get(one.field)
            if field is None:
                others.append(one.message)
                continue
            self.troubles[one.field] = one.message
            identity = f"f-{one.field}_trouble"
            field.widget.attrs["aria-describedby"] = identity
        self.others = tuple(dict.fromkeys(others))

    def text(self, key: str) -> Text:
        """What was typed, empty or not."""
        said = {wording: self.cleaned_data[f"{key}_{wording}"] for wording in LANGUAGES}
        return Text(fr=said["fr"], en=said["en"], fr_easy=said["fr_easy"] or None)

    def optional_text(self, key: str) -> Text | None:
        """Nothing at all when no wording is given."""
        text = self.text(key)
        return text if text.fr or text.en or text.fr_easy else None

    def renew(self, revision: int) -> None:
        """Show what was typed again, ready to be sent over the state that is there."""
        if isinstance(self.data, QueryDict):
            data = self.data.copy()
            data["revision"] = str(revision)
            self.data = data


class DescriptionForm(EditorForm):
    """What the questionnaire says of itself."""

    minutes = forms.IntegerField(
        label=_("Minutes it takes to answer"), min_value=1, max_value=120
    )
    author = forms.CharField(
        label=_("Author"),
        help_text=_("An organisation: it is shown to all."),
        max_length=200,
    )

    def __init__(self, *args: Any, definition: Definition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.definition = definition
        self.initial["minutes"] = definition.minutes
        self.initial["author"] = definition.author
        self.add_wordings("title", _("Title"), definition.title, rows=1)
        self.add_wordings("description", _("Description"), definition.description, 4)

    def result(self) -> Definition:
        return self.definition.model_copy(
            update={
                "title": self.text("title"),
                "description": self.text("description"),
                "minutes": self.cleaned_data["minutes"],
                "author": self.cleaned_data["author"],
            }
        )


class SectionForm(EditorForm):
    """One part: a page of the form that people answer."""

    def __init__(
        self, *args: Any, section: Section | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.section = section
        title, intro = (section.title, section.intro) if section else (None, None)
        self.add_wordings("title", _("Title"), title, rows=1)
        self.add_wordings("intro", _("Introduction"), intro, rows=3)

    def applied(self, definition: Definition) -> Definition:
        """The draft with this part, new or written anew."""
        title, intro = self.text("title"), self.optional_text("intro")
        if self.section is not None:
            words = {"title": title, "intro": intro}
            section = self.section.model_copy(update=words)
            return drafting.replace_section(definition, section)
        codes = [section.code for section in definition.sections]
        code = drafting.free_code("part_", codes)
        section = Section(code=code, title=title, intro=intro, questions=())
        return drafting.add_section(definition, section)


class NewQuestionForm(EditorForm):
    """The kind and the words of a question; its answers are written next."""

    type = forms.ChoiceField(
        label=_("How is it answered?"), choices=TYPES, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("type", "single")
        self.add_wordings("text", _("Question"), None)

    def question(self, definition: Definition) -> Question:
        codes = [question.code for question in definition.questions]
        code = drafting.free_code("Q", codes)
        return Question(
            code=code, type=self.cleaned_data["type"], text=self.text("text")
        )


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
    earliest = forms.DateField(label=_("Earliest date"), required=False)
    latest = forms.DateField(label=_("Latest date"), required=False)
    max_length = forms.IntegerField(
        label=_("Characters at most"), min_value=1, max_value=5000, required=False
    )

    FIELDS_OF_TYPE: Mapping[str, tuple[str, ...]] = {
        "single": ("allows_dont_know",),
        "multiple": ("allows_dont_know", "max_choices"),
        "scale": ("allows_dont_know", "allows_not_concerned"),
        "ranking": ("max_choices",),
        "matrix": ("allows_dont_know", "allows_not_concerned"),
        "number": ("minimum", "maximum"),
        "date": ("earliest", "latest"),
        "short_text": ("max_length",),
        "long_text": ("max_length",),
        "territory": (),
    }

    def __init__(self, *args: Any, question: Question, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.question = question
        own = ("required", *self.FIELDS_OF_TYPE[question.type])
        for name in [name for name in self.fields if name != "revision"]:
            if name not in own:
                del self.fields[name]
            else:
                self.initial.setdefault(name, getattr(question, name))
        for name in ("earliest", "latest"):
            if name in self.fields:
                attributes = {"type": "date"}
                day = forms.DateInput(format="%Y-%m-%d", attrs=attributes)
                self.fields[name].widget = day
        self._add_texts(question)
        self.options = OptionRows(self, "o", question) if question.has_options else None
        is_matrix = question.type == "matrix"
        self.lines = OptionRows(self, "l", question, lines=True) if is_matrix else None

    def _add_texts(self, question: Question) -> None:
        self.add_wordings("text", _("Question"), question.text)
        self.add_wordings("help", _("Help"), question.help)
        if question.type == "number":
            self.add_wordings("unit", _("Unit"), question.unit, rows=1)
        if question.consent is not None:
            title = _("What the person agrees to")
            self.add_wordings("consent", title, question.consent, rows=3)

    @property
    def plain_fields(self) -> list[forms.BoundField]:
        """The fields that are neither texts nor answers."""
        return [
            self[name]
            for name in ("required", *self.FIELDS_OF_TYPE[self.question.type])
        ]

    def result(self) -> Question:
        """The question as it is typed, with its points kept."""
        changes: dict[str, object] = {
            name: self.cleaned_data[name] for name in self._plain_names()
        }
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

    def _plain_names(self) -> Iterable[str]:
        return ("required", *self.FIELDS_OF_TYPE[self.question.type])


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


class PublicationForm(EditorForm):
    note = forms.CharField(
        label=_("What changes in this version?"),
        help_text=_("Everyone reads it beside the version: two or three sentences."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
    )


class CopyForm(forms.Form):
    title = forms.CharField(
        label=_("Title of your questionnaire"),
        help_text=_("Its address is made from it and will not change."),
        max_length=160,
    )
