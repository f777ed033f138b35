from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SynthesisConfig(AppConfig):
    name = "jalons.synthesis"
    audit_words = {
        "synthesis.started": _("started the synthesis of the survey"),
        "synthesis.changed": _("changed the synthesis of the survey"),
        "synthesis.published": _("published the synthesis of the survey"),
        "synthesis.withdrawn": _("withdrew the synthesis of the survey"),
    }
