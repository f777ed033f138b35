from __future__ import annotations

from datetime import datetime
from typing import Protocol

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jalons.documents.words import date_format
from jalons.observatory.models import IncomeLimits
from jalons.spaces import embargo
from jalons.spaces.models import Space


class Published(Protocol):
    """What was published before, of the results or of a synthesis."""

    public_from: datetime
    withdrawn_at: datetime | None


class PublishForm(embargo.PublishForm):
    """The day of an embargo announced is proposed again: publishing what was mended
    must not open the address before its day.
    """

    def __init__(
        self,
        data: QueryDict | None,
        space: Space,
        published: Published | None,
    ) -> None:
        super().__init__(data, space)
        if published is None or published.withdrawn_at:
            return
        announced = published.public_from.astimezone(self.zone).date()
        self.initial["public_on"] = max(self.today, announced)
        if announced <= self.today:
            self.fields["public_on"].help_text = _(
                "Today to replace at once what is public; a later day closes its "
                "address until then."
            )

    @property
    def told(self) -> str:
        """What has just been decided, for whoever did it."""
        day = self.cleaned_data["public_on"]
        if day == self.today:
            return _("The results are public: anyone may read them at their address.")
        return _(
            "The results will be public on %(date)s. Until then their address does not "
            "open."
        ) % {"date": date_format(day, "DATE_FORMAT")}


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
