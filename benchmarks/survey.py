"""A survey scored, crossed and tested: 20 questions, 4 classes, 84 tables with χ².

Input, the same for all: codes of 20 questions (0 not asked, 1 missing, 2-5 options)
and of 4 contexts (profile, density, vulnerability, département). Output, compared
before any time: low and high totals, the counts of 84 tables (20 questions and the
class, by 4 contexts), χ² and p of each. Libraries build their own data frame in
`prepare`, counted in the cold clock only. Peers test table by table with SciPy.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np

from benchmarks.driver import (
    Line,
    Run,
    exponent,
    gate,
    middle,
    ratios,
    rounds,
    show,
    write,
)

NAME = "survey"
SIZES = (100, 10_000, 100_000)
LARGEST = 10_000_000
REPETITIONS, QUICK_REPETITIONS = 7, 2
QUESTIONS, OPTIONS, FIRST = 20, 4, 2
CODES = FIRST + OPTIONS
CONTEXTS = (4, 4, 3, 12)
WIDTH = max(CONTEXTS)
POINTS = [(0, 0, 1, 1) if q % 7 == 6 else (0, 1, 1, 2) for q in range(QUESTIONS)]
TOTAL = sum(max(points) for points in POINTS)
LIMITS = (6, 15, 22)
LOW = np.array([[0, 0, *points] for points in POINTS], dtype=np.int16)
HIGH = np.array([[0, max(points), *points] for points in POINTS], dtype=np.int16)


@dataclass(frozen=True, slots=True)
class Data:
    """Codes, one row per question or context, one column per answer."""

    answers: np.ndarray
    contexts: np.ndarray


@dataclass(frozen=True, slots=True)
class Result:
    """What every method must find; tables [question, context, option, place]."""

    low: np.ndarray
    high: np.ndarray
    tables: np.ndarray
    statistics: np.ndarray
    p_values: np.ndarray


def make_data(size: int) -> Data:
    """Answers that depend a little on the first context, drawn with a fixed seed."""
    rng = np.random.default_rng(20_220_301)
    contexts = [rng.integers(0, places, size, dtype=np.uint8) for places in CONTEXTS]
    answers = np.empty((QUESTIONS, size), dtype=np.uint8)
    for row in answers:
        row[:] = rng.integers(FIRST, CODES, size, dtype=np.uint8)
        row[contexts[0] == 0] |= np.uint8(1)
        row[rng.integers(0, 20, size, dtype=np.uint8) == 0] = 1
    return Data(answers, np.stack(contexts))


def same(one: Result, other: Result) -> bool:
    """Equal totals and counts; χ² and p equal to rounding."""
    exact = all(
        np.array_equal(getattr(one, name), getattr(other, name))
        for name in ("low", "high", "tables")
    )
    return (
        exact
        and np.allclose(one.statistics, other.statistics, rtol=1e-9)
        and np.allclose(one.p_values, other.p_values, rtol=1e-7, atol=1e-12)
    )


class Jalons:
    """This project: packed counts, χ² of all tables at once."""

    def __init__(self) -> None:
        import scipy.special  # noqa: F401  an import, so that `start` is net of it

        from jalons.analysis import codes, counting, grid, independence

        self.codes, self.counting, self.tests = codes, counting, independence
        options = [f"o{i}" for i in range(OPTIONS)]
        items = [
            grid.Item(
                f"q{q}",
                "all",
                max(points),
                grid.Single(dict(zip(options, points, strict=True))),
            )
            for q, points in enumerate(POINTS)
        ]
        edges = (0, *LIMITS, TOTAL)
        classes = [
            grid.ScoreClass(f"c{i}", low, high)
            for i, (low, high) in enumerate(zip(edges, edges[1:], strict=False))
        ]
        self.grid = grid.Grid(items, tuple(classes), TOTAL)

    def prepare(self, data: Data) -> None:
        names = tuple(item.code for item in self.grid.items)
        self.answers, self.contexts = (
            self.codes.Codes(names, data.answers),
            data.contexts,
        )

    def run(self) -> Result:
        scores = self.codes.score_matrix(self.grid, self.answers)
        classes = self.codes.class_positions(self.grid.classes, scores.low)
        rows = [*self.answers.matrix, classes + np.uint8(FIRST)]
        counts = self.counting.count_tables(rows, self.contexts, CODES, WIDTH)
        tables = counts[:, :, FIRST:, :]
        found = self.tests.many_independence(tables.reshape(-1, OPTIONS, WIDTH))
        return Result(scores.low, scores.high, tables, found.statistic, found.p_value)


class Peer:
    """What the other ways share: SciPy's test, one table at a time."""

    def __init__(self) -> None:
        from scipy.stats import chi2_contingency

        self.chi2 = chi2_contingency

    def result(self, low, high, tables) -> Result:
        tests = [self._test(table) for table in tables.reshape(-1, OPTIONS, WIDTH)]
        statistics, p_values = np.array(tests).T
        return Result(low, high, tables, statistics, p_values)

    def _test(self, table):
        full = table[table.sum(axis=1) > 0][:, table.sum(axis=0) > 0]
        if min(full.shape) < 2:
            return np.nan, np.nan
        found = self.chi2(full, correction=False)
        return found.statistic, found.pvalue


def empty_tables() -> np.ndarray:
    return np.zeros((QUESTIONS + 1, len(CONTEXTS), OPTIONS, WIDTH), dtype=np.int64)


class Numpy(Peer):
    """Plain NumPy: look-up tables and one `bincount` per table."""

    def prepare(self, data: Data) -> None:
        self.data = data

    def run(self) -> Result:
        answers, contexts = self.data.answers, self.data.contexts
        low = sum(LOW[q][answers[q]] for q in range(QUESTIONS))
        high = sum(HIGH[q][answers[q]] for q in range(QUESTIONS))
        classes = np.digitize(low, LIMITS) + FIRST
        tables = empty_tables()
        for q, row in enumerate([*answers, classes]):
            for c, places in enumerate(contexts):
                cells = row.astype(np.int64) * WIDTH + places
                counts = np.bincount(cells, minlength=CODES * WIDTH)
                tables[q, c] = counts.reshape(CODES, WIDTH)[FIRST:]
        return self.result(low, high, tables)


class Pandas(Peer):
    """pandas: `map` for the points, `groupby(…).size()` per table."""

    def __init__(self) -> None:
        super().__init__()
        import pandas

        self.pandas = pandas

    def prepare(self, data: Data) -> None:
        columns = {f"q{i}": row for i, row in enumerate(data.answers)}
        columns |= {f"c{i}": row for i, row in enumerate(data.contexts)}
        self.frame = self.pandas.DataFrame(columns)

    def run(self) -> Result:
        frame = self.frame
        low = sum(frame[f"q{q}"].map(dict(enumerate(LOW[q]))) for q in range(QUESTIONS))
        high = sum(
            frame[f"q{q}"].map(dict(enumerate(HIGH[q]))) for q in range(QUESTIONS)
        )
        edges = [-1, *(limit - 1 for limit in LIMITS), TOTAL]
        classes = self.pandas.cut(low, edges, labels=False) + FIRST
        frame = frame.assign(**{f"q{QUESTIONS}": classes})
        tables = empty_tables()
        for q in range(QUESTIONS + 1):
            for c in range(len(CONTEXTS)):
                sizes = frame.groupby([f"q{q}", f"c{c}"], sort=False).size()
                code, place = (sizes.index.get_level_values(i) for i in (0, 1))
                kept = code >= FIRST
                tables[q, c, code[kept] - FIRST, place[kept]] = sizes[kept]
        return self.result(low.to_numpy(), high.to_numpy(), tables)


class Polars(Peer):
    """polars: one lazy plan for the points, one for the 84 `group_by`."""

    def __init__(self) -> None:
        super().__init__()
        import polars

        self.polars = polars

    def prepare(self, data: Data) -> None:
        columns = {f"q{i}": row for i, row in enumerate(data.answers)}
        columns |= {f"c{i}": row for i, row in enumerate(data.contexts)}
        self.frame = self.polars.DataFrame(columns)

    def run(self) -> Result:
        pl = self.polars
        frame = self.frame.with_columns(low=self._total(LOW), high=self._total(HIGH))
        above = sum((pl.col("low") >= limit).cast(pl.UInt8) for limit in LIMITS)
        frame = frame.with_columns(
            (above + FIRST).cast(pl.UInt8).alias(f"q{QUESTIONS}")
        )
        pairs = [(q, c) for q in range(QUESTIONS + 1) for c in range(len(CONTEXTS))]
        lazy = frame.lazy()
        plans = [lazy.group_by(f"q{q}", f"c{c}").len() for q, c in pairs]
        tables = empty_tables()
        for (q, c), found in zip(pairs, pl.collect_all(plans), strict=True):
            code, place, count = (column.to_numpy() for column in found)
            kept = code >= FIRST
            tables[q, c, code[kept] - FIRST, place[kept]] = count[kept]
        return self.result(frame["low"].to_numpy(), frame["high"].to_numpy(), tables)

    def _total(self, points):
        pl = self.polars
        codes = list(range(CODES))
        return pl.sum_horizontal(
            pl.col(f"q{q}").replace_strict(
                codes, points[q].tolist(), return_dtype=pl.Int16
            )
            for q in range(QUESTIONS)
        ).cast(pl.Int16)


METHODS = {"jalons": Jalons, "numpy": Numpy, "pandas": Pandas, "polars": Polars}
OURS, *PEERS = METHODS


def main(*, quick: bool, full: bool) -> None:
    sizes = (*SIZES, LARGEST) if full else SIZES
    runs = {}
    for size in sizes:
        is_long = size == LARGEST
        # Frames are compared up to the size before, and measured in fewer rounds.
        gate(NAME, size, [OURS, "numpy"] if is_long else ())
        times = QUICK_REPETITIONS if quick else REPETITIONS
        methods = [OURS, "numpy"] if is_long and quick else list(METHODS)
        slow = ("pandas", "polars") if is_long else ()
        runs[size] = rounds(NAME, methods, size, times, slow)
        _print_runs(size, runs[size])
    for method in METHODS:
        of = {size: each[method] for size, each in runs.items() if method in each}
        seconds = {size: middle(each, "warm") for size, each in of.items()}
        print(f"{method}: warm time grows as n^{exponent(seconds):.2f}")
    lines = [*_against_peers(runs), *_goals(runs)]
    show(lines)
    write(
        NAME,
        lines,
        [run for of in runs.values() for each in of.values() for run in each],
    )


def _print_runs(size: int, runs: dict[str, list[Run]]) -> None:
    print(f"\n{size:,} responses    warm ms   cold ms     CPU s   peak MB   warm ratio")
    for method, each in runs.items():
        clocks = {"warm": 1000, "cold": 1000, "cpu": 1, "memory": 1}
        cells = [scale * middle(each, clock) for clock, scale in clocks.items()]
        ratio, least, most = ratios(runs[OURS], each, "warm")
        row = "".join(f"{cell:>10,.2f}" for cell in cells)
        print(f"{method:<16}{row}   {ratio:6.1f} ({least:.1f}–{most:.1f})")


def _against_peers(runs: dict[int, dict[str, list[Run]]]) -> list[Line]:
    lines = []
    for size, of in runs.items():
        for clock in ("warm", "cold"):
            for peer in (one for one in PEERS if one in of):
                ratio = ratios(of[OURS], of[peer], clock)[0]
                value, theirs = (1000 * middle(of[m], clock) for m in (OURS, peer))
                lines.append(
                    Line(
                        f"{size:,} responses, {clock}: no slower than {peer}",
                        "ms",
                        value,
                        peer,
                        theirs,
                        ratio,
                        theirs,
                        ratio >= 1,
                    )
                )
    return lines


def _goals(runs: dict[int, dict[str, list[Run]]]) -> list[Line]:
    few = runs[100]
    warm, start = (1000 * middle(few[OURS], clock) for clock in ("warm", "start"))
    many = runs.get(LARGEST)
    tables = middle(many[OURS], "warm") if many else None
    rate = scored_per_second()
    return [
        _goal("100 responses, full analysis, warm", "ms", warm, 2, few, "warm"),
        _goal("100 responses, process net of imports", "ms", start, 250, few, "start"),
        _goal(
            "10 M responses, scores and tables, warm",
            "ms",
            tables and 1000 * tables,
            200,
            many,
            "warm",
        ),
        Line(
            "scored responses per second and core",
            "1/s",
            rate,
            None,
            None,
            None,
            10_000,
            rate >= 10_000,
        ),
    ]


def _goal(goal, unit, value, target, runs, clock) -> Line:
    if value is None:
        return Line(goal, unit, None, None, None, None, target, None)
    ratio = ratios(runs[OURS], runs["numpy"], clock)[0]
    theirs = 1000 * middle(runs["numpy"], clock)
    return Line(goal, unit, value, "numpy", theirs, ratio, target, value <= target)


def scored_per_second() -> float:
    """Plain scores, line by line, from answers as they are stored."""
    from jalons.analysis.scoring import score

    grid = Jalons().grid
    data = make_data(2_000).answers.T.tolist()
    answers = [
        {f"q{q}": f"o{code - FIRST}" for q, code in enumerate(row) if code >= FIRST}
        for row in data
    ]
    began = time.perf_counter()
    for one in answers:
        score(grid, one)
    return len(answers) / (time.perf_counter() - began)
