"""The maps of the front pages: where a territory lies, densities of a region."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from jalons.analysis.context import density_class
from jalons.drawing.legends import Entry, legend
from jalons.drawing.maps import Area, Category, Shape, choropleth
from jalons.drawing.skins import PAGE
from jalons.drawing.svg import Plate
from jalons.indicators.figures import inhabitants_by_level
from jalons.territories.maps import map_shapes
from jalons.territories.models import Territory

Kind = Territory.Kind
# The region whose figures come with the project.
HOME_REGION = "R75"


@dataclass(frozen=True, slots=True)
class Picture:
    """A map and the lines of its legend."""

    svg: SafeString
    legend: list[Entry]


def densities() -> Picture | None:
    """The EPCI of a region by density, one shape a class; None without figures."""
    frame, shapes = map_shapes(Territory.objects.epci().within(HOME_REGION))
    levels = inhabitants_by_level([shape.code for shape in shapes])
    paths: dict[str, str] = defaultdict(str)
    for shape in shapes:
        if found := shape.code in levels and density_class(levels[shape.code]):
            paths[found] += shape.path
    if not paths:
        return None
    labels = {
        "very_sparse": (_("Very sparsely populated"), "c0"),
        "sparse": (_("Sparsely populated"), "c1"),
        "dense": (_("Densely populated"), "c2"),
        "very_dense": (_("Very densely populated"), "c3"),
    }
    categories = [Category(code, *words) for code, words in labels.items()]
    areas = [
        Area(Shape(one.code, one.label, paths[one.code]), one.code, one.label)
        for one in categories
        if one.code in paths
    ]
    svg = choropleth(
        frame,
        areas,
        categories,
        Plate(
            "densities",
            _("The EPCI of Nouvelle-Aquitaine by density"),
            _("Towns stand out; most of the region is sparsely populated."),
        ),
        PAGE,
    )
    return Picture(svg, legend(categories, PAGE))


def locator(territory: Territory, groups: Sequence[Territory]) -> SafeString | None:
    """Where a territory lies; None for one without a contour.

    A commune is shown by its EPCI, an EPCI among those of its région, a département
    or a région among those of France. Two shapes only: the page stays light, and the
    links beside the map lead to the neighbours.
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
        PAGE,
    )


def _window(
    territory: Territory, groups: dict[str, Territory]
) -> tuple[Territory | None, QuerySet[Territory]]:
    """The territory to darken, and all those to draw."""
    if territory.kind == Kind.REGION:
        return territory, Territory.objects.regions()
    if territory.kind == Kind.DEPARTEMENT:
        return territory, Territory.objects.departements()
    epci = territory if territory.kind == Kind.EPCI else groups.get(Kind.EPCI)
    region = groups.get(Kind.REGION)
    if epci is None or region is None:
        return None, Territory.objects.none()
    return epci, Territory.objects.epci().within(region)
