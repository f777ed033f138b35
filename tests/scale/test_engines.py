"""DuckDB and Spark give the numbers of `jalons.analysis`, from the same expressions."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from jalons.analysis import composite, respondents
from jalons.analysis.codes import encode
from jalons.analysis.grid import ticked
from jalons.analysis.index import Group, Index, Indicator
from jalons.analysis.normalisation import FORMULAS, Scale
from jalons.analysis.observations import Figures
from jalons.analysis.scoring import classify, score
from jalons.analysis.uncertainty import own_ranks
from jalons.demo.simulation import simulate
from jalons.questionnaires.columns import columns_of
from jalons.questionnaires.definitions import read_file
from jalons.questionnaires.grids import grid_of
from jalons.scale import engines, points, tables, territories
from jalons.scale import index as index_at_scale
from tests.analysis.grids import MATURITY
from tests.scale.answers import FORM, drawn, form_of, written

pytestmark = [
    # Ibis 12 calls what DuckDB 2 and Spark 4 rename; Spark leaves its sockets open.
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]
DATA = Path(__file__).resolve().parents[2] / "data"
TOLERANCE = 1e-12


@pytest.fixture(scope="module")
def spark():
    con = engines.spark("local[2]")
    yield con
    con.disconnect()


@pytest.fixture(scope="module", params=["duckdb", "spark"])
def con(request):
    """Each engine in turn; that of Spark starts once, in some five seconds."""
    if request.param == "spark":
        return request.getfixturevalue("spark")
    return engines.duckdb()


def read(con, path):
    table = engines.read(con, [str(path)])
    return table.mutate(weight=table.weight.cast("float64"))


def rows_of(table):
    return table.to_pyarrow().to_pylist()


@pytest.fixture(scope="module")
def answers():
    return drawn(300)


@pytest.fixture(scope="module")
def scored(con, answers, tmp_path_factory):
    path = written(tmp_path_factory.mktemp("answers") / "answers.csv", answers)
    return points.scored(FORM, read(con, path)).cache()


def test_points_and_classes_are_those_of_the_reference_to_the_last_bit(scored, answers):
    found = Counter(
        (
            *(row[item.code] for item in MATURITY.items),
            *(row[f"{bound}{at}"] for bound in ("low", "high") for at in range(12)),
            row["low"],
            row["high"],
            *(row[f"low:{one}"] for one in FORM.dimensions),
            MATURITY.classes[row["class"]].code,
            row["class"] != row["class_high"],
        )
        for row in rows_of(scored)
    )

    assert found == Counter(map(expected_row, answers))


def expected_row(answer):
    one = score(MATURITY, answer)
    found = classify(MATURITY, one.low, one.high)
    texts = (answer[item.code] for item in MATURITY.items)
    return (
        *(t if isinstance(t, str) else "|".join(t) for t in texts),
        *(line.low for line in one.lines),
        *(line.high for line in one.lines),
        one.low,
        one.high,
        *(one.by_dimension[name].low for name in FORM.dimensions),
        found.code,
        found.is_uncertain,
    )


def test_every_table_counts_and_weighs_the_answers_of_the_reference(scored, answers):
    found = tables.count(FORM, scored, ["profile"])

    assert len(found) == 2 * 13
    for table in found:
        inside = [
            (one.get(table.context, ""), falls_in(table.variable, one), one)
            for one in answers
        ]
        for row, category in enumerate(table.categories):
            for column, value in enumerate(table.values):
                those = [
                    float(one["weight"])
                    for at, codes, one in inside
                    if at == value and category in codes
                ]
                assert table.counts[row, column] == len(those), (table, category)
                assert table.weights[row, column] == pytest.approx(sum(those), rel=1e-9)
    whole = {table.variable: table for table in found if not table.context}
    assert whole["R2a"].answered.tolist() == [
        sum(bool(ticked(one["R2a"])) for one in answers)
    ]


def falls_in(variable, answer):
    found = score(MATURITY, answer)
    if variable == tables.CLASS:
        return {classify(MATURITY, found.low, found.high).code}
    line = next(one for one in found.lines if one.code == variable)
    if line.state != "asked":
        return {tables.MISSING if line.state == "missing" else tables.UNASKED}
    return ticked(answer[variable])


def test_territories_have_the_medians_and_classes_of_the_page(scored, answers):
    names = sorted({one["territory"] for one in answers})
    places = np.array([names.index(one["territory"]) for one in answers])
    codes = encode(MATURITY, answers)
    given = respondents.Respondents(codes, places)
    wanted = respondents.combined(MATURITY, given, "median")

    found = {
        row["territory"]: row for row in rows_of(territories.combined(FORM, scored))
    }

    assert list(found) == names
    for place, one in wanted.items():
        row, of = found[names[place]], classify(MATURITY, one.low, one.high)
        assert (row["n"], row["low"], row["high"]) == (one.n, one.low, one.high)
        assert (row["minimum"], row["maximum"]) == (one.minimum, one.maximum)
        assert MATURITY.classes[row["class"]].code == of.code
        assert row["is_uncertain"] == of.is_uncertain
        assert row["is_borderline"] == of.is_borderline
        for name, part in one.by_dimension.items():
            assert (row[f"low:{name}"], row[f"high:{name}"]) == (part.low, part.high)
    assert any(row["is_borderline"] for row in found.values())


def test_the_demonstration_of_154_epci_has_the_same_scores(con, tmp_path):
    definition = read_file(DATA / "questionnaires/maturite-numerique.toml")
    grid = grid_of(definition)
    people = simulate(definition, [f"2{at:08d}" for at in range(154)])
    questions = [q for q in definition.questions if not q.is_personal]
    columns = [column for question in questions for column in columns_of(question)]
    rows = [{c.code: c.coded(one.answers) for c in columns} for one in people]
    path = written(tmp_path / "reponses.csv", [row | {"weight": 1} for row in rows])

    form = form_of(grid, definition)
    found = points.scored(form, read(con, path)).select("territory", "low", "high")

    wanted = [(one.answers["territory"], score(grid, one.answers)) for one in people]
    assert Counter((r["territory"], r["low"], r["high"]) for r in rows_of(found)) == (
        Counter((code, one.low, one.high) for code, one in wanted)
    )


def figures(count=154):
    """Ties, blanks, a territory without inhabitants, one that knows nothing."""
    draw = np.random.default_rng(5)
    values = draw.gamma(2, 10, (count, 6)).round(1)
    values[draw.random(values.shape) < 0.15] = np.nan
    values[3] = np.nan
    population = draw.integers(100, 90_000, count).astype(float)
    population[7] = 0
    codes = tuple(f"{at:03d}" for at in range(count))
    return Figures(codes, tuple("abcdef"), values, population)


AXES = (
    Group("first", (Indicator("a"), Indicator("b", 2), Indicator("c", 1, "lower"))),
    Group("second", (Indicator("d"), Indicator("e", 3)), 2),
    Group("third", (Indicator("f"), Indicator("absent"))),
)
INDEX = Index("index", AXES)
VARIANTS = [replace(INDEX, scale=Scale(formula)) for formula in FORMULAS] + [
    replace(INDEX, aggregation="geometric"),
    replace(INDEX, scale=Scale("min_max", 0, 100, None, "territories")),
]
ON_SPARK = (0, 2, 5)


@pytest.mark.parametrize("at", range(len(VARIANTS)))
def test_an_index_has_the_scores_and_ranks_of_the_page(con, at, tmp_path):
    if con.name == "pyspark" and at not in ON_SPARK:
        pytest.skip("DuckDB tries them all")
    index, given = VARIANTS[at], figures()
    rows = [
        {"code": code, "population": given.population[i]}
        | {
            n: "" if v != v else v
            for n, v in zip("abcdef", given.values[i], strict=True)
        }
        for i, code in enumerate(given.codes)
    ]
    path = written(tmp_path / "territories.csv", rows, delimiter=",")
    table = engines.read(con, [str(path)])
    numbers = {n: table[n].try_cast("float64") for n in ("population", *"abcdef")}

    found = rows_of(index_at_scale.scored(index, table.mutate(**numbers)))

    wanted = composite.score(index, given, given)
    assert [row["code"] for row in found] == list(given.codes)
    assert [row["reason"] for row in found] == list(wanted.reasons)
    assert {"axis", "weight", None} >= set(wanted.reasons) > {None}
    compare([row["score"] for row in found], wanted.values)
    compare([row["known_share"] for row in found], wanted.known_share)
    for name, column in zip(wanted.indicators, wanted.normalised.T, strict=True):
        compare([row[name] for row in found], column)
    for name, column in wanted.parts.items():
        compare([row[name] for row in found], column)
    ranks = [row["rank"] for row in found if row["rank"] is not None]
    assert ranks == own_ranks(index, wanted).tolist()


def compare(found, wanted):
    values = np.array([np.nan if one is None else one for one in found], float)
    np.testing.assert_allclose(values, wanted, rtol=TOLERANCE, atol=TOLERANCE)
