from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jalons.directory.texts import plain
from jalons.files.operations import TABLES
from jalons.funding.fitting import searchable
from jalons.funding.models import Grant, Scheme
from jalons.roadmaps.forms import EARLIEST, LATEST, refused
from jalons.roadmaps.models import Roadmap
from jalons.roadmaps.money import NotAnAmount, read_amount, typed
from jalons.spaces.fields import Day
from jalons.territories.models import Territory

DAYS = ("asked_on", "decided_on")
# Under the names that Aides-territoires gives them.
APPLICANTS = {
    "epci": _("a group of communes (EPCI)"),
    "commune": _("a commune"),
    "department": _("a département"),
    "region": _("a région"),
    "association": _("an association"),
}


class AmountField(forms.CharField):
    """An amount as people write it: “12 500,50 €”."""

    def clean(self, value: str) -> Decimal | None:
        text = super().clean(value)
        try:
            amount = read_amount(text) if text else None
        except NotAnAmount:
            amount, text = None, "?"
        if text and amount is None:
            raise ValidationError(_("This is not an amount: write for example 12,500."))
        return amount


class GrantForm(forms.ModelForm):
    asked = AmountField(label=_("Amount requested, in euros"), max_length=40)
    granted = AmountField(
        label=_("Amount granted, in euros"), max_length=40, required=False
    )

    class Meta:
        model = Grant
        fields = (
            *("funder", "scheme", "state", "asked", "asked_on", "granted"),
            *("decided_on", "note"),
        )
        labels = {
            "funder": _("From whom?"),
            "state": _("Where is it?"),
            "asked_on": _("Requested on"),
            "decided_on": _("Answered on"),
        }
        help_texts = {
            "funder": _("Under the name that the budget gives it, to be counted with.")
        }
        widgets = {"asked_on": Day(), "decided_on": Day()}

    field_order = ("funder", "scheme", "state", "asked", "asked_on", "granted")

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        scheme = self.fields["scheme"]
        assert isinstance(scheme, forms.ModelChoiceField)
        space = self.instance.action.workstream.stake.roadmap.space
        scheme.queryset = Scheme.objects.offered_to(space)
        for name in ("asked", "granted"):
            amount = getattr(self.instance, name)
            self.initial[name] = "" if amount is None else typed(amount)

    def clean_funder(self) -> str:
        return self._plain("funder")

    def clean_note(self) -> str:
        return self._plain("note")

    def _plain(self, name: str) -> str:
        text = plain(self.cleaned_data[name])
        if errors := list(refused(text)):
            raise ValidationError(errors)
        return text

    def clean(self) -> dict[str, Any] | None:
        said = super().clean()
        for name in DAYS:
            day: date | None = self.cleaned_data.get(name)
            if day and not EARLIEST <= day <= LATEST:
                self.add_error(name, gettext("Choose a day between 2000 and 2100."))
        asked_on, decided_on = (self.cleaned_data.get(name) for name in DAYS)
        if asked_on and decided_on and decided_on < asked_on:
            words = gettext("The answer is before the request: correct one of the two.")
            self.add_error("decided_on", words)
        self._clean_granted()
        return said

    def _clean_granted(self) -> None:
        is_granted = self.cleaned_data.get("state") == Grant.State.GRANTED
        granted = self.cleaned_data.get("granted")
        if "granted" in self.errors:
            return
        if is_granted and granted is None:
            self.add_error("granted", gettext("Write the amount that was granted."))
        if not is_granted and granted is not None:
            words = gettext("Say that it is granted, or leave this amount blank.")
            self.add_error("granted", words)


class SearchForm(forms.Form):
    """What is asked of Aides-territoires: all that leaves the machine."""

    territory = forms.ModelChoiceField(
        label=_("For which territory?"), queryset=Territory.objects.none()
    )
    words = forms.CharField(
        label=_("With which words?"),
        max_length=100,
        required=False,
        help_text=_("A few words: digital, mobility… Left empty: every scheme."),
    )
    applicant = forms.ChoiceField(label=_("Who asks?"), required=False)

    def __init__(self, *args, roadmap: Roadmap, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["territory"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = searchable(roadmap)
        field.empty_label = None
        applicant = self.fields["applicant"]
        assert isinstance(applicant, forms.ChoiceField)
        applicant.choices = [("", _("anybody")), *APPLICANTS.items()]

    def clean_words(self) -> str:
        text = plain(self.cleaned_data["words"])
        if errors := list(refused(text)):
            raise ValidationError(errors)
        return text


class CatalogueForm(forms.Form):
    """A file of schemes, read at once."""

    file = forms.FileField(
        label=_("File of schemes"),
        help_text=_(
            "CSV, XLSX or ODS, one scheme a line. Columns: code, titre, financeur, "
            "thèmes, bénéficiaires, territoires, taux, plafond, ouverture, clôture, "
            "lien, source, source lue le, exemple. A code that is known is replaced."
        ),
        widget=forms.FileInput(attrs={"accept": ",".join(TABLES)}),
    )
