from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StatementsConfig(AppConfig):
    name = "jalons.statements"
    audit_words = {
        "statement.audited": _("recorded an audit of accessibility made by"),
        "statement.audit_withdrawn": _("withdrew an audit of accessibility made by"),
        "statement.planned": _("wrote the plan of accessibility of"),
    }
