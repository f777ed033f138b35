"""ANCT, territories of its programmes: one row a commune and a programme.

Rows that give the code of an EPCI are left out: the indicators count communes. The list
of rural revitalisation is a file of its own, one row for each commune of France with
its class on a day: communes that only keep former benefits are not counted as classed.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import partial

from django.utils.translation import gettext as _

from jalons.indicators.producers.layouts import (
    BadRow,
    Kind,
    Layout,
    Measure,
    Row,
    find,
)

PROGRAMMES = {
    "programme_pvd": ("pvd",),
    "programme_acv": ("acv", "acv1", "acv2"),
    "programme_frr": ("frr", "frr+", "frr_plus", "zfrr"),
}
COMMUNE_LENGTH = 5
# « Classement FRR et FRR+ au 10 juillet 2025 »: the day is in the name of the column.
RURAL = re.compile(r"classement frr\b.*?(\d{4})?", re.IGNORECASE)
CLASSED = ("frr socle", "frr+", "classée frr partiellement")
NOT_CLASSED = (
    "non classée",
    "frr bénéficiaire",
    "frr bénéficiaire partiellement",
)


def layout(columns: Collection[str]) -> Layout | None:
    """Recognised by its programme and the code of the territory."""
    code = find(columns, "code_geo", "insee_com", "code_insee")
    rural = next((one for one in columns if RURAL.fullmatch(one)), "")
    if code and rural:
        return _rural(code, rural)
    programme = find(columns, "programme")
    if not code or not programme:
        return None
    return Layout(
        source="anct_programmes",
        code_column=code,
        measures=tuple(
            Measure(indicator, Kind.COUNT, when=programme, values=names)
            for indicator, names in PROGRAMMES.items()
        ),
        is_list=True,
        keeps=lambda row: _is_commune(row, code),
    )


def _rural(code: str, column: str) -> Layout:
    found = RURAL.fullmatch(column)
    return Layout(
        source="anct_programmes",
        code_column=code,
        measures=(Measure("programme_frr", Kind.COUNT, when=column, values=CLASSED),),
        vintage=(found[1] or "") if found else "",
        is_list=True,
        prepare=partial(_known_class, column=column),
    )


def _known_class(row: Row, column: str) -> Row:
    """The row as it is; raises BadRow for a class that nobody has told us of."""
    if row[column].strip().lower() not in (*CLASSED, *NOT_CLASSED):
        message = _(
            "“%(class)s” is no class of rural revitalisation known here: the list has "
            "changed, and must be read by someone before it is loaded."
        )
        raise BadRow(column, message % {"class": row[column]})
    return row


def _is_commune(row: Row, code_column: str) -> bool:
    return len(row[code_column]) == COMMUNE_LENGTH
