from __future__ import annotations

import re
from datetime import datetime

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jalons.analysis.opening import Answer, day_spans, state_at
from jalons.directory import words
from jalons.directory.models import Place
from jalons.directory.vocabulary import read_vocabulary
from jalons.orientation.models import LASTS, WAY_LENGTH, Item, Slip, Who
from jalons.orientation.operations import Prepared
from jalons.spaces.fields import Day

# What would tell who the inhabitant is, in a text that should tell a way.
NUMBER = re.compile(r"\d(?:[ .\u00a0/-]?\d){5,}")
TITLE = re.compile(r"\b(M\.|Mr|Mme|Mlle|Monsieur|Madame|Mademoiselle)(?=\s|$)", re.I)

# A longer list is not read, and would not hold on the page in large print.
MOST_ITEMS = 6
ANSWERS = [
    (one.value, one.label)
    for one in (Slip.State.RECEIVED, Slip.State.CAME, Slip.State.MISSED)
]


class SlipForm(forms.Form):
    """What the person needs to know to reach the place; nothing of who they are."""

    need = forms.ChoiceField(label=_("For what?"), required=False)
    visit_on = forms.DateField(
        label=_("Day of the visit"),
        required=False,
        widget=Day(),
    )
    visit_time = forms.TimeField(
        label=_("Hour of the visit"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    ask_for = forms.ChoiceField(
        label=_("Whom to ask for"),
        choices=[("", _("Nobody in particular")), *Who.choices],
        required=False,
    )
    items = forms.MultipleChoiceField(
        label=_("What to bring"),
        choices=Item.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    way = forms.CharField(
        label=_("How to get there"),
        help_text=_(
            "For example: bus 3, stop Mairie, then the blue door. Never the name of "
            "the person, nor a telephone number."
        ),
        max_length=WAY_LENGTH,
        required=False,
    )

    def __init__(self, *args, place: Place, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.place = place
        offered = {one.kind for one in place.services.all()}
        every = read_vocabulary().choices("services")
        choices = [pair for pair in every if pair[0] in offered] or every
        field = self.fields["need"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("It is not said on the slip")), *choices]

    def clean_way(self) -> str:
        way = " ".join(self.cleaned_data["way"].split())
        if "@" in way or NUMBER.search(way) or TITLE.search(way):
            raise forms.ValidationError(
                _("Write the way only: no name, no telephone number, no address.")
            )
        return way

    def clean_items(self) -> list[str]:
        items = self.cleaned_data["items"]
        if len(items) > MOST_ITEMS:
            message = _("Choose %(n)d things at most: a longer list is not read.")
            raise forms.ValidationError(message, "long", {"n": MOST_ITEMS})
        return items

    def clean_visit_on(self):
        day = self.cleaned_data["visit_on"]
        if day and day < timezone.localdate():
            raise forms.ValidationError(_("Choose today or a later day."))
        if day and day > timezone.localdate() + LASTS:
            raise forms.ValidationError(_("Choose a day within three months."))
        return day

    def clean(self) -> dict[str, object]:
        given = super().clean() or {}
        if given.get("visit_time") and not given.get("visit_on"):
            if "visit_on" not in self.errors:
                self.add_error("visit_on", _("Give the day of this hour."))
        elif given.get("visit_on"):
            self._check_open(given)
        return given

    def _check_open(self, given: dict) -> None:
        """A slip that leads to a closed door would be worse than none."""
        hours, day, at = self.place.hours, given["visit_on"], given.get("visit_time")
        if hours is None:
            return
        spans = day_spans(hours, day)
        if not spans:
            self.add_error("visit_on", _("This place is closed on that day."))
        elif at:
            moment = datetime.combine(day, at, hours.zone)
            if state_at(hours, moment) is Answer.NO:
                message = _("Closed at that hour. Its hours that day: %(hours)s.")
                said = {"hours": words.spans_said(spans)}
                self.add_error("visit_time", forms.ValidationError(message, "x", said))

    @property
    def prepared(self) -> Prepared:
        return Prepared(**self.cleaned_data)


class AnswerForm(forms.Form):
    """What the place says: one of three buttons."""

    state = forms.ChoiceField(choices=ANSWERS)
