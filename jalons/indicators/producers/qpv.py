"""Priority districts: one row a district, with the codes or the names of its communes.

The list of 2015 names the communes and gives the département; that of 2024 (`code_qp`,
`insee_com`) gives their codes. A district across several communes counts once in each
of them. Perimeters (GeoJSON, shapefile) are not read: their table of attributes is.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from django.utils.translation import gettext as _

from jalons.indicators.producers.layouts import (
    BadRow,
    Kind,
    Layout,
    Measure,
    Names,
    Row,
    find,
)

DISTRICT = ("code_qp", "code_qpv", "codeqp")
# Districts of the three large towns are told by quarter.
QUARTER = re.compile(r"\s+\d+er?\s+arrondissement$", re.IGNORECASE)
CODE = re.compile(r"\b(?:\d{5}|2[AB]\d{3})\b")
SEPARATED = re.compile(r"[\s,;|/]+")
SEPARATORS = re.compile(r"\s*[,;|/]\s*")


def layout(columns: Collection[str]) -> Layout | None:
    """Recognised by its code of district."""
    district = find(columns, *DISTRICT)
    codes = find(columns, "insee_com", "code_insee", "codes_communes", "code_com")
    names = find(columns, "communes", "commune", "nom_com")
    departement = find(columns, "code_departement", "dep", "insee_dep")
    if not district or not (codes or (names and departement)):
        return None

    def communes(row: Row, known: Names) -> Collection[str]:
        if codes:
            return _codes(row[codes], codes)
        return [
            _code(known, row[departement], name, names)
            for name in SEPARATORS.split(row[names])
        ]

    return Layout(
        source="qpv",
        code_column=codes or names,
        measures=(Measure("qpv", Kind.COUNT),),
        is_list=True,
        codes=communes,
    )


def _codes(cell: str, column: str) -> Collection[str]:
    """Every code of commune of a cell, however they are separated; raises BadRow."""
    found = CODE.findall(cell)
    if not found or SEPARATED.sub("", CODE.sub("", cell)):
        message = _("“%(cell)s” is not a list of codes of communes: correct it.")
        raise BadRow(column, message % {"cell": cell})
    return list(dict.fromkeys(found))


def _code(known: Names, departement: str, name: str, column: str) -> str:
    code = known.code_of(departement, QUARTER.sub("", name))
    if not code:
        message = _("No commune of %(departement)s is called “%(name)s”: check it.")
        raise BadRow(column, message % {"departement": departement, "name": name})
    return code
