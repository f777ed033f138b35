from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FundingConfig(AppConfig):
    name = "jalons.funding"
    audit_words = {
        "scheme.loaded": _("loaded funding schemes from a file:"),
        "scheme.searched": _("asked Aides-territoires for schemes:"),
        "scheme.removed": _("removed a funding scheme:"),
        "grant.asked": _("wrote a request for money:"),
        "grant.changed": _("changed a request for money:"),
        "grant.removed": _("removed a request for money:"),
    }
