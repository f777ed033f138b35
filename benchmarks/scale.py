"""The whole of a nation on one machine, within bounded memory.

**grid**: 2.3 million cells of 200 m and 20 000 places, invented; nearest place and
E2SFCA of each cell. Before any time is read, a sample of cells is measured by the plain
way: every distance by the haversine, every place shared between all the cells around.

**answers**: 10 million answers scored, crossed and tested in pieces of a million, each
forgotten once counted. The first piece is compared with plain NumPy (`survey`).

Each part is one process, so that its peak memory is its own; making the data counts in
memory, not in time. Needs nothing but the packages of the project.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time

import numpy as np

from benchmarks import reach, survey
from benchmarks.driver import Line, peak_memory, show, write

NAME = "scale"
CELLS, ANSWERS, PIECE = 2_300_000, 10_000_000, 1_000_000
QUICK = 100
"""A hundredth of everything, to see that it runs."""
SAMPLED, SAMPLED_OFFERS = 2_000, 4
MEGABYTES = 300
SEED = 20_260_101


def main(*, quick: bool, full: bool) -> None:
    by = QUICK if quick else 1
    found = {part: _in_process(part, by) for part in PARTS}
    grid, answers = found["grid"], found["answers"]
    load = f"load {os.getloadavg()[2]:.0f}"
    lines = [
        _line(f"{CELLS // by:,} cells, nearest and E2SFCA ({load})", "s", grid["s"]),
        _line("… processor", "s", grid["work"]),
        _line("2.3 million cells, peak memory", "MB", grid["memory"], MEGABYTES),
        _line(f"{ANSWERS // by:,} answers, in pieces ({load})", "s", answers["s"]),
        _line("… processor of the answers", "s", answers["work"]),
        _line(
            "10 million answers in pieces, peak memory",
            "MB",
            answers["memory"],
            MEGABYTES,
        ),
    ]
    show(lines)
    write(NAME, lines, [])


def _line(goal: str, unit: str, value: float, target: float | None = None) -> Line:
    reached = value <= target if target else None
    return Line(goal, unit, value, None, None, None, target, reached)


def _in_process(part: str, by: int) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.scale", part, str(by)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    told, figures = done.stdout.strip().split("\n")
    print(told)
    return json.loads(figures)


def grid(by: int) -> dict[str, float]:
    from jalons.analysis.catchment import catchment, nearest_places

    data = reach.make_data(CELLS // by)
    km = nearest_places(data.zones, data.places).km
    offer = catchment(data.zones, data.places, data.people, data.capacity)
    _gate_grid(data, km, offer)
    del km, offer
    began, worked = time.perf_counter(), time.process_time()
    nearest_places(data.zones, data.places)
    catchment(data.zones, data.places, data.people, data.capacity)
    return _measured(began, worked)


def _gate_grid(data: reach.Data, km: np.ndarray, offer: np.ndarray) -> None:
    """A sample of cells, by every distance."""
    from jalons.analysis.reach import km_between, weights_of

    drawn = np.random.default_rng(SEED).choice(len(km), SAMPLED, replace=False)
    for at in drawn:
        plain = km_between(data.zones[at : at + 1], data.places).min()
        if not reach.same(np.array([km[at]]), np.array([plain])):
            raise SystemExit(f"scale: cell {at} is {km[at]} km away, not {plain}")
    for at in drawn[:SAMPLED_OFFERS]:
        weights = weights_of(km_between(data.zones[at : at + 1], data.places))[0]
        plain = 0.0
        for place in np.flatnonzero(weights):
            demand = _demand(data, place)
            plain += weights[place] * data.capacity[place] / demand
        if not reach.same(np.array([offer[at]]), np.array([plain])):
            raise SystemExit(f"scale: cell {at} is offered {offer[at]}, not {plain}")
    print(f"scale: {SAMPLED:,} cells and {SAMPLED_OFFERS} offers as by every distance")


def _demand(data: reach.Data, place: int) -> float:
    """The people around one place, by their weights, whole distances in pieces."""
    from jalons.analysis.reach import km_between, weights_of

    total, step = 0.0, 100_000
    for start in range(0, len(data.zones), step):
        zones = data.zones[start : start + step]
        weights = weights_of(km_between(zones, data.places[place : place + 1]))[:, 0]
        total += float(weights @ data.people[start : start + step])
    return total


def answers(by: int) -> dict[str, float]:
    ours, piece = survey.Jalons(), PIECE // by
    first = survey.make_data(piece // 10)
    plain = survey.Numpy()
    results = []
    for way in (ours, plain):
        way.prepare(first)
        results.append(way.run())
    if not survey.same(*results):
        raise SystemExit("scale: the answers are not counted as by plain NumPy")
    print(f"scale: the first {piece // 10:,} answers as by plain NumPy")
    tables, seconds, work = survey.empty_tables(), 0.0, 0.0
    for _piece in range(ANSWERS // PIECE):
        ours.prepare(survey.make_data(piece))
        began, worked = time.perf_counter(), time.process_time()
        tables += ours.run().tables
        seconds += time.perf_counter() - began
        work += time.process_time() - worked
    began, worked = time.perf_counter(), time.process_time()
    ours.tests.many_independence(tables.reshape(-1, survey.OPTIONS, survey.WIDTH))
    last = _measured(began, worked)
    return last | {"s": last["s"] + seconds, "work": last["work"] + work}


def _measured(began: float, worked: float) -> dict[str, float]:
    return {
        "s": time.perf_counter() - began,
        "work": time.process_time() - worked,
        "memory": peak_memory(),
    }


PARTS = {"grid": grid, "answers": answers}

if __name__ == "__main__":
    print(json.dumps(PARTS[sys.argv[1]](int(sys.argv[2]))))
