from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class EraseForm(forms.Form):
    """Whoever finds the page open does not erase it by one click."""

    address = forms.EmailField(
        label=_("Your e-mail address, typed again"),
        help_text=_("To be sure that it is what you want."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: object, address: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self._address = address

    def clean_address(self) -> str:
        typed: str = self.cleaned_data["address"]
        if typed.strip().lower() != self._address:
            raise ValidationError(_("This is not the address of your account."))
        return typed
