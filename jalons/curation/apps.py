from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CurationConfig(AppConfig):
    name = "jalons.curation"
    audit_words = {
        "place_import.confirmed": _("confirmed a file of places"),
        "place_import.undone": _("undid a file of places"),
        "place.corrected": _("corrected a place"),
        "place.merged": _("merged two places"),
        "place.parted": _("undid the merging of two places"),
        "place.told_apart": _("said that two places are not the same"),
        "place_report.closed": _("answered a report about a place"),
    }
