from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RoadmapsConfig(AppConfig):
    name = "jalons.roadmaps"
    audit_words = {
        "roadmap.started": _("started a roadmap:"),
        "roadmap.changed": _("changed the sheet of a roadmap:"),
        "roadmap.stake_added": _("wrote a stake:"),
        "roadmap.stake_changed": _("changed a stake:"),
        "roadmap.stake_adopted": _("took up a stake:"),
        "roadmap.themes_adopted": _("took up priority themes in the roadmap:"),
        "roadmap.maturity_shown": _("put points of maturity in the document of:"),
        "roadmap.stake_removed": _("removed a stake:"),
        "roadmap.workstream_added": _("wrote a key workstream:"),
        "roadmap.workstream_changed": _("changed a key workstream:"),
        "roadmap.workstream_adopted": _("took up a key workstream:"),
        "roadmap.workstream_removed": _("removed a key workstream:"),
        "roadmap.action_added": _("wrote an action:"),
        "roadmap.action_changed": _("changed an action:"),
        "roadmap.action_removed": _("removed an action:"),
        "roadmap.action_studied": _("studied whether an action is feasible:"),
        "roadmap.inspiration_added": _("examined what others tried:"),
        "roadmap.inspiration_changed": _("changed what is said of an experience:"),
        "roadmap.inspiration_removed": _("removed an experience:"),
        "roadmap.maps_chosen": _("chose the resource maps of a roadmap:"),
        "roadmap.reordered": _("moved in the roadmap:"),
    }
