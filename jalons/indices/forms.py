"""The settings of an index as a plain GET form: the address says all of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from django import forms
from django.forms import BoundField
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jalons.analysis.index import GREATEST_WEIGHT, Group, Index, Indicator
from jalons.indices.areas import CHOSEN, FRANCE, REFERENCES, Area, references_of
from jalons.territories.models import Territory

Kind = Territory.Kind
FORMULAS = {
    "percentile": gettext_lazy("Position among the inhabitants of the reference"),
    "min_max": gettext_lazy("From the least to the greatest value (min–max)"),
    "z_score": gettext_lazy("Distance to the mean, in standard deviations (z-score)"),
    "reference_100": gettext_lazy("Reference = 100"),
    "steps": gettext_lazy("Seven bands of positions, from −10 to +10"),
}
AGGREGATIONS = {
    "arithmetic": gettext_lazy("Arithmetic: a strength makes up for a weakness"),
    "geometric": gettext_lazy("Geometric: a strength makes up less for a weakness"),
}
ABOVE_ZERO = ("percentile", "min_max")
"""Scales on which a geometric mean can be taken."""
LEVELS = (Kind.EPCI, Kind.COMMUNE, Kind.DEPARTEMENT, Kind.IRIS)
LEAST_CHOSEN = 3
"""Fewer territories are no reference: everyone would be an end of the scale."""
SEPARATORS = re.compile(r"[\s,;]+")


def weight_name(code: str) -> str:
    """The name of the weight of a part in addresses."""
    return f"p_{code}"


class LazyChoiceField(forms.ChoiceField):
    """A list read from the database only when another value than the usual is given,
    or by the page that offers it."""

    usual = ""

    def valid_value(self, value: object) -> bool:
        return value == self.usual or super().valid_value(value)


class TuningForm(forms.Form):
    """Everything that may be chosen; what is absent keeps its usual value."""

    niveau = LazyChoiceField(label=gettext_lazy("Territories compared"))
    zone = LazyChoiceField(label=gettext_lazy("Shown in"))
    reference = LazyChoiceField(
        label=gettext_lazy("Reference"),
        help_text=gettext_lazy(
            "The scale and the positions are read against these territories."
        ),
    )
    ensemble = forms.CharField(
        label=gettext_lazy("Chosen territories (codes)"),
        help_text=gettext_lazy(
            "For the reference “chosen territories”: three codes or more, separated "
            "by spaces or commas."
        ),
        required=False,
    )
    norme = forms.ChoiceField(
        label=gettext_lazy("Scale"), choices=list(FORMULAS.items())
    )
    moyenne = forms.ChoiceField(
        label=gettext_lazy("Mean"), choices=list(AGGREGATIONS.items())
    )

    def __init__(
        self, index: Index, zone: Territory, usual: Area, data: QueryDict
    ) -> None:
        """`data` is the address; what it leaves out takes the usual values."""
        given = data.copy()
        for name, value in {
            "niveau": usual.level,
            "zone": usual.zone,
            "reference": usual.reference,
            "norme": index.scale.formula,
            "moyenne": index.aggregation,
        }.items():
            if not given.get(name):
                given[name] = value
        super().__init__(given)
        self.index = index
        for name, choices, value in (
            ("niveau", _levels, Kind.EPCI.value),
            ("zone", partial(_zones, zone), usual.zone),
            ("reference", partial(_references, zone), usual.reference),
        ):
            field = self.fields[name]
            if isinstance(field, LazyChoiceField):
                field.usual, field.choices = value, choices
        for part in _parts(index):
            self.fields[weight_name(part.code)] = forms.IntegerField(
                min_value=0, max_value=GREATEST_WEIGHT, required=False
            )

    def clean_ensemble(self) -> tuple[str, ...]:
        """Codes, each once; a code that no territory has is named."""
        asked = [
            code for code in SEPARATORS.split(self.cleaned_data["ensemble"]) if code
        ]
        known = (
            Territory.objects.current().by_codes(asked).values_list("code", flat=True)
        )
        if unknown := sorted(set(asked) - set(known)):
            message = _("No territory has the code %(codes)s.")
            raise forms.ValidationError(message % {"codes": ", ".join(unknown)})
        return tuple(dict.fromkeys(asked))

    def clean(self) -> dict[str, object]:
        given = super().clean() or {}
        is_above_zero = given.get("norme") in ABOVE_ZERO
        if given.get("moyenne") == "geometric" and not is_above_zero:
            message = _(
                "A geometric mean needs a scale above zero: choose the position among "
                "inhabitants, or min–max."
            )
            self.add_error("moyenne", message)
        if given.get("reference") == CHOSEN:
            self._check_chosen(given.get("ensemble"))
        if not self.errors and not self._keeps_something(given):
            self.add_error(None, _("Keep at least one indicator, with a weight."))
        return given

    def _keeps_something(self, given: dict[str, object]) -> bool:
        def weighs(part: Group | Indicator) -> bool:
            weight = given.get(weight_name(part.code))
            return bool(part.weight if weight is None else weight)

        return any(
            weighs(axis) and any(weighs(one) for one in axis.parts)
            for axis in self.index.axes
        )

    def _check_chosen(self, codes: object) -> None:
        if isinstance(codes, tuple) and len(codes) < LEAST_CHOSEN:
            message = _("Give the codes of at least %(least)s territories.")
            self.add_error("ensemble", message % {"least": LEAST_CHOSEN})

    def weight_of(self, code: str) -> BoundField:
        return self[weight_name(code)]


def _parts(index: Index) -> Iterator[Group | Indicator]:
    """Every axis, then its indicators."""
    for axis in index.axes:
        yield axis
        yield from axis.parts


def _levels() -> list[tuple[str, str]]:
    """IRIS are offered once they are loaded."""
    has_iris = Territory.objects.iris().exists()
    kinds = [kind for kind in LEVELS if kind != Kind.IRIS or has_iris]
    return [(kind.value, str(kind.label)) for kind in kinds]


def _zones(zone: Territory) -> list[tuple[str, str]]:
    """The régions, the départements of the région of the zone, and the zone."""
    regions = Territory.objects.regions().order_by("name")
    region = Territory.objects.regions().containing(zone).first() or zone
    inside = Territory.objects.departements().within(region).order_by("name")
    every = [(one.code, one.name) for one in (*regions, *inside)]
    if zone.code not in dict(every):
        every.insert(0, (zone.code, zone.name))
    return every


def _references(zone: Territory) -> list[tuple[str, str]]:
    codes = references_of(zone, "")
    names = dict(
        Territory.objects.by_codes(codes)
        .filter(kind__in=REFERENCES)
        .values_list("code", "name")
    )
    names |= {FRANCE: _("France"), CHOSEN: _("chosen territories (codes below)")}
    return [(code, names[code]) for code in codes if code in names]
