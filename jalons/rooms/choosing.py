"""One value that both sides changed: the site's kept, or the room's taken, and back."""

from __future__ import annotations

from django.core.exceptions import FieldDoesNotExist
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _

from jalons.accounts.models import User
from jalons.audit import operations as audit
from jalons.live import operations as live
from jalons.rooms.comparing import SIDES, Conflict
from jalons.rooms.models import Outing
from jalons.rooms.tables import carried_tables, plain
from jalons.workshops.models import Workshop
from jalons.workshops.operations import EVERYBODY


class Moved(Exception):
    """What was told is no longer so: nothing is overwritten."""

    reason = _("This changed on the site since: read it there, and write it as it is.")


@transaction.atomic
def choose(outing: Outing, place: int, side: str, *, by: User) -> None:
    """Make one side hold where both changed. Raises Moved."""
    workshop = Workshop.objects.select_for_update().get(pk=outing.workshop_id)
    outing = Outing.objects.select_for_update().get(pk=outing.pk)
    conflicts = outing.report.get("conflicts", [])
    if side not in SIDES or place >= len(conflicts):
        raise Moved
    told = Conflict(**conflicts[place])
    _put(workshop, told, side)
    conflicts[place]["chosen"] = side
    outing.save(update_fields=["report"])
    details = {"table": told.table, "field": told.name, "side": side}
    space_id = workshop.meeting.space_id
    audit.record(
        "workshop.side_chosen", workshop, by=by, details=details, space_id=space_id
    )
    live.tell(workshop.channel, "changed", to=EVERYBODY)


def _put(workshop: Workshop, told: Conflict, side: str) -> None:
    """Write the value of a side in place of the one that holds, and of no other."""
    found, field = _find(workshop, told)
    if plain(found.values_list(field.attname, flat=True).get()) != told.holding:
        raise Moved
    value = told.value_of(side)
    kept = value if field.is_relation else field.to_python(value)
    try:
        with transaction.atomic():
            found.update(**{field.attname: kept})
    except IntegrityError as error:
        raise Moved from error


def _find(workshop: Workshop, told: Conflict) -> tuple[models.QuerySet, models.Field]:
    """The row and the field of a conflict, in this workshop and nowhere else."""
    tables = [one for one in carried_tables() if one.name == told.table]
    found = tables[0].rows(workshop).filter(pk=told.row) if tables else None
    if found is None or not found.exists():
        raise Moved
    try:
        field = tables[0].model._meta.get_field(told.name)
    except FieldDoesNotExist as error:
        raise Moved from error
    assert isinstance(field, models.Field)
    return found, field
