from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GazetteConfig(AppConfig):
    name = "jalons.gazette"
    audit_words = {
        "article.written": _("wrote the article:"),
        "article.published": _("published the article:"),
        "article.withdrawn": _("withdrew the article:"),
        "letter.written": _("wrote the letter:"),
        "letter.sent": _("sent to its subscribers the letter:"),
        "letter.subscribed": _("somebody subscribed to the letter of:"),
        "letter.stopped": _("somebody stopped the letter of:"),
    }
