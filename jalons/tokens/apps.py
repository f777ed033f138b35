from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TokensConfig(AppConfig):
    name = "jalons.tokens"
    audit_words = {
        "token.given": _("made the program key"),
        "token.revoked": _("revoked the program key"),
        "token.used": _("wrote with the program key"),
    }
