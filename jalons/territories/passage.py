"""From a code of any year to the territories of today.

    passage = passage.read()
    passage.of("27676", 2021)

Three things happen to a code. A commune that was absorbed or renumbered has one heir.
A commune from which others were made again has several parts, with a share of its
inhabitants each. An EPCI that ceased gives the share of its inhabitants in each present
EPCI. Before the first vintage that we hold, the splits are not known: a code that was
split since, or made again, is then ambiguous, and said to be.
"""

from __future__ import annotations

import csv
import gzip
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from jalons.territories.models import CURRENT_YEAR, FIRST_YEAR

FORMER_COMMUNES = "former_communes.csv.gz"
SUCCESSORS = "successors.csv"
TODAY = ("communes.csv.gz", "epci.csv", "departements.csv", "regions.csv")


class Fate(Enum):
    """What became of a code."""

    SAME = "same"
    MERGED = "merged"
    SPLIT = "split"
    AMBIGUOUS = "ambiguous"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Heir:
    """A territory of today and the share of the former one that it holds."""

    code: str
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class Passed:
    """What a code leads to; no heir when it is unknown."""

    fate: Fate
    heirs: tuple[Heir, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """The whole passage, held in memory: about 40 000 codes."""

    today: frozenset[str]
    became: Mapping[str, str]
    splits: Mapping[str, tuple[int, tuple[Heir, ...]]]
    """By code, the last year before the split, then the parts."""

    def of(self, code: str, year: int = CURRENT_YEAR) -> Passed:
        """The territories of today that a code of this year leads to."""
        if code in self.splits and year <= self.splits[code][0]:
            _until, heirs = self.splits[code]
            known = year >= FIRST_YEAR
            return Passed(Fate.SPLIT if known else Fate.AMBIGUOUS, heirs)
        if code in self.today:
            return Passed(Fate.SAME, (Heir(code),))
        if code in self.became:
            return Passed(Fate.MERGED, (Heir(self.became[code]),))
        if code in self.splits:
            return Passed(Fate.AMBIGUOUS, self.splits[code][1])
        return Passed(Fate.UNKNOWN, ())

    def report(self, codes: Iterable[str], year: int = CURRENT_YEAR) -> Report:
        """What became of many codes, told apart by fate."""
        found: dict[Fate, dict[str, tuple[Heir, ...]]] = defaultdict(dict)
        for code in codes:
            passed = self.of(code, year)
            found[passed.fate][code] = passed.heirs
        return Report(
            same=len(found[Fate.SAME]),
            merged={code: h[0].code for code, h in found[Fate.MERGED].items()},
            split=dict(found[Fate.SPLIT]),
            ambiguous=dict(found[Fate.AMBIGUOUS]),
            unknown=tuple(found[Fate.UNKNOWN]),
        )


@dataclass(frozen=True, slots=True)
class Report:
    """Codes of a table, told apart by what became of them."""

    same: int
    merged: Mapping[str, str]
    split: Mapping[str, tuple[Heir, ...]]
    ambiguous: Mapping[str, tuple[Heir, ...]]
    unknown: tuple[str, ...]


def read(folder: Path | None = None) -> Passage:
    """The passage written beside the reference geography, read once a process."""
    return _read(folder or settings.REFERENCE_DIR / "reference")


@lru_cache(maxsize=4)
def _read(folder: Path) -> Passage:
    today = frozenset(row["code"] for file in TODAY for row in _rows(folder / file))
    became = {row["code"]: row["became"] for row in _rows(folder / FORMER_COMMUNES)}
    parts: dict[tuple[str, int], list[tuple[str, int]]] = defaultdict(list)
    for row in _rows(folder / SUCCESSORS):
        until, people = int(row["until"]), int(row["population"])
        parts[row["code"], until].append((row["became"], people))
    splits = {}
    for (code, until), heirs in parts.items():
        total = sum(people for _code, people in heirs)
        shares = tuple(Heir(heir, people / total) for heir, people in heirs)
        splits[code] = (until, shares)
    return Passage(today, became, splits)


def _rows(path: Path) -> list[dict[str, str]]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
