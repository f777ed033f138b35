from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublicationsConfig(AppConfig):
    name = "jalons.publications"
    audit_words = {
        "report.written": _("wrote the synthesis of the région"),
        "report.published": _("published the synthesis of the région"),
        "report.withdrawn": _("withdrew a version of the synthesis of the région"),
    }
