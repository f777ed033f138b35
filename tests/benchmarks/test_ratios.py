"""Our work beside the plain NumPy or SciPy way, in small: a ratio, never a time.

Processor time of both, in turn, the least of three each; well under what `make bench`
finds is asked for, so that a busy machine does not fail it and a lost kernel does.
"""

from __future__ import annotations

import importlib
import time

import pytest

from jalons.analysis import fast

ROUNDS = 3
ASKED = {
    ("survey", "jalons", "numpy", 300_000): 4,
    ("weighting", "jalons", "numpy", 500_000): 4,
    ("index", "jalons", "numpy", 2_000): 2,
    ("reach", "jalons nearest", "SciPy nearest", 50_000): 2,
    ("reach", "jalons offer", "SciPy offer", 50_000): 2,
}


@pytest.fixture(autouse=True)
def _built():
    if fast.build() is None:
        pytest.skip("no C compiler: the plain way only")
    fast._library.cache_clear()


@pytest.mark.slow
@pytest.mark.parametrize("which", ASKED, ids=lambda which: " ".join(map(str, which)))
def test_our_work_stays_several_times_less_than_the_plain_way(which):
    name, *methods, size = which
    benchmark = importlib.import_module(f"benchmarks.{name}")
    ways = [benchmark.METHODS[method]() for method in methods]
    data = benchmark.make_data(size)
    for way in ways:
        way.prepare(data)
    found = [way.run() for way in ways]
    assert benchmark.same(*found)

    rounds = [[_work(way) for way in ways] for _round in range(ROUNDS)]
    ours, theirs = (min(each) for each in zip(*rounds, strict=True))

    assert theirs / ours >= ASKED[which]


def _work(way) -> float:
    began = time.process_time()
    way.run()
    return time.process_time() - began
