"""Compiled or not, the same numbers, to the last bit where the kernel says so."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest

from jalons.analysis import fast, uncertainty
from jalons.analysis.ranking import RunningSummaries, rank_into, ranks_of, summaries
from jalons.analysis.running_quantiles import RunningQuantiles
from jalons.analysis.uncertainty_plain import rank_intervals_plainly
from tests.analysis.test_uncertainty import INDEX, random_figures

MUCH = 10**9


@pytest.fixture(scope="module", autouse=True)
def _built():
    """Loops are built once for a machine; without a compiler there is one way."""
    if fast.build() is None:
        pytest.skip("no C compiler")
    fast._library.cache_clear()


def scores(n: int, ties: bool) -> np.ndarray:
    rng = np.random.default_rng(n)
    found = rng.random((3, n)) * 9 + 1
    return np.round(found, 1) if ties else found


@pytest.mark.parametrize("ties", [False, True])
@pytest.mark.parametrize("n", [1, 2, 154, 70_000])
def test_compiled_ranks_are_the_plain_ones(n, ties):
    given = scores(n, ties)
    ranks = np.empty_like(ranks_of(given))

    rank_into(given.copy(), ranks, work=MUCH)

    assert np.array_equal(ranks, ranks_of(given))


def test_little_work_is_done_plainly():
    assert fast.compiled("pack", work=fast.WORTH - 1) is None
    assert fast.compiled("pack", work=fast.WORTH) is not None


def test_rows_that_do_not_follow_each_other_are_refused():
    pack = fast.compiled("pack", work=MUCH)

    with pytest.raises(ValueError, match="follow each other"):
        pack(np.ones((4, 4))[:, ::2], 4, 2, 1, 1.0)


def test_a_machine_without_compiler_or_loops_still_imports_and_ranks():
    code = (
        "from jalons.analysis import fast; from pathlib import Path;"
        "fast.BUILT = Path('/nowhere');"
        "from jalons.analysis.ranking import rank_into; import numpy as np;"
        "ranks = np.empty((1, 3), np.uint16);"
        "rank_into(np.array([[2.0, 7.0, 2.0]]), ranks, work=10**9);"
        "print(ranks.tolist())"
    )

    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert "[[2, 1, 2]]" == done.stdout.strip()


def test_nothing_is_built_without_a_compiler(monkeypatch, tmp_path):
    monkeypatch.setattr(fast, "BUILT", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))

    assert shutil.which("cc") is None
    assert fast.build() is None


def test_summaries_by_chunks_are_those_of_all_the_draws():
    rng = np.random.default_rng(5)
    ranks = rng.gamma(3, 40, (4_000, 60)).astype(np.uint16)
    running = RunningSummaries(60, 4_000)
    for start in range(0, 4_000, 500):
        running.add(ranks[start : start + 500])

    quantiles, fragile = running.found()

    expected = summaries(ranks)
    assert np.array_equal(quantiles, expected[0])
    assert np.array_equal(fragile, expected[1])


def test_quantiles_that_left_their_window_are_looked_for_in_all_the_draws(monkeypatch):
    """The way back of decision 0096: the numbers are those of the plain way."""
    asked = []

    def is_not_sure(running: RunningQuantiles) -> bool:
        asked.append(running.seen)
        return False

    monkeypatch.setattr(uncertainty, "LARGEST", 0)
    monkeypatch.setattr(RunningQuantiles, "is_sure", is_not_sure)
    some = random_figures(20, seed=5, missing=0.1)
    choices = replace(uncertainty.usual_choices(INDEX), draws=101)

    found = uncertainty.rank_intervals(INDEX, some, some, choices)

    plain = rank_intervals_plainly(INDEX, some, some, choices)
    assert 101 in asked
    assert plain.quantiles.tolist() == found.quantiles.tolist()
    assert plain.fragile_share.tolist() == found.fragile_share.tolist()


def test_a_quantile_out_of_its_window_is_seen():
    """Numbers in order: the first chunks say nothing of the last ones."""
    running = RunningQuantiles((2_000,), 4_000)
    for start in range(0, 4_000, 500):
        chunk = np.arange(start, start + 500, dtype=np.uint16)[None]
        running.add(chunk.copy())

    assert not running.is_sure()
