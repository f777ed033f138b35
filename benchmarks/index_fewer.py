"""`index` on a hundred draws, for the peers that rank draw by draw; run by it."""

from __future__ import annotations

from benchmarks import index
from benchmarks.driver import middle, rounds

NAME = index.FEWER
SIZE = index.SLOW_SIZE
make_data, same = index.make_data, index.same


def _on_fewer(way: type) -> type:
    return type(way.__name__, (way,), {"draws": index.FEWER_DRAWS})


METHODS = {
    name: _on_fewer(way)
    for name, way in index.METHODS.items()
    if name == index.OURS or name in index.SLOW
}


def main(*, quick: bool, full: bool) -> None:
    for method, runs in rounds(NAME, list(METHODS), SIZE, 2).items():
        seconds = middle(runs, "warm")
        print(f"{method}: {index.FEWER_DRAWS} draws, {SIZE:,}: {seconds:.2f} s")
