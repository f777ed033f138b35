"""The pages where the work of each step is done."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from jalons.roadmaps.models import Roadmap
from jalons.spaces.access import Right, may
from jalons.spaces.models import Role
from jalons.steps.definitions import Step


@dataclass(frozen=True, slots=True)
class Tool:
    """A page, and the right that it wants."""

    words: str
    url: str
    right: Right = Right.READ
    # Whether saving there leads back to the step.
    comes_back: bool = False


def tools_of(step: Step, roadmap: Roadmap, role: Role | None) -> list[Tool]:
    """Those of a step that this role opens, in the order of the file."""
    known = _tools(roadmap)
    found = [known[code] for code in step.tools]
    return [one for one in found if may(role, one.right)]


def _tools(roadmap: Roadmap) -> dict[str, Tool]:
    space, territory = [roadmap.space_id], roadmap.space.territory_id
    ours = [roadmap.pk]
    return {
        "sheet": Tool(
            _("The project sheet"),
            reverse("roadmaps:edit", args=ours),
            Right.EDIT,
        ),
        "plan": Tool(
            _("Stakes, workstreams, actions"), reverse("roadmaps:show", args=ours)
        ),
        "document": Tool(_("The document"), reverse("adoption:show", args=ours)),
        "adopt": Tool(
            _("Reuse workshop results"),
            reverse("roadmaps:adopt", args=ours),
            Right.CONTRIBUTE,
        ),
        "actors": Tool(_("The actors"), reverse("actors:list", args=space)),
        "roles": Tool(
            _("Who does what, and how far?"),
            reverse("actors:grid", args=[*space, "roles"]),
        ),
        "meetings": Tool(
            _("The meetings and their workshops"), reverse("meetings:list", args=space)
        ),
        "funding": Tool(_("The funding plan"), reverse("funding:plan", args=ours)),
        "evaluation": Tool(_("What it changes"), reverse("evaluation:show", args=ours)),
        "communication": Tool(
            _("Communication"), reverse("communication:show", args=ours)
        ),
        "conditions": Tool(
            _("The nine conditions of success"),
            reverse("steps:conditions", args=ours),
        ),
        "maps": Tool(_("The resource maps"), reverse("ecosystems:list", args=space)),
        "diagnosis": Tool(_("The diagnoses"), reverse("diagnosis:list", args=space)),
        "rounds": Tool(_("The field surveys"), reverse("rounds:list", args=space)),
        "surveys": Tool(_("The surveys"), reverse("surveys:list", args=space)),
        "places": Tool(_("The places"), reverse("curation:list", args=space)),
        "community": Tool(_("The network"), reverse("community:list", args=space)),
        "portrait": Tool(
            _("The territories that resemble yours"),
            reverse("diagnosis:show", args=[territory]),
        ),
    }
