"""`python -m benchmarks [NAME…] [--quick] [--full]`: run benchmarks, all by default."""

from __future__ import annotations

import argparse
import importlib
import pkgutil

import benchmarks

TOOLS = {
    "__main__",
    "charts",
    "cluster",
    "crawl",
    "demonstration",
    "desk",
    "driver",
    "performance",
    "phones",
    "proxy",
    "reliability",
    "respondents",
    "results",
    "room",
    "serving",
    "testing",
    "world",
    "writing",
}
OF_THE_PACKAGES = (
    "faults.room",
    "faults.writers",
    "faults.site",
    "faults.deploy",
    "load.room",
    "load.site",
    "load.steady",
)
PACKAGES = ("faults", "load")
FORMER = {
    "live": "load.room",
    "live_faults": "faults.room",
    "writers": "faults.writers",
}


def available() -> list[str]:
    names = {module.name for module in pkgutil.iter_modules(benchmarks.__path__)}
    return sorted((names - TOOLS - {*PACKAGES}) | {*OF_THE_PACKAGES})


def chosen(asked: list[str]) -> list[str]:
    """Those asked for; the name of a package stands for all that it holds."""
    found: list[str] = []
    for name in asked or available():
        if name in PACKAGES:
            found += [one for one in OF_THE_PACKAGES if one.startswith(f"{name}.")]
        else:
            found.append(FORMER.get(name, name))
    return found


def main() -> None:
    names = available()
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(names))
    parser.add_argument("--quick", action="store_true", help="fewer repetitions")
    parser.add_argument("--full", action="store_true", help="the largest sizes too")
    parser.add_argument("--minutes", type=float, help="how long a load lasts")
    parser.add_argument("--rate", type=float, help="requests a second of load.steady")
    options = parser.parse_args()
    wanted = chosen(options.names)
    if unknown := set(wanted) - set(names):
        parser.error(f"no benchmark named {', '.join(sorted(unknown))}")
    for name in wanted:
        benchmark = importlib.import_module(f"benchmarks.{name}")
        more = {}
        if name in ("load.site", "load.steady"):
            more["minutes"] = options.minutes
        if name == "load.steady":
            more["rate"] = options.rate
        benchmark.main(quick=options.quick, full=options.full, **more)


if __name__ == "__main__":
    main()
