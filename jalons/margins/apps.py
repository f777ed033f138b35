from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MarginsConfig(AppConfig):
    name = "jalons.margins"
    audit_words = {
        "comment.written": _("commented on"),
        "comment.settled": _("settled a comment on"),
        "comment.reopened": _("opened again a comment on"),
        "comment.removed": _("took back a comment on"),
    }
