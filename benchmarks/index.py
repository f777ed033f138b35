"""Ranks of territories under 1 000 ways of computing an index of 12 indicators.

Input, the same for all: 12 figures and the population of each territory, none missing;
the index in four axes; percentile or min-max (winsorised), arithmetic or geometric
mean, weights drawn with the same seed. Output, compared before any time: 5, 50 and
95 % of the ranks of each territory and its share of draws in the most fragile third.

Every peer normalises with plain NumPy, counted in its time as it is in ours, then
averages and ranks its own way. A peer that is not installed is said to be so.

COINr, in R, is not run here. 35 000 territories take pymcdm and scikit-criteria nearly
a minute each time, draw by draw: at that size they are gated and measured on 100 draws
(`index_fewer`), and their time multiplied by ten, which is said beside it. 10 000 draws
and Sobol indices are ours alone, against a goal and not a peer.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from functools import partial
from importlib.util import find_spec
from pathlib import Path

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

NAME, FEWER = "index", "index_fewer"
SIZES = (154, 1_254, 35_000)
REPETITIONS, QUICK_REPETITIONS = 7, 2
SLOW, SLOW_SIZE, SLOW_REPETITIONS = ("pymcdm", "scikit-criteria"), 35_000, 2
LONG = (*SLOW, "pandas")
FEWER_DRAWS, SCALE = 100, 10
MANY_DRAWS, MANY_REPETITIONS = 10_000, 2
DRAWS, SEED, TRIM = 1_000, 7, (0.01, 0.99)
LEVELS = (0.05, 0.5, 0.95)
"""Of the sorted ranks of 1 000 draws: the 50th, the 500th, the 950th."""
METHODS_OF_INDEX = 4


@dataclass(frozen=True, slots=True)
class Data:
    """Territories × 12 figures, and inhabitants."""

    values: np.ndarray
    population: np.ndarray


@dataclass(frozen=True, slots=True)
class Result:
    """Territories × 3 quantiles of ranks; share of draws in the first third."""

    quantiles: np.ndarray
    fragile_share: np.ndarray


def make_data(size: int) -> Data:
    """Skewed figures, no two alike, drawn with a fixed seed."""
    rng = np.random.default_rng(SEED)
    return Data(rng.gamma(2, 2, (size, 12)), rng.integers(50, 90_000, size) * 1.0)


def same(one: Result, other: Result) -> bool:
    """Exactly the same ranks."""
    return np.array_equal(one.quantiles, other.quantiles) and np.array_equal(
        one.fragile_share, other.fragile_share
    )


def four_axes():
    """The index measured, as reviewed in its file."""
    from jalons.analysis.index_file import index_of

    text = Path("data/indices/quatre-axes.toml").read_text(encoding="utf-8")
    return index_of(tomllib.loads(text))


class Jalons:
    """This project."""

    draws = DRAWS

    def __init__(self) -> None:
        from jalons.analysis import observations, uncertainty
        from jalons.analysis.index import indicators_of, ticked

        self.observations, self.uncertainty = observations, uncertainty
        self.index = four_axes()
        self.names = tuple(one.code for one in indicators_of(ticked(self.index)))
        usual = uncertainty.usual_choices(self.index)
        self.choices = uncertainty.Choices(usual.methods, self.draws, SEED)

    def prepare(self, data: Data) -> None:
        codes = tuple(map(str, range(len(data.values))))
        self.figures = self.observations.Figures(
            codes, self.names, data.values, data.population
        )

    def run(self) -> Result:
        found = self.uncertainty.rank_intervals(
            self.index, self.figures, self.figures, self.choices
        )
        return Result(found.quantiles, found.fragile_share)


class Peer:
    """What the other ways share: the scales in NumPy, the weights, the rounding."""

    draws = DRAWS

    def __init__(self) -> None:
        from scipy.stats import rankdata

        from jalons.analysis.index import shares, ticked

        self.rankdata = rankdata
        self.centre = shares(ticked(four_axes()))

    def prepare(self, data: Data) -> None:
        self.data = data

    def run(self) -> Result:
        clipped = np.clip(
            self.data.values, *np.quantile(self.data.values, TRIM, axis=0)
        )
        weights = np.random.default_rng(SEED).dirichlet(12 * self.centre, self.draws)
        ranks = np.empty((self.draws, len(clipped)), dtype=np.uint16)
        for at, values in enumerate(self._settings(clipped)):
            mine = slice(at, self.draws, METHODS_OF_INDEX)
            ranks[mine] = self.ranks(values, weights[mine], is_product=at % 2 == 1)
        return self.summary(ranks)

    def _settings(self, clipped):
        for scale in (self._percentile, self._min_max):
            values = np.column_stack([scale(column) for column in clipped.T])
            yield values
            yield values

    def _percentile(self, column):
        order = np.argsort(column)
        people = np.concatenate([[0], np.cumsum(self.data.population[order])])
        below = people[np.searchsorted(column[order], column, side="left")]
        up_to = people[np.searchsorted(column[order], column, side="right")]
        return 1 + 9 * (below + up_to) / (2 * people[-1])

    def _min_max(self, column):
        return 1 + 9 * (column - column.min()) / (column.max() - column.min())

    def ranks(self, values, weights, is_product):
        """Draws × territories; scores closer than 2^-30 are equal, as in the index."""
        scores = self.scores(values, weights, is_product)
        return self.rankdata(-np.rint(scores * 2.0**30), method="min", axis=1)

    def summary(self, ranks) -> Result:
        third = -(-ranks.shape[1] // 3)
        places = [round(level * len(ranks)) - 1 for level in LEVELS]
        ordered = np.sort(ranks, axis=0)[places].T
        return Result(ordered, (ranks <= third).mean(axis=0))


class Numpy(Peer):
    """One matrix product for all the draws of a setting, then `rankdata`."""

    def scores(self, values, weights, is_product):
        return weights @ (np.log(values) if is_product else values).T


class Pandas(Peer):
    """Frames: `dot`, `rank`, `quantile`."""

    def __init__(self) -> None:
        super().__init__()
        import pandas

        self.pandas = pandas

    def ranks(self, values, weights, is_product):
        frame = self.pandas.DataFrame(np.log(values) if is_product else values)
        scores = frame.dot(self.pandas.DataFrame(weights.T))
        rounded = (scores * 2.0**30).round()
        return rounded.rank(method="min", ascending=False).to_numpy().T

    def summary(self, ranks) -> Result:
        frame = self.pandas.DataFrame(ranks)
        quantiles = frame.quantile(LEVELS, interpolation="lower").to_numpy().T
        third = -(-ranks.shape[1] // 3)
        return Result(quantiles, (frame <= third).mean().to_numpy())


class Pymcdm(Peer):
    """pymcdm: `WSM` and `WPM` on values already on their scale, draw by draw."""

    def __init__(self) -> None:
        super().__init__()
        from pymcdm.methods import WPM, WSM

        self.models = [model(lambda x, cost=False: x) for model in (WSM, WPM)]

    def scores(self, values, weights, is_product):
        model, types = self.models[is_product], np.ones(12, dtype=int)
        rows = np.array([model(values, row, types) for row in weights])
        return np.log(rows) if is_product else rows


class ScikitCriteria(Peer):
    """scikit-criteria: `WeightedSumModel` and `WeightedProductModel`, by draw."""

    def __init__(self) -> None:
        super().__init__()
        import skcriteria
        from skcriteria.agg.simple import WeightedProductModel, WeightedSumModel

        self.matrix = partial(skcriteria.mkdm, objectives=[max] * 12)
        self.models = [WeightedSumModel(), WeightedProductModel()]

    def scores(self, values, weights, is_product):
        model = self.models[is_product]
        rows = [
            model.evaluate(self.matrix(values, weights=w)).e_.score for w in weights
        ]
        # Its products are given as decimal logarithms.
        return np.array(rows) * (np.log(10) if is_product else 1)


LIBRARIES = {
    "numpy": ("scipy", Numpy),
    "pandas": ("pandas", Pandas),
    "pymcdm": ("pymcdm", Pymcdm),
    "scikit-criteria": ("skcriteria", ScikitCriteria),
}
INSTALLED = {name: way for name, (of, way) in LIBRARIES.items() if find_spec(of)}
METHODS = {"jalons": Jalons, **INSTALLED}
OURS, *PEERS = METHODS


def main(*, quick: bool, full: bool) -> None:
    absent = [name for name in LIBRARIES if name not in INSTALLED]
    for name in absent:
        print(f"{name}: not installed, not measured")
    runs = {}
    for size in SIZES:
        measured = _measured(size, quick)
        gate(NAME, size, measured)
        times = QUICK_REPETITIONS if quick else REPETITIONS
        runs[size] = _rounds(size, times, measured)
        _print_runs(size, runs[size])
    many = rounds("index_draws", [OURS], SLOW_SIZE, MANY_REPETITIONS)[OURS]
    sobol = rounds("index_sobol", [OURS], SLOW_SIZE, MANY_REPETITIONS)[OURS]
    for method in METHODS:
        of = {size: each[method] for size, each in runs.items() if method in each}
        seconds = {size: middle(each, "warm") for size, each in of.items()}
        print(f"{method}: warm time grows as n^{exponent(seconds):.2f}")
    lines = [*_against_peers(runs), *_goals(runs), *_of_many_draws(many)]
    lines += [_not_measured(name) for name in absent]
    seconds = middle(sobol, "warm")
    name = f"Sobol indices of {SLOW_SIZE:,} ranks, with bootstrap intervals"
    lines.append(Line(name, "s", seconds, None, None, None, 8, seconds <= 8))
    show(lines)
    every = [run for of in runs.values() for each in of.values() for run in each]
    write(NAME, lines, every)


def _measured(size: int, quick: bool) -> list[str]:
    """Methods that run all the draws at this size."""
    most = SIZES[1] if quick else SLOW_SIZE
    return [one for one in METHODS if size < most or one not in SLOW]


def _rounds(size: int, times: int, measured: list[str]) -> dict[str, list[Run]]:
    """All methods in turn; at the largest size, the slow ones on fewer draws."""
    runs = rounds(NAME, measured, size, times, LONG)
    slow = [one for one in SLOW if one in METHODS]
    if size < SLOW_SIZE or not slow:
        return runs
    gate(FEWER, size)
    print(f"{', '.join(slow)}: {FEWER_DRAWS} draws, times multiplied by {SCALE}")
    fewer = rounds(FEWER, slow, size, 1 if times < REPETITIONS else SLOW_REPETITIONS)
    return runs | {one: [_scaled(run) for run in fewer[one]] for one in slow}


def _scaled(run: Run) -> Run:
    """As if all the draws had been run; the process starts once all the same."""
    more = (SCALE - 1) * run.warm
    scaled = {"warm": run.warm + more, "work": run.work * SCALE}
    return replace(run, **scaled, cold=run.cold + more, cpu=run.cpu + more)


def _print_runs(size: int, runs: dict[str, list[Run]]) -> None:
    print(f"\n{size:,} territories  warm ms   cold ms     CPU s   peak MB   warm ratio")
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
                ours, theirs = (1000 * middle(of[m], clock) for m in (OURS, peer))
                ratio = ratios(of[OURS], of[peer], clock)[0]
                goal = f"{size:,} territories, {clock}: no slower than {peer}"
                line = Line(goal, "ms", ours, peer, theirs, ratio, theirs, ratio >= 1)
                lines.append(line)
    return lines


def _goals(runs: dict[int, dict[str, list[Run]]]) -> list[Line]:
    """The targets of 1 000 draws, then what is left to another day."""
    goals = {154: 50, 1_254: 50, 35_000: 350}
    lines = [_goal(size, target, runs[size]) for size, target in goals.items()]
    targets = {"numpy": 15, "pandas": 30, "pymcdm": 100, "scikit-criteria": 100}
    for peer, target in targets.items():
        if peer not in PEERS:
            continue
        ratio = ratios(runs[35_000][OURS], runs[35_000][peer], "warm")[0]
        goal = f"35,000 territories, warm: times faster than {peer}"
        line = Line(goal, "×", ratio, peer, None, ratio, target, ratio >= target)
        lines.append(line)
    return lines


def _of_many_draws(runs: list[Run]) -> list[Line]:
    """Time and memory of ten times more draws, against their goals."""
    name = f"{SLOW_SIZE:,} territories, {MANY_DRAWS:,} draws"
    seconds, memory = middle(runs, "warm"), middle(runs, "memory")
    ms = 1000 * seconds
    return [
        Line(f"{name}, warm", "ms", ms, None, None, None, 3_000, ms <= 3_000),
        Line(f"{name}, peak", "MB", memory, None, None, None, 300, memory <= 300),
    ]


def _goal(size: int, target: float, runs: dict[str, list[Run]]) -> Line:
    ours, theirs = (1000 * middle(runs[method], "warm") for method in (OURS, "numpy"))
    ratio = ratios(runs[OURS], runs["numpy"], "warm")[0]
    goal = f"{size:,} territories, 1,000 draws, warm"
    return Line(goal, "ms", ours, "numpy", theirs, ratio, target, ours <= target)


def _not_measured(peer: str) -> Line:
    goal = f"35,000 territories, warm: times faster than {peer}"
    return Line(goal, "×", None, peer, None, None, 100, None)
