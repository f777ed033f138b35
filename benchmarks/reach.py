"""Distance to the nearest of 20 000 places, and E2SFCA within 15 km.

Zones and places are drawn at random over a square as large as France (460 000 km²), so
that 2.3 million zones make some 69 million pairs within 15 km. Input, the same for
all: longitudes and latitudes, people, capacity. Output, compared before any time:
kilometres to the nearest place; capacity for one person, rings 5, 10 and 15 km.

The plain reference is the whole table of `analysis.reach`, compared on 2 300 zones. The
peers are the usual ways: a SciPy k-d tree on chords, with the pairs as a sparse matrix;
scikit-learn's BallTree (haversine); geopandas `sjoin_nearest` (in space it has no
third dimension: it is given Lambert-like kilometres, and its time alone is read); PySAL
`access`, whose pairs are given. Whoever is absent is said to be.

At 2.3 million zones BallTree and geopandas take the best part of a minute and `access`
some 12 GB: they are measured at a tenth of it and multiplied by ten, which is said.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
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

NAME = "reach"
SIZES = (23_000, 230_000, 2_300_000)
COMMUNES = 35_000
PLAIN_SIZE = 2_300
REPETITIONS, QUICK_REPETITIONS = 7, 2
PLACES, SEED = 20_000, 7
BOX = (-2.0, 6.8, 43.5, 49.7)
SLOW = ("BallTree nearest", "geopandas nearest", "access offer")
SCALE = 10
EQUAL = 1e-12
# Ten nanometres, in kilometres: an angle is known to 2e-16 rad, the radius is 6 371 km.
ROUNDED = 1e-11


@dataclass(frozen=True, slots=True)
class Data:
    """Zones and places as longitude, latitude; people of zones, capacity of places."""

    zones: np.ndarray
    places: np.ndarray
    people: np.ndarray
    capacity: np.ndarray


def make_data(size: int) -> Data:
    rng = np.random.default_rng(SEED)
    west, east, south, north = BOX

    def points(count: int) -> np.ndarray:
        return np.column_stack(
            [rng.uniform(west, east, count), rng.uniform(south, north, count)]
        )

    places = PLACES if size > PLAIN_SIZE else PLACES // 10
    return Data(
        points(size),
        points(places),
        rng.integers(1, 500, size) * 1.0,
        rng.integers(1, 4, places) * 1.0,
    )


def same(one: np.ndarray, other: np.ndarray) -> bool:
    """Equal to 1e-12, relative, or to what rounding an angle costs on the Earth."""
    return bool(np.allclose(one, other, rtol=EQUAL, atol=ROUNDED))


class Way:
    """What every way shares: the data, and what is imported when it is made."""

    def prepare(self, data: Data) -> None:
        self.data = data


class JalonsNearest(Way):
    """This project."""

    def __init__(self) -> None:
        from jalons.analysis.catchment import nearest_places

        self.nearest = nearest_places

    def run(self) -> np.ndarray:
        return self.nearest(self.data.zones, self.data.places).km


class PlainNearest(Way):
    """The whole table of distances."""

    def __init__(self) -> None:
        from jalons.analysis import reach

        self.reach = reach

    def run(self) -> np.ndarray:
        table = self.reach.km_between(self.data.zones, self.data.places)
        return self.reach.nearest(table).km


class ScipyNearest(Way):
    """A k-d tree on chords, two workers."""

    def __init__(self) -> None:
        from scipy.spatial import cKDTree

        self.tree = cKDTree

    def run(self) -> np.ndarray:
        places, zones = in_space(self.data.places), in_space(self.data.zones)
        chord, _index = self.tree(places).query(zones, workers=2)
        return arc(chord)


class BallTreeNearest(Way):
    """scikit-learn, haversine."""

    def __init__(self) -> None:
        from sklearn.neighbors import BallTree

        self.tree = BallTree

    def run(self) -> np.ndarray:
        places, zones = (
            np.radians(points[:, ::-1])
            for points in (self.data.places, self.data.zones)
        )
        angle, _index = self.tree(places, metric="haversine").query(zones)
        return angle[:, 0] * radius()


class GeopandasNearest(Way):
    """`sjoin_nearest` on kilometres of an equirectangular plane."""

    def __init__(self) -> None:
        import geopandas

        self.geopandas = geopandas

    def run(self) -> np.ndarray:
        frames = [
            self.geopandas.GeoDataFrame(
                geometry=self.geopandas.points_from_xy(*flat(points).T)
            )
            for points in (self.data.zones, self.data.places)
        ]
        found = self.geopandas.sjoin_nearest(*frames, distance_col="km")
        return found["km"].groupby(level=0).first().to_numpy()


class JalonsOffer(Way):
    """This project."""

    def __init__(self) -> None:
        from jalons.analysis.catchment import catchment

        self.catchment = catchment

    def run(self) -> np.ndarray:
        data = self.data
        return self.catchment(data.zones, data.places, data.people, data.capacity)


class PlainOffer(Way):
    """The whole table of distances."""

    def __init__(self) -> None:
        from jalons.analysis import reach

        self.reach = reach

    def run(self) -> np.ndarray:
        table = self.reach.km_between(self.data.zones, self.data.places)
        return self.reach.e2sfca(table, self.data.people, self.data.capacity)


class ScipyOffer(Way):
    """Pairs of a k-d tree as a sparse matrix, two products."""

    def __init__(self) -> None:
        from scipy.spatial import cKDTree

        from jalons.analysis.reach import RINGS, weights_of

        self.tree, self.rings, self.weights_of = cKDTree, RINGS, weights_of

    def run(self) -> np.ndarray:
        data = self.data
        reach = chord_of(self.rings[-1].within_km)
        here, there = (self.tree(in_space(p)) for p in (data.zones, data.places))
        pairs = here.sparse_distance_matrix(there, reach, output_type="coo_matrix")
        pairs.data = self.weights_of(arc(pairs.data), self.rings)
        weights = pairs.tocsr()
        demand = weights.T @ data.people
        share = np.divide(
            data.capacity, demand, out=np.zeros_like(demand), where=demand > 0
        )
        return weights @ share


class AccessOffer(Way):
    """PySAL `access`; pairs are given, and not counted."""

    def __init__(self) -> None:
        import pandas
        from access import fca, weights
        from scipy.spatial import cKDTree

        from jalons.analysis.reach import RINGS

        self.pandas, self.fca, self.tree, self.rings = pandas, fca, cKDTree, RINGS
        self.step = weights.step_fn({ring.within_km: ring.weight for ring in RINGS})

    def prepare(self, data: Data) -> None:
        super().prepare(data)
        reach = chord_of(self.rings[-1].within_km)
        here, there = (self.tree(in_space(p)) for p in (data.zones, data.places))
        found = here.sparse_distance_matrix(there, reach, output_type="ndarray")
        frame = self.pandas.DataFrame
        self.costs = frame(
            {"origin": found["i"], "dest": found["j"], "cost": arc(found["v"])}
        )
        self.demand = frame({"people": data.people})
        self.supply = frame({"capacity": data.capacity})

    def run(self) -> np.ndarray:
        found = self.fca.two_stage_fca(
            demand_df=self.demand,
            supply_df=self.supply,
            cost_df=self.costs,
            max_cost=self.rings[-1].within_km,
            demand_index=True,
            demand_name="people",
            supply_index=True,
            supply_name="capacity",
            cost_origin="origin",
            cost_dest="dest",
            cost_name="cost",
            weight_fn=self.step,
        )
        return found.reindex(range(len(self.demand))).fillna(0).to_numpy()


def radius() -> float:
    from jalons.analysis.distances import RADIUS_KM

    return RADIUS_KM


def in_space(points: np.ndarray) -> np.ndarray:
    east, north = np.radians(points).T
    flat = np.cos(north)
    return np.column_stack([flat * np.cos(east), flat * np.sin(east), np.sin(north)])


def flat(points: np.ndarray) -> np.ndarray:
    middle_north = np.radians((BOX[2] + BOX[3]) / 2)
    degree = radius() * np.radians(1)
    return points * [degree * np.cos(middle_north), degree]


def arc(chord: np.ndarray) -> np.ndarray:
    return 2 * radius() * np.arcsin(chord / 2)


def chord_of(km: float) -> float:
    return 2 * float(np.sin(km / (2 * radius())))


LIBRARIES = {
    "BallTree nearest": ("sklearn", BallTreeNearest),
    "geopandas nearest": ("geopandas", GeopandasNearest),
    "access offer": ("access", AccessOffer),
}
METHODS = {
    "jalons nearest": JalonsNearest,
    "SciPy nearest": ScipyNearest,
    "jalons offer": JalonsOffer,
    "SciPy offer": ScipyOffer,
    "plain nearest": PlainNearest,
    "plain offer": PlainOffer,
    **{name: way for name, (of, way) in LIBRARIES.items() if find_spec(of)},
}
KINDS = ("nearest", "offer")
"""Goals: seconds at 2.3 million zones, then of 35 000 communes, in milliseconds."""
GOALS = {"nearest": 0.10, "offer": 0.35}
FASTER: dict[str, dict[str, float]] = {
    "nearest": {},
    "offer": {"SciPy offer": 50, "access offer": 500},
}
COMMUNE_GOAL_MS = 10
OFFER_GOAL_MB = 300


def main(*, quick: bool, full: bool) -> None:
    absent = [name for name in LIBRARIES if name not in METHODS]
    for name in absent:
        print(f"{name}: not installed, not measured")
    for kind in KINDS:
        gate(NAME, PLAIN_SIZE, [f"plain {kind}", *_of(kind, compared=True)])
        gate(NAME, SIZES[0], [*_of(kind, compared=True)])
    sizes = SIZES if not quick else (SIZES[0], SIZES[2]) if full else SIZES[:2]
    runs = {size: _rounds(size, quick) for size in (*sizes, COMMUNES)}
    for size, of in runs.items():
        _print_runs(size, of)
    for method in runs[SIZES[0]]:
        seconds = {size: middle(runs[size][method], "warm") for size in sizes}
        print(f"{method}: warm time grows as n^{exponent(seconds):.2f}")
    lines = [line for kind in KINDS for line in _lines(kind, runs, sizes[-1])]
    lines += [Line(name, "s", None, None, None, None, None, None) for name in absent]
    show(lines)
    every = [run for of in runs.values() for each in of.values() for run in each]
    write(NAME, lines, every)


def _of(kind: str, *, compared: bool = False) -> list[str]:
    """Ways of one kind; geopandas is on a plane, so its figures are not compared."""
    return [
        name
        for name in METHODS
        if name.endswith(kind)
        and not name.startswith("plain")
        and not (compared and name.startswith("geopandas"))
    ]


def _rounds(size: int, quick: bool) -> dict[str, list[Run]]:
    methods = [name for kind in KINDS for name in _of(kind)]
    if size < SIZES[-1]:
        return rounds(NAME, methods, size, _times(quick), SLOW)
    slow = [name for name in SLOW if name in METHODS]
    quicker = [m for m in methods if m not in slow]
    found = rounds(NAME, quicker, size, _times(quick), ["SciPy offer"])
    print(f"{', '.join(slow)}: measured at {size // SCALE:,}, multiplied by {SCALE}")
    tenth = rounds(NAME, slow, size // SCALE, _times(quick), SLOW)
    return found | {name: [_scaled(run, size) for run in tenth[name]] for name in slow}


def _times(quick: bool) -> int:
    return QUICK_REPETITIONS if quick else REPETITIONS


def _scaled(run: Run, size: int) -> Run:
    more = (SCALE - 1) * run.warm
    cold, cpu, memory = run.cold + more, run.cpu + more, run.memory * SCALE
    scaled = {"warm": run.warm + more, "work": run.work * SCALE}
    return replace(run, **scaled, size=size, cold=cold, cpu=cpu, memory=memory)


def _print_runs(size: int, runs: dict[str, list[Run]]) -> None:
    print(f"\n{size:,} zones       warm ms   cold ms     CPU s   peak MB   warm ratio")
    for method, each in runs.items():
        clocks = {"warm": 1000, "cold": 1000, "cpu": 1, "memory": 1}
        cells = [scale * middle(each, clock) for clock, scale in clocks.items()]
        ours = runs[f"jalons {method.split()[-1]}"]
        ratio, least, most = ratios(ours, each, "warm")
        row = "".join(f"{cell:>10,.2f}" for cell in cells)
        print(f"{method:<18}{row}   {ratio:6.1f} ({least:.1f}–{most:.1f})")


def _lines(kind: str, runs: dict, top: int) -> list[Line]:
    ours = f"jalons {kind}"
    lines = []
    for peer in _of(kind):
        if peer == ours:
            continue
        mine, theirs = (middle(runs[top][one], "warm") for one in (ours, peer))
        ratio = ratios(runs[top][ours], runs[top][peer], "warm")[0]
        goal = f"{top:,} zones, warm: no slower than {peer}"
        lines.append(Line(goal, "s", mine, peer, theirs, ratio, theirs, ratio >= 1))
    for peer, target in FASTER[kind].items():
        if peer in METHODS:
            ratio = ratios(runs[top][ours], runs[top][peer], "warm")[0]
            goal = f"{top:,} zones, {kind}: times faster than {peer}"
            times = Line(goal, "×", ratio, peer, None, ratio, target, ratio >= target)
            lines.append(times)
    seconds = middle(runs[top][ours], "warm")
    reached = seconds <= GOALS[kind] if top == SIZES[-1] else None
    goal = f"{top:,} zones × {PLACES:,} places, {kind}, warm"
    lines.append(Line(goal, "s", seconds, None, None, None, GOALS[kind], reached))
    if kind == "nearest":
        ms = 1000 * middle(runs[COMMUNES][ours], "warm")
        goal = f"{COMMUNES:,} communes, nearest, warm"
        reached = ms <= COMMUNE_GOAL_MS
        lines.append(Line(goal, "ms", ms, None, None, None, COMMUNE_GOAL_MS, reached))
    else:
        memory = middle(runs[top][ours], "memory")
        reached = memory <= OFFER_GOAL_MB if top == SIZES[-1] else None
        goal = f"{top:,} zones, {kind}, peak"
        lines.append(Line(goal, "MB", memory, None, None, None, OFFER_GOAL_MB, reached))
    return lines
