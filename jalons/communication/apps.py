from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommunicationConfig(AppConfig):
    name = "jalons.communication"
    audit_words = {
        "announcement.planned": _("planned to make known:"),
        "announcement.changed": _("changed what is made known:"),
        "announcement.removed": _("gave up making known:"),
    }
