from __future__ import annotations

from datetime import datetime

from django import forms
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from jalons.directory.figures import FREE, FREE_UNDER_CONDITIONS, Wanted, When
from jalons.directory.vocabulary import read_vocabulary
from jalons.search.figures import Hit, find
from jalons.territories.models import Territory

DISTANCES = (5, 10, 20, 50)
DEFAULT_KM = 20
MOST_OFFERED = 6
# Namesakes differ by less than this in their likeness to what was typed.
AS_LIKELY = 0.07
COSTS = [
    ("", _("It does not matter")),
    (FREE, _("Free")),
    (FREE_UNDER_CONDITIONS, _("Free, perhaps under conditions")),
]
MOMENTS = [
    (When.ANY.value, _("At any time")),
    (When.NOW.value, _("Open now")),
    (When.EVENING.value, _("Open this evening, after 6 p.m.")),
    (When.WEEKEND.value, _("Open this weekend")),
    (When.MOMENT.value, _("On the day and at the hour below")),
]


class FindForm(forms.Form):
    """What help, for whom, where and when, as the address of the page says it."""

    pres = forms.CharField(
        label=_("Commune: name or postal code"),
        max_length=60,
    )
    besoin = forms.ChoiceField(label=_("For what?"), required=False)
    quand = forms.ChoiceField(label=_("When?"), choices=MOMENTS, required=False)
    jour = forms.DateField(
        label=_("Day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    heure = forms.TimeField(
        label=_("Hour"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    km = forms.TypedChoiceField(
        label=_("How far?"),
        choices=[(km, format_lazy(_("within {km} km"), km=km)) for km in DISTANCES],
        coerce=int,
    )
    public = forms.ChoiceField(label=_("For whom?"), required=False)
    accueil = forms.ChoiceField(label=_("With a particular need?"), required=False)
    cout = forms.ChoiceField(label=_("At what cost?"), choices=COSTS, required=False)

    def __init__(self, data=None):
        if data:
            data = data.copy()
            data.setdefault("km", str(DEFAULT_KM))
        super().__init__(data or None, initial={"km": DEFAULT_KM})
        vocabulary = read_vocabulary()
        for name, column, nothing in (
            ("besoin", "services", _("Any help")),
            ("public", "publics_specifiquement_adresses", _("Everybody")),
            ("accueil", "prise_en_charge_specifique", _("None")),
        ):
            choices = [("", nothing), *vocabulary.choices(column)]
            self.fields[name].choices = choices

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("quand") == When.MOMENT.value:
            for name in ("jour", "heure"):
                if cleaned.get(name) is None and name not in self.errors:
                    self.add_error(name, _("Give the day and the hour that suit you."))
        return cleaned

    def hits(self) -> list[Hit]:
        """The communes that the text may mean, the likeliest first."""
        text = self.cleaned_data["pres"]
        hits = find(text, kinds=[Territory.Kind.COMMUNE.value], limit=MOST_OFFERED)
        return [hit for hit in hits if hit.score > hits[0].score - AS_LIKELY]

    def wanted(self, commune: Territory) -> Wanted:
        said = self.cleaned_data
        when = When(said["quand"])
        moment = None
        if when is When.MOMENT:
            moment = datetime.combine(said["jour"], said["heure"])
        return Wanted(
            commune=commune,
            km=said["km"],
            now=timezone.now(),
            need=said["besoin"],
            public=said["public"],
            care=said["accueil"],
            cost=said["cout"],
            when=when,
            moment=moment,
        )
