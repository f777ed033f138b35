"""Two sides of one row compared with what they last had in common."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field

from django.db import models
from django.utils.translation import gettext as _

from jalons.rooms.bundles import RefusedBundle
from jalons.rooms.tables import Table, Values, plain

OWN = frozenset({"code"})
"""What the site alone decides."""
_NOTHING = object()


@dataclass(frozen=True, slots=True)
class Conflict:
    """A value changed on both sides."""

    what: str
    where: str
    field: str
    site: str
    room: str


@dataclass(slots=True)
class Report:
    """What a file brings: how many rows of each table, and what disagrees."""

    added: dict[str, int] = field(default_factory=dict)
    changed: dict[str, int] = field(default_factory=dict)
    unchanged: int = 0
    removed_on_site: int = 0
    spoke_on_both_sides: int = 0
    conflicts: list[Conflict] = field(default_factory=list)
    dry_run: bool = False

    @property
    def tells(self) -> bool:
        """Whether the file brings anything: given again, it does not."""
        return bool(self.added or self.changed or self.conflicts)

    def as_json(self) -> dict[str, object]:
        return asdict(self)


class Comparison:
    """What changed on which side, told in a report; the site's stays where both did.

    `numbers` leads from the numbers of the room to those of the site; None is a row
    that was removed from the site.
    """

    def __init__(self, *, takes_room: bool) -> None:
        self.takes_room = takes_room
        self.report = Report()
        self.numbers: dict[tuple[str, int], int | None] = {}

    def compare(
        self,
        table: Table,
        row: models.Model,
        given: Values,
        base: Values,
    ) -> None:
        """Plain values now; those that point to another row once all are there."""
        changed = []
        for one in table.plain:
            site, room = plain(getattr(row, one.attname)), plain(given[one.name])
            before = base.get(one.name, _NOTHING)
            if one.name in OWN | table.personal or getattr(one, "auto_now", False):
                continue
            if room in (before, site):
                continue
            if site == before or self._disagree(table, row, one, site, room):
                setattr(row, one.name, given[one.name])
                changed.append(one.name)
        if changed:
            table.model._default_manager.bulk_update([row], changed)
            self.count(self.report.changed, table)
        else:
            self.report.unchanged += 1

    def link(
        self,
        table: Table,
        row: models.Model,
        values: Values,
        base: Values,
        *,
        is_new: bool,
    ) -> None:
        """Relations that may be empty, once every row has its number."""
        for one in table.inner:
            room, before = values[one.name], base.get(one.name, _NOTHING)
            if not one.null or room == before:
                continue
            number = None if room is None else self.number_of(one, room)
            site = getattr(row, one.attname)
            known = before is not _NOTHING and before is not None
            there = self.number_of(one, before) if known else before
            if site == number:
                continue
            if is_new or site == there:
                is_taken = True
            else:
                names = self._named(one, site), self._named(one, number)
                is_taken = self._disagree(table, row, one, *names)
            if is_taken:
                found = table.model._default_manager.filter(pk=row.pk)
                found.update(**{one.attname: number})

    def _named(self, one: models.ForeignKey, pk: int | None) -> str:
        return str(one.related_model._default_manager.filter(pk=pk).first() or "–")  # type: ignore[union-attr]

    def _disagree(
        self,
        table: Table,
        row: models.Model,
        one: models.Field,
        site: object,
        room: object,
    ) -> bool:
        """Tell that both changed; whether the room's is taken."""
        kind = str(table.model._meta.verbose_name)
        told = Conflict(
            kind, str(row), str(one.verbose_name), _words(site), _words(room)
        )
        self.report.conflicts.append(told)
        return self.takes_room

    def number_of(self, one: models.ForeignKey, number: object) -> int | None:
        """The number on the site of what a row hangs on. Raises RefusedBundle."""
        label = one.related_model._meta.label  # type: ignore[union-attr]
        if type(number) is not int or (label, number) not in self.numbers:
            raise RefusedBundle(
                _("What this file holds contradicts itself: make it again.")
            )
        return self.numbers[label, number]

    def count(self, counts: dict[str, int], table: Table) -> None:
        name = str(table.model._meta.verbose_name_plural)
        counts[name] = counts.get(name, 0) + 1


def _words(value: object) -> str:
    return "" if value is None else str(value)
