from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PanelsConfig(AppConfig):
    name = "jalons.panels"
    audit_words = {
        "panel.opened": _("opened a mini-survey of people helped:"),
        "panel.codes_printed": _("printed codes of a mini-survey:"),
        "panel.closed": _("closed a mini-survey:"),
        "panel.answers_loaded": _("loaded answers of a mini-survey from a file:"),
    }
    computed_indicators = {
        "R2": "jalons.panels.gaining.skills_gained",
        "R3": "jalons.panels.gaining.confidence_gained",
    }
