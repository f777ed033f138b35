"""The results of a room brought back into the site: once, and nothing overwritten.

Each value is compared with what both sides last had in common. Changed in the room
only, it is taken; changed on the site only, it stays; changed on both, the site's stays
unless the room's are asked for, and both are told. What the room added is added. The
same file once more changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field

from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from jalons.accounts.models import User
from jalons.audit import operations as audit
from jalons.live import operations as live
from jalons.rooms.bundles import Bundle, RefusedBundle
from jalons.rooms.cleaning import cleaned
from jalons.rooms.models import CarriedRow, Outing
from jalons.rooms.operations import BATCH, nameless
from jalons.rooms.settling import Places, place
from jalons.rooms.tables import Table, Values, carried_tables, plain
from jalons.workshops.marks import renumber
from jalons.workshops.models import Ballot, Item, Workshop
from jalons.workshops.operations import EVERYBODY

OWN = frozenset({"code"})
"""What the site alone decides."""


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

    def as_json(self) -> dict[str, object]:
        return asdict(self)


def bring_back(
    outing: Outing,
    bundle: Bundle,
    *,
    by: User,
    takes_room: bool = False,
    dry_run: bool = False,
) -> Report:
    """Bring a file back into the site, whole or not at all. Raises RefusedBundle."""
    try:
        with transaction.atomic():
            workshop = Workshop.objects.select_for_update().get(pk=outing.workshop_id)
            merge = _Merge(outing, bundle, takes_room=takes_room)
            report = merge.run()
            report.dry_run = dry_run
            outing.brought_back_at = timezone.now()
            outing.report = report.as_json()
            outing.save(update_fields=["brought_back_at", "report"])
            space_id = workshop.meeting.space_id
            audit.record("workshop.brought_back", workshop, by=by, space_id=space_id)
            live.tell(workshop.channel, "changed", to=EVERYBODY)
            transaction.set_rollback(dry_run)
    except IntegrityError as error:
        reason = _("What this file holds contradicts itself: make it again.")
        raise RefusedBundle(reason) from error
    return report


class _Merge:
    """One file being merged: which row is which, and what was found so far."""

    def __init__(self, outing: Outing, bundle: Bundle, *, takes_room: bool) -> None:
        self.outing, self.bundle, self.takes_room = outing, bundle, takes_room
        self.report = Report()
        self.known = {(one.table, one.room_pk): one for one in outing.rows.all()}
        # Numbers of the room to numbers of the site; None was removed on the site.
        self.numbers: dict[tuple[str, int], int | None] = {}
        self.kept: list[CarriedRow] = []
        self.new: set[models.Model] = set()
        self.later: list[tuple[Table, models.Model, Values, Values]] = []

    def run(self) -> Report:
        for table in carried_tables():
            rows = self.bundle.rows.get(table.name, [])
            self._merge_table(table, [(pk, values) for pk, values in rows])
        for table, row, values, base in self.later:
            self._link(table, row, values, base)
        CarriedRow.objects.bulk_create(
            self.kept,
            BATCH,
            update_conflicts=True,
            unique_fields=["outing", "table", "room_pk"],
            update_fields=["site_pk", "values"],
        )
        return self.report

    def _merge_table(self, table: Table, rows: list[tuple[int, Values]]) -> None:
        there = {one.pk: one for one in table.rows(self.outing.workshop)}
        places = Places.of(table, there.values())
        new: list[tuple[int, Values]] = []
        for room_pk, values in rows:
            given = cleaned(table, room_pk, values)
            known = self.known.get((table.name, room_pk))
            if known is None:
                new.append((room_pk, values))
            elif known.site_pk not in there:
                self.numbers[table.name, room_pk] = None
                self.report.removed_on_site += 1
            else:
                self.numbers[table.name, room_pk] = known.site_pk
                self._compare(table, there[known.site_pk], given, values, known.values)
                self._keep(table, room_pk, known.site_pk, values)
        if table.model is Workshop and new:
            raise RefusedBundle(
                _("What this file holds contradicts itself: make it again.")
            )
        places.read(there.values())
        self._add(table, new, there, places)

    def _compare(
        self,
        table: Table,
        row: models.Model,
        given: Values,
        values: Values,
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
            self._count(self.report.changed, table)
        else:
            self.report.unchanged += 1
        self.later.append((table, row, values, base))

    def _link(
        self, table: Table, row: models.Model, values: Values, base: Values
    ) -> None:
        """Relations that may be empty, once every row has its number."""
        for one in table.inner:
            room, before = values[one.name], base.get(one.name, _NOTHING)
            if not one.null or room == before:
                continue
            number = None if room is None else self._number(one, room)
            site = getattr(row, one.attname)
            known = before is not _NOTHING and before is not None
            there = self._number(one, before) if known else before
            if site == number:
                continue
            if row in self.new or site == there:
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

    def _add(
        self,
        table: Table,
        new: list[tuple[int, Values]],
        there: dict[int, models.Model],
        places: Places,
    ) -> None:
        made: list[tuple[int, Values, models.Model]] = []
        for room_pk, values in new:
            given = cleaned(table, room_pk, values)
            row = self._row(table, given)
            if row is None:
                self.numbers[table.name, room_pk] = None
                self.report.removed_on_site += 1
                continue
            twin = places.twin_of(row)
            if twin is not None:
                self.numbers[table.name, room_pk] = twin.pk
                self._compare(table, twin, given, values, {})
                self._keep(table, room_pk, twin.pk, values)
                continue
            if place(table, row, places):
                self.report.spoke_on_both_sides += 1
            made.append((room_pk, values, row))
        self._write(table, made)

    def _row(self, table: Table, given: Values) -> models.Model | None:
        """A row of the site, unsaved; None when what it hangs on was removed."""
        row = table.model(**{one.name: given[one.name] for one in table.plain})
        for one in table.inner:
            number = given[one.attname]
            if one.null:
                # Known already, it tells what is unique; the others come at the end.
                number = self._known_number(one, number)
            elif (number := self._number(one, number)) is None:
                return None
            setattr(row, one.attname, number)
        if isinstance(row, Ballot):
            self._renumber(row)
        return row

    def _known_number(self, one: models.ForeignKey, number: object) -> int | None:
        label = one.related_model._meta.label  # type: ignore[union-attr]
        return self.numbers.get((label, number)) if type(number) is int else None

    def _number(self, one: models.ForeignKey, number: object) -> int | None:
        """The number on the site of what a row hangs on. Raises RefusedBundle."""
        label = one.related_model._meta.label  # type: ignore[union-attr]
        if type(number) is not int or (label, number) not in self.numbers:
            raise RefusedBundle(
                _("What this file holds contradicts itself: make it again.")
            )
        return self.numbers[label, number]

    def _renumber(self, ballot: Ballot) -> None:
        label = Item._meta.label
        items = {
            pk: site
            for (table, pk), site in self.numbers.items()
            if table == label and site is not None
        }
        try:
            ballot.marks = renumber(ballot.marks, items)
        except (KeyError, ValueError, TypeError, AttributeError) as error:
            reason = _("An answer of this file points to nothing: make it again.")
            raise RefusedBundle(reason) from error

    def _write(
        self, table: Table, made: Iterable[tuple[int, Values, models.Model]]
    ) -> None:
        made = list(made)
        rows = [row for _pk, _values, row in made]
        dated = [one.name for one in table.plain if getattr(one, "auto_now_add", False)]
        days = [[getattr(row, name) for name in dated] for row in rows]
        table.model._default_manager.bulk_create(rows, BATCH)
        for row, kept in zip(rows, days, strict=True):
            for name, day in zip(dated, kept, strict=True):
                setattr(row, name, day)
        if dated and rows:
            table.model._default_manager.bulk_update(rows, dated, BATCH)
        for room_pk, values, row in made:
            self.numbers[table.name, room_pk] = row.pk
            self._keep(table, room_pk, row.pk, values)
            self._count(self.report.added, table)
            self.new.add(row)
            self.later.append((table, row, values, {}))

    def _keep(self, table: Table, room_pk: int, site_pk: int, values: Values) -> None:
        self.kept.append(
            CarriedRow(
                outing=self.outing,
                table=table.name,
                room_pk=room_pk,
                site_pk=site_pk,
                values=nameless(table, values),
            )
        )

    def _count(self, counts: dict[str, int], table: Table) -> None:
        name = str(table.model._meta.verbose_name_plural)
        counts[name] = counts.get(name, 0) + 1


_NOTHING = object()


def _words(value: object) -> str:
    return "" if value is None else str(value)
