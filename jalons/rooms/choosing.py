"""One value that both sides changed: the site's kept, or the room's taken, and back."""

from __future__ import annotations

from django.core.exceptions import FieldDoesNotExist
from django.db import IntegrityError, models, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jalons.accounts.models import User
from jalons.audit import operations as audit
from jalons.live import operations as live
from jalons.rooms.bundles import RefusedBundle
from jalons.rooms.comparing import SIDES, Conflict
from jalons.rooms.models import Outing
from jalons.rooms.tables import Unit, carried_tables, plain
from jalons.rooms.votes import check_votes, forms_of
from jalons.workshops.models import Workshop
from jalons.workshops.operations import EVERYBODY

CHANGED_SINCE = _(
    "This has changed on the site since: read it there, and write it as it is."
)


class Moved(Exception):
    """What was told is no longer so, or cannot be any more: nothing is overwritten."""

    def __init__(self, reason: str | Promise = CHANGED_SINCE) -> None:
        super().__init__(str(reason))
        self.reason = str(reason)


@transaction.atomic
def choose(outing: Outing, place: int, side: str, *, by: User) -> None:
    """Make one side hold where both changed. Raises Moved."""
    workshop = Workshop.objects.select_for_update().get(pk=outing.workshop_id)
    outing = Outing.objects.select_for_update().get(pk=outing.pk)
    conflicts = outing.report.get("conflicts", [])
    if side not in SIDES or place >= len(conflicts):
        raise Moved
    told = Conflict(**conflicts[place])
    forms = forms_of(workshop)
    _put(workshop, told, side)
    try:
        check_votes(workshop, (), forms)
    except RefusedBundle as refused:
        raise Moved(
            _("Votes have been given in this form since: it stays.")
        ) from refused
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
    found, unit = _find(workshop, told)
    held = found.values_list(*[one.attname for one in unit]).get()
    if [*map(plain, held)] != told.values_of(told.chosen):
        raise Moved
    pairs = zip(unit, told.values_of(side), strict=True)
    kept = {one.attname: _kept(one, value) for one, value in pairs}
    try:
        with transaction.atomic():
            found.update(**kept)
    except IntegrityError as error:
        raise Moved from error


def _kept(field: models.Field, value: object) -> object:
    """The value that the database keeps; what it points to may be gone since."""
    if not isinstance(field, models.ForeignKey):
        return field.to_python(value)
    there = field.related_model._default_manager  # type: ignore[union-attr]
    if value is not None and not there.filter(pk=value).exists():
        raise Moved
    return value


def _find(workshop: Workshop, told: Conflict) -> tuple[models.QuerySet, Unit]:
    """The row and the fields of a conflict, in this workshop and nowhere else."""
    tables = [one for one in carried_tables() if one.name == told.table]
    found = tables[0].rows(workshop).filter(pk=told.row) if tables else None
    if found is None or not found.exists():
        raise Moved
    try:
        fields = [tables[0].model._meta.get_field(one) for one in told.names]
    except FieldDoesNotExist as error:
        raise Moved from error
    return found, tuple(one for one in fields if isinstance(one, models.Field))
