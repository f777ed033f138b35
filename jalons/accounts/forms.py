from __future__ import annotations

from allauth.account.forms import ConfirmLoginCodeForm, RequestLoginCodeForm
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

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


class NameForm(forms.Form):
    name = forms.CharField(
        label=_("Your first name and name"),
        help_text=_("Shown to the people who share a space with you."),
        max_length=120,
        required=False,
        validators=[plain_name],
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
