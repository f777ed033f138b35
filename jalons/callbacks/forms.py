from __future__ import annotations

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from jalons.callbacks.codes import PATTERN, typed
from jalons.callbacks.contacts import reached_by
from jalons.callbacks.models import CallBack
from jalons.rounds import consent
from jalons.rounds.models import Round
from jalons.territories.models import Territory

MOST_SHEETS = 10
"""At once: a page stays light."""


class CallBackForm(forms.ModelForm):
    """Somebody who agrees to be called back; nothing is asked but how to reach them."""

    commune = forms.ModelChoiceField(
        label=_("Commune"), queryset=Territory.objects.none()
    )
    sheet = forms.CharField(
        label=_("Number of the sheet, if it was on paper"),
        help_text=_("Printed on it: the person can then take back what they left."),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    has_agreed = forms.BooleanField(label=_("The text above was read, and agreed to"))

    class Meta:
        model = CallBack
        fields = ("name", "contact", "commune", "sheet", "has_agreed")

    def __init__(self, *args, round: Round, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.round = round
        commune = self.fields["commune"]
        assert isinstance(commune, forms.ModelChoiceField)
        commune.queryset = round.campaign.territories.order_by("name")

    def clean_contact(self) -> str:
        contact = " ".join(self.cleaned_data["contact"].split())
        if not reached_by(contact):
            raise ValidationError(_("Write a telephone number or an e-mail address."))
        return contact

    def clean_sheet(self) -> str:
        code = typed(self.cleaned_data["sheet"])
        if code and not re.match(PATTERN, code):
            raise ValidationError(_("Copy the ten letters and figures of the sheet."))
        if CallBack.objects.filter(code=code).exists():
            raise ValidationError(
                _(
                    "A sheet of this number was noted already. If it was photocopied, "
                    "leave this empty: the person may still withdraw by the number or "
                    "the address that they left."
                )
            )
        return code

    def clean(self) -> None:
        super().clean()
        today = self.round.campaign.today()
        if consent.expires_on(self.round, today) < today:
            raise ValidationError(
                _(
                    "This survey no longer keeps any contact: the last day that its "
                    "notice announced is past."
                )
            )


class StateForm(forms.Form):
    state = forms.ChoiceField(
        label=_("What came of it?"), choices=CallBack.State.choices
    )


class SheetsForm(forms.Form):
    """How many sheets to print, each for one person."""

    number = forms.IntegerField(
        label=_("How many sheets?"),
        help_text=_("Each has its own number: print them, do not photocopy them."),
        min_value=1,
        max_value=MOST_SHEETS,
    )


class WithdrawForm(forms.Form):
    contact = forms.CharField(
        label=_("The number or the address that you left"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
