"""Loops compiled in C, where a compiler was at hand when the project was installed.

A kernel has its plain way, in NumPy, which is the reference, and, beside it in a file
of C of the same name, loops that do the same without the tables that NumPy makes on the
way. `compiled` gives such a loop, or None: then the plain way is taken, and gives the
same numbers. It also gives None for little work, where there is nothing to be gained.

The site never runs a compiler: `python -m jalons.analysis.fast` does, once, called by
`make setup`. Nothing is built for one processor only: widest instructions are chosen
when the library is loaded.
"""

from __future__ import annotations

import ctypes
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
BUILT = HERE / "__pycache__"
WORTH = 200_000
"""Elements under which the plain way is as fast."""
# Sums keep their order, products stay apart from them: as in NumPy, to the last bit.
FLAGS = ("-O3", "-fPIC", "-shared", "-fopenmp-simd", "-ffp-contract=off", "-std=gnu11")

Loop = Callable[..., None]


def compiled(name: str, work: int) -> Loop | None:
    """The loop of that name, for so many elements; None to do it plainly.

    >>> compiled("pack", work=12) is None
    True
    """
    library = _library() if work >= WORTH else None
    return None if library is None else _loop(library, name)


@cache
def _library() -> ctypes.CDLL | None:
    path = built()
    return ctypes.CDLL(str(path)) if path.exists() else None


@cache
def _loop(library: ctypes.CDLL, name: str) -> Loop:
    found = library[name]
    found.restype = None

    def loop(*given: np.ndarray | int | float) -> None:
        found(*map(_as_c, given))

    return loop


def _as_c(given: np.ndarray | int | float) -> object:
    """Arrays by their address, rows one after the other; whole numbers on 64 bits."""
    if isinstance(given, np.ndarray):
        if not given.flags.c_contiguous:
            raise ValueError("a compiled loop needs rows that follow each other")
        return ctypes.c_void_p(given.ctypes.data)
    if isinstance(given, float):
        return ctypes.c_double(given)
    return ctypes.c_int64(given)


def sources() -> list[Path]:
    """The files of C."""
    return sorted(HERE.glob("*.c"))


def built() -> Path:
    """The library made of these very sources."""
    text = b"".join(path.read_bytes() for path in sources())
    print_of = sha256(text + " ".join(FLAGS).encode()).hexdigest()[:16]
    return BUILT / f"loops-{print_of}.so"


def build() -> Path | None:
    """Compile, once; None without a compiler."""
    path = built()
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if path.exists() or compiler is None:
        return path if path.exists() else None
    path.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        made = Path(folder) / path.name
        words = [compiler, *FLAGS, *map(str, sources()), "-lm", "-o", str(made)]
        subprocess.run(words, check=True)
        made.replace(path)  # Whole, or not at all: others may be building it too.
    return path


if __name__ == "__main__":
    if build() is None:
        sys.stderr.write("No C compiler: the same numbers, more slowly.\n")
