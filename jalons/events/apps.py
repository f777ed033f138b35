from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    name = "jalons.events"
    audit_words = {
        "event.added": _("prepared an event:"),
        "event.changed": _("changed an event:"),
        "event.published": _("put in the public agenda:"),
        "event.cancelled": _("cancelled an event:"),
        "event.followed": _("changed what is left of an event:"),
        "event.proposed": _("proposed the next session to those registered:"),
        "event.registered": _("somebody registered to:"),
        "event.withdrawn": _("somebody gave their place back at:"),
        "event.present": _("noted somebody registered as present at:"),
        "event.asked": _("somebody asked a question about:"),
        "event.answered": _("answered or showed a question about:"),
        "event.refused": _("did not show a question about:"),
    }
