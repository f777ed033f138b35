from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommunityConfig(AppConfig):
    name = "jalons.community"
    audit_words = {
        "news.posted": _("wrote to the network:"),
        "news.answered": _("answered in the network:"),
        "news.followed": _("said where a problem stands:"),
        "news.published": _("let everybody read a message of the network:"),
        "news.kept_in": _("kept in the network a message proposed to everybody:"),
        "news.withdrawn": _("withdrew a message of the network:"),
        "news.reported": _("somebody reported a message of the network:"),
        "news.judged": _("answered the reports about a message:"),
        "reply.withdrawn": _("withdrew an answer in the network:"),
        "mailbox.asked": _("asked somebody whether they may be written to, for:"),
        "mailbox.agreed": _("somebody agreed to be written to, for:"),
        "mailbox.stopped": _("messages are no longer relayed to:"),
        "mailbox.written": _("somebody wrote to:"),
    }
