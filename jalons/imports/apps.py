from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImportsConfig(AppConfig):
    name = "jalons.imports"
    audit_words = {
        "import.confirmed": _("asked to record a file of answers to the survey"),
        "import.recorded": _("recorded a file of answers to the survey"),
        "import.undone": _("undid the import of a file of answers to the survey"),
        "mapping.saved": _("kept a mapping of columns for the space"),
        "mapping.forgotten": _("forgot a mapping of columns of the space"),
    }
