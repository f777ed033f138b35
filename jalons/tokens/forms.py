from __future__ import annotations

from datetime import date, timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from jalons.accounts.forms import plain_name
from jalons.documents.words import date_format
from jalons.spaces.fields import Day
from jalons.tokens.models import Scope
from jalons.tokens.operations import LONGEST

USUAL = timedelta(days=90)


def _usual_last_day() -> date:
    return timezone.localdate() + USUAL


class TokenForm(forms.Form):
    """A key for one program: what it is for, what it writes, until when."""

    title = forms.CharField(
        label=_("What is this key for?"),
        help_text=_(
            "The software that will use it, for example: dashboard of the département."
        ),
        max_length=120,
        validators=[plain_name],
    )
    scopes = forms.MultipleChoiceField(
        label=_("What may it write?"),
        choices=Scope.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one.")},
    )
    expires_on = forms.DateField(
        label=_("Until which day?"),
        help_text=_("A year at most. A shorter time is safer."),
        initial=_usual_last_day,
        widget=Day(),
    )

    def clean_expires_on(self) -> date:
        day: date = self.cleaned_data["expires_on"]
        today = timezone.localdate()
        if day < today:
            raise forms.ValidationError(_t("This day is over: choose a later one."))
        if day > today + LONGEST:
            last = {"day": date_format(today + LONGEST)}
            raise forms.ValidationError(_t("Choose a day until %(day)s.") % last)
        return day
