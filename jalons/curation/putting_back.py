"""What a place said before a file, and how it is put back.

Operations call this module: it neither authorises nor audits.
"""

from __future__ import annotations

from datetime import date

from jalons.curation.models import ImportedPlace, PlaceImport
from jalons.directory.models import Place, ProfessionalContact, Service
from jalons.directory.operations import CONTACTS, SERVICES, refused
from jalons.directory.sifting import sift

DATES = ("checked_on", "left_on")
BLOCK = 500


def as_json(before: dict[str, object] | None) -> dict[str, object] | None:
    """What is kept: days as they are written."""
    if before is None:
        return None
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in before.items()
    }


def put_back(batch: PlaceImport) -> None:
    """Each place as it was; those that the file created are deleted.

    What the team pinned since stays pinned.
    """
    made = batch.rows.filter(before__isnull=True).values_list("place", flat=True)
    while part := list(made[:BLOCK]):
        Place.objects.filter(pk__in=part).delete()
    rows = batch.rows.select_related("place").order_by("-pk")
    for row in rows.iterator(chunk_size=BLOCK):
        _restore(row)
    sift(list(batch.rows.values_list("place_id", flat=True)))
    batch.rows.all().delete()


def forget_contact(value: str) -> None:
    """Nothing that would undo a file holds this contact any more."""
    rows = ImportedPlace.objects.filter(**{f"before__{CONTACTS}__icontains": value})
    for row in rows:
        before = row.before or {}
        kept = [one for one in before[CONTACTS] if one[1].lower() != value.lower()]
        row.before = before | {CONTACTS: kept}
        row.save(update_fields=["before"])


def _restore(row: ImportedPlace) -> None:
    place, before = row.place, dict(row.before or {})
    services, contacts = before.pop(SERVICES, None), before.pop(CONTACTS, None)
    for name, value in before.items():
        if name in place.pinned:
            continue
        is_day = name in DATES and isinstance(value, str)
        setattr(place, name, date.fromisoformat(value) if is_day else value)
    place.save(update_fields=list(before))
    if services is not None and SERVICES not in place.pinned:
        place.services.all().delete()
        Service.objects.bulk_create(Service(place=place, kind=one) for one in services)
    if contacts is not None:
        _restore_contacts(place, contacts)


def _restore_contacts(place: Place, contacts: list[list[str]]) -> None:
    """Those that the place had, but for the people who asked not to be kept since."""
    no_more = refused(value for _kind, value in contacts)
    wanted = {(kind, value) for kind, value in contacts if value not in no_more}
    for one in place.contacts.all():
        if (one.kind, one.value) not in wanted:
            one.delete()
    ProfessionalContact.objects.bulk_create(
        (
            ProfessionalContact(place=place, kind=kind, value=value)
            for kind, value in sorted(wanted)
        ),
        ignore_conflicts=True,
    )
