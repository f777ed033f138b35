"""Measures as a table and as data: each with its definition, its source, its standing.

Both read the same rows as the page; those that were replaced since are there too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from jalons.evaluation.documents import caution
from jalons.evaluation.figures import EvaluationRead, FollowedRead
from jalons.evaluation.models import Evaluation, Followed, Measure
from jalons.evaluation.values import plain
from jalons.files.exports import SIMULATED

Data = dict[str, object]
FORMAT = "jalons-measures-1"
"""What a program may count on; another shape takes another number."""


def header() -> list[str]:
    return [
        *(_("indicator"), _("name"), _("level"), _("unit"), _("measured on")),
        *(_("of which part"), _("value"), _("on how many"), _("source"), _("note")),
        *(_("where it comes from"), _("still holds"), _("definition")),
        *(_("version of the definition"), _("still followed")),
        *(_("lower bound of the interval"), _("upper bound of the interval")),
    ]


def lines_of(evaluation: Evaluation) -> Iterator[list[object]]:
    rows = Measure.objects.filter(followed__evaluation=evaluation).order_by(
        "followed__position", "followed", "measured_on", "pk"
    )
    for one in rows.select_related("followed").iterator(chunk_size=2000):
        followed = one.followed
        yield [
            *(followed.code or "–", followed.said.name, followed.get_level_display()),
            *(followed.get_unit_display(), one.measured_on, one.part, plain(one.value)),
            *(one.n, one.said_source, one.said_note, one.get_origin_display()),
            *(_("yes") if one.is_current else _("no"), followed.said.definition),
            followed.catalogue_version,
            _("no") if followed.retired_on else _("yes"),
            *(plain(one.low), plain(one.high)),
        ]


def data_of(read: EvaluationRead) -> Data:
    """The whole of it for a program: numbers as numbers, days as ISO 8601."""
    roadmap, measures = read.row.roadmap, _measures(read.row)
    return {
        "format": FORMAT,
        "notice": SIMULATED if roadmap.is_simulated else "",
        "caution": caution(),
        "as_of": _day(read.today),
        "roadmap": {
            "number": roadmap.pk,
            "title": roadmap.title,
            "territory": roadmap.territory_name,
        },
        "indicators": [
            _indicator(one, measures.get(one.row.pk, ())) for one in read.indicators
        ],
    }


def _measures(evaluation: Evaluation) -> Mapping[int, Sequence[Measure]]:
    found: defaultdict[int, list[Measure]] = defaultdict(list)
    rows = Measure.objects.filter(followed__evaluation=evaluation)
    for one in rows.order_by("measured_on", "pk"):
        found[one.followed_id].append(one)
    return found


def _indicator(one: FollowedRead, measures: Sequence[Measure]) -> Data:
    return {
        **_definition(one.row),
        "status": "retired" if one.is_retired else "followed",
        "due_on": _day(one.due_on),
        "target": _target(one.row),
        "baseline": _baseline(one),
        "last": _last(one),
        "measures": [_measure(each) for each in measures],
    }


def _definition(row: Followed) -> Data:
    return {
        "code": row.code or None,
        "version": row.catalogue_version,
        "name": row.said.name,
        "definition": row.said.definition,
        "formula": row.said.formula,
        "level": row.level,
        "unit": row.unit,
        "direction": row.direction,
        "frequency": row.frequency,
        "source": row.said.source,
        "keeper": row.keeper,
        "quality": row.quality or None,
        "attribution": row.attribution,
    }


def _target(row: Followed) -> Data | None:
    if row.target is None:
        return None
    return {"value": _number(row.target), "on": _day(row.target_on)}


def _baseline(one: FollowedRead) -> Data | None:
    found = one.baseline
    if found is None:
        return None
    return {
        "value": _number(found.value),
        "measured_on": _day(found.measured_on),
        "source": found.source,
        "vintage": found.vintage or None,
    }


def _last(one: FollowedRead) -> Data | None:
    """The last day that has a value, as the page shows it."""
    found = one.last
    if found is None:
        return None
    value, day = _number(found.value), _day(found.measured_on)
    return {"value": value, "measured_on": day, "n": found.n}


def _measure(one: Measure) -> Data:
    return {
        "measured_on": _day(one.measured_on),
        "part": one.part or None,
        "value": _number(one.value),
        "n": one.n,
        "interval": None if one.low is None else [_number(one.low), _number(one.high)],
        "verdict": one.verdict or None,
        "source": one.said_source,
        "note": one.said_note,
        "origin": one.origin,
        "details": one.said_details,
        "code_version": one.code_version or None,
        "status": "current" if one.is_current else "replaced",
    }


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None
