"""Reads the reference geography committed in `data/reference`."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from django.utils.translation import gettext as _

from jalons.territories.models import CURRENT_YEAR, Contour, Membership, Territory

Kind = Territory.Kind
Row = TypeVar("Row")

FILES = {
    Kind.REGION: "regions.csv",
    Kind.DEPARTEMENT: "departements.csv",
    Kind.EPCI: "epci.csv",
    Kind.COMMUNE: "communes.csv.gz",
}
CONTOURS = "contours.csv.gz"
# The longest path is that of a région with its islands.
csv.field_size_limit(1_000_000)


class BadReference(Exception):
    """A reference file cannot be read; the message says where and how to mend it."""

    def __init__(self, file: str, line: int, problem: str) -> None:
        super().__init__(
            _("%(file)s, line %(line)s: %(problem)s. Run “make data” to rebuild it.")
            % {"file": file, "line": line, "problem": problem}
        )


@dataclass(frozen=True, slots=True)
class Reference:
    """What the files say: rows not yet saved."""

    territories: list[Territory]
    memberships: list[Membership]
    contours: list[Contour]


def read_reference(folder: Path) -> Reference:
    """Every territory, membership and contour of the folder.

    Raises BadReference, with the file and the line, at the first row it cannot read.
    """
    territories, memberships = [], []
    for kind, file in FILES.items():
        for territory, groups in _read(folder / file, _territory_reader(kind)):
            territories.append(territory)
            memberships += [
                Membership(member_id=territory.code, group_id=group, since=CURRENT_YEAR)
                for group in groups
            ]
    contours = list(_read(folder / CONTOURS, _contour))
    return Reference(territories, memberships, contours)


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
                raise BadReference(path.name, line, str(error)) from error


def _territory_reader(
    kind: Kind,
) -> Callable[[dict[str, str]], tuple[Territory, list[str]]]:
    def read_row(row: dict[str, str]) -> tuple[Territory, list[str]]:
        territory = Territory(
            code=row["code"],
            kind=kind,
            name=row["name"],
            population=int(row["population"]),
            area_km2=_number(row["area_km2"]),
            longitude=_number(row["longitude"]),
            latitude=_number(row["latitude"]),
        )
        groups = (row["departement"], row["region"], row.get("epci", ""))
        return territory, [group for group in groups if group]

    return read_row


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
