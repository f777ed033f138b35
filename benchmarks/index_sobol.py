"""Sobol indices of every rank of `index`, ours alone; run by it, or by its own name."""

from __future__ import annotations

from benchmarks import index
from benchmarks.driver import middle, rounds

NAME = "index_sobol"
SIZE = index.SLOW_SIZE
make_data = index.make_data


def same(one: index.Result, other: index.Result) -> bool:
    """Ours alone: nothing to be compared with; tests hold it to a plain reference."""
    return True


class Jalons(index.Jalons):
    """Every choice, 512 runs of each sample, a hundred samples drawn again."""

    def run(self) -> None:
        from jalons.analysis.uncertainty_sources import sources_of_ranks

        sources_of_ranks(self.index, self.figures, self.figures)


METHODS = {index.OURS: Jalons}


def main(*, quick: bool, full: bool) -> None:
    runs = rounds(NAME, list(METHODS), SIZE, index.MANY_REPETITIONS)[index.OURS]
    seconds, memory = middle(runs, "warm"), middle(runs, "memory")
    print(
        f"Sobol indices, {SIZE:,} territories: {seconds:.1f} s warm, {memory:,.0f} MB"
    )
