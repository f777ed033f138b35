from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RoundsConfig(AppConfig):
    name = "jalons.rounds"
    audit_words = {
        "round.created": _("prepared the field survey"),
        "round.revoked": _("stopped every phone of the field survey"),
        "round.quotas": _("set how many people the field survey would like to meet"),
        "population.loaded": _("loaded inhabitants by sex and age"),
        "surveyor.added": _("added a surveyor to the field survey"),
        "surveyor.renewed": _("made a new code for a surveyor of the field survey"),
        "surveyor.revoked": _("stopped a surveyor of the field survey"),
        "device.enrolled": _("signed in on a phone for the field survey"),
        "device.revoked": _("stopped a phone of the field survey"),
    }
