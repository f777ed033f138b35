"""What is kept of a benchmark in `benchmarks/results/NAME.json`, to be read later.

Its lines (see `driver.Line`), one row a method and size, and where they were measured:
the machine described without being named, the day and the commit.
"""

from __future__ import annotations

import os
import platform
import subprocess
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import median
from typing import Any, Protocol

LIBRARIES = ("numpy", "scipy", "numba", "pandas", "polars", "duckdb", "pyspark")
GIBIBYTE = 2**30
CLOCKS = ("warm", "work", "cold", "start", "cpu", "memory")


class Ran(Protocol):
    """A run of the driver."""

    @property
    def method(self) -> str: ...
    @property
    def size(self) -> int: ...


def kept(
    lines: Sequence[Mapping[str, object]], sizes: Sequence[Mapping[str, object]]
) -> dict[str, object]:
    """The whole file of one benchmark."""
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "commit": commit(),
        "machine": machine(),
        "load": round(os.getloadavg()[2], 1),
        "lines": list(lines),
        "sizes": list(sizes),
    }


def sizes(runs: Sequence[Ran]) -> list[dict[str, object]]:
    """Medians of each method at each size, and ratios with ours, paired by round."""
    found: dict[tuple[int, str], list[Any]] = {}
    for run in runs:
        found.setdefault((run.size, run.method), []).append(run)
    rows: list[dict[str, object]] = []
    for (size, method), each in found.items():
        row = {clock: median(getattr(one, clock) for one in each) for clock in CLOCKS}
        ours = found.get((size, ours_of(method, [m for s, m in found if s == size])))
        rows.append(
            {"method": method, "size": size, "pairs": len(each)}
            | row
            | {"ratios": {c: _ratio(ours, each, c) for c in ("warm", "work", "cold")}}
        )
    return rows


def ours_of(method: str, methods: Sequence[str]) -> str:
    """Our way of the same work: `jalons`, or `jalons` and the same last word.

    >>> ours_of("SciPy nearest", ["jalons nearest", "jalons offer"])
    'jalons nearest'
    """
    ending = method.split()[-1]
    names = [m for m in methods if m in ("jalons", f"jalons {ending}")]
    return names[0] if names else method


def _ratio(ours: list[Any] | None, theirs: list[Any], clock: str) -> list[float] | None:
    """Median, least and greatest of the peer over ours, round by round."""
    if ours is None:
        return None
    pairs = zip(ours, theirs, strict=False)
    each = [getattr(b, clock) / getattr(a, clock) for a, b in pairs]
    return [median(each), min(each), max(each)]


def commit() -> str:
    """The commit measured; a plus when files differed from it."""
    found = _git("rev-parse", "--short", "HEAD")
    return f"{found}+" if _git("status", "--porcelain", "--", "jalons") else found


def _git(*words: str) -> str:
    done = subprocess.run(["git", *words], capture_output=True, text=True, check=False)
    return done.stdout.strip()


def machine() -> dict[str, str]:
    """What matters of the machine, and nothing that names it."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / GIBIBYTE
    flags = Path("/proc/cpuinfo").read_text(encoding="ascii", errors="replace")
    vectors = next((v for v in ("avx512f", "avx2") if v in flags), "no AVX")
    found = {
        "processor": f"{os.cpu_count()} cores, {platform.machine()}, {vectors}",
        "memory": f"{memory:.0f} GiB",
        "system": platform.system(),
        "python": platform.python_version(),
    }
    for name in LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found
