from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DiagnosisConfig(AppConfig):
    name = "jalons.diagnosis"
    audit_words = {
        "diagnosis.started": _("started the diagnosis"),
        "findings.refreshed": _("brought the findings up to date"),
        "finding.added": _("added a finding"),
        "finding.reviewed": _("reviewed a finding"),
        "visit.logged": _("recorded a visit"),
        "communication.logged": _("recorded a communication"),
        "step.finished": _("finished a step of the hour"),
        "step.reopened": _("reopened a step of the hour"),
    }
