from __future__ import annotations

import re
from datetime import date, datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from jalons.actors.forms import CommuneField
from jalons.actors.leading_forms import ActorField
from jalons.directory.vocabulary import read_vocabulary
from jalons.spaces.models import Space
from jalons.territories.models import Territory
from jalons.territories.naming import named
from jalons.tours.models import Stop, Tour
from jalons.tours.rhythm import RANKS, WEEKDAYS, Rhythm, read, written

RHYTHM = ("start", "end", "dates", "weekday", "rank")
MOST_DATES = 30
"""As many as `Stop.opening` can hold; more is a rhythm, not a list."""


class TourForm(forms.ModelForm):
    actor = ActorField()
    services = forms.MultipleChoiceField(
        label=_("Help given"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    class Meta:
        model = Tour
        fields = ("title", "actor", "summary", "services")

    def __init__(self, *args, space: Space, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.instance.space = space
        actor, services = self.fields["actor"], self.fields["services"]
        assert isinstance(actor, ActorField)
        assert isinstance(services, forms.MultipleChoiceField)
        actor.of(space)
        services.choices = read_vocabulary().choices("services")


class StopForm(forms.ModelForm):
    """Where, and when: some dates, or a day of the week."""

    place = CommuneField()
    dates = forms.CharField(
        label=_("On these dates"),
        help_text=_("One per line or between commas: 05/12/2026."),
        widget=forms.Textarea({"rows": 3}),
        required=False,
    )
    weekday = forms.ChoiceField(
        label=_("Or on this day of the week"),
        choices=[("", _("No day of the week")), *WEEKDAYS.items()],
        required=False,
    )
    rank = forms.ChoiceField(
        label=_("How often"), choices=list(RANKS.items()), required=False
    )
    start = forms.TimeField(
        label=_("From"), widget=forms.TimeInput({"type": "time"}, format="%H:%M")
    )
    end = forms.TimeField(
        label=_("Until"), widget=forms.TimeInput({"type": "time"}, format="%H:%M")
    )

    class Meta:
        model = Stop
        fields = ("place", "spot", "dates", "weekday", "rank", "start", "end")
        help_texts = {"spot": _("For example: square in front of the town hall.")}

    def __init__(self, *args, tour: Tour, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.instance.tour = tour
        place = self.fields["place"]
        assert isinstance(place, CommuneField)
        place.around = tour.space.territory
        if self.instance.commune_id:
            self.initial.update(_initial(self.instance))

    def clean_place(self) -> Territory:
        commune: Territory = self.cleaned_data["place"]
        if commune.longitude is None:
            raise ValidationError(_("The centre of this commune is not known."))
        self.instance.commune = commune
        return commune

    def clean_dates(self) -> list[date]:
        texts = re.split(r"[\s,;]+", self.cleaned_data["dates"].strip())
        found = [_day(text) for text in texts if text]
        if len(found) > MOST_DATES:
            message = _("%(n)d dates at most: choose a day of the week instead.")
            raise ValidationError(message, params={"n": MOST_DATES})
        return found

    def clean(self) -> None:
        super().clean()
        if self.errors:
            return
        given = self.cleaned_data
        if bool(given["dates"]) == bool(given["weekday"]):
            message = _("Give dates, or a day of the week: one of both.")
            raise ValidationError({"dates": message})
        if given["start"] >= given["end"]:
            raise ValidationError({"end": _("The end comes after the beginning.")})
        rhythm = Rhythm(**{one: given[one] for one in RHYTHM})
        self.instance.opening = written(rhythm)


def _initial(stop: Stop) -> dict[str, object]:
    """What was chosen of a stop, as far as its hours say it."""
    given: dict[str, object] = {"place": named(stop.commune)}
    if rhythm := read(stop.opening):
        given |= {name: getattr(rhythm, name) for name in RHYTHM}
        given["dates"] = "\n".join(f"{day:%d/%m/%Y}" for day in rhythm.dates)
    return given


def _day(text: str) -> date:
    for form in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    message = _("“%(text)s” is not a date: write it as 05/12/2026.")
    raise ValidationError(message, params={"text": text})
