"""Forms of the editor: what is typed becomes a new `Question`, `Section`…

Every text has its three wordings side by side. A text left empty is kept empty: the
list of what is left to mend says so, and nothing typed is lost.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jalons.questionnaires import drafting
from jalons.questionnaires.schema import (
    Definition,
    Section,
    Text,
)
from jalons.questionnaires.source_forms import SourceRows
from jalons.questionnaires.troubles import Trouble

WORDINGS = (
    ("fr", _("French")),
    ("fr_easy", _("Easy to read")),
    ("en", _("English")),
)
LANGUAGES = {"fr": "fr", "fr_easy": "fr", "en": "en"}
MOST_CHARACTERS = 3000


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
        if definition.is_reconstruction:
            title = _("How this questionnaire was made again")
            self.add_wordings(
                "reconstruction_note", title, definition.reconstruction_note, 4
            )
        self.sources = SourceRows(self, definition.sources)

    def clean(self) -> dict[str, Any] | None:
        found = super().clean()
        self.sources.check()
        return found

    def result(self) -> Definition:
        return self.definition.model_copy(
            update={
                "title": self.text("title"),
                "description": self.text("description"),
                "minutes": self.cleaned_data["minutes"],
                "author": self.cleaned_data["author"],
                "sources": self.sources.sources(),
                **self._note(),
            }
        )

    def _note(self) -> dict[str, Text | None]:
        if "reconstruction_note" not in self.texts:
            return {}
        return {"reconstruction_note": self.optional_text("reconstruction_note")}


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
        error_messages={
            "required": _("Give it a title: it tells it from the original.")
        },
    )
