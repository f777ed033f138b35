from __future__ import annotations

from datetime import datetime

from django import forms
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from jalons.directory import geocoding
from jalons.directory.figures import FREE, FREE_UNDER_CONDITIONS, Wanted, When
from jalons.directory.vocabulary import read_vocabulary
from jalons.search.figures import Hit, find
from jalons.spaces.fields import Choices, Day
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
DETAILS = ("jour", "public", "accueil", "cout", "acces", "lieu", "mobilite")
# No need to have registered, or the first step that suits.
ACCESS = [
    ("venir", _("Just come, without registering")),
    ("telephoner", _("Telephone first")),
    ("rdv", _("Book online")),
    ("ecrire", _("Write an e-mail first")),
    ("prescription", _("Sent by a professional")),
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
        max_length=120,
    )
    besoin = forms.ChoiceField(label=_("For what?"), required=False, widget=Choices)
    quand = forms.ChoiceField(
        label=_("When?"), choices=MOMENTS, required=False, widget=Choices
    )
    jour = forms.DateField(
        label=_("Day"),
        required=False,
        widget=Day(),
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
        widget=Choices,
    )
    public = forms.ChoiceField(label=_("For whom?"), required=False, widget=Choices)
    accueil = forms.ChoiceField(
        label=_("With a particular need?"), required=False, widget=Choices
    )
    cout = forms.ChoiceField(
        label=_("At what cost?"), choices=COSTS, required=False, widget=Choices
    )
    acces = forms.ChoiceField(label=_("How to come?"), required=False, widget=Choices)
    lieu = forms.ChoiceField(
        label=_("What kind of place?"), required=False, widget=Choices
    )
    mobilite = forms.BooleanField(
        label=_("Says that it welcomes people with reduced mobility"), required=False
    )

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
        kinds = vocabulary.offered_kinds()
        self.fields["acces"].choices = [("", _("It does not matter")), *ACCESS]
        self.fields["lieu"].choices = [("", _("Any place")), *kinds]
        if geocoding.is_on():
            self.fields["pres"].label = _("Commune, postal code or address")
            self.fields["pres"].help_text = _(
                "An address is looked up by the State’s public service; nothing of it "
                "is kept here."
            )

    @property
    def is_detailed(self) -> bool:
        """Whether one of the choices kept out of sight was made."""
        return any(self.data.get(name) for name in DETAILS)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("quand") == When.MOMENT.value:
            for name in ("jour", "heure"):
                if cleaned.get(name) is None and name not in self.errors:
                    self.add_error(name, _("Give the day and the hour that suit you."))
        return cleaned

    @cached_property
    def address(self) -> geocoding.Address | None:
        """The address typed, when it is one and may be looked up."""
        text = self.cleaned_data["pres"]
        if not geocoding.is_on() or not geocoding.looks_like_street(text):
            return None
        try:
            return geocoding.find_address(text)
        except geocoding.Unavailable:
            return None

    @property
    def is_address_lost(self) -> bool:
        """An address was typed, and the search starts from its commune instead."""
        is_street = geocoding.looks_like_street(self.cleaned_data["pres"])
        return is_street and self.address is None

    def hits(self) -> list[Hit]:
        """The communes that the text may mean, the likeliest first."""
        text = self.cleaned_data["pres"]
        if geocoding.looks_like_street(text):
            text = geocoding.commune_in(text)
        hits = find(text, kinds=[Territory.Kind.COMMUNE.value], limit=MOST_OFFERED)
        return [hit for hit in hits if hit.score > hits[0].score - AS_LIKELY]

    def commune(self, chosen: str) -> tuple[Territory | None, list[Hit]]:
        """The commune to start from, and the others that the text may mean."""
        communes = Territory.objects.communes()
        if self.address:
            return communes.filter(code=self.address.commune_code).first(), []
        if chosen and (commune := communes.filter(code=chosen).first()):
            return commune, []
        hits = self.hits()
        if not hits:
            return None, []
        return communes.filter(code=hits[0].ref).first(), hits[1:]

    def wanted(self, commune: Territory) -> Wanted:
        said = self.cleaned_data
        when = When(said["quand"])
        moment = None
        if when is When.MOMENT:
            moment = datetime.combine(said["jour"], said["heure"])
        found = self.address
        return Wanted(
            commune=commune,
            km=said["km"],
            now=timezone.now(),
            need=said["besoin"],
            public=said["public"],
            care=said["accueil"],
            cost=said["cout"],
            access=said["acces"],
            kind=said["lieu"],
            is_accessible=said["mobilite"],
            when=when,
            moment=moment,
            point=(found.longitude, found.latitude) if found else None,
            address=found.label if found else "",
        )
