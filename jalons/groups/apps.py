from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GroupsConfig(AppConfig):
    name = "jalons.groups"
    audit_words = {
        "group.added": _("added a group of actors:"),
        "group.changed": _("changed a group of actors:"),
        "group.ended": _("ended a group of actors:"),
        "seat.taken": _("noted a member of a group:"),
        "seat.changed": _("changed a member of a group:"),
        "seat.ended": _("noted that a member left a group:"),
        "seat.removed": _("removed a member noted by mistake:"),
        "seats.imported": _("imported the members of a group:"),
    }
