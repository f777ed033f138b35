from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from jalons.analysis.periods import Period
from jalons.coverage.concerned import known_within
from jalons.coverage.models import TravelTimes
from jalons.coverage.operations import Described
from jalons.coverage.words import CONCERNED, PERIODS
from jalons.territories.models import Territory

EVERY = [(one.value, PERIODS[one]) for one in Period]


class AskForm(forms.Form):
    """When a place must be open, and how the way is measured, as the address says."""

    quand = forms.ChoiceField(label=_("Open when?"), choices=EVERY, required=False)
    qui = forms.ChoiceField(label=_("Who is concerned first?"), required=False)
    mesure = forms.ModelChoiceField(
        label=_("How is the way measured?"),
        queryset=TravelTimes.objects.none(),
        empty_label=_("Kilometres by road, estimated"),
        required=False,
    )

    def __init__(self, *args, territory: Territory, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.known = known_within(territory)
        who = self.fields["qui"]
        assert isinstance(who, forms.ChoiceField)
        who.choices = [(one, CONCERNED[one]) for one in self.known]
        if not self.known:
            del self.fields["qui"]
        field = self.fields["mesure"]
        assert isinstance(field, forms.ModelChoiceField)
        members = Territory.objects.communes().within(territory)
        known = TravelTimes.objects.filter(times__origin__in=members.values("code"))
        field.queryset = TravelTimes.objects.filter(pk__in=known.values("pk")).order_by(
            "name"
        )
        if not field.queryset.exists():
            del self.fields["mesure"]

    @property
    def period(self) -> Period:
        return Period(self.cleaned_data["quand"]) if self.is_valid() else Period.ANY

    @property
    def concerned(self) -> str:
        """The share asked for, else the first that is known; nothing without any."""
        first = self.known[0] if self.known else ""
        return (self.is_valid() and self.cleaned_data.get("qui")) or first

    @property
    def table(self) -> TravelTimes | None:
        return self.cleaned_data.get("mesure") if self.is_valid() else None


class SimulateForm(AskForm):
    """Where a place would open, and when."""

    commune = forms.ModelChoiceField(
        label=_("In which commune?"),
        queryset=Territory.objects.none(),
        empty_label=_("Choose…"),
    )

    def __init__(self, *args, territory: Territory, **kwargs) -> None:
        super().__init__(*args, territory=territory, **kwargs)
        self.fields.pop("qui", None)
        self.fields["quand"].label = _("When would it be open?")
        field = self.fields["commune"]
        assert isinstance(field, forms.ModelChoiceField)
        members = Territory.objects.communes().current().within(territory)
        field.queryset = members.exclude(longitude=None).order_by("name")
        self.order_fields(["commune", "quand", "mesure"])


class TimesForm(forms.Form):
    """A file of minutes between communes, and what readers must know of it."""

    file = forms.FileField(
        label=_("File (CSV, XLSX or ODS)"),
        help_text=_("Three columns: commune_depart, commune_arrivee, minutes."),
    )
    name = forms.CharField(
        label=_("Name of the table"),
        help_text=_("For example: by car, Grand Périgueux."),
        max_length=120,
    )
    source = forms.CharField(
        label=_("How they were computed"),
        help_text=_("The tool, the map and the hour: readers see it."),
        max_length=250,
    )
    vintage = forms.RegexField(
        r"^\d{4}(-\d{2})?$",
        label=_("Year or month"),
        help_text=_("For example: 2026, or 2026-05."),
    )
    leaves_refused = forms.BooleanField(
        label=_("Load the other rows when some are refused"), required=False
    )

    @property
    def described(self) -> Described:
        said = self.cleaned_data
        return Described(said["name"], said["source"], said["vintage"])
