"""What became of a file of figures, table by table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from jalons.indicators.problems import Problem

# Codes and problems told one by one; the rest is counted.
SHOWN = 50


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Which rows of a table were not loaded: by line, or by a code of no territory."""

    columns: tuple[str, ...] = ()
    lines: Mapping[int, Problem] = field(default_factory=dict)
    codes: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.lines or self.codes)


@dataclass(slots=True)
class TableReport:
    """What one table of the file holds, and what was done with it."""

    table: str
    vintage: str = ""
    state: str = "refused"
    """loaded, checked (nothing written), unchanged, or refused."""
    rows: int = 0
    set_aside: int = 0
    figures: dict[str, int] = field(default_factory=dict)
    """Figures by status."""
    territories: int = 0
    merged: dict[str, str] = field(default_factory=dict)
    merged_count: int = 0
    quarters: int = 0
    """Quarters of Paris, Lyon and Marseille added up into their commune."""
    quarters_left: int = 0
    """Those left out, since the file gives their commune too."""
    split: dict[str, tuple[str, ...]] = field(default_factory=dict)
    ambiguous: dict[str, tuple[str, ...]] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    unknown_count: int = 0
    lost: list[str] = field(default_factory=list)
    """Territories that lose a value loaded until now for the same year."""
    lost_count: int = 0
    """Values that they lose."""
    columns_unread: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    problem_count: int = 0
    left_out: LeftOut = field(default_factory=LeftOut)


@dataclass(frozen=True, slots=True)
class Report:
    """What became of a file, table by table."""

    file: str
    source: str
    checksum: str
    tables: list[TableReport]

    @property
    def is_refused(self) -> bool:
        return any(table.state == "refused" for table in self.tables)

    @property
    def has_left_out(self) -> bool:
        """Whether rows could not be read, that someone may mend."""
        return any(table.left_out for table in self.tables)
