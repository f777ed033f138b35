"""What changed from one year to the next: territories, memberships, splits.

The reference files say what is true today; the three files written here say what was,
so that a table of 2021 is read with the communes and the EPCI of 2021.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from jalons.territories.build.divisions import Commune, Division, Divisions
from jalons.territories.build.files import write_csv

Years = Mapping[int, Divisions]
Pair = tuple[str, str]


def write(folder: Path, years: Years) -> None:
    """Write the files of history beside those of today."""
    write_csv(
        folder / "former_territories.csv",
        ("code", "kind", "name", "population", "until"),
        former_territories(years),
    )
    write_csv(
        folder / "moves.csv.gz", ("member", "group", "since", "until"), moves(years)
    )
    write_csv(
        folder / "successors.csv",
        ("code", "until", "became", "population"),
        sorted([*splits(years), *heirs_of_epci(years)]),
    )


def former_territories(years: Years) -> list[tuple[str, str, str, int, int]]:
    """Communes and EPCI that ceased, with the last year in which they existed."""
    last: dict[str, tuple[str, str, str, int, int]] = {}
    for year, france in sorted(years.items()):
        for commune in france.communes:
            last[commune.code] = (
                commune.code, "commune", commune.name, commune.population, year
            )  # fmt: skip
        for epci in france.epci:
            last[epci.code] = (epci.code, "epci", epci.name, epci.population, year)
    return sorted(row for row in last.values() if row[-1] < max(years))


def moves(years: Years) -> list[tuple[str, str, int, int | str]]:
    """Memberships that did not hold in every year, span by span.

    A span that still holds has no last year.
    """
    held: dict[Pair, list[int]] = defaultdict(list)
    for year, france in sorted(years.items()):
        for pair in _pairs(france):
            held[pair].append(year)
    rows = [
        (member, group, span[0], "" if span[-1] == max(years) else span[-1])
        for (member, group), found in held.items()
        if len(found) < len(years)
        for span in _spans(found)
    ]
    return sorted(rows)


def splits(years: Years) -> list[tuple[str, int, str, int]]:
    """Communes from which others were made again while they went on themselves.

    One row for each part with its inhabitants in the first year after, the commune that
    went on among them; `until` is the last year before.
    """
    rows: list[tuple[str, int, str, int]] = []
    for year in sorted(years)[:-1]:
        before = {commune.code: commune for commune in years[year].communes}
        after = {commune.code: commune for commune in years[year + 1].communes}
        for origin, parts in _separated(before, after).items():
            rows += [
                (origin, year, code, after[code].population)
                for code in sorted({origin, *parts})
            ]
    return sorted(rows)


def heirs_of_epci(years: Years) -> list[tuple[str, int, str, int]]:
    """EPCI that ceased, with the present EPCI of their communes.

    One row for each heir, with the inhabitants that the communes now in it had in the
    last year of the EPCI.
    """
    today = years[max(years)]
    present = {commune.code: commune.epci for commune in today.communes}
    heir = {old: c.code for c in today.communes for old in c.former_codes}
    rows: list[tuple[str, int, str, int]] = []
    for code, kind, _name, _population, until in former_territories(years):
        people = Counter[str]()
        for commune in years[until].communes if kind == "epci" else ():
            if commune.epci == code:
                now = present[heir.get(commune.code, commune.code)]
                people[now] += commune.population
        rows += [(code, until, became, n) for became, n in sorted(people.items())]
    return rows


def _separated(
    before: Mapping[str, Commune], after: Mapping[str, Commune]
) -> dict[str, list[str]]:
    """New codes by the commune that they left; renumbered communes are not there."""
    origin_of = {old: code for code, one in before.items() for old in one.former_codes}
    found: dict[str, list[str]] = defaultdict(list)
    for code in after.keys() - before.keys():
        origin = origin_of.get(code, "")
        if origin in after:
            found[origin].append(code)
    return found


def _pairs(france: Divisions) -> Iterator[Pair]:
    parts: tuple[Commune | Division, ...] = (
        *france.communes,
        *france.epci,
        *france.departements,
    )
    for one in parts:
        above = [one.departement, one.region]
        if isinstance(one, Commune):
            above.append(one.epci)
        yield from ((one.code, group) for group in above if group)


def _spans(years: Iterable[int]) -> list[list[int]]:
    spans: list[list[int]] = []
    for year in years:
        if spans and year == spans[-1][-1] + 1:
            spans[-1].append(year)
        else:
            spans.append([year])
    return spans
