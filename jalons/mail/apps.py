from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MailConfig(AppConfig):
    name = "jalons.mail"
    audit_words = {
        "mail.said_arrived": _("said that an uncertain mail had arrived:"),
        "mail.sent_again": _("had an uncertain mail sent again:"),
        "address.said_dead": _("said that an address no longer works:"),
        "address.said_alive": _("said that an address works again:"),
    }
