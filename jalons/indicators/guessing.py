"""What a team's table seems to hold: a first answer to each question of the form.

Only a default, which the reader sees and may change: nothing is loaded on a guess.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePath

from jalons.indicators.cells import read_number, split_sign
from jalons.indicators.producers.layouts import COMMUNE_COLUMNS, BadRow

Rows = Sequence[Mapping[str, str]]

CODE_NAMES = (
    *COMMUNE_COLUMNS,
    *("insee", "code", "code_geo", "codgeo", "siren", "epci", "code_epci"),
)
CODE = re.compile(r"\d{5}|2[AB]\d{3}|\d{9}|\d{2,3}|2[AB]", re.IGNORECASE)
YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
MOSTLY = 0.8
"""Share of the cells of a column that must look alike. Our choice."""
# Words of a heading, without accents nor capitals, and the unit that they tell.
UNIT_WORDS = (
    ("percent", ("%", "taux", "part", "pourcent", "pct", "proportion")),
    ("euros", ("€", "euro", "revenu", "niveau de vie", "montant", "cout")),
    ("km", ("km", "distance", "kilometre")),
    ("inhabitants", ("population", "habitants", "habitantes")),
)


def guess(name: str, columns: Sequence[str], rows: Rows) -> dict[str, object]:
    """Initial values of the form that names columns, from its first rows."""
    code = _code_column(columns, rows)
    value = _value_column([one for one in columns if one != code], rows)
    cells = [row[value] for row in rows]
    unit = _unit(value, cells)
    year = YEAR.findall(value) or YEAR.findall(PurePath(name).stem)
    return {
        "code_column": code,
        "value_column": value,
        "title": value,
        "unit": unit,
        "as_shares": unit == "percent" and _are_shares(cells),
        "vintage": year[-1] if year else "",
    }


def _code_column(columns: Sequence[str], rows: Rows) -> str:
    """The one that is named so, else the one whose cells look like codes."""
    named = [one for one in columns if one.strip().lower() in CODE_NAMES]
    return next(
        (one for one in (*named, *columns) if _share(rows, one, _is_code) >= MOSTLY),
        named[0] if named else columns[0],
    )


def _value_column(columns: Sequence[str], rows: Rows) -> str:
    """The first one of numbers: names of places, and other codes, come before it."""
    numbers = [one for one in columns if _share(rows, one, _is_number) >= MOSTLY]
    own = [one for one in numbers if one.strip().lower() not in CODE_NAMES]
    return next(iter((*own, *numbers, *columns)))


def _share(rows: Rows, column: str, is_one) -> float:
    cells = [cell for row in rows if (cell := row[column].strip())]
    return sum(map(is_one, cells)) / len(cells) if cells else 0.0


def _is_code(cell: str) -> bool:
    return CODE.fullmatch(cell) is not None


def _is_number(cell: str) -> bool:
    return _number(cell) is not None


def _number(cell: str) -> float | None:
    try:
        return read_number(split_sign(cell)[0], "")[0]
    except BadRow:
        return None


def _unit(column: str, cells: Sequence[str]) -> str:
    """What the cells say, else what the heading says; a number by default."""
    for cell in cells:
        if unit := split_sign(cell)[1]:
            return unit
    heading = _plain(column)
    for unit, words in UNIT_WORDS:
        if any(re.search(rf"(?<!\w){re.escape(word)}", heading) for word in words):
            return unit
    known = list(_numbers(cells))
    is_whole = all(one.is_integer() for one in known)
    if known and not is_whole and all(0 <= one <= 100 for one in known):
        return "percent"
    return "count"


def _are_shares(cells: Sequence[str]) -> bool:
    """0.125 for 12.5 %, as a workbook keeps cells that it shows in percent."""
    known = [] if any("%" in cell for cell in cells) else list(_numbers(cells))
    return any(one % 1 for one in known) and all(0 <= one <= 1 for one in known)


def _numbers(cells: Iterable[str]) -> Iterable[float]:
    return (one for cell in cells if (one := _number(cell)) is not None)


def _plain(text: str) -> str:
    return text.lower().translate(str.maketrans("éèêàûôç", "eeeauoc"))
