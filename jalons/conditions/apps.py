from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConditionsConfig(AppConfig):
    name = "jalons.conditions"
    audit_words = {
        "condition.appraised": _("said where a condition of success stands:"),
    }
