from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class StartForm(forms.Form):
    """The key, made once by the page, that keeps a form sent twice one answer."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    is_easy = forms.BooleanField(required=False, widget=forms.HiddenInput)


class SendForm(forms.Form):
    is_shared = forms.BooleanField(
        label=_(
            "I agree that the team of my territory reads the points of my answer, "
            "even when fewer than three people have answered."
        ),
        required=False,
    )
