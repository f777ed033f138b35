from __future__ import annotations

import csv
from collections import Counter, defaultdict
from operator import itemgetter
from pathlib import Path

import pytest

from jalons.analysis.context import (
    FOUR_CLASSES,
    INSEE_EPCI_CLASSES,
    THREE_CLASSES,
    VULNERABILITIES,
    Terciles,
    density_class,
    terciles,
    vulnerability_class,
)
from jalons.analysis.crosstab import crosstab, empty_combinations
from tests.analysis.tables import table

DATA = Path("../shared/data")


def read(name):
    if not (DATA / name).exists():
        pytest.skip(f"{name} is not on this machine")
    # Three times faster than a DictReader, over 35 000 communes.
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        header, *lines = csv.reader(file)
    return [dict(zip(header, line, strict=True)) for line in lines]


def epci_of_the_region():
    rows = read("epci_indicateurs_2026.csv")
    return {r["siren_epci"]: r for r in rows if r["code_region_principale"] == "75"}


def population_by_level(epci):
    levels = dict(
        picked("grille_densite_7_niveaux_2022.csv", "code_insee", "densite_7")
    )
    names = ("code_insee", "siren_epci", "population_municipale")
    populations = defaultdict(lambda: [0.0] * 7)
    for code, siren, people in picked("communes_2026.csv", *names):
        if siren in epci and (level := levels.get(code)):
            populations[siren][int(level) - 1] += float(people or 0)
    return populations


def picked(name, *names):
    """Some columns of a large file: a dictionary a row would take a second."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        lines = csv.reader(file)
        pick = itemgetter(*map(next(lines).index, names))
        yield from map(pick, lines)


def test_a_territory_is_in_the_class_of_most_of_its_inhabitants():
    rows = table("""
        1   | 2  | 3  | 4  | 5  | 6  | 7   | four        | three
        500 | 0  | 0  | 0  | 0  | 0  | 400 | very_dense  | dense
        400 | 0  | 0  | 0  | 0  | 0  | 500 | very_sparse | rural
        40  | 20 | 20 | 20 | 0  | 0  | 0   | dense       | intermediate
        0   | 0  | 40 | 0  | 20 | 15 | 30  | dense       | rural
        0   | 0  | 0  | 0  | 20 | 25 | 40  | sparse      | rural
        10  | 0  | 0  | 0  | 10 | 0  | 0   | very_dense  | dense
    """)

    for row in rows:
        levels = [float(row[str(level)]) for level in range(1, 8)]
        assert density_class(levels, FOUR_CLASSES) == row["four"], row
        assert density_class(levels, THREE_CLASSES) == row["three"], row


def test_nobody_lives_nowhere():
    assert density_class([0] * 7) is None
    with pytest.raises(ValueError, match="4 levels instead of 7"):
        density_class([1, 2, 3, 4])


def test_nouvelle_aquitaine_by_density():
    populations = population_by_level(epci_of_the_region()).values()

    four = Counter(density_class(levels, FOUR_CLASSES) for levels in populations)
    three = Counter(density_class(levels, THREE_CLASSES) for levels in populations)

    assert four == {"very_dense": 6, "dense": 23, "sparse": 110, "very_sparse": 15}
    assert three == {"dense": 6, "intermediate": 22, "rural": 126}


def test_the_label_of_insee_is_not_the_majority_of_the_communes():
    labels = [
        INSEE_EPCI_CLASSES[e["densite_3_epci"]] for e in epci_of_the_region().values()
    ]

    assert Counter(labels) == {"dense": 3, "intermediate": 22, "rural": 129}


def test_thirds_of_income_over_every_epci_of_the_region():
    incomes = {c: float(e["rev_med_21"]) for c, e in epci_of_the_region().items()}

    limits = terciles(incomes)

    assert limits == Terciles(21_180, 22_380)
    classes = Counter(
        vulnerability_class(income, limits) for income in incomes.values()
    )
    assert classes == {"high": 52, "middle": 51, "low": 51}


def test_no_urban_epci_of_the_region_is_in_the_most_vulnerable_third():
    epci = epci_of_the_region()
    limits = terciles({c: float(e["rev_med_21"]) for c, e in epci.items()})
    found = crosstab(
        [INSEE_EPCI_CLASSES[e["densite_3_epci"]] for e in epci.values()],
        [vulnerability_class(float(e["rev_med_21"]), limits) for e in epci.values()],
        list(THREE_CLASSES),
        VULNERABILITIES,
    )

    empty = empty_combinations(found)

    assert empty == (("dense", "high"), ("dense", "middle"), ("intermediate", "high"))


def test_the_lowest_incomes_are_the_most_vulnerable():
    limits = Terciles(21_180, 22_380)

    found = [
        vulnerability_class(x, limits) for x in (18_000, 21_180, 21_181, 22_380, 30_000)
    ]

    assert found == ["high", "high", "middle", "middle", "low"]


def test_an_unknown_income_has_no_class():
    limits = Terciles(21_180, 22_380)

    assert vulnerability_class(None, limits) is None
    assert vulnerability_class(float("nan"), limits) is None
    with pytest.raises(ValueError, match="no value is known"):
        terciles({"a": None})
