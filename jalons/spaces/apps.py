from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SpacesConfig(AppConfig):
    name = "jalons.spaces"
    verbose_name = _("spaces")
    audit_words = {
        "space.created": _("created the space"),
        "space.renamed": _("renamed the space"),
        "space.recognised": _("recognised the space"),
        "space.unrecognised": _("no longer recognises the space"),
        "invitation.sent": _("invited"),
        "invitation.renewed": _("sent a new link to"),
        "invitation.cancelled": _("cancelled the invitation of"),
        "invitation.accepted": _("accepted the invitation sent to"),
        "space.owner_named": _("named owner of the space, its owners being gone:"),
        "space.signs": _("said by what colleagues are recognised in the space"),
        "join.asked": _("asked to join the space"),
        "join.withdrawn": _("no longer asks to join the space"),
        "join.accepted": _("let into the space"),
        "join.refused": _("did not let into the space"),
        "membership.changed": _("changed the role of"),
        "membership.removed": _("removed from the space"),
        "membership.left": _("left the space"),
    }
