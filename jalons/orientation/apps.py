from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrientationConfig(AppConfig):
    name = "jalons.orientation"
    audit_words = {
        "slip.made": _("prepared an orientation slip:"),
        "slip.sent": _("told a place about an orientation slip:"),
        "slip.cancelled": _("cancelled an orientation slip:"),
        "slip.followed": _("told what became of an orientation slip:"),
    }
