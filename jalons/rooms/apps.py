from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RoomsConfig(AppConfig):
    name = "jalons.rooms"
    audit_words = {
        "workshop.taken_out": _("took a workshop out to a room without network:"),
        "workshop.side_chosen": _("chose a side where a workshop and its room differ:"),
        "workshop.brought_back": _("brought back a workshop from a room:"),
    }
