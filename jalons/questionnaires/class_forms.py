"""The fields of a class of totals, or of a dimension: its name, where it begins."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext_lazy as _

from jalons.questionnaires.editor_forms import EditorForm
from jalons.questionnaires.schema import Class, Text

NAMES = (
    ("fr", _("Name in French")),
    ("fr_easy", _("Name, easy to read")),
    ("en", _("Name in English")),
)
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Limits:
    """One dimension or class with its fields, and what its questions add up to."""

    code: str
    fields: tuple[forms.BoundField, ...]
    computed: int | None
    troubles: tuple[str, ...]
    levels: tuple[Limits, ...] = ()
    levels_note: str = ""
    title: str = ""


def add_names(form: EditorForm, prefix: str, title: Text) -> None:
    """Three fields for the name of a dimension or a class."""
    for wording, label in NAMES:
        field = forms.CharField(required=False, max_length=LONGEST_NAME, label=label)
        field.widget.attrs["lang"] = wording[:2]
        form.fields[f"{prefix}_{wording}"] = field
        said = getattr(title, wording) or ""
        form.initial.setdefault(f"{prefix}_{wording}", said)


def add_class(form: EditorForm, prefix: str, one: Class, *, is_last: bool) -> None:
    """The name of a class, and its two ends; the last class alone includes its own."""
    add_names(form, prefix, one.title)
    end = _("To") if is_last else _("To less than")
    for key, label, value in (("low", _("From"), one.low), ("high", end, one.high)):
        form.fields[f"{prefix}_{key}"] = forms.FloatField(label=label)
        form.initial.setdefault(f"{prefix}_{key}", f"{value:g}")


def limits_of(form: EditorForm, prefix: str, one: Class) -> Limits:
    """The fields of a class as the page draws them."""
    names = (*(wording for wording, _label in NAMES), "low", "high")
    return Limits(one.code, tuple(form[f"{prefix}_{n}"] for n in names), None, ())


def typed_name(form: EditorForm, prefix: str) -> Text:
    said = form.cleaned_data
    easy = said[f"{prefix}_fr_easy"] or None
    return Text(fr=said[f"{prefix}_fr"], en=said[f"{prefix}_en"], fr_easy=easy)


def typed_class(form: EditorForm, prefix: str, one: Class) -> Class:
    """The class with what was typed."""
    low, high = (form.cleaned_data[f"{prefix}_{key}"] for key in ("low", "high"))
    changes = {"title": typed_name(form, prefix), "low": low, "high": high}
    return one.model_copy(update=changes)
