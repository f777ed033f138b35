from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jalons.statements.models import ALL, Audit, Plan


class AuditForm(forms.ModelForm):
    """An audit made by people: what the declaration must say of it."""

    report = forms.URLField(
        label=_("Where is the report read?"),
        help_text=_("Leave empty if it is not published."),
        required=False,
        assume_scheme="https",
    )

    class Meta:
        model = Audit
        fields = ["held_on", "auditor", "rate", "sample", "faults", "report"]
        widgets = {"held_on": forms.DateInput({"type": "date"}, "%Y-%m-%d")}
        labels = {
            "held_on": _("On what day was it made?"),
            "auditor": _("Which body made it?"),
            "rate": _("What share of the criteria is met, in percent?"),
            "sample": _("Which pages were examined? One a line"),
            "faults": _("What is not accessible? One thing a line"),
        }
        help_texts = {
            "auditor": _(
                "A firm, a service, an association: not the name of a person."
            ),
            "rate": _("As the report of the audit says it, for example 74.5."),
            "faults": _("Everybody reads it. It may stay empty only at 100%."),
        }

    def clean_held_on(self) -> Any:
        day = self.cleaned_data["held_on"]
        if day > timezone.localdate():
            raise ValidationError(_("This day has not come yet."))
        return day

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        rate: Decimal | None = said.get("rate")
        if rate is not None and rate < ALL and not said.get("faults"):
            told = _("Say what is not accessible: the declaration must.")
            self.add_error("faults", told)
        return said


class PlanForm(forms.ModelForm):
    """The plan over three years that the law asks for."""

    class Meta:
        model = Plan
        fields = ["first_year", "means", "actions"]
        labels = {
            "first_year": _("Which is the first of the three years?"),
            "means": _("Who answers for accessibility, and with what means?"),
            "actions": _("What will you do? One action a line, with its year"),
        }
        help_texts = {
            "means": _("A function and not a name; days of work; training; budget."),
        }
