from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from jalons.directory.texts import plain
from jalons.roadmaps.forms import refused
from jalons.steps.models import Statement


class StatementForm(forms.Form):
    """What the team says of one criterion."""

    kind = forms.ChoiceField(label=_("What you say"), choices=Statement.Kind.choices)
    reason = forms.CharField(
        label=_("What shows it, or why it does not apply to you"), max_length=300
    )

    def clean_reason(self) -> str:
        text = plain(self.cleaned_data["reason"])
        if errors := list(refused(text)):
            raise ValidationError(errors)
        return text
