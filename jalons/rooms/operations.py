"""A workshop taken out by a file, set up on a laptop, and the file of its results."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from django.db import models, transaction

from jalons.accounts.models import User
from jalons.audit import operations as audit
from jalons.meetings.models import Meeting
from jalons.meetings.operations import save_meeting
from jalons.rooms.bundles import (
    DAMAGED,
    FORMAT,
    VERSION,
    About,
    Bundle,
    RefusedBundle,
    digest_of,
    seal,
)
from jalons.rooms.cleaning import cleaned
from jalons.rooms.models import CarriedRow, Outing
from jalons.rooms.tables import Table, Values, carried_tables, shape
from jalons.spaces.models import Space
from jalons.spaces.operations import create_space
from jalons.territories.models import Territory
from jalons.workshops.models import Workshop

HOST = "animation@salle.invalid"
"""Who facilitates on a laptop: nobody signs in there by mail."""
BATCH = 500


@transaction.atomic
def take_out(workshop: Workshop, *, by: User) -> bytes:
    """The file of a workshop as it is now; what comes back is compared with it."""
    outing = Outing.objects.create(
        workshop=workshop, secret=secrets.token_hex(32), given_by=by
    )
    rows = _rows_of(workshop)
    known = [
        CarriedRow(
            outing=outing,
            table=table.name,
            room_pk=pk,
            site_pk=pk,
            values=nameless(table, values),
        )
        for table in carried_tables()
        for pk, values in rows[table.name]
    ]
    CarriedRow.objects.bulk_create(known, BATCH)
    space_id = workshop.meeting.space_id
    audit.record("workshop.taken_out", workshop, by=by, space_id=space_id)
    content = _content(outing, "out", rows)
    content |= {"secret": outing.secret, "about": _about(workshop.meeting)}
    return seal(content, outing.secret)


@transaction.atomic
def results_of(outing: Outing) -> bytes:
    """The file that a laptop gives back, as many times as one likes.

    Each that holds something else than the one before has the next number.
    """
    outing = Outing.objects.select_for_update().get(pk=outing.pk)
    content = _content(outing, "back", _rows_of(outing.workshop))
    digest = digest_of(content)
    if digest != outing.digest:
        outing.ordinal, outing.digest = outing.ordinal + 1, digest
        outing.save(update_fields=["ordinal", "digest"])
    return seal(content | {"ordinal": outing.ordinal}, outing.secret)


@transaction.atomic
def set_up_room(bundle: Bundle) -> Outing:
    """The workshop of a file on this laptop, once. Raises RefusedBundle."""
    known = Outing.objects.filter(key=bundle.outing, is_here=True).first()
    if known is not None:
        return known
    if bundle.about is None:
        raise RefusedBundle(DAMAGED % {"where": "about"})
    if len(bundle.rows[Workshop._meta.label]) != 1:
        raise RefusedBundle(DAMAGED % {"where": Workshop._meta.label})
    ((pk, _values),) = bundle.rows[Workshop._meta.label]
    here = Workshop(pk=pk, meeting=_meeting(bundle.about))
    for table in carried_tables():
        more = table.outside(here)
        rows = [
            table.model(pk=pk, **cleaned(table, pk, values) | more)
            for pk, values in bundle.rows[table.name]
        ]
        write_rows(table, rows)
    workshop = Workshop.objects.filter(code=bundle.code).first()
    if workshop is None:
        raise RefusedBundle(DAMAGED % {"where": "code"})
    return Outing.objects.create(
        key=bundle.outing, workshop=workshop, secret=bundle.secret, is_here=True
    )


def nameless(table: Table, values: Values) -> Values:
    """The same values, without those that name a person."""
    return {name: one for name, one in values.items() if name not in table.personal}


def write_rows(table: Table, rows: Sequence[models.Model]) -> None:
    """Rows of the other side; their days are those of then, not of today."""
    manager = table.model._default_manager
    dated = [one.name for one in table.plain if getattr(one, "auto_now_add", False)]
    days = [[getattr(row, name) for name in dated] for row in rows]
    manager.bulk_create(rows, BATCH)
    for row, kept in zip(rows, days, strict=True):
        for name, day in zip(dated, kept, strict=True):
            setattr(row, name, day)
    if dated:
        manager.bulk_update(rows, dated, BATCH)


def _rows_of(workshop: Workshop) -> dict[str, list[tuple[int, Values]]]:
    return {
        table.name: [
            (one.pk, table.values_of(one))
            for one in table.rows(workshop).iterator(BATCH)
        ]
        for table in carried_tables()
    }


def _content(
    outing: Outing, way: str, rows: dict[str, list[tuple[int, Values]]]
) -> dict[str, object]:
    return {
        "format": FORMAT,
        "version": VERSION,
        "shape": shape(),
        "way": way,
        "outing": str(outing.key),
        "code": outing.workshop.code,
        "rows": rows,
    }


def _about(meeting: Meeting) -> dict[str, object]:
    territory = meeting.space.territory
    told = About(
        title=meeting.title,
        purpose=meeting.purpose,
        place=meeting.place,
        kind=meeting.kind,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        horizon_years=meeting.horizon_years,
        is_simulated=meeting.is_simulated,
        space=meeting.space.name,
        space_kind=meeting.space.kind,
        territory=(territory.code, territory.kind, territory.name),
    )
    return told.model_dump(mode="json")


def _meeting(about: About) -> Meeting:
    """The meeting, in a space of its own, facilitated by whoever holds the laptop."""
    by = User.objects.filter(email=HOST).first() or User.objects.create_user(HOST)
    code, kind, name = about.territory
    territory, _is_new = Territory.objects.get_or_create(
        code=code, defaults={"kind": kind, "name": name}
    )
    space = Space.objects.filter(name=about.space, territory=territory).first()
    if space is None:
        space = create_space(
            by=by, name=about.space, kind=about.space_kind, territory=territory
        )
    kept = ("title", "purpose", "place", "kind", "starts_at", "ends_at")
    meeting = Meeting(
        space=space,
        horizon_years=about.horizon_years,
        is_simulated=about.is_simulated,
        **{one: getattr(about, one) for one in kept},
    )
    return save_meeting(meeting, [], by=by)
