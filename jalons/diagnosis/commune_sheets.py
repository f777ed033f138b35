"""The map of communes as a table: by name, or by département when it is long."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from jalons.diagnosis import words
from jalons.diagnosis.communes import Commune, Communes, Measure
from jalons.indicators.figures import dated
from jalons.indicators.models import Observation
from jalons.indices.words import UNSCORED, percent
from jalons.observatory.sheets import Cell, Column, Row, Sheet, name, name_column
from jalons.territories.models import CURRENT_YEAR, Membership, Territory, held_in

MOST_ROWS = 1_000
"""A longer table is read département by département, or downloaded."""


@dataclass(frozen=True, slots=True)
class Linked:
    """A table, and the code of the territory of each of its rows."""

    sheet: Sheet
    codes: tuple[str, ...]

    @property
    def body(self) -> Iterator[tuple[str, Cell, list[tuple[Column, Cell]]]]:
        for code, (first, others) in zip(self.codes, self.sheet.body, strict=True):
            yield code, first, others


def twin(found: Communes) -> Linked:
    """What the map says, commune by commune, or by département."""
    if len(found.every) <= MOST_ROWS:
        return Linked(sheet(found), tuple(one.code for one in found.every))
    parts = _by_departement(found)
    return Linked(_counted(found, parts), tuple(one.territory.code for one in parts))


def sheet(found: Communes) -> Sheet:
    """Every commune, by name: never by score."""
    return Sheet(
        code="communes",
        caption=_("The communes of %(name)s, by name") % {"name": found.territory.name},
        columns=(
            Column(_("Commune"), (_("code"), _("commune"))),
            _column(found),
            *_district_columns(found),
        ),
        rows=tuple(Row(_cells(found, one)) for one in found.every),
        note=found.sources,
    )


def _district_columns(found: Communes) -> list[Column]:
    """None when the list of districts is not loaded: nothing is said of them."""
    if not found.lists:
        return []
    title = _("Priority districts (QPV), %(year)s") % {"year": found.list_years}
    return [Column(title, (title, _("source of the districts")), is_number=True)]


def _cells(found: Communes, one: Commune) -> tuple[Cell, ...]:
    first = Cell(one.name, (one.code, one.name))
    districts = [_qpv(one)] if found.lists else []
    return (first, _said(found, one), *districts)


def _column(found: Communes) -> Column:
    names: tuple[str, ...]
    if found.measure:
        title = found.measure.title
        unit = words.UNITS.get(found.measure.unit, "")
        names = (_("base (n)"), _("status"), _("vintage"), _("source"))
        return Column(title, (f"{title} ({unit})", *names), is_number=True)
    title = _("In the most fragile third, share of the ways")
    names = (
        *(_("ways of computing (n)"), _("communes placed (n)")),
        *(_("figures known (n)"), _("status"), _("source")),
    )
    return Column(title, (_("share (%)"), *names), is_number=True)


def _said(found: Communes, one: Commune) -> Cell:
    if found.measure:
        return _measured(found.measure, one)
    counts = (found.draws, found.ranked, one.used)
    if one.share is None:
        borrowed = _("above all the value of the EPCI")
        text = borrowed if one.is_borrowed else _("no score")
        why = str(UNSCORED.get(one.reason, text)) if one.reason else text
        return Cell(text, (None, *counts, why, found.index))
    share = round(one.share * 100, 1)
    return Cell(percent(one.share), (share, *counts, _("computed"), found.index))


def _measured(measure: Measure, one: Commune) -> Cell:
    """A value with its base, or why there is none."""
    year = dated(one.vintage) if one.vintage else None
    if one.value is None:
        reason = words.reason(one.status)
        source = measure.title_of_source if one.vintage else None
        return Cell(reason, (None, one.n, reason, year, source))
    said = str(Observation.Status(one.status).label)
    raw = (one.value, one.n, said, year, measure.title_of_source)
    return Cell(words.text(one.value, measure.unit), raw)


def _qpv(one: Commune) -> Cell:
    if one.districts is None:
        return Cell(_("not in the list"), (None, None))
    return Cell(words.whole(one.districts), (one.districts, str(one.listed)))


def _by_departement(found: Communes) -> list[Communes]:
    held = Membership.objects.filter(
        held_in(CURRENT_YEAR), group__kind=Territory.Kind.DEPARTEMENT
    )
    place = dict(held.values_list("member", "group"))
    inside: dict[str, list[Commune]] = defaultdict(list)
    for one in found.every:
        inside[place.get(one.code, "")].append(one)
    groups = Territory.objects.by_codes(inside).order_by("name")
    return [
        replace(found, territory=one, every=tuple(inside[one.code])) for one in groups
    ]


def _counted(found: Communes, parts: list[Communes]) -> Sheet:
    title = _("Found fragile")
    if found.measure:
        title = _("In the quarter to look at first")
    return Sheet(
        code="departements",
        caption=_("The communes of %(name)s, département by département")
        % {"name": found.territory.name},
        columns=(
            name_column(_("Département")),
            Column(_("Communes"), (_("communes"),), is_number=True),
            Column(_("Whose figure is known"), (_("known"),), is_number=True),
            Column(title, (title,), is_number=True),
        ),
        rows=tuple(
            Row(
                (
                    name(one.territory.name),
                    *map(_number, (len(one.every), _known(one), _marked(one))),
                )
            )
            for one in parts
        ),
        note=found.sources,
    )


def _known(found: Communes) -> int:
    return len(found.valued if found.measure else found.scored)


def _marked(found: Communes) -> int:
    return len(found.marked if found.measure else found.fragile)


def _number(count: int) -> Cell:
    return Cell(words.whole(count), (count,))
