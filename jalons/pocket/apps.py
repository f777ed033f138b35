from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PocketConfig(AppConfig):
    name = "jalons.pocket"
    audit_words = {"round.file": _("brought a file of a phone of the field survey")}
