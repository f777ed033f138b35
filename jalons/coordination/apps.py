from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoordinationConfig(AppConfig):
    name = "jalons.coordination"
    audit_words = {
        "body.saved": _("wrote how a body works:"),
        "body.removed": _("said that a group is no body any more:"),
        "sitting.attached": _("said at which meeting a body sits:"),
        "sitting.detached": _("said that a body did not sit at a meeting:"),
        "decision.written": _("wrote what a body decided:"),
        "decision.changed": _("said what became of a decision:"),
        "agreement.saved": _("noted an agreement between actors:"),
        "agreement.removed": _("removed an agreement between actors:"),
        "stage.marked": _("said that a stage of the coordination is done:"),
        "stage.undone": _("said that a stage of the coordination is not done:"),
        "contribution.noted": _("noted what an actor gives:"),
        "contribution.changed": _("changed what an actor gives:"),
        "contribution.removed": _("removed what an actor gives:"),
        "contributions.imported": _("imported what actors give:"),
        "online_service.noted": _("noted what an actor asks online:"),
        "online_service.removed": _("removed what an actor asks online:"),
    }
