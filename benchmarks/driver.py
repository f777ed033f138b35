"""Measure several methods of doing the same work, fairly.

* Equality first: `gate` compares every result before any time is printed.
* One process per (method, size, repetition), methods alternating A, B, C, A, B, C…
* Two clocks: warm, the work alone once done before; cold, the whole process with its
  imports up to the first result, making the data excepted. `start` is the cold work net
  of imports. CPU (user + system) and peak memory are those of the cold work; `work` is
  the CPU of one warm run, which says what the clock would be were the machine alone.
* Ratios are medians of pairwise ratios within a round, with their least and greatest.

A benchmark is a module with `METHODS` (name → class with `prepare(data)` and `run()`,
importing its library when instantiated; `beside()`, the megabytes of processes that it
started), `make_data(size)` and `same(one, other)`.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from math import log
from pathlib import Path
from statistics import median

from benchmarks import results

FOLDER, KEPT = Path("var/bench"), Path("benchmarks/results")
FACTS = Path(__file__).parent / "faults/kept"
WARM_SECONDS = 0.5
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "POLARS_MAX_THREADS")


@dataclass(frozen=True, slots=True)
class Run:
    """One process: seconds and megabytes."""

    method: str
    size: int
    cold: float
    start: float
    warm: float
    work: float
    cpu: float
    memory: float


@dataclass(frozen=True, slots=True)
class Line:
    """One goal: `reached` is None when nothing was measured."""

    goal: str
    unit: str
    value: float | None
    peer: str | None
    peer_value: float | None
    ratio: float | None
    target: float | None
    reached: bool | None


def gate(name: str, size: int, methods: Sequence[str] = ()) -> None:
    """Stop unless every method (or those named) gives the result of the first one."""
    benchmark = importlib.import_module(f"benchmarks.{name}")
    results = {}
    for method in methods or benchmark.METHODS:
        way = benchmark.METHODS[method]()
        way.prepare(benchmark.make_data(size))
        results[method] = way.run()
    first, *others = results
    for other in others:
        if not benchmark.same(results[first], results[other]):
            raise SystemExit(f"{name}, {size}: {other} differs from {first}")
    print(f"{name}, {size:,}: {', '.join(results)} give equal results")


def settle() -> None:
    """Leave what is loaded out of the collector's rounds, as the server does."""
    gc.collect()
    gc.freeze()


def rounds(
    name: str,
    methods: Sequence[str],
    size: int,
    repetitions: int,
    slow: Sequence[str] = (),
) -> dict[str, list[Run]]:
    """Runs of each method, one process each, in turn; slow ones in a third of them."""
    runs: dict[str, list[Run]] = {method: [] for method in methods}
    for turn in range(repetitions):
        for method in methods:
            if method not in slow or turn < max(1, repetitions // 3):
                runs[method].append(_in_process(name, method, size))
    return runs


def _in_process(name: str, method: str, size: int) -> Run:
    threads = dict.fromkeys(THREADS, str(os.cpu_count()))
    command = [sys.executable, "-m", "benchmarks.driver", name, method, str(size)]
    # The monotonic clock is that of the machine: the child reads the same one.
    done = subprocess.run(
        [*command, str(time.monotonic())],
        env=os.environ | threads,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return Run(method, size, **json.loads(done.stdout))


def _child(name: str, method: str, size: int, born: float) -> None:
    benchmark = importlib.import_module(f"benchmarks.{name}")
    way = benchmark.METHODS[method]()
    began = time.monotonic()
    data = benchmark.make_data(size)
    ready = time.monotonic()
    way.prepare(data)
    way.run()
    done = time.monotonic()
    usage = resource.getrusage(resource.RUSAGE_SELF)
    run = {
        "cold": done - born - (ready - began),
        "start": done - ready,
        "cpu": usage.ru_utime + usage.ru_stime,
        "memory": peak_memory() + getattr(way, "beside", float)(),
    }
    warm, work = _warm(way.run)
    print(json.dumps(run | {"warm": warm, "work": work}))


def peak_memory(process: int | str = "self") -> float:
    """Peak resident memory in MB, of one process only (unlike `ru_maxrss`)."""
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def _warm(run: Callable[[], object]) -> tuple[float, float]:
    """Medians, clock and CPU, of repeated runs; the first one, not counted, was the
    warming up."""
    seconds: list[float] = []
    work: list[float] = []
    while sum(seconds) < WARM_SECONDS:
        began, worked = time.perf_counter(), time.process_time()
        run()
        seconds.append(time.perf_counter() - began)
        work.append(time.process_time() - worked)
    return median(seconds), median(work)


def middle(runs: Sequence[Run], clock: str) -> float:
    """Median of one clock."""
    return median(getattr(run, clock) for run in runs)


def ratios(
    ours: Sequence[Run], theirs: Sequence[Run], clock: str
) -> tuple[float, float, float]:
    """How many times longer the peer takes: median, least, greatest over the rounds.

    A peer may have run in the first rounds only.
    """
    pairs = zip(ours[: len(theirs)], theirs, strict=True)
    each = [getattr(b, clock) / getattr(a, clock) for a, b in pairs]
    return median(each), min(each), max(each)


def exponent(seconds: dict[int, float]) -> float:
    """Slope of log(seconds) against log(size), by least squares."""
    points = [(log(size), log(value)) for size, value in seconds.items()]
    x, y = (sum(axis) / len(points) for axis in zip(*points, strict=True))
    rise = sum((a - x) * (b - y) for a, b in points)
    return rise / sum((a - x) ** 2 for a, _ in points)


def write(name: str, lines: Sequence[Line], runs: Sequence[Run]) -> None:
    """`var/bench/NAME.json` for the goals, `NAME-runs.json` for every run; what
    docs/performance.md is made of too, when results are kept (`make bench`)."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    rows = {"": lines, "-runs": runs}
    texts = {
        FOLDER / f"{name}{suffix}.json": [asdict(row) for row in each]
        for suffix, each in rows.items()
    }
    found: dict[Path, object] = dict(texts)
    if os.environ.get("JALONS_BENCH_KEEP"):
        KEPT.mkdir(exist_ok=True)
        found[KEPT / f"{name}.json"] = results.kept(
            texts[FOLDER / f"{name}.json"], results.sizes(runs)
        )
    for path, content in found.items():
        text = json.dumps(content, indent=1, ensure_ascii=False)
        path.write_text(text + "\n", encoding="utf-8")


def keep(name: str, found: object) -> None:
    """Facts for docs/reliability.md, with the day and how busy the machine was.

    In `var/bench`, and where that page is made from when results are kept.
    """
    told = {
        "day": f"{datetime.now(UTC):%Y-%m-%d}",
        "cores": os.cpu_count(),
        "load": round(os.getloadavg()[2], 1),
        "found": found,
    }
    text = json.dumps(told, indent=1, ensure_ascii=False) + "\n"
    folders = [FOLDER, FACTS] if os.environ.get("JALONS_BENCH_KEEP") else [FOLDER]
    for folder in folders:
        folder.mkdir(parents=True, exist_ok=True)
        suffix = ".json" if folder == FACTS else ".facts.json"
        (folder / f"{name}{suffix}").write_text(text, encoding="utf-8")


def show(lines: Sequence[Line]) -> None:
    """The goals as a table."""
    marks = {True: "reached", False: "NOT REACHED", None: "not measured"}
    print(f"\n{'goal':<58}{'value':>11}{'peer':>11}{'ratio':>9}{'target':>11}")
    for line in lines:
        figures = [line.value, line.peer_value, line.ratio, line.target]
        cells = ["–" if x is None else f"{x:,.4g}" for x in figures]
        widths = zip(cells, (11, 11, 9, 11), strict=True)
        row = "".join(f"{cell:>{width}}" for cell, width in widths)
        print(f"{line.goal:<58}{row} {line.unit:<6} {marks[line.reached]}")


if __name__ == "__main__":
    _child(sys.argv[1], sys.argv[2], int(sys.argv[3]), float(sys.argv[4]))
