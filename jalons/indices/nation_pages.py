"""The map of the communes of France in the reader's words: pictures, tables, values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import Http404, QueryDict
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from jalons.drawing import kept
from jalons.drawing.legends import Entry, legend
from jalons.drawing.maps import Area, Category, choropleth
from jalons.drawing.skins import CLASS_FILLS, PAGE
from jalons.drawing.svg import Plate
from jalons.indicators.figures import Figure
from jalons.indices import words
from jalons.indices.nation import (
    Country,
    Layer,
    country_of,
    figures_of,
    layers,
    sources_of,
)
from jalons.search.words import alphabetical
from jalons.territories.maps import map_shapes
from jalons.territories.models import Edition, Membership, Territory

Kind = Territory.Kind
FRANCE_MAP, DEPARTEMENT_MAP = "france-map", "departement-map"
SECRET, UNKNOWN = "secret", "unknown"
BLANKS = {SECRET: "dotted", UNKNOWN: "hatched"}
QUERY = "indicateur"


@dataclass(frozen=True, slots=True)
class Line:
    """One territory: its figure in words, and where it is opened."""

    name: str
    code: str
    value: str
    dated: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """One figure over the country, ready to be read."""

    layer: Layer
    layers: Sequence[Layer]
    country: Country
    lead: str
    missing: str
    sources: str
    query: str

    @property
    def drawn(self) -> int:
        """Number of départements whose communes can be drawn."""
        return len(self.country.drawn)

    def url(self, name: str, *args: str) -> str:
        """Another page of the map, with the same figure."""
        return f"{reverse(f'indices:{name}', args=args)}{self.query}"


@dataclass(frozen=True, slots=True)
class Picture:
    svg: SafeString
    legend: list[Entry]


def shown(asked: QueryDict) -> Shown:
    """The figure asked for; the density when none is. 404 for one that is not shown."""
    every = layers()
    code = asked.get(QUERY, every[0].code)
    layer = next((one for one in every if one.code == code), None)
    if layer is None:
        raise Http404
    country = country_of(layer)
    return Shown(
        layer=layer,
        layers=every,
        country=country,
        lead=_lead(layer, country),
        missing=_missing(country),
        sources=_sources(layer, country),
        query="" if layer is every[0] else f"?{QUERY}={layer.code}",
    )


def _lead(layer: Layer, country: Country) -> str:
    if not country.limits:
        return _("No commune has a value.")
    return _(
        "Half of the %(n)s communes lie between %(low)s and %(high)s, a quarter "
        "under, a quarter above."
    ) % {
        "n": words.whole(country.n),
        "low": words.figure(country.limits[0], layer.unit, ""),
        "high": words.figure(country.limits[-1], layer.unit, ""),
    }


def _missing(country: Country) -> str:
    """What is not known, which is not zero."""
    left = country.communes - country.n - country.secret
    return _(
        "Of %(all)s communes: value known for %(known)s, statistical secrecy for "
        "%(secret)s, nothing loaded for %(left)s. None of these counts as zero."
    ) % {
        "all": words.whole(country.communes),
        "known": words.whole(country.n),
        "secret": words.whole(country.secret),
        "left": words.whole(left),
    }


def _sources(layer: Layer, country: Country) -> str:
    vintages = ", ".join(country.vintages)
    told = _("; ").join(sources_of(layer, country))
    return f"{told} ({vintages})" if vintages else told


def categories(found: Shown) -> list[Category]:
    """Four quarters of the communes, then two blanks that stay apart."""
    limits = [words.figure(one, found.layer.unit, "") for one in found.country.limits]
    blanks = [
        Category(SECRET, _("Statistical secrecy"), BLANKS[SECRET]),
        Category(UNKNOWN, _("Figure not known"), BLANKS[UNKNOWN]),
    ]
    if not limits:
        return blanks
    first, second, third = limits
    between = _("From %(low)s to %(high)s")
    labels = (
        _("Under %(limit)s") % {"limit": first},
        between % {"low": first, "high": second},
        between % {"low": second, "high": third},
        _("%(limit)s and more") % {"limit": third},
    )
    quarters = zip(CLASS_FILLS, labels, strict=True)
    return [*(Category(fill, label, fill) for fill, label in quarters), *blanks]


def france_map(found: Shown) -> Picture | None:
    """The départements, each leading to the map of its communes."""
    inside = Territory.objects.departements().current()
    figures = figures_of(found.layer, inside)
    plate = Plate(FRANCE_MAP, found.layer.title, f"{found.lead} {found.missing}")
    return _picture(found, "FR", inside, figures, plate, opens=True)


def departement(
    found: Shown, territory: Territory
) -> tuple[Picture | None, list[Line]]:
    """The communes of a département: a map, none without contours, and by name."""
    title = _("%(figure)s: the communes of %(name)s") % {
        "figure": found.layer.title,
        "name": territory.name,
    }
    inside = communes_of(territory)
    figures = figures_of(found.layer, inside)
    plate = Plate(DEPARTEMENT_MAP, title, found.missing)
    picture = _picture(found, territory.code, inside, figures, plate)
    return picture, _lines(found, inside, figures)


def communes_of(territory: Territory) -> QuerySet[Territory]:
    communes: QuerySet[Territory] = Territory.objects.communes().within(territory)
    return communes


def _picture(
    found: Shown,
    within: str,
    territories: QuerySet[Territory],
    figures: Mapping[str, Figure],
    plate: Plate,
    *,
    opens: bool = False,
) -> Picture | None:
    """Kept by what it shows: figures, their year, limits, geography and addresses."""
    kinds = categories(found)
    painted = sorted(
        (code, one.value, one.status, one.vintage) for code, one in figures.items()
    )
    geography = Edition.objects.of_geography().number()
    shows = (geography, within, found.layer, found.country.limits, painted, plate)
    svg = kept.drawn(
        (*shows, kinds, found.query, opens),
        PAGE,
        lambda: _drawn(found, territories, figures, plate, opens=opens),
    )
    return Picture(svg, legend(kinds, PAGE)) if svg else None


def _drawn(
    found: Shown,
    territories: QuerySet[Territory],
    figures: Mapping[str, Figure],
    plate: Plate,
    *,
    opens: bool,
) -> SafeString | None:
    frame, shapes = map_shapes(territories)
    if not shapes:
        return None
    areas = []
    for shape in shapes:
        figure = figures.get(shape.code)
        label = label_of(shape.name, found.layer, figure)
        href = found.url("departement", shape.code) if opens else None
        areas.append(Area(shape, category_of(found, figure), label, href))
    kinds = categories(found)
    return choropleth(frame, areas, kinds, plate, PAGE, ready=BLANKS.values())


def category_of(found: Shown, figure: Figure | None) -> str:
    """The code of its quarter, or of the reason why it has none."""
    if figure is None or figure.value is None or not found.country.limits:
        is_secret = figure is not None and figure.status == SECRET
        return SECRET if is_secret else UNKNOWN
    return CLASS_FILLS[found.country.quarter_of(figure.value)]


def label_of(name: str, layer: Layer, figure: Figure | None) -> str:
    told = value_of(layer, figure)
    if figure is not None and figure.value is not None:
        told = f"{told} ({figure.dated})"
    return _("%s: %s") % (name, told)


def value_of(layer: Layer, figure: Figure | None) -> str:
    """The figure with its unit, or why there is none."""
    if figure is None:
        return words.figure(None, layer.unit, "unloaded")
    return words.figure(figure.value, layer.unit, figure.status)


def by_region() -> list[tuple[str, list[Territory]]]:
    """The départements under the name of their région, both by name."""
    links = Membership.objects.filter(
        until=None, group__kind=Kind.REGION, member__kind=Kind.DEPARTEMENT
    )
    region = dict(links.values_list("member_id", "group__name"))
    every = Territory.objects.departements().current().order_by("name")
    found: dict[str, list[Territory]] = {}
    for one in every:
        found.setdefault(region.get(one.code, _("Elsewhere")), []).append(one)
    return sorted(found.items(), key=lambda each: alphabetical(each[0]))


def departements(found: Shown) -> list[Line]:
    """Every département, by name, with its own figure."""
    inside = Territory.objects.departements().current()
    lines = _lines(found, inside, figures_of(found.layer, inside))
    return [
        Line(
            one.name,
            one.code,
            one.value,
            one.dated,
            found.url("departement", one.code),
        )
        for one in lines
    ]


def _lines(
    found: Shown, territories: QuerySet[Territory], figures: Mapping[str, Figure]
) -> list[Line]:
    names = territories.order_by().values_list("code", "name")
    lines = []
    for code, name in sorted(names, key=lambda one: (alphabetical(one[1]), one[0])):
        figure = figures.get(code)
        dated = figure.dated if figure else ""
        lines.append(Line(name, code, value_of(found.layer, figure), dated))
    return lines


def values(found: Shown, territory: Territory) -> Mapping[str, object]:
    """What a script needs to paint the communes of a département: small, and whole.

    `communes` gives for each code its fill and what is said of it.
    """
    inside = communes_of(territory)
    figures = figures_of(found.layer, inside)
    fills = {one.code: one.fill for one in categories(found)}
    told = {}
    for code, name in inside.order_by("code").values_list("code", "name"):
        figure = figures.get(code)
        fill = fills[category_of(found, figure)]
        told[code] = [fill, label_of(name, found.layer, figure)]
    return {
        "indicator": found.layer.code,
        "title": found.layer.title,
        "unit": found.layer.unit,
        "source": found.sources,
        "n": sum(one.value is not None for one in figures.values()),
        "territory": territory.name,
        "communes": told,
    }
