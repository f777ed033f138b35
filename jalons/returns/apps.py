from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReturnsConfig(AppConfig):
    name = "jalons.returns"
    audit_words = {
        "returns.sent": _("sent territories their return of the survey"),
        "return.addressed": _("changed the address of a return:"),
        "return.withdrawn": _("withdrew the link of a return:"),
        "return.sent_again": _("sent a return again, by a new link:"),
    }
