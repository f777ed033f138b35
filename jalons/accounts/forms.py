from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import ConfirmLoginCodeForm, RequestLoginCodeForm
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from jalons.accounts import codes, passkeys
from jalons.accounts.models import User


def plain_name(name: str) -> None:
    """A name travels in mails to strangers: one line, and no address to advertise."""
    has_address = "://" in name or "www." in name.lower() or "@" in name
    if has_address or not name.isprintable():
        raise ValidationError(
            _("Write a name only, on one line, without a web or e-mail address.")
        )


class AskCodeForm(RequestLoginCodeForm):
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("For example prenom.nom@mairie-exemple.fr"),
        max_length=254,
        widget=forms.EmailInput(
            attrs={"autocomplete": "email", "autocapitalize": "none"}
        ),
    )

    @property
    def user(self) -> User | None:
        """The account of this address, if there is one; never said on the page."""
        return self._user

    @property
    def is_rate_limited(self) -> bool:
        return self.has_error("email", code="too_many_login_attempts")


class TypeCodeForm(ConfirmLoginCodeForm):
    code = forms.CharField(
        label=_("Code received by e-mail"),
        help_text=_("Eight figures; the dash is optional."),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}
        ),
    )

    def clean_code(self) -> str:
        """Compared with the print that the session keeps."""
        code: str = self.cleaned_data["code"]
        if not codes.is_the_one(code, self.expected_code or ""):
            raise get_adapter().validation_error("incorrect_code")
        return code


class ProofForm(forms.Form):
    code = forms.CharField(
        label=_("Code received by e-mail"),
        help_text=_("Eight figures; the dash is optional."),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}
        ),
    )


class CredentialForm(forms.Form):
    """What a passkey answered, put there by the script of the page."""

    credential = forms.JSONField(widget=forms.HiddenInput)


class PasskeyNameForm(forms.Form):
    name = forms.CharField(
        label=_("A name to recognise it by"),
        help_text=_("For example: my telephone, the computer of the office"),
        max_length=60,
        validators=[plain_name],
    )


class AddPasskeyForm(PasskeyNameForm, CredentialForm):
    field_order = ("name", "credential")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["credential"].error_messages["required"] = _(
            "Your browser did not answer. It may be too old, or refuse scripts."
        )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if passkeys.passkeys_of(self.user).count() >= passkeys.MOST:
            raise ValidationError(_("Twenty passkeys are enough: remove one first."))
        return cleaned


class NameForm(forms.Form):
    name = forms.CharField(
        label=_("Your first name and name"),
        help_text=_("Shown to the people who share a space with you."),
        max_length=120,
        required=False,
        validators=[plain_name],
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
