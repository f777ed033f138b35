from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jalons.directory.texts import paragraphs, plain
from jalons.privacy.traces import certain
from jalons.roadmaps.models import Action, Line, Need, Stake
from jalons.roadmaps.models.standing import REASON_LENGTH
from jalons.roadmaps.pasting import has_markup, without_markup
from jalons.roadmaps.standing import STOPPED, is_explained
from jalons.spaces.fields import Day

EARLIEST, LATEST = date(2000, 1, 1), date(2100, 12, 31)
WITHOUT_A_REASON = _("Say why in a few words: those who read it will ask.")
PASTED = _(
    "This was pasted with its layout (HTML), which a roadmap does not keep. Only its "
    "words are left below: read them over, then keep."
)


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that two people changed at the same time, and what the other wrote."""

    label: str
    theirs: str


def refused(text: str) -> Iterator[ValidationError]:
    """Why a text of a roadmap is not kept: it tells who a person is."""
    for _kind, words in certain(text):
        message = gettext(
            "“%(words)s” tells who a person is. A roadmap is read by everybody: "
            "write the function, for example “vice-president for solidarity”."
        )
        yield ValidationError(message, params={"words": words})


class TextForm(forms.ModelForm):
    """Texts without markup and without anything that tells who a person is."""

    def clean(self) -> None:
        super().clean()
        for name, field in self.fields.items():
            text = self.cleaned_data.get(name)
            if type(field) is forms.CharField and text:
                self._clean_text(name, text, isinstance(field.widget, forms.Textarea))
            if isinstance(field, forms.DateField) and isinstance(text, date):
                self._clean_day(name, text)

    def _clean_text(self, name: str, text: str, has_lines: bool) -> None:
        if has_markup(text):
            self._take_words(name, text)
        else:
            self.cleaned_data[name] = (paragraphs if has_lines else plain)(text)
        for why in refused(text):
            self.add_error(name, why)

    def _take_words(self, name: str, text: str) -> None:
        """What was pasted with its markup is shown again without it, to read over."""
        self.add_error(name, PASTED)
        if isinstance(self.data, QueryDict):
            self.data = self.data.copy()
            self.data[self.add_prefix(name)] = without_markup(text)

    def _clean_day(self, name: str, day: date) -> None:
        if not EARLIEST <= day <= LATEST:
            self.add_error(name, gettext("Choose a day between 2000 and 2100."))


class PlainForm(TextForm):
    """The same, where two people may write at once.

    `version` is the one that its writer had before their eyes.
    """

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version

    def refuse_reversed(self, first: str, last: str, words: str) -> None:
        """The end of a period is not before its beginning."""
        begins, ends = self.cleaned_data.get(first), self.cleaned_data.get(last)
        if begins and ends and ends < begins:
            self.add_error(last, words)

    def compare(self, stored: forms.BaseForm) -> list[Difference]:
        """Where what is typed here differs from what is stored, the version apart."""
        found = []
        for bound in stored.visible_fields():
            theirs = bound.value()
            ours = self[bound.name].value() if bound.name in self.fields else None
            if _read(theirs) != _read(ours):
                found.append(Difference(str(bound.label), _words(bound, theirs)))
        return found


def _read(value: object) -> object:
    """The same whether it comes from a row or from a request."""
    if isinstance(value, (list, tuple, set)):
        return sorted(str(getattr(one, "pk", one)) for one in value)
    if isinstance(value, (bool, type(None))):
        return "" if not value else "on"
    return "\n".join(str(value).split("\r\n")).strip()


def _words(bound: forms.BoundField, value: object) -> str:
    """What the other wrote, as it is read on the form."""
    choices = getattr(bound.field, "choices", None)
    if choices is not None:
        wanted = _read(value if isinstance(value, (list, tuple)) else [value])
        assert isinstance(wanted, list)
        named = [str(label) for key, label in choices if str(key) in wanted]
        return ", ".join(named) or "–"
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    return str(value or "–")


class StakeForm(PlainForm):
    class Meta:
        model = Stake
        fields = ("text",)
        labels = {"text": _("The stake, as a question")}
        help_texts = {
            "text": _("“How can we…?”: it opens solutions, and names no culprit.")
        }
        widgets = {"text": forms.Textarea({"rows": 3})}

    def clean_text(self) -> str:
        text = plain(self.cleaned_data["text"])
        if not text.endswith("?"):
            raise ValidationError(
                _("A stake is a question: begin with “How”, end with “?”.")
            )
        return text


class ActionForm(PlainForm):
    needs = forms.MultipleChoiceField(
        label=_("What does it need?"),
        help_text=_("The eleven needs of Mon inclusion numérique; tick none if none."),
        choices=Need.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    reason = forms.CharField(
        label=_("Why is it so?"),
        help_text=_("Said when an action is suspended, given up or late."),
        max_length=REASON_LENGTH,
        required=False,
    )

    class Meta:
        model = Action
        fields = (
            *("description", "lead", "partners", "referent", "starts_on", "ends_on"),
            *("status", "reason", "needs"),
        )
        labels = {
            "description": _("What is to be done?"),
            "partners": _("With whom? One per line"),
            "starts_on": _("Begins on"),
            "ends_on": _("Ends on"),
        }
        help_texts = {
            "lead": _("An organisation or a job title, never a person’s name."),
            "referent": _("A job title: for example “mayor of …”."),
        }
        widgets = {
            "description": forms.Textarea({"rows": 2}),
            "lead": forms.TextInput({"list": "known-bodies"}),
            "partners": forms.Textarea({"rows": 3}),
            "starts_on": Day(),
            "ends_on": Day(),
        }

    def __init__(self, *args, **kwargs) -> None:
        """Nobody leads it yet: whoever leads its workstream is proposed."""
        super().__init__(*args, **kwargs)
        if not self.instance.lead:
            said = self.instance.workstream.lines.filter(kind=Line.Kind.LEADS)
            first = said.order_by("position", "pk").first()
            self.initial["lead"] = first.text if first else ""

    def clean(self) -> None:
        super().clean()
        words = gettext("The end is before the beginning: correct one of the two.")
        self.refuse_reversed("starts_on", "ends_on", words)
        if self._lacks_a_reason():
            self.add_error("reason", WITHOUT_A_REASON)

    def _lacks_a_reason(self) -> bool:
        """Whether it is being stopped, or is late, and nobody said why."""
        if self.cleaned_data.get("reason") or "reason" in self.errors:
            return False
        if self.cleaned_data.get("status") in STOPPED:
            return "status" in self.changed_data
        return not self.errors and self._is_late_without_a_word()

    def _is_late_without_a_word(self) -> bool:
        """An action just added is not asked: its reason would have no change to go
        with."""
        said = self.cleaned_data
        days = {"starts_on": said["starts_on"], "ends_on": said["ends_on"]}
        shown = Action(pk=self.instance.pk, status=said["status"], **days)
        if shown.pk is None or shown.lateness(on=timezone.localdate()) is None:
            return False
        return not is_explained(shown)

    def compare(self, stored: forms.BaseForm) -> list[Difference]:
        """The reason goes with one change: there is none to compare it with."""
        del stored.fields["reason"]
        return super().compare(stored)
