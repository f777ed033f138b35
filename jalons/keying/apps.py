from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KeyingConfig(AppConfig):
    name = "jalons.keying"
    audit_words = {
        "sheet.opened": _("opened a sheet to key for the survey"),
        "sheet.counted": _("counted a sheet keyed for the survey"),
        "sheet.deleted": _("deleted a sheet not counted of the survey"),
    }
