"""`index` with ten times more draws, ours alone; run by it, or by its own name."""

from __future__ import annotations

from benchmarks import index
from benchmarks.driver import middle, rounds

NAME = "index_draws"
SIZE = index.SLOW_SIZE
make_data, same = index.make_data, index.same


class Jalons(index.Jalons):
    """This project, 10 000 draws."""

    draws = index.MANY_DRAWS


METHODS = {index.OURS: Jalons}


def main(*, quick: bool, full: bool) -> None:
    runs = rounds(NAME, list(METHODS), SIZE, index.MANY_REPETITIONS)[index.OURS]
    seconds, memory = middle(runs, "warm"), middle(runs, "memory")
    print(f"{SIZE:,} territories, {index.MANY_DRAWS:,} draws: {seconds:.1f} s warm")
    print(f"peak memory {memory:,.0f} MB")
