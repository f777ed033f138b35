"""The results of a room brought back into the site: once, and nothing overwritten.

Each value is compared with what both sides last had in common. Changed in the room
only, it is taken; changed on the site only, it stays; changed on both, the site's stays
unless the room's are asked for, and both are told. What the room added is added. The
same file once more changes nothing, one older than the last is refused. One thing is
removed: an address whose owner does not want the minutes any more.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from functools import cached_property

from django.db import DataError, IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jalons.accounts.models import User
from jalons.audit import operations as audit
from jalons.live import operations as live
from jalons.rooms.bundles import CONTRADICTS, Bundle, RefusedBundle
from jalons.rooms.cleaning import cleaned
from jalons.rooms.comparing import Comparison, Report
from jalons.rooms.models import CarriedRow, Outing
from jalons.rooms.operations import BATCH, nameless, write_rows
from jalons.rooms.settling import NUMBER, Places, place
from jalons.rooms.tables import Table, Values, carried_tables
from jalons.rooms.votes import check_votes, forms_of, renumbered
from jalons.workshops.models import Ballot, Item, Workshop
from jalons.workshops.operations import EVERYBODY

ITEM = Item._meta.label
OLDER = _(
    "This file is older than the last one brought back: give the latest, or take the "
    "results again from the laptop."
)


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
            held = Workshop.objects.select_for_update(no_key=True)
            workshop = held.get(pk=outing.workshop_id)
            outing.refresh_from_db(fields=["ordinal"])
            if bundle.ordinal < outing.ordinal:
                raise RefusedBundle(OLDER)
            merge = _Merge(outing, bundle, takes_room=takes_room)
            report = merge.run()
            report.dry_run = dry_run
            outing.brought_back_at = timezone.now()
            outing.ordinal = bundle.ordinal
            if report.tells or not outing.report:
                outing.report = report.as_json()
            outing.save(update_fields=["brought_back_at", "ordinal", "report"])
            space_id = workshop.meeting.space_id
            audit.record("workshop.brought_back", workshop, by=by, space_id=space_id)
            live.tell(workshop.channel, "changed", to=EVERYBODY)
            transaction.set_rollback(dry_run)
    except (IntegrityError, DataError) as error:
        raise RefusedBundle(CONTRADICTS) from error
    return report


class _Merge:
    """One file being merged: which row is which, and what was found so far."""

    def __init__(self, outing: Outing, bundle: Bundle, *, takes_room: bool) -> None:
        self.outing, self.bundle = outing, bundle
        self.sides = Comparison(takes_room=takes_room)
        self.report, self.numbers = self.sides.report, self.sides.numbers
        self.known = {
            (one.table, one.room_pk): one for one in outing.rows.order_by("pk")
        }
        # The last row of the room that each row of the site was.
        self.known_here = {(one.table, one.site_pk): one for one in self.known.values()}
        self.kept: list[tuple[Table, int, int, Values, Values]] = []
        self.later: list[tuple[Table, models.Model, Values, Values, bool]] = []
        self.votes: list[Ballot] = []

    def run(self) -> Report:
        forms = forms_of(self.outing.workshop)
        for table in carried_tables():
            rows = self.bundle.rows[table.name]
            self._merge_table(table, rows)
        for table, row, values, base, is_new in self.later:
            self.sides.link(table, row, values, base, is_new=is_new)
        check_votes(self.outing.workshop, self.votes, forms)
        CarriedRow.objects.bulk_create(
            [self._carried(*one) for one in self.kept],
            BATCH,
            update_conflicts=True,
            unique_fields=["outing", "table", "room_pk"],
            update_fields=["site_pk", "values"],
        )
        return self.report

    def _merge_table(self, table: Table, rows: list[tuple[int, Values]]) -> None:
        there = {one.pk: one for one in table.rows(self.outing.workshop)}
        self._remember(table, there)
        if table.is_consent:
            self._renounce(table, there, {pk for pk, _values in rows})
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
                if any(values[name] != base[name] for name in table.fixed):
                    raise RefusedBundle(CONTRADICTS)
                self.sides.compare(table, row, given, base)
                self.later.append((table, row, values, base, False))
                self.kept.append((table, room_pk, row.pk, values, base))
        if table.model is Workshop and new:
            raise RefusedBundle(CONTRADICTS)
        places = Places.of(table)
        places.read(there.values())
        self._add(table, new, places)

    def _remember(self, table: Table, there: Container[int]) -> None:
        """Where the rows that both sides had are now, even those the room removed."""
        for (name, room_pk), known in self.known.items():
            if name == table.name:
                here = known.site_pk if known.site_pk in there else None
                self.sides.former[name, room_pk] = here

    def _renounce(
        self, table: Table, there: dict[int, models.Model], given: Container[int]
    ) -> None:
        """What stands for a consent goes when its owner took it back in the room."""
        for (name, room_pk), known in self.known.items():
            if name == table.name and room_pk not in given and known.site_pk in there:
                there.pop(known.site_pk).delete()
                self.report.renounced += 1

    def _add(
        self,
        table: Table,
        new: list[tuple[int, Values]],
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
                self._join(table, room_pk, twin, given, values)
                continue
            if place(table, row, places):
                self.report.spoke_on_both_sides += 1
            made.append((room_pk, values, row))
        self._write(table, made)

    def _join(
        self,
        table: Table,
        room_pk: int,
        twin: models.Model,
        given: Values,
        values: Values,
    ) -> None:
        """Two rows that are one: compared with what the site's last was in the room."""
        if twin.pk is None or table.fixed:
            raise RefusedBundle(CONTRADICTS)
        known = self.known_here.get((table.name, twin.pk))
        # Numbers that two sides drew each for themselves say nothing.
        apart = {name: one for name, one in values.items() if name == NUMBER}
        base = known.values if known else apart
        self.numbers[table.name, room_pk] = twin.pk
        self.sides.compare(table, twin, given, base)
        self.later.append((table, twin, values, base, False))
        self.kept.append((table, room_pk, twin.pk, values, base))

    def _row(self, table: Table, given: Values) -> models.Model | None:
        """A row of the site, unsaved; None when what it hangs on was removed."""
        plain = [one.name for one in table.plain if one.name not in table.own]
        row = table.model(
            **{name: given[name] for name in plain},
            **table.outside(self.outing.workshop),
        )
        for one in table.inner:
            number = given[one.attname]
            if one.null:
                # Known already, it tells what is unique; the others come at the end.
                number = self._known_number(one, number)
            elif (number := self.sides.number_of(one, number)) is None:
                return None
            setattr(row, one.attname, number)
        if isinstance(row, Ballot):
            row.marks = renumbered(row.marks, self._items)
            self.votes.append(row)
        return row

    @cached_property
    def _items(self) -> dict[int, int]:
        """The items by their numbers in the room, once all have theirs."""
        found = self.numbers.items()
        return {pk: here for (name, pk), here in found if name == ITEM and here}

    def _known_number(self, one: models.ForeignKey, number: object) -> int | None:
        label = one.related_model._meta.label  # type: ignore[union-attr]
        return self.numbers.get((label, number)) if type(number) is int else None

    def _write(
        self, table: Table, made: Sequence[tuple[int, Values, models.Model]]
    ) -> None:
        write_rows(table, [row for _pk, _values, row in made])
        for room_pk, values, row in made:
            self.numbers[table.name, room_pk] = row.pk
            self.kept.append((table, room_pk, row.pk, values, {}))
            self.sides.count(self.report.added, table)
            self.later.append((table, row, values, {}, True))

    def _carried(
        self, table: Table, room_pk: int, site_pk: int, values: Values, base: Values
    ) -> CarriedRow:
        agreed = self.sides.base_of(table, site_pk, values, base)
        return CarriedRow(
            outing=self.outing,
            table=table.name,
            room_pk=room_pk,
            site_pk=site_pk,
            values=nameless(table, agreed),
        )
