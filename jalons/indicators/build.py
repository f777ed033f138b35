"""Writes `data/figures` from INSEE's figures (`make data`, never at run time).

    JALONS_DATA_DIR=folder python -m jalons.indicators.build

The folder holds three tables made from INSEE's files: epci_indicateurs_2026.csv,
epci_2025_densite3_libelles.csv and grille_densite_7_niveaux_2022.csv. What is written
concerns the EPCI of one région, and is described in data/figures/sources.toml.
"""

from __future__ import annotations

import csv
import gzip
import os
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = ROOT / "data" / "reference"
FIGURES = ROOT / "data" / "figures"
REGION = "R75"
LEVELS = range(1, 8)

# Table and name of its code, by release of data/figures/sources.toml.
TABLES = {
    "epci_75_filosofi.csv": ("epci_indicateurs_2026.csv", "siren_epci"),
    "epci_75_census.csv": ("epci_indicateurs_2026.csv", "siren_epci"),
    "epci_75_density_label.csv": ("epci_2025_densite3_libelles.csv", "EPCI"),
}
GRID = "grille_densite_7_niveaux_2022.csv"
DENSITY = "epci_75_density.csv"

Table = list[dict[str, str]]


@dataclass(frozen=True, slots=True)
class Passage:
    """How the codes of the grid became communes of 2026."""

    levels: Mapping[str, Mapping[int, float]]
    """For each commune of 2026, the share of its inhabitants by level."""
    passed: Mapping[str, str]
    """Codes that are communes no more, with the commune that they became."""
    unknown: Sequence[str]
    """Codes that lead to no commune of 2026."""


def main() -> None:
    folder = os.environ.get("JALONS_DATA_DIR")
    if not folder:
        print("Figures kept as they are: JALONS_DATA_DIR is not set.")
        return
    epci = [row for row in _read(REFERENCE / "epci.csv") if row["region"] == REGION]
    for release in _releases():
        if release["file"] in TABLES:
            _write_copied(Path(folder), release, epci)
    _write_density(Path(folder), epci)


def pass_codes(
    grid: Table, communes: Iterable[str], became: Mapping[str, str]
) -> Passage:
    """Levels of the communes of 2026 from a grid drawn for other communes.

    A merged commune receives the levels of those that made it, in proportion of
    their inhabitants in the grid (equal parts when nobody lives there).
    """
    current = set(communes)
    parts: dict[str, list[tuple[int, float]]] = defaultdict(list)
    passed, unknown = {}, []
    for row in grid:
        code = row["code_insee"]
        if code not in current:
            heir = became.get(code, "")
            if heir not in current:
                unknown.append(code)
                continue
            passed[code] = heir
            code = heir
        parts[code].append((int(row["densite_7"]), float(row["population_2019"] or 0)))
    levels = {code: _shares(each) for code, each in parts.items()}
    return Passage(levels, passed, unknown)


def _shares(parts: Sequence[tuple[int, float]]) -> dict[int, float]:
    total = sum(weight for _, weight in parts)
    shares: dict[int, float] = defaultdict(float)
    for level, weight in parts:
        shares[level] += weight / total if total else 1 / len(parts)
    return dict(shares)


def inhabitants_by_level(
    communes: Iterable[Mapping[str, str]], levels: Mapping[str, Mapping[int, float]]
) -> dict[str, list[float]]:
    """Inhabitants of each EPCI by level of the grid, from those of its communes."""
    sums: dict[str, list[float]] = defaultdict(lambda: [0.0] * len(LEVELS))
    for commune in communes:
        for level, share in levels.get(commune["code"], {}).items():
            sums[commune["epci"]][level - 1] += int(commune["population"]) * share
    return dict(sums)


def _write_copied(folder: Path, release: Mapping, epci: Table) -> None:
    name, key = TABLES[release["file"]]
    rows = {row[key]: row for row in _read(folder / name)}
    columns = release["columns"]
    _write(
        release["file"],
        ("code", "name", *columns),
        (
            (
                e["code"],
                e["name"],
                *(rows[e["code"]][c].removesuffix(".0") for c in columns.values()),
            )
            for e in epci
        ),
    )


def _write_density(folder: Path, epci: Table) -> None:
    communes = _read(REFERENCE / "communes.csv.gz")
    former = _read(REFERENCE / "former_communes.csv.gz")
    passage = pass_codes(
        _read(folder / GRID),
        (row["code"] for row in communes),
        {row["code"]: row["became"] for row in former},
    )
    codes = {row["code"] for row in epci}
    members = [row for row in communes if row["epci"] in codes]
    absent = [row["code"] for row in members if row["code"] not in passage.levels]
    print(f"{GRID}: {len(passage.passed)} codes passed to the communes of 2026.")
    print(f"Unknown codes: {', '.join(passage.unknown) or 'none'}.")
    print(f"Communes of {REGION} absent from the grid: {', '.join(absent) or 'none'}.")
    sums = inhabitants_by_level(members, passage.levels)
    _write(
        DENSITY,
        ("code", "name", *(f"density_{level}" for level in LEVELS)),
        ((e["code"], e["name"], *map(round, sums[e["code"]])) for e in epci),
    )


def _releases() -> list[Mapping]:
    sources = tomllib.loads((FIGURES / "sources.toml").read_text(encoding="utf-8"))
    return [
        release for source in sources["source"] for release in source.get("release", [])
    ]


def _read(path: Path) -> Table:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _write(name: str, header: Sequence[str], rows: Iterable[Sequence]) -> None:
    with (FIGURES / name).open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


if __name__ == "__main__":
    main()
