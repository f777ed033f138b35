from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SteeringConfig(AppConfig):
    name = "jalons.steering"
    audit_words = {
        "action.waits": _("said what an action waits for:"),
        "action.waits_no_more": _("said that an action no longer waits:"),
        "action.placed": _("placed by effort and effect:"),
        "calendar.opened": _("asked for the address of the calendar of"),
        "calendar.closed": _("closed the address of the calendar of"),
        "reminders.chosen": _("chose how often to be reminded of the actions"),
        "reminders.stopped": _("somebody stopped the reminders by a link"),
    }
