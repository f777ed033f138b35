"""From the codes of a file to the territories of today.

* A merged commune receives what those that made it had; a commune that was split gives
  each part its share.
* Quarters of Paris, Lyon and Marseille make their commune, when it is not in the file.
* IRIS are those of the table that is loaded; another one is left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from jalons.territories.iris import LENGTH, PREFIX, code_of
from jalons.territories.passage import Fate, Heir, Passage

QUARTERS = {"751": "75056", "6938": "69123", "132": "13055"}


@dataclass(frozen=True, slots=True)
class Passed:
    """What became of the codes of a file."""

    heirs: Mapping[str, tuple[Heir, ...]]
    merged: Mapping[str, str]
    split: Mapping[str, tuple[str, ...]]
    ambiguous: Mapping[str, tuple[str, ...]]
    unknown: Sequence[str]
    quarters: int = 0
    """Quarters of Paris, Lyon and Marseille, added up into their commune."""
    quarters_left: int = 0
    """Those left out, since the file gives their commune too."""
    without_iris: int = 0
    """Parts of communes that are not in the table of IRIS."""


def pass_codes(
    codes: Collection[str],
    passage: Passage,
    year: int,
    *,
    is_list: bool = False,
    iris: Collection[str] = (),
) -> Passed:
    """Where each code of a file of that year leads today.

    A quarter is left out when its commune is there too, except in a list of things.
    `iris` are those of the table that is loaded, with their I.
    """
    heirs: dict[str, tuple[Heir, ...]] = {}
    told: dict[Fate, dict[str, tuple[Heir, ...]]] = defaultdict(dict)
    without_iris = quarters = left = 0
    for code in sorted(codes):
        if inner := _as_iris(code, iris):
            heirs[code] = (Heir(inner),)
            continue
        if code.startswith(PREFIX):
            without_iris += 1
            continue
        whole = _commune_of_quarter(code)
        if whole and whole in codes and not is_list:
            left += 1
            continue
        passed = passage.of(whole or code, year)
        heirs[code] = passed.heirs
        if whole:
            quarters += 1
        else:
            told[passed.fate][code] = passed.heirs
    return Passed(
        heirs,
        {code: each[0].code for code, each in told[Fate.MERGED].items()},
        {code: tuple(h.code for h in each) for code, each in told[Fate.SPLIT].items()},
        {
            code: tuple(h.code for h in each)
            for code, each in told[Fate.AMBIGUOUS].items()
        },
        sorted(told[Fate.UNKNOWN]),
        quarters,
        left,
        without_iris,
    )


def _as_iris(code: str, iris: Collection[str]) -> str:
    """The IRIS that a code tells, with or without its I; empty for anything else."""
    if code in iris:
        return code
    return code_of(code) if len(code) == LENGTH and code_of(code) in iris else ""


def _commune_of_quarter(code: str) -> str:
    for prefix, commune in QUARTERS.items():
        if code.startswith(prefix) and len(code) == len(commune):
            return commune
    return ""
