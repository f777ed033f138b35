"""The map of the home page: densities of a region."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

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

# The region whose figures come with the project.
HOME_REGION = "R75"


@dataclass(frozen=True, slots=True)
class Picture:
    """A map, the lines of its legend, and what it shows in words: names by class."""

    svg: SafeString
    legend: list[Entry]
    told: list[tuple[str, list[str]]]


def densities(region: Territory | None = None) -> Picture | None:
    """The EPCI of a region by density, one shape a class; None without figures."""
    region = region or Territory.objects.filter(code=HOME_REGION).first()
    if region is None:
        return None
    frame, shapes = map_shapes(Territory.objects.epci().within(region))
    levels = inhabitants_by_level([shape.code for shape in shapes])
    paths: dict[str, str] = defaultdict(str)
    names: dict[str, list[str]] = defaultdict(list)
    for shape in shapes:
        if found := shape.code in levels and density_class(levels[shape.code]):
            paths[found] += shape.path
            names[found].append(shape.name)
    if not paths:
        return None
    categories = _categories()
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
            _("The groups of communes (EPCI) by density: %(name)s")
            % {"name": region.name},
            _("Towns stand out from sparsely populated places."),
        ),
        PAGE,
    )
    told = [(one.label, names[one.code]) for one in categories]
    return Picture(svg, legend(categories, PAGE), told)


def _categories() -> list[Category]:
    return [
        Category("very_sparse", _("Very sparsely populated"), "c0"),
        Category("sparse", _("Sparsely populated"), "c1"),
        Category("dense", _("Densely populated"), "c2"),
        Category("very_dense", _("Very densely populated"), "c3"),
    ]
