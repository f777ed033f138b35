"""Two sides of one row compared with what they last had in common."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field

from django.db import models

from jalons.rooms.bundles import CONTRADICTS, RefusedBundle
from jalons.rooms.tables import Table, Unit, Values, plain
from jalons.rooms.words import row_words, unit_value_words, unit_words

_NOTHING = object()
SIDES = ("site", "room")


@dataclass(frozen=True, slots=True)
class Conflict:
    """A value changed on both sides: in words, then as it is kept; `chosen` holds.

    The value of several fields has their names between spaces, and a list a side.
    """

    what: str
    where: str
    field: str
    site: str
    room: str
    table: str = ""
    row: int = 0
    name: str = ""
    site_value: object = None
    room_value: object = None
    chosen: str = "site"

    @property
    def names(self) -> list[str]:
        return self.name.split()

    def values_of(self, side: str) -> list[object]:
        """What a side has, field by field."""
        value = self.room_value if side == "room" else self.site_value
        return [value] if len(self.names) == 1 else list(value)  # type: ignore[call-overload]


@dataclass(slots=True)
class Report:
    """What a file brings: how many rows of each table, and what disagrees."""

    added: dict[str, int] = field(default_factory=dict)
    changed: dict[str, int] = field(default_factory=dict)
    removed_on_site: int = 0
    spoke_on_both_sides: int = 0
    renounced: int = 0
    conflicts: list[Conflict] = field(default_factory=list)
    dry_run: bool = False

    @property
    def tells(self) -> bool:
        """Whether the file brings anything: given again, it does not."""
        return bool(self.added or self.changed or self.conflicts or self.renounced)

    def as_json(self) -> dict[str, object]:
        return asdict(self)


class Comparison:
    """What changed on which side, told in a report; the site's stays where both did.

    `numbers` leads from the numbers of the room to those of the site; None is a row
    that was removed from the site. `former` does so for what both sides last had,
    whether or not the room still has it.
    """

    def __init__(self, *, takes_room: bool) -> None:
        self.takes_room = takes_room
        self.report = Report()
        self.numbers: dict[tuple[str, int], int | None] = {}
        self.former: dict[tuple[str, int], int | None] = {}
        self._disputed: dict[tuple[str, int], set[str]] = {}
        self._changed: set[tuple[str, int]] = set()

    def compare(
        self,
        table: Table,
        row: models.Model,
        given: Values,
        base: Values,
    ) -> None:
        """Plain values now; those that point to another row once all are there."""
        changed = []
        for unit in table.units:
            if any(_is_nobodys(table, one) for one in unit):
                continue
            here = [getattr(row, one.attname) for one in unit]
            there = [given[one.name] for one in unit]
            site, room = [*map(plain, here)], [*map(plain, there)]
            before = [base.get(one.name, _NOTHING) for one in unit]
            if room in (before, site):
                continue
            if site == before or self._disagree(table, row, unit, here, there):
                for one, value in zip(unit, there, strict=True):
                    setattr(row, one.name, value)
                    changed.append(one.name)
        if changed:
            table.model._default_manager.bulk_update([row], changed)
            self._tell_changed(table, row)

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
            there = self._former(one, before)
            if site == number:
                continue
            if is_new or site == there:
                is_taken = True
            else:
                is_taken = self._disagree(table, row, (one,), [site], [number])
            if is_taken:
                found = table.model._default_manager.filter(pk=row.pk)
                found.update(**{one.attname: number})
            if is_taken and not is_new:
                self._tell_changed(table, row)

    def base_of(self, table: Table, pk: int, values: Values, base: Values) -> Values:
        """What both sides have in common from now on.

        Where the site's was kept against the room's, it is what they had before: the
        same file, given again, may still choose the room's.
        """
        disputed = self._disputed.get((table.name, pk), set())
        agreed = {name: one for name, one in values.items() if name not in disputed}
        return agreed | {name: base[name] for name in disputed & base.keys()}

    def _disagree(
        self,
        table: Table,
        row: models.Model,
        unit: Unit,
        site: list[object],
        room: list[object],
    ) -> bool:
        """Tell that both changed; whether the room's is taken."""
        kept = [[*map(plain, values)] for values in (site, room)]
        site_value, room_value = kept if len(unit) > 1 else (one for (one,) in kept)
        told = Conflict(
            what=str(table.model._meta.verbose_name),
            where=row_words(row),
            field=unit_words(unit),
            site=unit_value_words(row, unit, site),
            room=unit_value_words(row, unit, room),
            table=table.name,
            row=row.pk,
            name=" ".join(one.name for one in unit),
            site_value=site_value,
            room_value=room_value,
            chosen="room" if self.takes_room else "site",
        )
        self.report.conflicts.append(told)
        if not self.takes_room:
            disputed = self._disputed.setdefault((table.name, row.pk), set())
            disputed.update(one.name for one in unit)
        return self.takes_room

    def _former(self, one: models.ForeignKey, number: object) -> object:
        """The number on the site of what both sides last had there."""
        if type(number) is not int:
            return number
        label = one.related_model._meta.label  # type: ignore[union-attr]
        return self.former.get((label, number))

    def _tell_changed(self, table: Table, row: models.Model) -> None:
        """Count a row once, however many of its fields changed."""
        if (table.name, row.pk) not in self._changed:
            self._changed.add((table.name, row.pk))
            self.count(self.report.changed, table)

    def number_of(self, one: models.ForeignKey, number: object) -> int | None:
        """The number on the site of what a row hangs on. Raises RefusedBundle."""
        label = one.related_model._meta.label  # type: ignore[union-attr]
        if type(number) is not int or (label, number) not in self.numbers:
            raise RefusedBundle(CONTRADICTS)
        return self.numbers[label, number]

    def count(self, counts: dict[str, int], table: Table) -> None:
        name = str(table.model._meta.verbose_name_plural)
        counts[name] = counts.get(name, 0) + 1


def _is_nobodys(table: Table, one: models.Field) -> bool:
    """What no file changes: the site's own, names, the day a row was written."""
    is_dated = getattr(one, "auto_now", False) or getattr(one, "auto_now_add", False)
    return is_dated or one.name in table.own | table.personal
