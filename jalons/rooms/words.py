"""What two sides disagree about, in the words of whoever reads the report.

No word of it names a person: the report outlives their names.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import models
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jalons.documents.words import date_format
from jalons.workshops.models import Activity

NOTHING = "–"
BETWEEN = " · "
FIELDS: Mapping[str, str | Promise] = {
    "activity": gettext_lazy("activity played"),
    "answered_at": gettext_lazy("answered on"),
    "author": gettext_lazy("who wrote it"),
    "closed_at": gettext_lazy("closed on"),
    "code": gettext_lazy("number in the table"),
    "column": gettext_lazy("column"),
    "current": gettext_lazy("activity played"),
    "device": gettext_lazy("telephone of the table"),
    "host": gettext_lazy("who answers for them"),
    "in_plenary": gettext_lazy("plenary shown"),
    "is_closed": gettext_lazy("workshop closed"),
    "is_current": gettext_lazy("counts"),
    "is_cut_at_midpoint": gettext_lazy("axes cut at the middle"),
    "is_waiting": gettext_lazy("waits for a choice"),
    "map": gettext_lazy("resource map"),
    "merged_into": gettext_lazy("gathered with"),
    "minutes": gettext_lazy("minutes"),
    "number": gettext_lazy("order number"),
    "opened_at": gettext_lazy("opened on"),
    "origin": gettext_lazy("idea it comes from"),
    "participant": gettext_lazy("who gave it"),
    "phase": gettext_lazy("phase"),
    "position": gettext_lazy("place on the run-sheet"),
    "question": gettext_lazy("question"),
    "reporter": gettext_lazy("who reports"),
    "results_shown": gettext_lazy("results shown"),
    "round": gettext_lazy("round"),
    "set_aside_at": gettext_lazy("set aside on"),
    "sheet": gettext_lazy("number of the sheet"),
    "shown": gettext_lazy("centre shown"),
    "stake": gettext_lazy("stake"),
    "table": gettext_lazy("table"),
    "text": gettext_lazy("text"),
    "timer_ends_at": gettext_lazy("end of the clock"),
    "version": gettext_lazy("version"),
    "withdrawn_at": gettext_lazy("withdrawn on"),
}
"""The names that pages give to what the models leave unnamed."""


def unit_words(unit: Sequence[models.Field]) -> str:
    """The names of the fields that are one value."""
    return BETWEEN.join(field_words(one) for one in unit)


def unit_value_words(
    row: models.Model, unit: Sequence[models.Field], values: Sequence[object]
) -> str:
    """What these fields hold, in their order."""
    pairs = zip(unit, values, strict=True)
    return BETWEEN.join(value_words(row, one, value) for one, value in pairs)


def field_words(field: models.Field) -> str:
    """The name of a field, as pages give it."""
    return str(FIELDS.get(field.name, field.verbose_name))


def row_words(row: models.Model | None) -> str:
    """A row by its title; by its number, where a title would name somebody."""
    if row is None:
        return NOTHING
    if hasattr(row, "personal_data"):
        name = row._meta.verbose_name
        return _("%(name)s no. %(number)s") % {"name": name, "number": row.pk}
    return str(row)


def value_words(row: models.Model, field: models.Field, value: object) -> str:
    """A value as pages write it."""
    if value in (None, ""):
        return NOTHING
    if isinstance(field, models.ForeignKey):
        there = field.related_model._default_manager  # type: ignore[union-attr]
        return row_words(there.filter(pk=value).first())
    if isinstance(row, Activity) and field.name == "phase":
        return str(row.definition.read(str(value)))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "DATETIME_FORMAT")
    if isinstance(value, date):
        return date_format(value)
    return str(dict(field.flatchoices).get(value, value))
