"""The same figures for a spreadsheet and for a program.

Persons are whole numbers, ways have one decimal, places for 10 000 people three.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from django.utils.translation import gettext as _

from jalons.coverage import pages, words
from jalons.coverage.figures import Commune, Coverage
from jalons.files.exports import SIMULATED


def csv_header(found: Coverage) -> list[str]:
    unit = found.scale.unit
    return [
        _("code"),
        _("commune"),
        _("inhabitants"),
        *pages.title_of_concerned(found),
        _("period"),
        _("level"),
        *[f"{_('way')} ({words.PERIODS[one]}, {unit})" for one in found.unknown],
        _("nearest place"),
        _("places per 10,000 people around"),
        _("source"),
    ]


def csv_rows(found: Coverage) -> Iterator[list[object]]:
    """Plain numbers; an empty way is not known, never zero."""
    source = " ; ".join(
        [*pages.sources_of(found.ground), *pages.source_of_concerned(found)]
    )
    for one in found.communes:
        ways = [one.way(period) for period in found.unknown]
        best = one.nearest[found.period]
        yield [
            one.code,
            one.name,
            one.people,
            *("" if n is None else round(n) for n in pages.counts_of(one, found)),
            str(words.PERIODS[found.period]),
            str(words.LEVELS[one.level]),
            *["" if way is None else round(way, 1) for way in ways],
            best.spot.name if best else "",
            round(one.offer, 3),
            source,
        ]


def json_text(found: Coverage, name: str, code: str) -> str:
    """One JSON object; `null` is not known, never zero."""
    concerned = found.concerned
    table = {
        "territory": {"code": code, "name": name},
        "notice": SIMULATED if found.is_simulated else "",
        "period": found.period.name.lower(),
        "way_unit": found.scale.unit,
        "level_limits": list(found.scale.limits),
        "concerned": concerned and concerned.indicator,
        "sources": pages.all_sources(found),
        "cautions": list(pages.cautions_of(found)),
        "communes": [_object_of(one, found) for one in found.communes],
    }
    return json.dumps(table, ensure_ascii=False, indent=1)


def _object_of(one: Commune, found: Coverage) -> dict[str, object]:
    nearest = one.nearest[found.period]
    ways = {period.name.lower(): one.way(period) for period in found.unknown}
    said: dict[str, object] = {
        "code": one.code,
        "name": one.name,
        "inhabitants": one.people,
        "level": one.level.value,
        "ways": {key: way and round(way, 1) for key, way in ways.items()},
        "nearest_place": nearest.spot.name if nearest else None,
        "places_for_10000": round(one.offer, 3),
    }
    for persons in pages.counts_of(one, found):
        said["persons_concerned"] = None if persons is None else round(persons)
    return {"notice": SIMULATED} | said if found.is_simulated else said
