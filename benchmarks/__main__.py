"""`python -m benchmarks [NAME…] [--quick] [--full]`: run benchmarks, all by default."""

from __future__ import annotations

import argparse
import importlib
import pkgutil

import benchmarks

NOT_BENCHMARKS = {
    "__main__",
    "charts",
    "cluster",
    "desk",
    "driver",
    "performance",
    "phones",
    "results",
    "room",
    "serving",
    "writing",
}


def main() -> None:
    names = sorted({m.name for m in pkgutil.iter_modules(benchmarks.__path__)})
    available = [name for name in names if name not in NOT_BENCHMARKS]
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(available))
    parser.add_argument("--quick", action="store_true", help="fewer repetitions")
    parser.add_argument("--full", action="store_true", help="the largest sizes too")
    options = parser.parse_args()
    unknown = set(options.names) - set(available)
    if unknown:
        parser.error(f"no benchmark named {', '.join(sorted(unknown))}")
    for name in options.names or available:
        benchmark = importlib.import_module(f"benchmarks.{name}")
        benchmark.main(quick=options.quick, full=options.full)


if __name__ == "__main__":
    main()
