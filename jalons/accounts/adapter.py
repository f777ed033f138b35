from __future__ import annotations

from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http.request import split_domain_port
from django.utils.translation import gettext_lazy as _


class AccountAdapter(DefaultAccountAdapter):
    """What allauth says to people, in the words of this site."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "incorrect_code": _(
            "This is not the code we sent. Copy the eight figures of the last "
            "message received."
        ),
        "too_many_login_attempts": _(
            "This code was tried too many times. Ask for a new one."
        ),
        "rate_limited": _("Please wait a few minutes before asking for a new code."),
    }


class PasskeyAdapter(DefaultMFAAdapter):
    """Which site passkeys are made for, and when a code does not suffice."""

    def is_mfa_enabled(self, user: object, types: object = None) -> bool:
        """A passkey replaces the code; it is not asked for after it."""
        return False

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        host, _port = split_domain_port(context.request.get_host())
        if settings.IS_ENCRYPTED:
            host = urlsplit(settings.SITE_URL).hostname or host
        return {"id": host, "name": "Jalons"}
