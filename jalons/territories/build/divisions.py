"""Who belongs to whom: communes, EPCI, départements and régions of one year.

Read from one version of the npm package @etalab/decoupage-administratif, 6.0.0 for
2026, which gathers INSEE's official geographic code, INSEE's populations of reference
2023 (in force on 1 January 2026; 2017 for Mayotte), DGCL's list of EPCI and La Poste's
postcodes.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

# Communes of Wallis-et-Futuna, Polynésie and Nouvelle-Calédonie have a statute
# and an official code of their own; they are outside the geography of France
# that INSEE counts as 34 879 communes.
OUTSIDE = "98"
# From 2022 the package lists overseas collectivities as if they were départements.
OUTSIDE_ZONE = "com"


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune of 2026; département, région or EPCI are empty where it has none."""

    code: str
    name: str
    departement: str
    region: str
    epci: str
    population: int
    postcodes: tuple[str, ...]
    former_codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Division:
    """An EPCI, département or région, and the larger ones that contain it."""

    code: str
    name: str
    population: int
    departement: str = ""
    region: str = ""


@dataclass(frozen=True, slots=True)
class Divisions:
    communes: list[Commune]
    epci: list[Division]
    departements: list[Division]
    regions: list[Division]


def read(package: Path) -> Divisions:
    """The four levels, each sorted by code."""
    folder = package / "package" / "data"
    raw = {
        level: json.loads((folder / f"{level}.json").read_text(encoding="utf-8"))
        for level in ("communes", "epci", "departements", "regions")
    }
    communes = _communes(raw["communes"], raw["epci"], raw["departements"])
    by_departement = Counter[str]()
    by_region = Counter[str]()
    for commune in communes:
        by_departement[commune.departement] += commune.population
        by_region[commune.region] += commune.population
    return Divisions(
        communes=communes,
        epci=_epci(raw["epci"], communes),
        departements=_departements(raw["departements"], by_departement),
        regions=_regions(raw["regions"], by_region),
    )


def majority(populations: Mapping[str, int]) -> str:
    """The key that holds most inhabitants; the first in order when equal."""
    return min(populations, key=lambda key: (-populations[key], key))


def _region_code(code: str) -> str:
    return f"R{code}"


def _departements(rows: list[dict], population: Mapping[str, int]) -> list[Division]:
    return [
        Division(
            code=row["code"],
            name=row["nom"],
            population=population[row["code"]],
            region=_region_code(row["region"]),
        )
        for row in sorted(rows, key=lambda row: row["code"])
        if row.get("zone") != OUTSIDE_ZONE
    ]


def _regions(rows: list[dict], population: Mapping[str, int]) -> list[Division]:
    codes = {_region_code(row["code"]): row for row in rows}
    return [
        Division(code=code, name=codes[code]["nom"], population=population[code])
        for code in sorted(codes)
        if codes[code].get("zone") != OUTSIDE_ZONE
    ]


def _communes(
    communes: list[dict], epci: list[dict], departements: list[dict]
) -> list[Commune]:
    epci_of = {m["code"]: e["code"] for e in epci for m in e["membres"]}
    inside = {row["code"] for row in departements if row.get("zone") != OUTSIDE_ZONE}
    kept = [
        _commune(row, epci_of.get(row["code"], ""), inside)
        for row in communes
        if row["type"] == "commune-actuelle" and not row["code"].startswith(OUTSIDE)
    ]
    return sorted(kept, key=lambda commune: commune.code)


def _commune(row: dict, epci: str, departements: set[str]) -> Commune:
    # Saint-Pierre-et-Miquelon, Saint-Barthélemy and Saint-Martin have none.
    is_in_departement = row.get("departement") in departements
    return Commune(
        code=row["code"],
        name=row["nom"],
        departement=row["departement"] if is_in_departement else "",
        region=_region_code(row["region"]) if is_in_departement else "",
        epci=epci,
        population=row.get("population", 0),
        postcodes=tuple(row.get("codesPostaux", ())),
        former_codes=tuple(row.get("anciensCodes", ())),
    )


def _epci(rows: list[dict], communes: list[Commune]) -> list[Division]:
    members = defaultdict(list)
    for commune in communes:
        members[commune.epci].append(commune)
    return sorted(
        (_one_epci(row, members[row["code"]]) for row in rows),
        key=lambda epci: epci.code,
    )


def _one_epci(row: dict, members: list[Commune]) -> Division:
    by_departement = Counter[str]()
    by_region = Counter[str]()
    for commune in members:
        by_departement[commune.departement] += commune.population
        by_region[commune.region] += commune.population
    return Division(
        code=row["code"],
        name=row["nom"],
        population=sum(commune.population for commune in members),
        departement=majority(by_departement),
        region=majority(by_region),
    )
