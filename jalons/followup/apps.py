from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FollowupConfig(AppConfig):
    name = "jalons.followup"
    audit_words = {
        "action.standing_told": _("said how an action stands:"),
        "action.placed_in_communes": _("said in which communes an action takes place:"),
        "progress.reviewed": _("kept a progress review:"),
        "progress.comment_changed": _("changed the comment of a progress review:"),
        "progress.decided": _("noted a decision of a progress review:"),
        "progress.decision_followed": _("said what became of a decision:"),
    }
