from __future__ import annotations

from datetime import date, datetime, time
from typing import Protocol
from zoneinfo import ZoneInfo

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jalons.documents.words import date_format
from jalons.observatory.models import IncomeLimits
from jalons.spaces.fields import Day
from jalons.surveys.models import Campaign


class Published(Protocol):
    """What was published before, of the results or of a synthesis."""

    public_from: datetime
    withdrawn_at: datetime | None


def _announced(published: Published | None, campaign: Campaign) -> date | None:
    """The day said for what is published, unless it was withdrawn since."""
    if published is None or published.withdrawn_at:
        return None
    zone = ZoneInfo(campaign.space.time_zone)
    return published.public_from.astimezone(zone).date()


class PublishForm(forms.Form):
    """The day the results become public, in the time zone of the space.

    The day of an embargo announced is proposed again: publishing what was mended
    must not open the address before its day.
    """

    public_on = forms.DateField(
        label=gettext_lazy("Public from"),
        help_text=gettext_lazy("Today to publish now; a later day for an embargo."),
        widget=Day,
    )

    def __init__(
        self,
        data: QueryDict | None,
        campaign: Campaign,
        published: Published | None = None,
    ) -> None:
        self.campaign = campaign
        today = campaign.today()
        announced = _announced(published, campaign)
        super().__init__(data, initial={"public_on": max(today, announced or today)})
        self.fields["public_on"].widget.attrs["min"] = f"{today:%Y-%m-%d}"
        if announced and announced <= today:
            self.fields["public_on"].help_text = _(
                "Today to replace at once what is public; a later day closes its "
                "address until then."
            )

    def clean_public_on(self) -> date:
        day: date = self.cleaned_data["public_on"]
        if day < self.campaign.today():
            raise forms.ValidationError(
                _("This day has passed. Write today’s date, or a later one.")
            )
        return day

    @property
    def told(self) -> str:
        """What has just been decided, for whoever did it."""
        day = self.cleaned_data["public_on"]
        if day == self.campaign.today():
            return _("The results are public: anyone may read them at their address.")
        return _(
            "The results will be public on %(date)s. Until then their address does not "
            "open."
        ) % {"date": date_format(day, "DATE_FORMAT")}

    @property
    def public_from(self) -> datetime:
        """The first instant of the day chosen; now when that day has begun."""
        zone = ZoneInfo(self.campaign.space.time_zone)
        start = datetime.combine(self.cleaned_data["public_on"], time.min, zone)
        return max(start, timezone.now())


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why are these results withdrawn?"),
        help_text=gettext_lazy("Shown to whoever opens the public address."),
        max_length=300,
    )


class IncomeLimitsForm(forms.ModelForm):
    class Meta:
        model = IncomeLimits
        fields = ("low", "high", "reason")
        help_texts = {
            "reason": gettext_lazy(
                "For instance: the typology of the Region, and its year."
            )
        }

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        low, high = cleaned.get("low"), cleaned.get("high")
        if low is not None and high is not None and low >= high:
            self.add_error("high", _("Write an income above the first one."))
        return cleaned
