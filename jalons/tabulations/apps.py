from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TabulationsConfig(AppConfig):
    name = "jalons.tabulations"
    audit_words = {
        "tabulation.kept": _("kept a table of the analysis desk"),
        "tabulation.removed": _("removed a table of the analysis desk"),
        "code_book.created": _("opened a code book"),
        "code_book.changed": _("changed the codes of a code book"),
        "answers.coded": _("coded open answers"),
    }
