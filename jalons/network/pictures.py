"""The territories followed on a map: those that the filters keep, as the table says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jalons.drawing.legends import Entry, legend
from jalons.drawing.maps import Area, Category, choropleth
from jalons.drawing.skins import PAGE
from jalons.drawing.svg import Plate
from jalons.network.cockpit import Cockpit, Row
from jalons.observatory.tables import fills
from jalons.spaces.models import Space
from jalons.territories.maps import map_shapes
from jalons.territories.models import Territory

MAP_ID = "cockpit-map"
UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Picture:
    """A map, what it shows in words, and the lines of its legend."""

    svg: SafeString
    summary: str
    legend: Sequence[Entry]


def cockpit_map(space: Space, cockpit: Cockpit, rows: Sequence[Row]) -> Picture | None:
    """Each territory in the shade of its level, or with the pattern of no answer.

    None without contours: the table says the same.
    """
    by_code = {one.code: one for one in rows}
    frame, shapes = map_shapes(Territory.objects.by_codes(by_code))
    if not shapes:
        return None
    areas = [
        Area(
            shape=shape,
            category=by_code[shape.code].class_code or UNKNOWN,
            label=_label(by_code[shape.code], cockpit),
            href=reverse("network:territory", args=[space.pk, shape.code]),
        )
        for shape in shapes
    ]
    used = {one.category for one in areas}
    kinds = [one for one in _categories(cockpit) if one.code in used]
    summary = _summary(rows, cockpit)
    plate = Plate(MAP_ID, _("Level of progress, by EPCI"), summary, _mark(cockpit))
    return Picture(
        choropleth(frame, areas, kinds, plate, PAGE), summary, legend(kinds, PAGE)
    )


def _categories(cockpit: Cockpit) -> list[Category]:
    classes = cockpit.classes
    words = cockpit.survey.words.state if cockpit.survey else str
    filled = [
        Category(code, words(code), fill)
        for code, fill in zip(classes, fills(len(classes)), strict=True)
    ]
    return [*filled, Category(UNKNOWN, _("no answer"), "hatched")]


def _label(row: Row, cockpit: Cockpit) -> str:
    words = cockpit.class_words(row) or _("no answer")
    if row.is_target(cockpit.classes):
        words = f"{words}, {_('to support first')}"
    return _("%(name)s: %(state)s") % {"name": row.name, "state": words}


def _summary(rows: Sequence[Row], cockpit: Cockpit) -> str:
    answered = sum(one.class_code is not None for one in rows)
    first = sum(one.is_target(cockpit.classes) for one in rows)
    words = ngettext(
        "%(n)s territory drawn; %(answered)s answered the survey, %(first)s to support "
        "first.",
        "%(n)s territories drawn; %(answered)s answered the survey, %(first)s to "
        "support first.",
        len(rows),
    )
    return words % {"n": len(rows), "answered": answered, "first": first}


def _mark(cockpit: Cockpit) -> str | None:
    return _("SIMULATED") if cockpit.is_simulated else None
