from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeetingsConfig(AppConfig):
    name = "jalons.meetings"
    audit_words = {
        "meeting.added": _("noted a meeting:"),
        "meeting.changed": _("changed a meeting:"),
        "meeting.guests": _("chose who is invited to a meeting:"),
        "meeting.invited": _("sent the invitations to a meeting:"),
        "meeting.attended": _("noted who took part in a meeting:"),
        "meeting.unattended": _("removed a line of an attendance sheet:"),
    }
