from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from jalons.interviews.figures import departements_of
from jalons.interviews.models import Interview, Quote
from jalons.surveys.forms import Day
from jalons.surveys.models import Campaign
from jalons.territories.models import Territory


class DepartementField(forms.ModelChoiceField):
    """One of the départements of the survey."""

    def offer(self, campaign: Campaign) -> None:
        codes = [one.code for one in departements_of(campaign)]
        self.queryset = Territory.objects.by_codes(codes).order_by("name")


class InterviewForm(forms.ModelForm):
    departement = DepartementField(
        label=_("Département"),
        queryset=Territory.objects.none(),
        empty_label=_("Choose…"),
    )

    class Meta:
        model = Interview
        fields = (
            "function",
            "departement",
            "territory",
            "held_on",
            "mode",
            "is_guide_followed",
            "notes",
        )
        widgets = {"held_on": Day, "notes": forms.Textarea(attrs={"rows": 12})}

    def __init__(self, *args, campaign: Campaign, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.campaign = campaign
        self.fields["departement"].offer(campaign)
        self.fields["mode"].choices = [("", _("Choose…")), *Interview.Mode.choices]
        territory = self.fields["territory"]
        territory.queryset = campaign.territories.order_by("name")
        territory.empty_label = _("None in particular")

    def clean_held_on(self):
        day = self.cleaned_data["held_on"]
        if day > self.campaign.today():
            raise ValidationError(_("This day is still to come."))
        return day


class GuideForm(forms.Form):
    text = forms.CharField(
        label=_("Questions, one per line"),
        help_text=_("Left empty, the first questions come back."),
        widget=forms.Textarea(attrs={"rows": 14}),
        max_length=8000,
        required=False,
    )


class QuoteForm(forms.ModelForm):
    departement = DepartementField(
        label=_("Département"),
        queryset=Territory.objects.none(),
        empty_label=_("None"),
        required=False,
    )

    class Meta:
        model = Quote
        fields = (
            "text",
            "role",
            "origin",
            "departement",
            "level",
            "tags",
            "consented_on",
            "consent_how",
        )
        widgets = {"consented_on": Day, "text": forms.Textarea(attrs={"rows": 5})}

    def __init__(self, *args, campaign: Campaign, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.campaign = campaign
        self.fields["departement"].offer(campaign)
        self.fields["role"].choices = [("", _("Choose…")), *Quote.Role.choices]
        self.fields["consented_on"].help_text = _(
            "Without this date the words stay with the team: they are neither "
            "exported nor kept for the synthesis."
        )

    def clean(self) -> None:
        super().clean()
        given = self.cleaned_data
        if given.get("consented_on") and not given.get("consent_how"):
            self.add_error("consent_how", _("Say how the person agreed."))
        if given.get("consent_how") and not given.get("consented_on"):
            self.add_error("consented_on", _("Say when the person agreed."))
        wants_place = given.get("level") == Quote.Level.DEPARTEMENT
        if wants_place and not given.get("departement"):
            self.add_error("departement", _("Choose the département to be shown."))
