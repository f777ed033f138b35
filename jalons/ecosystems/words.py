"""A resource map in a drawing and in sentences, for pages, the room and files."""

from __future__ import annotations

from typing import cast

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jalons.drawing.hubs import Corner, Kind, Spoke, draw_hub
from jalons.drawing.skins import PAGE, Skin
from jalons.drawing.svg import Plate
from jalons.ecosystems.figures import Chart
from jalons.ecosystems.models import Link, ResourceMap
from jalons.ecosystems.operations import Drawn


def draw_chart(chart: Chart, map: ResourceMap, skin: Skin = PAGE) -> SafeString:
    """One centre with its four categories; the table says the same."""
    corners = [
        Corner(
            str(group.category.label),
            [
                Spoke(one.resource.name, cast("Kind", one.status.value))
                for one in group.ties
            ],
            _("nothing yet"),
        )
        for group in chart.groups
    ]
    legend = [(cast("Kind", one.value), str(one.label)) for one in Link.Status]
    plate = Plate(
        svg_id=f"hub-{chart.centre.pk}",
        title=str(chart.centre),
        description=_("The table says the same, resource by resource."),
        watermark=_("SIMULATED") if map.is_simulated else None,
    )
    return draw_hub(str(chart.centre), corners, legend, plate, skin)


def coverage_words(chart: Chart) -> str:
    """How far a centre is covered, in one or two sentences.

    Missing is not zero: a map without resources says that none was named.
    """
    if not chart.ties:
        return _("No resource is named yet.")
    n = len(chart.ties)
    said = ngettext(
        "%(work)s of the %(n)s resource named is already at work, %(dashed)s is known "
        "and not reached yet.",
        "%(work)s of the %(n)s resources named are already at work, %(dashed)s are "
        "known and not reached yet.",
        n,
    ) % {"work": chart.at_work, "n": n, "dashed": len(chart.dashed)}
    if chart.uncovered:
        named = ", ".join(one.lower() for one in chart.uncovered)
        said += " " + _("Nothing is at work yet for: %(named)s.") % {"named": named}
    return said


def crossed_words(link: Link, crossed: Link) -> str:
    """What somebody had drawn on the line that a sheet changes."""
    return _("%(resource)s: %(hand)s had just said “%(status)s”; talk it over.") % {
        "resource": link.resource.name,
        "hand": crossed.by or "–",
        "status": crossed.get_status_display(),
    }


def drawn_words(drawn: Drawn) -> str:
    """That it is kept; and, when somebody had changed it meanwhile, what they said."""
    if drawn.crossed is None:
        return _("The link is kept.")
    crossed = drawn.crossed
    return _(
        "Kept. %(hand)s had just said “%(status)s”: it stays in what was said before; "
        "talk it over."
    ) % {"hand": crossed.by or "–", "status": crossed.get_status_display()}
