from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IndicesConfig(AppConfig):
    name = "jalons.indices"
    audit_words = {
        "definition.loaded": _("loaded a version of the index"),
        "result.frozen": _("froze a result of the index"),
    }
