"""An address read as what the reader wants: which index, where, against what.

What is absent keeps its usual value; what is wrong is told by the form, and the usual
value stands in its place, so that an old address still opens.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.http import QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import urlencode

from jalons.analysis.index import Group, Index, indicators_of, reweighted
from jalons.analysis.normalisation import Scale
from jalons.indices.areas import (
    CHOSEN,
    FRANCE,
    HOME_REGION,
    Area,
    usual_area,
)
from jalons.indices.forms import TuningForm, weight_name
from jalons.indices.models import IndexDefinition
from jalons.indices.opening import Asked
from jalons.territories.models import SMALL, Territory

Kind = Territory.Kind
Query = dict[str, str]

SCALES: Mapping[str, Scale] = {
    "percentile": Scale("percentile"),
    "min_max": Scale("min_max"),
    "z_score": Scale("z_score"),
    "reference_100": Scale("reference_100"),
    "steps": Scale("steps", -10, 10, None),
}
"""Scales that may replace that of the definition."""


@dataclass(frozen=True, slots=True)
class Tuning:
    """What was asked; `query` is the shortest address that asks for it again."""

    asked: Asked
    area: Area
    zone: Territory | None
    territory: Territory | None
    form: TuningForm
    query: Query

    @property
    def code(self) -> str:
        return self.asked.definition.code

    def url(self, name: str, **more: str) -> str:
        """A page of this index, with these settings."""
        path = reverse(f"indices:{name}", args=[self.code])
        query = self.query | more
        return f"{path}?{urlencode(query)}" if query else path


def tuning_of(code: str, given: QueryDict) -> Tuning:
    """Read the address of one of the pages of an index."""
    versions = IndexDefinition.objects.latest_each()
    definition = get_object_or_404(versions, code=code)
    option = given.get("option", "")
    if option not in definition.read().options:
        option = ""
    usual = definition.read().index(option)
    territory = Territory.objects.filter(code=given.get("territoire", "")).first()
    zone = _zone(given.get("zone", ""), territory)
    level = given.get("niveau") or (territory.kind if territory else Kind.EPCI)
    usual_place = Area(level, zone.code, _usual_reference(zone, level))
    form = TuningForm(usual, zone, usual_place, _completed(given, usual))
    values = form.cleaned_data if form.is_valid() else {}
    index = _index(usual, values)
    area = _area(values, usual_place)
    asked = Asked(definition, index, option)
    query = _query(asked, usual, area, zone)
    return Tuning(asked, area, zone, territory, form, query)


def _zone(code: str, territory: Territory | None) -> Territory:
    """The zone asked for, that of the territory, or the région of the project."""
    found = Territory.objects.filter(code=code).exclude(kind__in=SMALL).first()
    if found is None and territory is not None:
        usual = usual_area(territory)
        found = Territory.objects.filter(code=usual.zone).first()
    return found or get_object_or_404(Territory, code=HOME_REGION)


def _completed(given: QueryDict, usual: Index) -> QueryDict:
    """Unticked boxes are absent from an address: `regle` says that the form was sent.

    An indicator ticked without a weight has the least one.
    """
    data = given.copy()
    if not given.get("regle"):
        return data
    ticked = set(given.getlist("avec"))
    for one in indicators_of(Group(usual.code, usual.axes)):
        name = weight_name(one.code)
        if one.code not in ticked:
            data[name] = "0"
        elif data.get(name, "0") == "0":
            data[name] = "1"
    return data


def _index(usual: Index, values: Mapping[str, object]) -> Index:
    """The index with the weights, the scale and the mean of the reader."""
    weights: dict[str, int] = {}
    for axis in usual.axes:
        for part in (axis, *axis.parts):
            weight = values.get(weight_name(part.code))
            if isinstance(weight, int) and weight != part.weight:
                weights[part.code] = weight
    scale = usual.scale
    formula = str(values.get("norme") or scale.formula)
    if formula != scale.formula:
        scale = replace(SCALES[formula], weighted_by=scale.weighted_by)
    mean = values.get("moyenne") or usual.aggregation
    found = reweighted(usual, weights) if weights else usual
    if mean == "geometric":
        return replace(found, scale=scale, aggregation="geometric")
    return replace(found, scale=scale, aggregation="arithmetic")


def _area(values: Mapping[str, object], usual: Area) -> Area:
    """What the form accepted, else the usual area."""
    if not values:
        return usual
    chosen = values["ensemble"] if values["reference"] == CHOSEN else ()
    return Area(
        str(values["niveau"]),
        str(values["zone"]),
        str(values["reference"]),
        tuple(sorted(chosen)) if isinstance(chosen, tuple) else (),
    )


def _usual_reference(zone: Territory, level: str) -> str:
    """Its région for a commune or an EPCI, France for a département."""
    if level == Kind.DEPARTEMENT:
        return FRANCE
    if zone.kind == Kind.REGION:
        return zone.code
    region = Territory.objects.regions().containing(zone).first()
    return region.code if region else FRANCE


def _query(asked: Asked, usual: Index, area: Area, zone: Territory) -> Query:
    """Only what differs from the usual values."""
    query: Query = {}
    if asked.option:
        query["option"] = asked.option
    if zone.code != HOME_REGION:
        query["zone"] = zone.code
    if area.level != Kind.EPCI:
        query["niveau"] = area.level
    if area.reference != _usual_reference(zone, area.level):
        query["reference"] = area.reference
    if area.chosen:
        query["ensemble"] = " ".join(area.chosen)
    return query | _index_query(asked.index, usual)


def _index_query(index: Index, usual: Index) -> Query:
    query: Query = {}
    if index.scale.formula != usual.scale.formula:
        query["norme"] = index.scale.formula
    if index.aggregation != usual.aggregation:
        query["moyenne"] = index.aggregation
    for axis, before in zip(index.axes, usual.axes, strict=True):
        pairs = zip((axis, *axis.parts), (before, *before.parts), strict=True)
        for part, other in pairs:
            if part.weight != other.weight:
                query[weight_name(part.code)] = str(int(part.weight))
    return query
