"""The index against the world: COINr's example, the index published in 2020."""

from __future__ import annotations

import csv
import tomllib
from collections import defaultdict
from collections.abc import Mapping
from operator import itemgetter
from pathlib import Path

import numpy as np
import pytest

from jalons.analysis.composite import score
from jalons.analysis.index import (
    Coverage,
    Group,
    Index,
    Indicator,
    indicators_of,
    reweighted,
    ticked,
)
from jalons.analysis.index_file import index_of
from jalons.analysis.normalisation import Scale
from jalons.analysis.observations import Figures
from jalons.analysis.sensitivity import mean_ranks, spearman

SHARED = Path("../shared/data")
needs_shared_data = pytest.mark.skipif(
    not (SHARED / "validation").exists(),
    reason="../shared/data/validation is not there to compare with",
)
LOOSE = Coverage(least_weight_share=0, least_per_axis=0)


def rows(name: str) -> list[dict[str, str]]:
    with (SHARED / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def columns(name: str, names: tuple[str, ...]) -> np.ndarray:
    """Some columns of a large file as numbers, a blank as NaN."""
    with (SHARED / name).open(encoding="utf-8", newline="") as file:
        lines = csv.reader(file)
        pick = itemgetter(*map(next(lines).index, names))
        cells = [[float(cell or "nan") for cell in pick(line)] for line in lines]
    return np.array(cells)


def number(text: str) -> float:
    return float("nan") if text in ("NA", "") else float(text)


def asem_groups(code: str, below: Mapping[str, list[dict[str, str]]]) -> tuple:
    """The parts under one node of COINr's table of metadata."""
    parts = []
    for row in below[code]:
        weight = float(row["Weight"])
        if row["Type"] == "Indicator":
            raised_by = "higher" if float(row["Direction"]) > 0 else "lower"
            parts.append(Indicator(row["iCode"], weight, raised_by))
        else:
            inner = asem_groups(row["iCode"], below)
            parts.append(Group(row["iCode"], inner, weight))
    return tuple(parts)


@needs_shared_data
@pytest.mark.parametrize(
    ("file", "low", "aggregation"),
    [
        ("asem_raw_minmax_amean.csv", 0, "arithmetic"),
        ("asem_raw_minmax1_gmean.csv", 1, "geometric"),
    ],
)
def test_the_asem_example_of_coinr_is_reproduced_cell_by_cell(file, low, aggregation):
    below = defaultdict(list)
    for row in rows("validation/asem_iMeta.csv"):
        if row["Type"] in ("Indicator", "Aggregate"):
            below[row["Parent"]].append(row)
    scale = Scale("min_max", low, 100, trim=None, weighted_by="territories")
    index = Index("Index", asem_groups("Index", below), scale, aggregation, LOOSE)
    data = rows("validation/asem_iData.csv")
    names = tuple(name for name in data[0] if name in {r["iCode"] for r in _all(below)})
    figures = Figures(
        tuple(row["uCode"] for row in data),
        names,
        [[number(row[name]) for name in names] for row in data],
        np.ones(len(data)),
    )

    found = score(index, figures, figures)

    columns = dict(zip(found.indicators, found.normalised.T, strict=True))
    columns |= found.parts | {"Index": found.values}
    published = {row["uCode"]: row for row in rows(f"validation/{file}")}
    assert set(published) == set(found.codes)
    assert set(columns) | {"uCode"} == set(next(iter(published.values())))
    for name, column in columns.items():
        expected = [number(published[code][name]) for code in found.codes]
        assert column == pytest.approx(expected, rel=0, abs=1e-9, nan_ok=True), name


def _all(below: Mapping[str, list[dict[str, str]]]) -> list[dict[str, str]]:
    return [row for group in below.values() for row in group]


@needs_shared_data
def test_the_axis_weights_of_the_index_of_2020_are_those_of_our_option():
    names = (
        "acces_aux_interfaces_numeriques_ref_region",
        "competences_numeriques_scolaires_ref_region",
        "acces_information_ref_region",
        "competences_administatives_ref_region",
    )
    data = columns(
        "indice_fragilite_numerique_2020_communes.csv",
        (*names, "score_global_ref_region"),
    )
    known = data[~np.isnan(data).any(axis=1)]
    axes, published = known[:, :4], known[:, 4]

    weights = np.linalg.lstsq(axes, published, rcond=None)[0]

    residual = published - axes @ weights
    assert len(known) > 35_000
    assert 1 - residual.var() / published.var() == pytest.approx(1, abs=1e-5)
    # Two decimals are published, none for one commune in a hundred.
    assert (np.abs(residual) < 0.02).mean() > 0.98
    assert np.abs(residual).max() < 1
    assert weights == pytest.approx(np.array([1, 2, 2, 1]) / 6, abs=1e-4)


@needs_shared_data
def test_our_provisional_index_ranks_the_epci_of_the_region_much_as_that_of_2020():
    definition = Path("data/indices/chiffres-embarques.toml").read_text("utf-8")
    index = index_of(tomllib.loads(definition))
    figures = carried_figures([one.code for one in indicators_of(ticked(index))])
    published = {
        row["siren_epci"]: number(row["score_global_ref_region"])
        for row in rows("indice_fragilite_numerique_2020_epci.csv")
    }

    found = score(index, figures, figures)

    theirs = np.array([published[code] for code in found.codes])
    # 100 is the mean of the inhabitants of the region, not that of its EPCI.
    assert np.average(theirs, weights=figures.population) == pytest.approx(100, abs=0.5)
    assert 154 == len(found.codes)
    assert not np.isnan(found.values).any()
    # Measured, not aimed at: six figures of 2021-2022, without networks or distances.
    assert spearman(found.values, theirs) == pytest.approx(0.80, abs=0.01)


@needs_shared_data
def test_what_sets_both_indices_apart_is_the_axis_of_interfaces():
    """Told in docs/method.md, from these figures."""
    definition = Path("data/indices/chiffres-embarques.toml").read_text("utf-8")
    index = index_of(tomllib.loads(definition))
    figures = carried_figures(["median_income", *PARTS])
    published = {
        row["siren_epci"]: row
        for row in rows("indice_fragilite_numerique_2020_epci.csv")
    }

    def theirs(column: str) -> np.ndarray:
        values = [published[code][f"{column}_ref_region"] for code in figures.codes]
        return np.array([number(value) for value in values])

    ours = score(index, figures, figures)
    interfaces = theirs("acces_aux_interfaces_numeriques")
    gaps = mean_ranks(-ours.values) - mean_ranks(-theirs("score_global"))
    of_axis = mean_ranks(-ours.parts["interfaces"]) - mean_ranks(-interfaces)
    ten = np.argsort(-np.abs(gaps))[:10]

    # Theirs rises with income, ours with poverty.
    assert spearman(figures.of("median_income"), interfaces) > 0.95
    assert spearman(ours.parts["interfaces"], interfaces) < -0.85
    for axis, column in OTHER_AXES.items():
        assert spearman(ours.parts[axis], theirs(column)) > 0
    assert (np.sign(gaps[ten]) == np.sign(of_axis[ten])).all()
    assert (np.abs(of_axis[ten]) >= 68).all()
    without = score(reweighted(index, {"interfaces": 0}), figures, figures).values
    rest = 2 * theirs("acces_information") + 2 * theirs(
        "competences_numeriques_scolaires"
    )
    rest += theirs("competences_administatives")
    assert spearman(without, rest) == pytest.approx(0.87, abs=0.01)


PARTS = (
    *("poverty_rate", "share_65_plus", "below_bac"),
    *("one_person_households", "lone_parents", "unemployment"),
)
OTHER_AXES = {
    "skills": "competences_numeriques_scolaires",
    "information": "acces_information",
    "administrative": "competences_administatives",
}


def carried_figures(names: list[str]) -> Figures:
    """The figures that the project carries for the EPCI of Nouvelle-Aquitaine."""
    carried: dict[str, dict[str, str]] = defaultdict(dict)
    for file in ("figures/epci_75_census", "figures/epci_75_filosofi"):
        for row in _carried(file):
            carried[row["code"]] |= row
    people = {
        row["code"]: float(row["population"]) for row in _carried("reference/epci")
    }
    codes = tuple(sorted(carried))
    values = [[number(carried[code][name]) for name in names] for code in codes]
    return Figures(codes, tuple(names), values, [people[code] for code in codes])


def _carried(name: str) -> list[dict[str, str]]:
    with Path(f"data/{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
