"""The results of a room brought back into the site: once, and nothing overwritten.

Each value is compared with what both sides last had in common. Changed in the room
only, it is taken; changed on the site only, it stays; changed on both, the site's stays
unless the room's are asked for, and both are told. What the room added is added. The
same file once more changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from jalons.accounts.models import User
from jalons.audit import operations as audit
from jalons.live import operations as live
from jalons.rooms.bundles import Bundle, RefusedBundle
from jalons.rooms.cleaning import cleaned
from jalons.rooms.comparing import Comparison, Report
from jalons.rooms.models import CarriedRow, Outing
from jalons.rooms.operations import BATCH, nameless, write_rows
from jalons.rooms.settling import Places, place
from jalons.rooms.tables import Table, Values, carried_tables
from jalons.workshops.marks import renumber
from jalons.workshops.models import Ballot, Item, Workshop
from jalons.workshops.operations import EVERYBODY


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
            if report.tells or not outing.report:
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
        self.outing, self.bundle = outing, bundle
        self.sides = Comparison(takes_room=takes_room)
        self.report, self.numbers = self.sides.report, self.sides.numbers
        self.known = {(one.table, one.room_pk): one for one in outing.rows.all()}
        self.kept: list[CarriedRow] = []
        self.later: list[tuple[Table, models.Model, Values, Values, bool]] = []

    def run(self) -> Report:
        for table in carried_tables():
            rows = self.bundle.rows.get(table.name, [])
            self._merge_table(table, [(pk, values) for pk, values in rows])
        for table, row, values, base, is_new in self.later:
            self.sides.link(table, row, values, base, is_new=is_new)
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
                row, base = there[known.site_pk], known.values
                self.sides.compare(table, row, given, base)
                self.later.append((table, row, values, base, False))
                self._keep(table, room_pk, row.pk, values)
        if table.model is Workshop and new:
            raise RefusedBundle(
                _("What this file holds contradicts itself: make it again.")
            )
        places.read(there.values())
        self._add(table, new, there, places)

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
                self.sides.compare(table, twin, given, {})
                self.later.append((table, twin, values, {}, False))
                self._keep(table, room_pk, twin.pk, values)
                continue
            if place(table, row, places):
                self.report.spoke_on_both_sides += 1
            made.append((room_pk, values, row))
        self._write(table, made)

    def _row(self, table: Table, given: Values) -> models.Model | None:
        """A row of the site, unsaved; None when what it hangs on was removed."""
        plain = {one.name: given[one.name] for one in table.plain}
        row = table.model(**plain, **table.outside(self.outing.workshop))
        for one in table.inner:
            number = given[one.attname]
            if one.null:
                # Known already, it tells what is unique; the others come at the end.
                number = self._known_number(one, number)
            elif (number := self.sides.number_of(one, number)) is None:
                return None
            setattr(row, one.attname, number)
        if isinstance(row, Ballot):
            self._renumber(row)
        return row

    def _known_number(self, one: models.ForeignKey, number: object) -> int | None:
        label = one.related_model._meta.label  # type: ignore[union-attr]
        return self.numbers.get((label, number)) if type(number) is int else None

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
        self, table: Table, made: Sequence[tuple[int, Values, models.Model]]
    ) -> None:
        write_rows(table, [row for _pk, _values, row in made])
        for room_pk, values, row in made:
            self.numbers[table.name, room_pk] = row.pk
            self._keep(table, room_pk, row.pk, values)
            self.sides.count(self.report.added, table)
            self.later.append((table, row, values, {}, True))

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
