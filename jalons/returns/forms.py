from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class AddressForm(forms.Form):
    """To whom the return of one territory goes."""

    email = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        help_text=_(
            "Of somebody who answers for the EPCI. Left empty, the address comes from "
            "your lists of contacts."
        ),
    )
