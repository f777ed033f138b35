from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from jalons.callbacks.contacts import reached_by
from jalons.callbacks.models import CallBack
from jalons.rounds import consent
from jalons.rounds.models import Round
from jalons.territories.models import Territory


class CallBackForm(forms.ModelForm):
    """Somebody who agrees to be called back; nothing is asked but how to reach them."""

    commune = forms.ModelChoiceField(
        label=_("Commune"), queryset=Territory.objects.none()
    )
    has_agreed = forms.BooleanField(label=_("The text above was read, and agreed to"))

    class Meta:
        model = CallBack
        fields = ("name", "contact", "commune", "has_agreed")

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


class WithdrawForm(forms.Form):
    contact = forms.CharField(
        label=_("The number or the address that you left"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
