from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
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
