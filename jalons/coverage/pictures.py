"""The map of the levels: light where a place is near, dark where help is far."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from jalons.analysis.gaps import Level
from jalons.coverage import words
from jalons.coverage.figures import Coverage
from jalons.drawing.legends import Entry, legend
from jalons.drawing.maps import Category
from jalons.drawing.skins import PAGE
from jalons.drawing.svg import Plate
from jalons.territories.maps import Shade, communes_within
from jalons.territories.models import Territory

FILLS = {
    Level.NEAR: "c0",
    Level.WITHIN_REACH: "c1",
    Level.FAR: "c2",
    Level.OUT_OF_REACH: "c3",
    Level.UNKNOWN: "hatched",
}


@dataclass(frozen=True, slots=True)
class Picture:
    """A map, and the lines of its legend."""

    svg: str
    legend: list[Entry]


def level_map(found: Coverage) -> Picture | None:
    """None when no contour of these communes is loaded: the table says the same.

    A région is read département by département: its thousands of communes would make
    a heavy page, on which none could be found.
    """
    if found.ground.territory.kind == Territory.Kind.REGION:
        return None
    categories = [
        Category(level.value, str(words.LEVELS[level]), fill)
        for level, fill in FILLS.items()
        if level is Level.UNKNOWN or found.at(level)
    ]
    shades = {
        one.code: Shade(
            one.level.value,
            f"{words.way(one.way(found.period), found.scale)}, "
            f"{words.LEVELS[one.level]}",
        )
        for one in found.communes
    }
    plate = Plate(
        "coverage",
        _("How far is help, %(when)s?") % {"when": words.PERIODS[found.period]},
        _("The darker, the farther. The table says the same, commune by commune."),
        watermark=_("SIMULATED") if found.is_simulated else None,
    )
    otherwise = Shade(Level.UNKNOWN.value, str(words.LEVELS[Level.UNKNOWN]))
    svg = communes_within(found.ground.territory, shades, otherwise, categories, plate)
    if svg is None:
        return None
    return Picture(svg, legend(categories, PAGE))
