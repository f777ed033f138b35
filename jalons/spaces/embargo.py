"""What everybody reads from a day that a team chooses, until it is withdrawn."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Self
from zoneinfo import ZoneInfo

from django import forms
from django.db import models
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jalons.spaces.fields import Day
from jalons.spaces.models import Space


class EmbargoedQuerySet(models.QuerySet):
    def public(self, *, at: datetime) -> Self:
        return self.filter(withdrawn_at=None, public_from__lte=at)


class PublishForm(forms.Form):
    """The day from which everybody may read it, in the time zone of the space."""

    public_on = forms.DateField(
        label=gettext_lazy("Public from"),
        help_text=gettext_lazy("Today to publish now; a later day for an embargo."),
        widget=Day,
    )

    def __init__(self, data: QueryDict | None, space: Space) -> None:
        self.zone = ZoneInfo(space.time_zone)
        super().__init__(data, initial={"public_on": self.today})
        self.fields["public_on"].widget.attrs["min"] = f"{self.today:%Y-%m-%d}"

    @property
    def today(self) -> date:
        return timezone.localdate(timezone=self.zone)

    def clean_public_on(self) -> date:
        day: date = self.cleaned_data["public_on"]
        if day < self.today:
            raise forms.ValidationError(
                _("This day has passed. Write today’s date, or a later one.")
            )
        return day

    @property
    def public_from(self) -> datetime:
        """The first instant of the day chosen; now when that day has begun."""
        start = datetime.combine(self.cleaned_data["public_on"], time.min, self.zone)
        return max(start, timezone.now())
