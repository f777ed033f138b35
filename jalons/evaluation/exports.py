"""Measures as a table: a row for each, those replaced since too."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from jalons.evaluation.models import Evaluation, Measure
from jalons.evaluation.values import plain


def header() -> list[str]:
    return [
        *(_("indicator"), _("name"), _("level"), _("unit"), _("measured on")),
        *(_("of which part"), _("value"), _("on how many"), _("source"), _("note")),
        *(_("where it comes from"), _("still holds")),
    ]


def lines_of(evaluation: Evaluation) -> Iterator[list[object]]:
    rows = Measure.objects.filter(followed__evaluation=evaluation).order_by(
        "followed__position", "followed", "measured_on", "pk"
    )
    for one in rows.select_related("followed").iterator(chunk_size=2000):
        followed = one.followed
        yield [
            *(followed.code or "–", followed.name, followed.get_level_display()),
            *(followed.get_unit_display(), one.measured_on, one.part, plain(one.value)),
            *(one.n, one.source, one.note, one.get_origin_display()),
            _("yes") if one.is_current else _("no"),
        ]
