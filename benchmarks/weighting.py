"""Weights on four margins (raking): sex, age, commune, profile of respondents.

Input, the same for all: the category of each respondent on four variables (2, 7, 12 and
4 categories) and the share of each in the population. Output, compared before any time:
one weight a respondent, of mean 1, equal to two thousandths (each method stops when its
own criterion holds), and every margin held to 0.02 point.

The plain reference is `rake_plain`, compared on a hundred answers. Peers: plain
NumPy on every respondent, ipfn, samplics, weightipy and balance. Whoever is absent is
said to be.

`balance` requires a NumPy older than ours: it is measured in an environment of its own
(`"balance==0.23.0" "numpy<2"`), where this project is measured beside it again.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec

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

NAME = "weighting"
SIZES = (1_000, 10_000, 100_000)
LARGEST = 10_000_000
PLAIN_SIZE = 100
GOAL_MS = 40
REPETITIONS, QUICK_REPETITIONS = 7, 2
VARIABLES = {"sex": 2, "age": 7, "commune": 12, "profile": 4}
SEED = 20_260_301
CLOSE, MARGIN = 2e-3, 2e-4
TURNS = 200


@dataclass(frozen=True, slots=True)
class Data:
    """Categories of each respondent, one row a variable; shares of the population."""

    placed: np.ndarray
    shares: tuple[np.ndarray, ...]


def make_data(size: int) -> Data:
    """A population where age and commune go together; older people were met more."""
    rng = np.random.default_rng(SEED)
    age = rng.integers(0, 7, size)
    commune = (age + rng.integers(0, 12, size)) % 12
    others = rng.integers(0, 2, size), rng.integers(0, 4, size)
    placed = np.stack([others[0], age, commune, others[1]]).astype(np.int64)
    shares = []
    for row, count in zip(placed, VARIABLES.values(), strict=True):
        met = np.bincount(row, minlength=count) / size
        known = met * rng.uniform(0.6, 1.6, count)
        shares.append(known / known.sum())
    return Data(placed, tuple(shares))


def held(data: Data, weights: np.ndarray) -> bool:
    """Whether every margin is held."""
    for row, share in zip(data.placed, data.shares, strict=True):
        found = np.bincount(row, weights=weights, minlength=len(share))
        if np.abs(found / found.sum() - share).max() > MARGIN:
            return False
    return True


def same(one: np.ndarray, other: np.ndarray) -> bool:
    return bool(np.allclose(one, other, rtol=CLOSE, atol=0))


class Jalons:
    """This project: one weight a cell of respondents alike."""

    def __init__(self) -> None:
        from jalons.analysis import weighting

        self.weighting = weighting

    def prepare(self, data: Data) -> None:
        self.margins = [
            self.weighting.Margin(
                name,
                tuple(map(str, range(count))),
                row.astype(np.int8),
                tuple(share.tolist()),
            )
            for (name, count), row, share in zip(
                VARIABLES.items(), data.placed, data.shares, strict=True
            )
        ]

    def run(self) -> np.ndarray:
        found = self.weighting.rake(self.margins)
        assert found.converged
        return found.weights


class Numpy:
    """Plain NumPy: one `bincount` a margin on every respondent, turn after turn."""

    def prepare(self, data: Data) -> None:
        self.data = data

    def run(self) -> np.ndarray:
        data = self.data
        weights = np.ones(data.placed.shape[1])
        for _turn in range(TURNS):
            before = weights.copy()
            for row, share in zip(data.placed, data.shares, strict=True):
                found = np.bincount(row, weights=weights, minlength=len(share))
                weights *= (share * len(weights) / found)[row]
            if np.abs(weights - before).max() < 1e-6:
                break
        return weights / weights.mean()


class Ipfn:
    """ipfn: `ipfn(frame, aggregates, dimensions)`."""

    def __init__(self) -> None:
        import pandas
        from ipfn import ipfn

        self.pandas, self.ipfn = pandas, ipfn

    def prepare(self, data: Data) -> None:
        columns = dict(zip(VARIABLES, data.placed, strict=True))
        self.frame = self.pandas.DataFrame(columns).assign(total=1.0)
        size = data.placed.shape[1]
        self.aggregates = [
            self.pandas.Series(
                share * size, index=self.pandas.Index(range(len(share)), name=name)
            )
            for name, share in zip(VARIABLES, data.shares, strict=True)
        ]

    def run(self) -> np.ndarray:
        found = self.ipfn.ipfn(
            self.frame.copy(),
            self.aggregates,
            [[name] for name in VARIABLES],
            convergence_rate=1e-6,
        ).iteration()
        weights = found["total"].to_numpy()
        return weights / weights.mean()


class Samplics:
    """samplics: `SampleWeight().rake`."""

    def __init__(self) -> None:
        from samplics.weighting import SampleWeight

        self.weight = SampleWeight

    def prepare(self, data: Data) -> None:
        size = data.placed.shape[1]
        self.ones = np.ones(size)
        self.margins = dict(zip(VARIABLES, data.placed, strict=True))
        self.control = {
            name: dict(enumerate((share * size).tolist()))
            for name, share in zip(VARIABLES, data.shares, strict=True)
        }

    def run(self) -> np.ndarray:
        weights = self.weight().rake(
            samp_weight=self.ones,
            margins=self.margins,
            control=self.control,
            tol=1e-6,
            ctrl_tol=1e-6,
        )
        return np.asarray(weights) / np.mean(weights)


class Weightipy:
    """weightipy: `weight_dataframe` under a scheme of percentages."""

    def __init__(self) -> None:
        import pandas
        import weightipy

        self.pandas, self.weightipy = pandas, weightipy

    def prepare(self, data: Data) -> None:
        columns = dict(zip(VARIABLES, data.placed, strict=True))
        self.frame = self.pandas.DataFrame(columns)
        self.targets = {
            name: dict(enumerate((100 * share).tolist()))
            for name, share in zip(VARIABLES, data.shares, strict=True)
        }

    def run(self) -> np.ndarray:
        scheme = self.weightipy.scheme_from_dict(
            self.targets, rim_params={"max_iterations": 1000, "convcrit": 1e-6}
        )
        found = self.weightipy.weight_dataframe(self.frame.copy(), scheme)
        weights = found["weights"].to_numpy()
        return weights / weights.mean()


class Balance:
    """balance: `rake` on margins given as shares."""

    def __init__(self) -> None:
        import pandas
        from balance.weighting_methods.rake import rake

        self.pandas, self.rake = pandas, rake

    def prepare(self, data: Data) -> None:
        # Texts: it draws numbers into classes of its own.
        columns = dict(zip(VARIABLES, data.placed.astype(str), strict=True))
        self.frame = self.pandas.DataFrame(columns)
        self.ones = self.pandas.Series(np.ones(data.placed.shape[1]))
        self.margins = {
            name: {str(code): part for code, part in enumerate(share.tolist())}
            for name, share in zip(VARIABLES, data.shares, strict=True)
        }

    def run(self) -> np.ndarray:
        found = self.rake(
            self.frame,
            self.ones,
            target_df=None,
            target_weights=None,
            target_margins=self.margins,
            transformations=None,
            convergence_rate=1e-6,
        )
        weights = found["weight"].to_numpy()
        return weights / weights.mean()


EVERY = {
    "jalons": (Jalons, ""),
    "numpy": (Numpy, ""),
    "ipfn": (Ipfn, "ipfn"),
    "samplics": (Samplics, "samplics"),
    "weightipy": (Weightipy, "weightipy"),
    "balance": (Balance, "balance"),
}
METHODS = {
    name: method
    for name, (method, library) in EVERY.items()
    if not library or find_spec(library)
}
OURS, *PEERS = METHODS


def main(*, quick: bool, full: bool) -> None:
    for name in EVERY.keys() - METHODS.keys():
        print(f"{name} is not installed here: not measured")
    _gate_plain()
    sizes = (*SIZES, LARGEST) if full else SIZES
    runs: dict[int, dict[str, list[Run]]] = {}
    for size in sizes:
        methods = [OURS, "numpy"] if size == LARGEST else [*METHODS]
        gate(NAME, size, methods)
        times = QUICK_REPETITIONS if quick else REPETITIONS
        runs[size] = rounds(NAME, methods, size, times)
        _print_runs(size, runs[size])
    for method in METHODS:
        seconds = {s: middle(runs[s][method], "warm") for s in SIZES}
        print(f"{method}: warm time grows as n^{exponent(seconds):.2f}")
    lines = _lines(runs)
    show(lines)
    every = [run for of in runs.values() for each in of.values() for run in each]
    write(NAME, lines, every)


def _gate_plain() -> None:
    """The readable reference, and margins held by every method, before any time."""
    from jalons.analysis.weighting import rake_plain

    data = make_data(PLAIN_SIZE)
    plain = np.array(
        rake_plain(
            [[str(one) for one in row] for row in data.placed],
            [{str(k): v for k, v in enumerate(share)} for share in data.shares],
        )
    )
    for name, method in METHODS.items():
        one = method()
        one.prepare(data)
        found = one.run()
        if not same(found, plain) or not held(data, found):
            raise SystemExit(f"{name} does not find the weights of the reference")
    print(f"{PLAIN_SIZE} responses: every method finds the weights of the reference")


def _print_runs(size: int, runs: dict[str, list[Run]]) -> None:
    print(f"\n{size:,} responses    warm ms   cold ms     CPU s   peak MB   warm ratio")
    for method, each in runs.items():
        clocks = {"warm": 1000, "cold": 1000, "cpu": 1, "memory": 1}
        cells = [scale * middle(each, clock) for clock, scale in clocks.items()]
        ratio, least, most = ratios(runs[OURS], each, "warm")
        row = "".join(f"{cell:>10,.2f}" for cell in cells)
        print(f"{method:<16}{row}   {ratio:6.1f} ({least:.1f}–{most:.1f})")


def _lines(runs: dict[int, dict[str, list[Run]]]) -> list[Line]:
    lines = []
    for size, of in runs.items():
        for peer in (name for name in of if name != OURS):
            ratio = ratios(of[OURS], of[peer], "warm")[0]
            value, theirs = (1000 * middle(of[m], "warm") for m in (OURS, peer))
            goal = f"{size:,} responses, warm: no slower than {peer}"
            lines.append(
                Line(goal, "ms", value, peer, theirs, ratio, theirs, ratio >= 1)
            )
    many = runs.get(LARGEST)
    value = 1000 * middle(many[OURS], "warm") if many else None
    is_reached = None if value is None else value <= GOAL_MS
    goal = "10 M responses, raking on 4 margins, warm"
    lines.append(Line(goal, "ms", value, None, None, None, GOAL_MS, is_reached))
    return lines
