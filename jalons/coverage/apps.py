from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoverageConfig(AppConfig):
    name = "jalons.coverage"
    audit_words = {
        "travel_times.loaded": _("loaded travel times:"),
        "travel_times.removed": _("removed travel times:"),
    }
