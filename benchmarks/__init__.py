"""Speed and memory measured beside other ways of doing the same work.

`make bench only=survey` runs one benchmark and writes `var/bench/survey.json`. How to
measure fairly is explained in `benchmarks.driver`.
"""

from __future__ import annotations
