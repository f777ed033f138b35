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
        "visit.changed": _("changed what was written of a visit"),
        "notes.written": _("noted something at a step of the hour"),
        "step.skipped": _("passed over a step of the hour"),
        "step.resumed": _("resumed a step of the hour"),
    }
