"""Reads the reference geography committed in `data/reference`."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from math import log10
from pathlib import Path
from typing import TypeVar

from django.utils.translation import gettext as _

from jalons.search.operations import Entry
from jalons.territories.models import FIRST_YEAR, Contour, Membership, Territory

Kind = Territory.Kind
Row = TypeVar("Row")

FILES = {
    Kind.REGION: "regions.csv",
    Kind.DEPARTEMENT: "departements.csv",
    Kind.EPCI: "epci.csv",
    Kind.COMMUNE: "communes.csv.gz",
}
CONTOURS = "contours.csv.gz"
# Communes of the region that comes with the project; those of all France when the
# user has had them written (docs/operate.md).
COMMUNE_CONTOURS = "contours_communes_75.csv.gz"
ALL_COMMUNE_CONTOURS = "contours_communes.csv.gz"
FORMER = "former_territories.csv"
MOVES = "moves.csv.gz"


class BadReference(Exception):
    """A reference file cannot be read; the message says where and how to mend it."""

    def __init__(self, file: str, line: int, problem: str) -> None:
        super().__init__(
            _("%(file)s, line %(line)s: %(problem)s. Run “make data” to rebuild it.")
            % {"file": file, "line": line, "problem": problem}
        )


@dataclass(frozen=True, slots=True)
class Reference:
    """What the files say: rows not yet saved, and the words that lead to each."""

    territories: list[Territory]
    memberships: list[Membership]
    contours: list[Contour]
    entries: list[Entry]


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of a file of territories."""

    territory: Territory
    groups: dict[str, str]
    postcodes: str


def read_reference(folder: Path, downloaded: Path | None = None) -> Reference:
    """Every territory, membership and contour of the folder.

    `downloaded` is where the contours of all the communes of France may lie. Raises
    BadReference, with the file and the line, at the first row it cannot read.
    """
    lines = [
        line
        for kind, file in FILES.items()
        for line in _read(folder / file, partial(_line, kind))
    ]
    names = {line.territory.code: line.territory.name for line in lines}
    former = list(_read(folder / FORMER, _former))
    return Reference(
        territories=[*(line.territory for line in lines), *former],
        memberships=_memberships(lines, list(_read(folder / MOVES, _move))),
        contours=[
            *_read(folder / CONTOURS, _contour),
            *_read(_commune_contours(folder, downloaded), _contour),
        ],
        entries=[_entry(line, names) for line in lines],
    )


def _memberships(
    lines: Iterable[_Line], moves: Collection[Membership]
) -> list[Membership]:
    """Those of today hold since the first year, unless a move says otherwise."""
    moved = {(one.member_id, one.group_id) for one in moves if one.until is None}
    steady = [
        Membership(member_id=line.territory.code, group_id=group, since=FIRST_YEAR)
        for line in lines
        for group in line.groups.values()
        if group and (line.territory.code, group) not in moved
    ]
    return steady + list(moves)


def _commune_contours(folder: Path, downloaded: Path | None) -> Path:
    everywhere = (downloaded or folder) / ALL_COMMUNE_CONTOURS
    return everywhere if everywhere.exists() else folder / COMMUNE_CONTOURS


def _entry(line: _Line, names: Mapping[str, str]) -> Entry:
    """How a territory is found: by its name, code, postcodes and département."""
    territory, departement = line.territory, line.groups["departement"]
    if departement:
        subtitle = f"{names[departement]} ({departement})"
    else:
        subtitle = names.get(line.groups["region"], "")
    return Entry(
        kind=territory.kind,
        ref=territory.code,
        title=territory.name,
        subtitle=subtitle,
        body=f"{territory.code} {line.postcodes}",
        weight=log10(max(territory.population or 0, 1)) / 8,
    )


def _read(path: Path, read_row: Callable[[dict[str, str]], Row]) -> Iterator[Row]:
    opener = gzip.open if path.suffix == ".gz" else open
    try:
        stream = opener(path, "rt", encoding="utf-8", newline="")
    except FileNotFoundError as error:
        raise BadReference(path.name, 0, _("the file is missing")) from error
    with stream:
        for line, row in enumerate(csv.DictReader(stream), start=2):
            try:
                yield read_row(row)
            except KeyError as error:
                problem = _("the column %(name)s is missing") % {"name": error.args[0]}
                raise BadReference(path.name, line, problem) from error
            except ValueError as error:
                problem = _("a value cannot be read (%(why)s)") % {"why": error}
                raise BadReference(path.name, line, problem) from error


def _line(kind: Kind, row: dict[str, str]) -> _Line:
    territory = Territory(
        code=row["code"],
        kind=kind,
        name=row["name"],
        population=int(row["population"]),
        area_km2=_number(row["area_km2"]),
        longitude=_number(row["longitude"]),
        latitude=_number(row["latitude"]),
    )
    groups = {level: row.get(level, "") for level in ("departement", "region", "epci")}
    return _Line(territory, groups, row.get("postcodes", ""))


def _former(row: dict[str, str]) -> Territory:
    return Territory(
        code=row["code"],
        kind=Kind(row["kind"]),
        name=row["name"],
        population=int(row["population"]),
        until=int(row["until"]),
    )


def _move(row: dict[str, str]) -> Membership:
    return Membership(
        member_id=row["member"],
        group_id=row["group"],
        since=int(row["since"]),
        until=int(row["until"]) if row["until"] else None,
    )


def _number(text: str) -> float | None:
    return float(text) if text else None


def _contour(row: dict[str, str]) -> Contour:
    return Contour(
        territory_id=row["code"],
        vintage=int(row["vintage"]),
        frame=row["frame"],
        path=row["path"],
        min_x=int(row["min_x"]),
        min_y=int(row["min_y"]),
        max_x=int(row["max_x"]),
        max_y=int(row["max_y"]),
    )
