"""The maturity map, for the page and for paper."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from jalons.drawing.legends import Entry, legend
from jalons.drawing.maps import Area, Category, Shape, choropleth
from jalons.drawing.skins import CLASS_FILLS, PAGE, Skin
from jalons.drawing.svg import Plate
from jalons.observatory import sentences
from jalons.observatory.restitution import Restitution
from jalons.observatory.results import NO_ANSWER, NOT_PUBLISHED
from jalons.observatory.tables import fills, state_text
from jalons.territories.maps import map_shapes
from jalons.territories.models import Territory

MAP_ID = "maturity-map"


@dataclass(frozen=True, slots=True)
class Key:
    """A line of the legend; a plain `fill` needs no drawing on the page."""

    entry: Entry
    fill: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A map, its title, what it shows in words, and the lines of its legend."""

    svg: SafeString
    title: str
    summary: str
    keys: list[Key]

    @property
    def legend(self) -> list[Entry]:
        return [key.entry for key in self.keys]


def maturity_map(
    shown: Restitution, skin: Skin = PAGE, *, departement: str = ""
) -> Picture | None:
    """Each EPCI in the colour of its class, or with the pattern that says why not.

    None without classes, nor without contours: the table says the same.
    """
    if not shown.has_classes:
        return None
    spots = {
        spot.code: spot
        for spot in shown.figures.spots
        if not departement or spot.departement == departement
    }
    frame, shapes = map_shapes(Territory.objects.by_codes(spots))
    if not shapes:
        return None
    areas = [
        Area(
            shape=shape,
            category=spots[shape.code].state,
            label=_("%(name)s: %(state)s")
            % {
                "name": shape.name,
                "state": sentences.lowered(state_text(spots[shape.code], shown.words)),
            },
            href=reverse("front:territory", args=[shape.code]),
        )
        for shape in shapes
    ]
    used = {area.category for area in areas}
    categories = [one for one in _categories(shown) if one.code in used]
    title = _("Level of progress, by EPCI")
    summary = sentences.map_summary(spots.values(), shown.figures.classes, shown.words)
    svg = choropleth(
        frame,
        areas,
        categories,
        Plate(MAP_ID, title, summary, shown.watermark),
        skin,
        outlines=_outlines(shown, departement),
    )
    keys = [
        Key(entry, category.fill if category.fill in CLASS_FILLS else "")
        for entry, category in zip(legend(categories, skin), categories, strict=True)
    ]
    return Picture(svg, title, summary, keys)


def _categories(shown: Restitution) -> list[Category]:
    classes = shown.figures.classes
    filled = [
        Category(code, shown.words.state(code), fill)
        for code, fill in zip(classes, fills(len(classes)), strict=True)
    ]
    return [
        *filled,
        Category(NOT_PUBLISHED, shown.words.state(NOT_PUBLISHED), "crossed"),
        Category(NO_ANSWER, shown.words.state(NO_ANSWER), "hatched"),
    ]


def _outlines(shown: Restitution, departement: str) -> list[Shape]:
    """The borders of the départements as a single shape: fewer elements on the page."""
    codes = (
        [departement] if departement else [d.code for d in shown.figures.departements]
    )
    _frame, shapes = map_shapes(Territory.objects.by_codes(codes))
    path = "".join(shape.path for shape in shapes)
    return [Shape("departements", _("Départements"), path)] if path else []
