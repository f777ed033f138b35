"""The figures that a team gave, in its diagnosis: marked as its own, never public."""

from __future__ import annotations

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from jalons.diagnosis import words
from jalons.diagnosis.models import Diagnosis
from jalons.documents.words import date_format
from jalons.indicators.inventory import OwnFigure, own_figures
from jalons.indicators.models import Observation
from jalons.observatory.sheets import Cell, Column, Row, Sheet, name, name_column


def own_sheet(diagnosis: Diagnosis) -> Sheet | None:
    """What the team's own files say of the territory; None when it gave none."""
    figures = own_figures(diagnosis.space, diagnosis.territory)
    if not figures:
        return None
    return Sheet(
        code="nos-chiffres",
        caption=_("Figures given by %(team)s, not by a public producer")
        % {"team": diagnosis.space.name},
        columns=(
            name_column(_("Figure")),
            Column(_("Value"), (_("value"), _("unit"), _("status")), is_number=True),
            Column(_("Year"), (_("vintage"),), is_number=True),
            Column(_("Source"), (_("source"),)),
            Column(_("Given on"), (_("given on"),)),
        ),
        rows=tuple(Row(_cells(one)) for one in figures),
        note=_(
            "Only the members of your space read them; no public page shows them. "
            "They enter neither the index nor the comparison with peers."
        ),
        source=_("; ").join(dict.fromkeys(map(_source, figures))),
    )


def _source(one: OwnFigure) -> str:
    return one.source.full_title


def _status(one: OwnFigure) -> str:
    if not one.status:
        return _("not given for this territory")
    return str(Observation.Status(one.status).label)


def _cells(one: OwnFigure) -> tuple[Cell, ...]:
    unit, source = str(one.indicator.get_unit_display()), _source(one)
    given = one.loaded.retrieved_at
    return (
        name(one.indicator.label),
        Cell(_value(one), (one.value, unit, _status(one))),
        Cell(one.loaded.vintage, (one.loaded.vintage,)),
        Cell(source, (source,)),
        Cell(
            date_format(given, "DATE_FORMAT") if given else _("date not kept"),
            (localdate(given).isoformat() if given else None,),
        ),
    )


def _value(one: OwnFigure) -> str:
    if one.value is not None:
        return words.text(one.value, one.indicator.unit)
    if not one.status:
        return _("not given for this territory")
    return words.reason(one.status)
