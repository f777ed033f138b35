"""The communes of a territory on a map: shades of the index, else of what is known."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jalons.diagnosis import words
from jalons.diagnosis.commune_sentences import said
from jalons.diagnosis.communes import Commune, Communes, Measure
from jalons.drawing.legends import Entry, legend, pin
from jalons.drawing.maps import Category
from jalons.drawing.skins import PAGE, Skin
from jalons.drawing.svg import Plate
from jalons.indices.words import percent
from jalons.territories.maps import Shade, communes_within
from jalons.territories.models import Territory


@dataclass(frozen=True, slots=True)
class CommuneMap:
    """The map, what it shows in words, and its legend."""

    svg: str
    title: str
    summary: str
    legend: list[Entry]


def is_light(found: Communes | None) -> bool:
    """Whether the map may stand in the middle of a page: not that of a région."""
    return found is not None and found.territory.kind != Territory.Kind.REGION


def commune_map(found: Communes | None, skin: Skin = PAGE) -> CommuneMap | None:
    """The communes in a few shades; None when there is nothing to tell apart."""
    if found is None or not found.is_drawn:
        return None
    measure = found.measure
    shades = {
        one.code: _by_figure(one, measure) if measure else _by_index(one)
        for one in found.every
    }
    used = {shade.category for shade in shades.values()}
    every = _of_figure(measure) if measure else _of_index()
    categories = [one for one in every if one.code in used]
    title = _("The communes of %(name)s") % {"name": found.territory.name}
    summary = " ".join(said(found)[:-1])
    svg = communes_within(
        found.territory,
        shades,
        Shade("unknown", _("no score")),
        categories,
        Plate("communes", title, summary),
        skin,
        pinned={one.code for one in found.with_districts},
    )
    if svg is None:
        return None
    lines = legend(categories, skin)
    if found.with_districts:
        lines.append(pin("districts", _("Has a priority district (QPV)"), skin))
    return CommuneMap(svg, title, summary, lines)


def _of_index() -> list[Category]:
    return [
        Category("fragile", _("Fragile in most of the ways of computing"), "c3"),
        Category("other", _("Not fragile in most of them"), "c0"),
        Category("borrowed", _("Above all the value of the EPCI"), "dotted"),
        Category("unknown", _("No score: too few figures"), "hatched"),
    ]


def _of_figure(measure: Measure) -> list[Category]:
    """From the quarter that calls for attention, the darkest, to the other one."""
    low = words.text(measure.low, measure.unit)
    high = words.text(measure.high, measure.unit)
    under, above = (
        _("Under %(limit)s") % {"limit": low},
        _("Above %(limit)s") % {"limit": high},
    )
    middle = _("From %(low)s to %(high)s: the middle half of %(within)s") % {
        "low": words.plain(measure.low, measure.unit),
        "high": high,
        "within": measure.within,
    }
    ends = ("c3", "c0") if measure.higher_is_better else ("c0", "c3")
    return [
        Category("low", under, ends[0]),
        Category("middle", middle, "c1"),
        Category("high", above, ends[1]),
        Category("secret", _("Statistical secrecy"), "dotted"),
        Category("unknown", _("Figure not known"), "hatched"),
    ]


def _by_index(one: Commune) -> Shade:
    if one.is_borrowed:
        category, told = "borrowed", _("above all the value of the EPCI")
    elif one.share is None:
        category, told = "unknown", _("no score")
    else:
        category = "fragile" if one.is_fragile else "other"
        told = _("in the most fragile third in %(share)s of the ways") % {
            "share": percent(one.share)
        }
    return Shade(category, told + _districts(one))


def _by_figure(one: Commune, measure: Measure) -> Shade:
    if one.value is None:
        category = "secret" if one.status == "secret" else "unknown"
        return Shade(category, words.reason(one.status) + _districts(one))
    return Shade(one.quarter, words.text(one.value, measure.unit) + _districts(one))


def _districts(one: Commune) -> str:
    if not one.districts:
        return ""
    return ngettext(
        ", %(count)s priority district",
        ", %(count)s priority districts",
        one.districts,
    ) % {"count": one.districts}
