"""Operations on one place: what a team corrects, what a reader reports."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.db import transaction
from django.utils import timezone

from jalons.accounts.models import User
from jalons.audit import operations as audit
from jalons.curation.duplicates import write_services
from jalons.curation.models import PlaceReport
from jalons.directory.models import Place
from jalons.directory.operations import SERVICES
from jalons.directory.sifting import sift
from jalons.spaces.models import Space


@transaction.atomic
def correct_place(
    place: Place,
    values: Mapping[str, object],
    services: Collection[str],
    *,
    space: Space,
    by: User,
) -> None:
    """What the team knows better than its list; the next import does not undo it."""
    changed = {
        name: value for name, value in values.items() if getattr(place, name) != value
    }
    for name, value in changed.items():
        setattr(place, name, value)
    place.pinned |= changed
    said = {one.kind for one in place.services.all()}
    if said != set(services):
        place.pinned[SERVICES] = sorted(services)
        write_services(place, sorted(services))
    place.checked_on = timezone.localdate()
    place.save(update_fields=[*changed, "pinned", "checked_on"])
    sift([place.pk])
    audit.record("place.corrected", space, by=by, details={"place": place.name})


def report_error(place: Place, *, kind: str, text: str, email: str) -> PlaceReport:
    """Somebody, who needs no account, says what is wrong about a place."""
    report: PlaceReport = place.reports.create(kind=kind, text=text, email=email)
    return report


@transaction.atomic
def close_report(report: PlaceReport, state: str, *, space: Space, by: User) -> None:
    """Accept or refuse a report; the place itself is corrected apart."""
    if report.state != PlaceReport.State.OPEN:
        return
    report.state, report.decided_by = state, by
    report.decided_at = timezone.now()
    report.save(update_fields=["state", "decided_by", "decided_at"])
    audit.record("place_report.closed", space, by=by, details={"answer": state})
