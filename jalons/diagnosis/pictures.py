"""The maps of a portrait: where the territory lies, and what its neighbours share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jalons.diagnosis.portrait import Portrait
from jalons.drawing.legends import Entry, legend
from jalons.drawing.maps import Area, Category, Shape, choropleth
from jalons.drawing.skins import PAGE, Skin
from jalons.drawing.svg import Plate
from jalons.territories.maps import map_shapes
from jalons.territories.models import Territory

Kind = Territory.Kind


@dataclass(frozen=True, slots=True)
class Picture:
    """A map, its title, what it shows in words, and the lines of its legend."""

    svg: SafeString
    title: str
    summary: str
    legend: list[Entry]


def locator(
    territory: Territory, groups: Sequence[Territory], skin: Skin = PAGE
) -> SafeString | None:
    """Where a territory lies; None for one without a contour.

    A commune is shown by its EPCI, an EPCI or a département among those of its région,
    a région among those of France. Two shapes only: the page stays light, and the links
    beside the map lead to the neighbours.
    """
    chosen, around = _window(territory, {one.kind: one for one in groups})
    if chosen is None:
        return None
    frame, shapes = map_shapes(around)
    here = [shape for shape in shapes if shape.code == chosen.code]
    if not here:
        return None
    others = "".join(shape.path for shape in shapes if shape.code != chosen.code)
    rest = Shape("around", _("Neighbouring territories"), others)
    return choropleth(
        frame,
        [Area(rest, "around", rest.name), Area(here[0], "here", chosen.name)],
        [Category("around", rest.name, "c1"), Category("here", chosen.name, "c3")],
        Plate(
            "locator",
            _("Where %(name)s lies") % {"name": chosen.name},
            _("The territory is darker than those around it."),
        ),
        skin,
    )


def _window(
    territory: Territory, groups: dict[str, Territory]
) -> tuple[Territory | None, QuerySet[Territory]]:
    """The territory to darken, and all those to draw."""
    if territory.kind == Kind.REGION:
        return territory, Territory.objects.regions()
    region = groups.get(Kind.REGION)
    if territory.kind == Kind.DEPARTEMENT and region is not None:
        return territory, Territory.objects.departements().within(region)
    epci = territory if territory.kind == Kind.EPCI else groups.get(Kind.EPCI)
    if epci is None or region is None:
        return None, Territory.objects.none()
    return epci, Territory.objects.epci().within(region)


def neighbourhood(portrait: Portrait, skin: Skin = PAGE) -> Picture | None:
    """The territory and its neighbours, those that share a weak point darker."""
    if not portrait.neighbours or not portrait.shared:
        return None
    mine = portrait.described
    codes = [mine.code, *(one.code for one in portrait.neighbours)]
    frame, shapes = map_shapes(Territory.objects.by_codes(codes))
    sharing: dict[str, list[str]] = {}
    for shared in portrait.shared:
        for code in shared.reach.sharing:
            sharing.setdefault(code, []).append(str(shared.figure.title))
    categories = [
        Category("mine", mine.name, "c3"),
        Category("sharing", _("Shares at least one of these points"), "c2"),
        Category("other", _("Shares none, or figure unknown"), "c0"),
    ]
    areas = [_area(shape, mine, sharing) for shape in shapes]
    title = _("Neighbours that share these points")
    summary = ngettext(
        "%(count)s of %(n)s neighbours shares at least one.",
        "%(count)s of %(n)s neighbours share at least one.",
        len(sharing),
    ) % {
        "count": len(sharing),
        "n": len(portrait.neighbours),
    }
    svg = choropleth(
        frame, areas, categories, Plate("neighbours", title, summary), skin
    )
    return Picture(svg, title, summary, legend(categories, skin))


def _area(shape: Shape, mine: Territory, sharing: dict[str, list[str]]) -> Area:
    href = reverse("diagnosis:show", kwargs={"code": shape.code})
    if shape.code == mine.code:
        return Area(shape, "mine", shape.name, href)
    if points := sharing.get(shape.code):
        said = {"name": shape.name, "points": ", ".join(points)}
        return Area(shape, "sharing", _("%(name)s: %(points)s") % said, href)
    return Area(shape, "other", shape.name, href)
