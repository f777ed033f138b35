"""All that was ever noted of an indicator, what was replaced since included."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jalons.evaluation.catalogue import read_catalogue
from jalons.evaluation.figures import FollowedRead
from jalons.evaluation.models import Baseline, Measure


@dataclass(frozen=True, slots=True)
class MeasureRead:
    """A measure, and its value in words."""

    row: Measure
    shown: str


@dataclass(frozen=True, slots=True)
class BaselineRead:
    row: Baseline
    shown: str


@dataclass(frozen=True, slots=True)
class History:
    """Measures of the whole, of parts, those replaced; baselines, the current first.

    `newer_version` is that of the catalogue, when it changed since it was chosen.
    """

    whole: Sequence[MeasureRead]
    parts: Sequence[MeasureRead]
    replaced: Sequence[MeasureRead]
    baselines: Sequence[BaselineRead]
    newer_version: int | None

    @property
    def former_baselines(self) -> list[BaselineRead]:
        return [one for one in self.baselines if not one.row.is_current]


def history_of(read: FollowedRead) -> History:
    """Two queries, whatever its length."""
    rows = read.row.measures.select_related("noted_by").order_by("-measured_on", "-pk")
    measures = [MeasureRead(one, read.shown(one.value)) for one in rows]
    current = [one for one in measures if one.row.is_current]
    starts = read.row.baselines.select_related("noted_by")
    entry = read_catalogue().by_code.get(read.row.code)
    is_newer = entry is not None and entry.version > (read.row.catalogue_version or 0)
    return History(
        whole=[one for one in current if not one.row.part],
        parts=[one for one in current if one.row.part],
        replaced=[one for one in measures if not one.row.is_current],
        baselines=[BaselineRead(one, read.shown(one.value)) for one in starts],
        newer_version=entry.version if entry and is_newer else None,
    )
