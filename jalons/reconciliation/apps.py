from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReconciliationConfig(AppConfig):
    name = "jalons.reconciliation"
    audit_words = {
        "reconciliation.chosen": _("chose how several answers become one in"),
        "reconciliation.dropped": _("came back to the choice of the whole survey in"),
        "wave.opened": _("did a survey again:"),
        "validation.asked": _("asked an EPCI to validate its answer to the survey"),
        "validation.decided": _("an EPCI decided about its answer to the survey"),
    }
