from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DirectoryConfig(AppConfig):
    name = "jalons.directory"
    audit_words = {
        "places.imported": _("imported a list of places"),
        "contact.agreed": _("recorded that a professional agrees to be shown"),
    }
