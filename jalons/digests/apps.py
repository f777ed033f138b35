from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DigestsConfig(AppConfig):
    name = "jalons.digests"
    audit_words = {
        "mails.chosen": _("chose how often to be written to"),
        "mails.stopped": _("somebody stopped their mails by a link"),
    }
