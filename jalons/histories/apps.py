from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HistoriesConfig(AppConfig):
    name = "jalons.histories"
    audit_words = {
        "roadmap.line_restored": _("put back as it was:"),
        "document.part_restored": _("put back the words of a part of the document:"),
    }
