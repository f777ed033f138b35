from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ResourcesConfig(AppConfig):
    name = "jalons.resources"
    audit_words = {
        "proposal.sent": _("somebody proposed to everybody:"),
        "proposal.asked": _("asked for more about a proposal:"),
        "proposal.completed": _("somebody completed a proposal:"),
        "proposal.passed_on": _("passed on a proposal to another team:"),
        "proposal.accepted": _("accepted a proposal:"),
        "proposal.refused": _("refused a proposal:"),
        "resource.published": _("published a resource:"),
        "resource.withdrawn": _("withdrew a resource:"),
    }
