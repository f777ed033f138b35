"""INSEE, table of the IRIS: one row an IRIS, with its name, its type and its commune.

Workbook `reference_IRIS_geo2024.xlsx`: CODE_IRIS, LIB_IRIS, TYP_IRIS, DEPCOM, under
some lines of title. Type Z is a commune that is not divided: it is told by its commune.
The year is in the name of the file only.
"""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import gettext as _

from jalons.indicators.producers.layouts import BadRow, Layout, Row, find
from jalons.territories.iris import LENGTH, Iris, is_whole

NAME = r"reference_iris_geo_?(20\d\d)"


def layout(columns: Collection[str]) -> Layout | None:
    """Recognised by the code and the name of the IRIS, beside that of the commune."""
    iris = find(columns, "code_iris", "dcomiris")
    name = find(columns, "lib_iris", "libiris")
    commune = find(columns, "depcom")
    if not iris or not name or not commune:
        return None

    def place(row: Row) -> Iris:
        code, title = row[iris].strip(), row[name].strip()
        if len(code) != LENGTH:
            message = _("“%(code)s” is no code of IRIS: it must have nine characters.")
            raise BadRow(iris, message % {"code": code})
        if not title:
            raise BadRow(name, _("This IRIS has no name: write it."))
        return Iris(code, title, row[commune].strip())

    return Layout(
        source="iris",
        code_column=commune,
        part_column=iris,
        measures=(),
        level="iris",
        name_pattern=NAME,
        keeps=lambda row: not is_whole(row[iris].strip()),
        place=place,
    )
