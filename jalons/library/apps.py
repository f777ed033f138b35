from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LibraryConfig(AppConfig):
    name = "jalons.library"
    audit_words = {
        "sheet.written": _("wrote a sheet of the library:"),
        "sheet.published": _("published a sheet of the library:"),
        "sheet.withdrawn": _("withdrew a sheet of the library:"),
        "sheet.restored": _("took up an older version of a sheet:"),
        "witness.asked": _("asked somebody to be named as the contact of a sheet:"),
        "witness.agreed": _("somebody agreed to be the contact of a sheet:"),
        "witness.removed": _("the contact of a sheet was erased:"),
    }
