from __future__ import annotations

from datetime import date, datetime, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jalons.accounts.forms import plain_name
from jalons.accounts.models import User
from jalons.actors.models import Actor
from jalons.actors.vocabulary import choices, read_vocabulary
from jalons.directory.texts import plain
from jalons.meetings.models import Attendee, Meeting
from jalons.spaces.fields import Day
from jalons.spaces.models import Space

EARLIEST = date(2000, 1, 1)
LATEST_AHEAD = timedelta(days=5 * 365)


class Hour(forms.TimeInput):
    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class MeetingForm(forms.ModelForm):
    day = forms.DateField(label=_("Day"), widget=Day())
    begins = forms.TimeField(label=_("Begins at"), widget=Hour())
    ends = forms.TimeField(label=_("Ends at"), widget=Hour())
    facilitators = forms.ModelMultipleChoiceField(
        User.objects.none(),
        label=_("Who facilitates it?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Meeting
        fields = ("kind", "title", "purpose", "place", "horizon_years")
        labels = {
            "place": _("Place"),
            "purpose": _("What is it for?"),
            "horizon_years": _("Horizon, in years"),
        }
        help_texts = {
            "purpose": _("In two sentences: it is written in the invitation."),
            "place": _("Address, or link of the webinar."),
            "horizon_years": _("For a prospective workshop: 10 years, most often."),
        }
        widgets = {"purpose": forms.Textarea({"rows": 3})}

    field_order = ("kind", "title", "day", "begins", "ends", "place")

    def __init__(self, *args, space: Space, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.instance.space = space
        people = self.fields["facilitators"]
        assert isinstance(people, forms.ModelMultipleChoiceField)
        people.queryset = space.members.order_by("name", "email")
        if self.instance.pk:
            start = timezone.localtime(self.instance.starts_at)
            self.initial.update(
                {
                    "day": start.date(),
                    "begins": start.time(),
                    "ends": timezone.localtime(self.instance.ends_at).time(),
                    "facilitators": self.instance.facilitators.all(),
                }
            )

    def clean_title(self) -> str:
        return plain(self.cleaned_data["title"])

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if day < EARLIEST:
            raise ValidationError(_("Choose a day after the year 1999."))
        if day > timezone.localdate() + LATEST_AHEAD:
            raise ValidationError(_("Choose a day within the next five years."))
        return day

    def clean_purpose(self) -> str:
        return plain(self.cleaned_data["purpose"])

    def clean_place(self) -> str:
        return plain(self.cleaned_data["place"])

    def clean_horizon_years(self) -> int | None:
        years: int | None = self.cleaned_data["horizon_years"]
        if years is not None and not 1 <= years <= 50:
            raise ValidationError(_("Give a number of years between 1 and 50."))
        return years

    def clean(self) -> None:
        super().clean()
        said = self.cleaned_data
        if not {"day", "begins", "ends"} <= said.keys():
            return
        moments = [
            timezone.make_aware(datetime.combine(said["day"], said[name]))
            for name in ("begins", "ends")
        ]
        self.instance.starts_at, self.instance.ends_at = moments
        if moments[1] <= moments[0]:
            self.add_error(
                "ends", _("The end is before the beginning: correct one of the two.")
            )


class GuestsForm(forms.Form):
    guests = forms.ModelMultipleChoiceField(
        Actor.objects.none(),
        label=_("Actors of the table"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, meeting: Meeting, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["guests"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = meeting.space.actors.offered(meeting.guests.values_list("pk"))
        self.initial["guests"] = meeting.guests.all()


class AttendeeForm(forms.ModelForm):
    family = forms.ChoiceField(label=_("Family of actors"), required=False)

    class Meta:
        model = Attendee
        fields = ("name", "actor", "family")
        labels = {"name": _("Name"), "actor": _("Organisation")}

    def __init__(self, *args, meeting: Meeting, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.instance.meeting = meeting
        actor, family = self.fields["actor"], self.fields["family"]
        assert isinstance(actor, forms.ModelChoiceField)
        assert isinstance(family, forms.ChoiceField)
        actor.queryset = meeting.space.actors.at_work().in_order()
        actor.empty_label = _("None of the table")
        family.choices = [
            ("", _("Not said")),
            *choices(read_vocabulary().families),
        ]

    def clean_name(self) -> str:
        name = plain(self.cleaned_data["name"])
        plain_name(name)
        return name
