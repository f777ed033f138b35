"""What public policies have already placed or classed in a territory: lists, counted.

A list counts what is on it at its date. Where it is loaded, a territory that it does
not mention has none, which is said as a zero; where it is not, nothing is said.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from jalons.diagnosis import words
from jalons.diagnosis.portrait import KeyFigure, Portrait
from jalons.indicators.figures import Figure, observations
from jalons.indicators.models import Indicator, Observation
from jalons.observatory.sheets import Cell, Column, Row, Sheet, name, name_column
from jalons.territories.models import Territory

SERVICES, DISTRICTS = "france_services", "qpv"
PROGRAMMES = ("programme_pvd", "programme_acv", "programme_frr")
LISTS = (SERVICES, *PROGRAMMES, DISTRICTS)


def supports_of(territory: Territory) -> tuple[KeyFigure, ...]:
    """One for each list, of the territory itself: counts are not inherited."""
    definitions = Indicator.objects.select_related("source").in_bulk(LISTS)
    found = observations(LISTS, [territory.code])
    return tuple(
        _support(code, definitions.get(code), found[code].get(territory.code))
        for code in LISTS
    )


def _support(
    code: str, indicator: Indicator | None, figure: Figure | None
) -> KeyFigure:
    title = indicator.label if indicator else code
    return KeyFigure(code, title, indicator, figure)


def sheet(portrait: Portrait) -> Sheet | None:
    """Every list that is loaded; None when none is."""
    loaded = [one for one in portrait.supports if one.figure]
    if not loaded:
        return None
    return Sheet(
        code="appuis",
        caption=_("Services placed and programmes decided by public policies"),
        columns=(
            name_column(_("List")),
            Column(_("Here"), (_("count"), _("status"))),
            Column(_("Date of the list"), (_("vintage"), _("source")), is_number=True),
        ),
        rows=tuple(
            Row(
                (
                    name(one.title),
                    Cell(_said(one, portrait.territory), (one.value, _status(one))),
                    _dated(one),
                )
            )
            for one in loaded
        ),
        note=_(
            "Being in a programme says that support exists, not that a digital action "
            "is planned; a place of a list may have changed its hours since."
        ),
        source=_("; ").join(
            dict.fromkeys(
                f"{f.source}, {f.dated}" for one in loaded if (f := one.figure)
            )
        ),
    )


def _status(one: KeyFigure) -> str:
    status = one.figure.status if one.figure else ""
    return str(Observation.Status(status).label) if status else words.reason("")


def _dated(one: KeyFigure) -> Cell:
    dated = one.figure.dated if one.figure else ""
    return Cell(dated, (dated, one.figure.source if one.figure else ""))


def _said(one: KeyFigure, territory: Territory) -> str:
    """A count; for one commune, yes or no to a programme."""
    count = round(one.value or 0)
    if one.value is None:
        return words.reason(one.status)
    if territory.kind == Territory.Kind.COMMUNE and one.code in PROGRAMMES:
        return _("yes") if count else _("no")
    return words.whole(count)
