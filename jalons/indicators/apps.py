from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IndicatorsConfig(AppConfig):
    name = "jalons.indicators"
    audit_words = {
        "release.loaded": _("loaded a file of figures"),
        "release.undone": _("took a file of figures back"),
        "release.returned": _("brought back the figures that a file had replaced"),
        "load.restarted": _("started the loading of a file again"),
    }
