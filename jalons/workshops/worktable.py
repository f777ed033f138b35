"""The table of key workstreams as it stands: stakes, workstreams, cells, grades."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from string import ascii_lowercase

from django.db.models import QuerySet

from jalons.analysis.prospective import GRADES
from jalons.analysis.voting import Scale, count_scale
from jalons.workshops.marks import QUALITIES
from jalons.workshops.models import Activity, Ballot, Item, Writing

COLUMNS = tuple(one for one in Writing.Column if one != Writing.Column.FEASIBILITY)
"""Those of the table of the method after the stake (S002-18); feasibility is beside."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: what stands, and the wordings that wait beside it."""

    column: Writing.Column
    current: Writing | None
    waiting: Sequence[Writing]

    @property
    def text(self) -> str:
        return self.current.text if self.current else ""

    @property
    def base(self) -> int:
        return self.current.number if self.current else 0


@dataclass(frozen=True, slots=True)
class Workstream:
    """A key workstream: "1.b" is the second of the first stake (S002-24)."""

    code: str
    item: Item
    cells: Sequence[Cell]
    grades: Mapping[str, Scale]

    @property
    def row(self) -> Sequence[Cell]:
        return [one for one in self.cells if one.column in COLUMNS]

    @property
    def feasibility(self) -> str:
        return self.cells[-1].text

    @property
    def n(self) -> int:
        return max((one.n for one in self.grades.values()), default=0)

    @property
    def waiting(self) -> int:
        return sum(len(one.waiting) for one in self.cells)


@dataclass(frozen=True, slots=True)
class Stake:
    """A stake worded as a question, its number, the workstreams that answer it."""

    number: int
    item: Item
    workstreams: Sequence[Workstream]


@dataclass(frozen=True, slots=True)
class WorkTable:
    """The whole table; `has_grades` when its reader may see how people rated."""

    stakes: Sequence[Stake]
    has_grades: bool

    @property
    def headers(self) -> list[str]:
        return [str(column.label) for column in COLUMNS]

    @property
    def workstreams(self) -> list[Workstream]:
        return [one for stake in self.stakes for one in stake.workstreams]

    def find(self, item: Item | None) -> Workstream | None:
        return next((one for one in self.workstreams if one.item == item), None)


def table_of(activity: Activity, *, has_grades: bool) -> WorkTable:
    """The table in three queries, two without the grades."""
    items = list(activity.items.standing().in_order())
    cells = _written(Writing.objects.filter(item__activity=activity))
    marks: dict[int | None, list[Mapping[str, int]]] = defaultdict(list)
    if has_grades:
        counted = Ballot.objects.counted(activity).values_list("item_id", "marks")
        for pk, given in counted:
            marks[pk].append(given)
    return _table(items, cells, marks, has_grades)


def tables_of(activities: Sequence[Activity]) -> list[WorkTable]:
    """Several tables without their grades, in two queries however many they are."""
    items: dict[int, list[Item]] = defaultdict(list)
    for item in Item.objects.filter(activity__in=activities).standing().in_order():
        items[item.activity_id].append(item)
    cells = _written(Writing.objects.filter(item__activity__in=activities))
    return [_table(items[one.pk], cells, {}, has_grades=False) for one in activities]


def _written(rows: QuerySet[Writing]) -> Mapping[tuple[int, str], list[Writing]]:
    cells: dict[tuple[int, str], list[Writing]] = defaultdict(list)
    for one in rows.select_related("author").order_by("number"):
        cells[one.item_id, one.column].append(one)
    return cells


def _table(
    items: Sequence[Item],
    cells: Mapping[tuple[int, str], Sequence[Writing]],
    marks: Mapping[int | None, Sequence[Mapping[str, int]]],
    has_grades: bool,
) -> WorkTable:
    stakes = [one for one in items if one.stake_id is None]
    return WorkTable(
        [
            Stake(place, stake, _under(stake, place, items, cells, marks))
            for place, stake in enumerate(stakes, start=1)
        ],
        has_grades,
    )


def _under(
    stake: Item,
    place: int,
    items: Sequence[Item],
    cells: Mapping[tuple[int, str], Sequence[Writing]],
    marks: Mapping[int | None, Sequence[Mapping[str, int]]],
) -> list[Workstream]:
    answers = [one for one in items if one.stake_id == stake.pk]
    return [
        Workstream(
            f"{place}.{letter_of(rank)}",
            one,
            [
                _cell(column, cells.get((one.pk, column), []))
                for column in Writing.Column
            ],
            {
                name: count_scale(
                    GRADES, [given[name] for given in marks.get(one.pk, [])]
                )
                for name in QUALITIES
            },
        )
        for rank, one in enumerate(answers)
    ]


def letter_of(rank: int) -> str:
    """The letter of a workstream under its stake; twice the same after z.

    >>> letter_of(1), letter_of(27)
    ('b', 'bb')
    """
    times, place = divmod(rank, len(ascii_lowercase))
    return ascii_lowercase[place] * (times + 1)


def _cell(column: Writing.Column, writings: Sequence[Writing]) -> Cell:
    current = next((one for one in writings if one.is_current), None)
    return Cell(column, current, [one for one in writings if one.is_waiting])
