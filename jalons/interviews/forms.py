from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jalons.interviews.figures import departements_of
from jalons.interviews.models import Interview, Quote
from jalons.spaces.fields import Day
from jalons.surveys.models import Campaign
from jalons.territories.models import Territory


def _offer(field: forms.Field, territories: QuerySet[Territory], empty: str) -> None:
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset, field.empty_label = territories, empty


def _ask(field: forms.Field, choices: Sequence[tuple[str, Promise | str]]) -> None:
    """Nothing is chosen beforehand."""
    assert isinstance(field, forms.ChoiceField)
    field.choices = [("", _("Choose…")), *choices]


def _departements(campaign: Campaign) -> QuerySet[Territory]:
    codes = [one.code for one in departements_of(campaign)]
    return Territory.objects.by_codes(codes).order_by("name")


class InterviewForm(forms.ModelForm):
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
        places = campaign.territories.order_by("name")
        _offer(self.fields["departement"], _departements(campaign), gettext("Choose…"))
        _offer(self.fields["territory"], places, gettext("None in particular"))
        _ask(self.fields["mode"], Interview.Mode.choices)

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
        _offer(self.fields["departement"], _departements(campaign), gettext("None"))
        _ask(self.fields["role"], Quote.Role.choices)
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
