"""The same expressions of a survey on DuckDB and on Spark, from which size on which.

Input: a Parquet file of answers as an operator has them, one a row: territory (35 000),
profile, département, a weight, and the codes of 20 questions as text. Output, compared
before any time: the counts and weights of 63 tables (20 questions and the class, by two
contexts and all together), and the medians and class of each territory. At the smallest
size both are compared with `jalons.analysis` too.

Both engines have two cores; memory is that of the process and, for Spark, of its Java
machine. Starting that machine is in the cold clock only.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks import driver, survey
from benchmarks.driver import Line, Run, exponent, gate, middle, ratios, rounds

NAME = "spark"
FOLDER = Path("var/bench/answers")
SIZES = (10_000, 100_000, 1_000_000)
LARGEST = 10_000_000
REPETITIONS, QUICK_REPETITIONS = 3, 1
TERRITORIES, PROFILES, DEPARTEMENTS = 35_000, 4, 101
AT_ONCE = 500_000
CODES = ["", *(f"o{i}" for i in range(survey.OPTIONS))]
CONTEXTS = ("profile", "departement")


@dataclass(frozen=True, slots=True)
class Result:
    """Every count and weight, by table; medians and class, by territory."""

    counts: dict
    weights: dict
    territories: list


def make_data(size: int) -> str:
    """The Parquet file of so many answers, drawn once with a fixed seed."""
    import pyarrow.parquet as pq

    path = FOLDER / f"{size}.parquet"
    if not path.exists():
        FOLDER.mkdir(parents=True, exist_ok=True)
        half = path.with_suffix(".half")
        draw = np.random.default_rng(37)
        first = _rows(draw, 1)
        with pq.ParquetWriter(half, first.schema) as to:
            for start in range(0, size, AT_ONCE):
                to.write_table(_rows(draw, min(AT_ONCE, size - start)))
        half.rename(path)
    return str(path)


def _rows(draw: np.random.Generator, count: int):
    import pyarrow as pa

    def texts(labels: list[str], places: np.ndarray):
        return pa.DictionaryArray.from_arrays(places, labels).cast(pa.string())

    places = draw.integers(0, TERRITORIES, count, dtype=np.int32)
    columns = {
        "territory": texts([f"T{i:05d}" for i in range(TERRITORIES)], places),
        "profile": texts(
            [f"p{i}" for i in range(PROFILES)], draw.integers(0, PROFILES, count, "i4")
        ),
        "departement": texts(
            [f"d{i:03d}" for i in range(DEPARTEMENTS)], places % DEPARTEMENTS
        ),
        "weight": pa.array(draw.uniform(0.2, 3, count).round(3)).cast(pa.string()),
    }
    for question in range(survey.QUESTIONS):
        answers = draw.integers(0, len(CODES), count, "i4")
        columns[f"q{question}"] = texts(CODES, answers)
    return pa.table(columns)


def same(one: Result, other: Result) -> bool:
    """Counts and territories equal to the last bit, weights to 1e-9."""
    return (
        one.counts == other.counts
        and one.territories == other.territories
        and all(
            np.allclose(one.weights[key], other.weights[key], rtol=1e-9)
            for key in one.weights
        )
    )


class Way:
    """What both engines do, from the file to the tables."""

    engine = ""

    def __init__(self) -> None:
        from jalons.scale import engines, points, runs

        self.runs = runs
        self.form = points.Form(survey.Jalons().grid, {})
        cores = "local[2]"
        self.con = engines.spark(cores) if self.engine == "spark" else engines.duckdb()

    def prepare(self, data: str) -> None:
        self.data = data

    def run(self) -> Result:
        sources = self.runs.Sources(
            (self.data,), "territory", weight="weight", contexts=CONTEXTS
        )
        read = self.runs.read(self.con, self.form, sources)
        found = {(t.variable, t.context): t for t in read.tables()}
        return Result(
            {key: table.counts.tolist() for key, table in found.items()},
            {key: table.weights for key, table in found.items()},
            [tuple(row.values()) for row in read.territories()],
        )

    def beside(self) -> float:
        """Megabytes of other processes that it started."""
        return 0.0


class DuckDB(Way):
    engine = "duckdb"


class Spark(Way):
    engine = "spark"

    def beside(self) -> float:
        """The Java machine, whose process is that of the gateway."""
        from pyspark import SparkContext

        return driver.peak_memory(SparkContext._gateway.proc.pid)


METHODS = {"jalons": DuckDB, "spark": Spark}


def checked_by_reference(size: int) -> None:
    """Stop unless DuckDB counts what `jalons.analysis` counts."""
    import pyarrow.parquet as pq

    from jalons.analysis.codes import Codes, class_positions, score_matrix
    from jalons.analysis.respondents import Respondents, combined

    path, ours = make_data(size), survey.Jalons()
    rows = pq.read_table(path).to_pydict()
    places = {text: at + 1 for at, text in enumerate(CODES)}
    matrix = np.array(
        [[places[t] for t in rows[f"q{q}"]] for q in range(survey.QUESTIONS)], np.uint8
    )
    codes = Codes(tuple(i.code for i in ours.grid.items), matrix)
    classes = class_positions(ours.grid.classes, score_matrix(ours.grid, codes).low)
    names = sorted(set(rows["territory"]))
    numbers = np.array([int(t[1:]) for t in rows["territory"]])
    wanted = combined(ours.grid, Respondents(codes, numbers), "median")
    way = DuckDB()
    way.prepare(path)
    found = way.run()
    count = np.bincount(classes, minlength=len(ours.grid.classes))
    read = {row[0]: row for row in found.territories}
    medians = all(
        (one.n, one.low, one.high) == (read[name][1], read[name][4], read[name][5])
        for name in names
        for one in [wanted[int(name[1:])]]
    )
    if [[n] for n in count] != found.counts["class", ""] or not medians:
        raise SystemExit(f"{NAME}: DuckDB differs from jalons.analysis")
    print(f"{NAME}, {size:,}: equal to jalons.analysis")


def main(*, quick: bool = False, full: bool = False) -> None:
    checked_by_reference(SIZES[0])
    sizes = (*SIZES, LARGEST) if full else SIZES
    runs: dict[int, dict[str, list[Run]]] = {}
    for size in sizes:
        make_data(size)
        gate(NAME, size)
        runs[size] = rounds(
            NAME, list(METHODS), size, QUICK_REPETITIONS if quick else REPETITIONS
        )
        for method, each in runs[size].items():
            print(
                f"{size:>12,} {method:<8}"
                + "".join(f"{middle(each, c):>9.2f} s" for c in ("warm", "cold"))
                + f"{middle(each, 'memory'):>9,.0f} MB"
            )
    every = [run for of in runs.values() for each in of.values() for run in each]
    lines = _lines(runs)
    driver.write(NAME, lines, every)
    driver.show(lines)


def _lines(runs: dict[int, dict[str, list[Run]]]) -> list[Line]:
    largest, before = sorted(runs)[-1], sorted(runs)[-2]
    ratio = ratios(runs[largest]["jalons"], runs[largest]["spark"], "warm")[0]
    ours, theirs = (middle(runs[largest][m], "warm") for m in METHODS)
    growth = {
        m: exponent({n: middle(of[m], "warm") for n, of in runs.items()})
        for m in METHODS
    }
    print(f"Time grows as n^{growth['jalons']:.2f}, Spark n^{growth['spark']:.2f}")
    each = {
        method: (middle(runs[largest][method], "warm") - middle(at, "warm"))
        / (largest - before)
        for method in METHODS
        for at in [runs[before][method]]
    }
    machines = each["spark"] / each["jalons"]
    return [
        Line("tables that differ", "", 0, "spark", 0, None, 0, True),
        Line(
            f"{largest:,} answers, warm: times faster than spark, two cores",
            *("s", ours, "spark", theirs, ratio, None, True),
        ),
        Line(
            "machines like this one from which Spark is as fast",
            *("", machines, None, None, None, None, True),
        ),
    ]
