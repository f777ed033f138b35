"""The communes of an EPCI that the index finds fragile, and its priority districts.

A commune is called fragile when, in most of the ways of computing the index, it is in
the most fragile third of the communes of the région. When the figures of communes are
not loaded, nothing is drawn and the reason is said: an average hides its communes.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jalons.diagnosis import words
from jalons.diagnosis.themes import SHOWN
from jalons.drawing.legends import Entry, legend, pin
from jalons.drawing.maps import Category
from jalons.drawing.skins import PAGE, Skin
from jalons.drawing.svg import Plate
from jalons.indicators.figures import latest
from jalons.indicators.models import Indicator, Observation
from jalons.indices.areas import usual_area
from jalons.indices.figures import PREFERRED, results_of
from jalons.indices.models import IndexDefinition
from jalons.indices.results import Results
from jalons.territories.maps import Shade, communes_within
from jalons.territories.models import Territory

MOST_OF_THE_WAYS = 0.5
"""Share of the ways of computing in which a commune is in the most fragile third, from
which it is called fragile here. Our choice."""
QPV = "qpv"


@dataclass(frozen=True, slots=True)
class Commune:
    """One commune; `share` is that of the ways that find it fragile, None unscored.

    `is_borrowed` when its score would be above all that of its EPCI: it has no share.
    """

    code: str
    name: str
    share: float | None
    districts: int | None
    is_borrowed: bool = False

    @property
    def is_fragile(self) -> bool:
        return self.share is not None and self.share >= MOST_OF_THE_WAYS


@dataclass(frozen=True, slots=True)
class Communes:
    """The communes of a territory; `has_districts` when the list of QPV is loaded."""

    territory: Territory
    every: tuple[Commune, ...]
    has_districts: bool

    @property
    def scored(self) -> list[Commune]:
        return [one for one in self.every if one.share is not None]

    @property
    def fragile(self) -> list[Commune]:
        return [one for one in self.every if one.is_fragile]

    @property
    def borrowed(self) -> list[Commune]:
        return [one for one in self.every if one.is_borrowed]

    @property
    def with_districts(self) -> list[Commune]:
        return [one for one in self.every if one.districts]


@dataclass(frozen=True, slots=True)
class CommuneMap:
    """The map, what it shows in words, and its legend."""

    svg: str
    title: str
    summary: str
    legend: list[Entry]


def communes_of(territory: Territory) -> Communes | None:
    """The communes of an EPCI; None for another kind of territory."""
    if territory.kind != Territory.Kind.EPCI:
        return None
    inside = Territory.objects.communes().within(territory).order_by("name")
    shares, borrowed = _shares(inside)
    districts = latest(QPV, inside)
    has_districts = Indicator.objects.filter(pk=QPV, observations__isnull=False)
    every = tuple(
        Commune(
            one.code,
            one.name,
            shares.get(one.code),
            round(figure.value)
            if (figure := districts.get(one.code)) and figure.value is not None
            else None,
            one.code in borrowed,
        )
        for one in inside
    )
    return Communes(territory, every, has_districts.exists())


def _shares(inside) -> tuple[Mapping[str, float], Collection[str]]:
    """By code, in what share of the ways a commune is in the most fragile third; then
    the codes of those whose score is above all that of their EPCI."""
    loaded = Observation.objects.filter(territory__in=inside, indicator__in=SHOWN)
    first = inside.first()
    if first is None or not loaded.exists():
        return {}, ()
    by_code = {one.code: one for one in IndexDefinition.objects.latest_each()}
    for code in PREFERRED:
        if code in by_code:
            results = results_of(by_code[code].read().index(), usual_area(first))
            if found := _ranked(results, [one.code for one in inside]):
                borrowed = {code for code in found if results.is_borrowed(code)}
                own = {c: share for c, share in found.items() if c not in borrowed}
                return own, borrowed
    return {}, ()


def _ranked(results: Results, codes: list[str]) -> dict[str, float]:
    if not results.is_reference_complete:
        return {}
    ranks = {code: results.rank_of(code) for code in codes}
    return {code: rank.fragile_share for code, rank in ranks.items() if rank}


def said(found: Communes | None) -> list[str]:
    """Which communes, by name; or why they are not known."""
    if found is None:
        return [_("Fragile communes are read EPCI by EPCI: open one of them.")]
    return [_fragile(found), _districts(found)]


def _fragile(found: Communes) -> str:
    if not found.scored and found.borrowed:
        return _(
            "The figures of communes that are loaded are too few to tell these apart: "
            "their scores would be above all that of their EPCI."
        )
    if not found.scored:
        return _(
            "Too few figures of communes are loaded to score them: nothing tells here "
            "which ones are most fragile. The page of data says where to get them."
        )
    numbers = {
        "count": len(found.fragile),
        "n": len(found.scored),
        "names": words.listed([one.name for one in found.fragile]),
        "unknown": len(found.every) - len(found.scored),
    }
    if not found.fragile:
        return _("None of the %(n)s communes scored is found fragile.") % numbers
    return (
        ngettext(
            "%(count)s commune of the %(n)s scored is found fragile: %(names)s.",
            "%(count)s communes of the %(n)s scored are found fragile: %(names)s.",
            len(found.fragile),
        )
        % numbers
    )


def _districts(found: Communes) -> str:
    if not found.has_districts:
        return _("The list of priority districts (QPV) is not loaded.")
    if not found.with_districts:
        return _("No priority district (QPV) in these communes.")
    named = [f"{one.name} ({one.districts})" for one in found.with_districts]
    return _("Priority districts (QPV): %(names)s.") % {"names": words.listed(named)}


def commune_map(found: Communes | None, skin: Skin = PAGE) -> CommuneMap | None:
    """The communes in three shades; None when no commune has a score or a district."""
    if found is None or not (found.scored or found.with_districts):
        return None
    categories = [
        Category("fragile", _("Fragile in most of the ways of computing"), "c3"),
        Category("other", _("Not fragile in most of them"), "c0"),
        Category("borrowed", _("Above all the value of the EPCI"), "dotted"),
        Category("unknown", _("No score: too few figures"), "hatched"),
    ]
    title = _("The communes of %(name)s") % {"name": found.territory.name}
    summary = _fragile(found)
    shades = {one.code: _shade(one) for one in found.every}
    used = {shade.category for shade in shades.values()}
    categories = [one for one in categories if one.code in used]
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
        said = _("Has a priority district (QPV)")
        lines.append(pin("districts", said, skin))
    return CommuneMap(svg, title, summary, lines)


def _shade(one: Commune) -> Shade:
    if one.is_borrowed:
        category, told = "borrowed", _("above all the value of the EPCI")
    elif one.share is None:
        category, told = "unknown", _("no score")
    else:
        category = "fragile" if one.is_fragile else "other"
        told = _("in the most fragile third in %(share)s of the ways") % {
            "share": words.text(round(one.share * 100), "share")
        }
    if one.districts:
        told += ngettext(
            ", %(count)s priority district",
            ", %(count)s priority districts",
            one.districts,
        ) % {"count": one.districts}
    return Shade(category, told)
