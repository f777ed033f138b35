from __future__ import annotations

from datetime import date
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jalons.adoption.models import WORDS_LENGTH, Adoption, Part
from jalons.directory.texts import plain
from jalons.documents.fields import HOW_TO_WRITE, Written
from jalons.files.logos import SUFFIXES
from jalons.roadmaps.forms import EARLIEST, refused
from jalons.spaces.fields import Day


class PartForm(forms.Form):
    """What opens a part, and whether it is in the document.

    `version` is the one that its writer had before their eyes, `written_from` names
    their page: what it keeps by itself follows what it kept before.
    """

    words = Written(
        label=_("What you say there, before what Jalons shows"),
        required=False,
        max_length=WORDS_LENGTH,
        help_text=HOW_TO_WRITE,
        widget=forms.Textarea({"rows": 12}),
    )
    is_shown = forms.BooleanField(
        label=_("This part is in the document"), required=False
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    written_from = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data: QueryDict | None, part: Part) -> None:
        said = {
            "words": part.words,
            "is_shown": part.is_shown,
            "version": part.version,
            "written_from": uuid4(),
        }
        super().__init__(data, initial=said)

    def clean_words(self) -> str:
        words: str = self.cleaned_data["words"]
        if errors := list(refused(words)):
            raise ValidationError(errors)
        return words

    def write_over(self, stored: Part) -> None:
        """The next sending replaces what somebody else wrote, knowingly."""
        assert isinstance(self.data, QueryDict)
        self.data = self.data.copy()
        self.data["version"] = str(stored.version)


class LogoForm(forms.Form):
    file = forms.FileField(
        label=_("Picture of the logo"),
        help_text=_("PNG, JPEG or SVG, 5 MB at most."),
        widget=forms.ClearableFileInput({"accept": ",".join(SUFFIXES)}),
    )
    alt = forms.CharField(
        label=_("Whose logo is it?"),
        help_text=_("Read aloud to those who do not see it: “Région Exemple”."),
        max_length=160,
    )

    def clean_alt(self) -> str:
        return _without_persons(self.cleaned_data["alt"])


class VersionForm(forms.Form):
    title = forms.CharField(
        label=_("What is this version for?"),
        max_length=120,
        help_text=_(
            "For example “Sent to the council”, “After the partners’ remarks”."
        ),
    )

    def clean_title(self) -> str:
        return _without_persons(self.cleaned_data["title"])


class AdoptionForm(forms.ModelForm):
    """Who adopted it, when, under which reference."""

    class Meta:
        model = Adoption
        fields = ("body", "adopted_on", "deliberation")
        labels = {
            "body": _("Which body adopted it?"),
            "adopted_on": _("On which day?"),
            "deliberation": _("Reference of the deliberation"),
        }
        help_texts = {
            "body": _("For example “community council of …”."),
            "deliberation": _("As it stands in the register: for example “2026-045”."),
        }
        widgets = {"adopted_on": Day()}

    def clean_body(self) -> str:
        return _without_persons(self.cleaned_data["body"])

    def clean_deliberation(self) -> str:
        return _without_persons(self.cleaned_data["deliberation"])

    def clean_adopted_on(self) -> date:
        day: date = self.cleaned_data["adopted_on"]
        if day > timezone.localdate():
            raise ValidationError(gettext("This day has not come yet."))
        if day < EARLIEST:
            raise ValidationError(gettext("Choose a day between 2000 and 2100."))
        return day


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label=_("Why is this roadmap withdrawn?"),
        help_text=_("Shown to whoever opens the public address."),
        max_length=300,
    )

    def clean_reason(self) -> str:
        return _without_persons(self.cleaned_data["reason"])


def _without_persons(text: str) -> str:
    """One line, which names nobody. Raises ValidationError."""
    text = plain(text)
    if errors := list(refused(text)):
        raise ValidationError(errors)
    return text
