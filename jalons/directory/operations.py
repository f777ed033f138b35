from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import islice

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from jalons.accounts.models import User
from jalons.audit import operations as audit
from jalons.directory.cells import BadRow
from jalons.directory.communes import Communes
from jalons.directory.geocoding import Lookups, looks_like_street
from jalons.directory.models import (
    LISTS,
    Objection,
    Organisation,
    Place,
    PlaceList,
    ProfessionalContact,
    Service,
    print_of,
)
from jalons.directory.reading import Draft, Reader, said_by_address
from jalons.directory.records import NOTICE, Records, refuse_other_schemas
from jalons.directory.report import MOST_REFUSED, Refused, Report
from jalons.directory.sifting import row_of, sift, write_rows
from jalons.directory.vocabulary import read_vocabulary
from jalons.directory.writing import insert
from jalons.files.tables import UnreadableFile
from jalons.spaces.models import Space

BATCH = 500
KEPT = {*("id", "place_list", "organisation", "ref", "left_on", "pinned", "same_as")}
SERVICES, CONTACTS = "services", "contacts"
FIELDS = [one.attname for one in Place._meta.concrete_fields if one.name not in KEPT]
STORED = [one.attname for one in Place._meta.concrete_fields if one.name != "id"]


class MixedList(Exception):
    """Real places and invented ones are not put into one list."""


class ListOfOthers(Exception):
    """The list of that name belongs to another team."""


@dataclass(frozen=True, slots=True)
class Change:
    """What an import did to a place: what it said before, or nothing if it is new."""

    place_pk: int
    before: dict[str, object] | None


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked of an import; a whole list also says which places left it."""

    name: str
    space: Space | None = None
    licence: str = ""
    is_simulated: bool = False
    is_whole: bool = False
    makes_ids: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """Who is told of the progress, and of what undoes it."""

    on_progress: Callable[[int], None]
    on_change: Callable[[list[Change]], None]


@transaction.atomic
def import_places(
    records: Records,
    order: Order,
    *,
    by: User | None,
    dry_run: bool = False,
    on_progress: Callable[[int], None] = lambda rows: None,
    on_change: Callable[[list[Change]], None] = lambda changes: None,
) -> Report:
    """Bring a list in line with a file; the same file once more changes nothing.

    With `dry_run` everything is counted and nothing written. `on_change` is told,
    batch after batch, what undoes it. Raises UnreadableFile, MixedList or
    ListOfOthers, and then nothing is kept.
    """
    told = Told(on_progress, on_change)
    if dry_run:
        return _read(records, order, None, told)
    return import_by_blocks(records, order, by=by, told=told)


def import_by_blocks(
    records: Records, order: Order, *, by: User | None, told: Told
) -> Report:
    """The same, each block of rows recorded at once with what undoes it.

    A long file lets other people write in between; if it raises, what is recorded is
    to be undone by the caller, who was told of it.
    """
    with closing(records):
        place_list = _list_of(order)
        report = _read(records, order, place_list, told)
    audit.record(
        "places.imported",
        place_list,
        by=by,
        details={"created": report.created, "updated": report.updated},
    )
    return report


def check_file(records: Records, order: Order, told: Told) -> Report:
    """What importing a file would do; nothing is written. Raises as import_places."""
    with closing(records):
        return _read(records, order, None, told)


def _read(
    records: Records, order: Order, place_list: PlaceList | None, told: Told
) -> Report:
    """Read a file to its end; without a list to write in, nothing is written."""
    vocabulary = read_vocabulary()
    refuse_other_schemas(records, vocabulary)
    if NOTICE in records.columns and not order.is_simulated:
        raise MixedList(order.name)
    known = place_list or _known_list(order)
    if known and not known.places.exists():
        known = None
    report, seen = Report(), set[str]()
    report.unknown_columns = records.extra(vocabulary)
    reader = Reader(vocabulary, Communes(), order.makes_ids)
    drafts = _drafts(records, reader, report, seen)
    lookups = Lookups(lambda: told.on_progress(report.rows)) if place_list else None
    while batch := list(islice(drafts, BATCH)):
        plan = _plan(known, batch, report, lookups)
        if place_list:
            with transaction.atomic():
                told.on_change(_apply(place_list, plan))
        told.on_progress(report.rows)
    # A row that is wrong does not say that its place left.
    seen.update(reader.ref_of(one.cells) for one in report.refused)
    absent = _absent(known, seen, order, report)
    if place_list and absent:
        with transaction.atomic():
            told.on_change(_leave(absent))
    return report


def hold_list(place_list: PlaceList) -> PlaceList:
    """The list as it is now, held until the end of the transaction."""
    held: PlaceList = PlaceList.objects.select_for_update().get(pk=place_list.pk)
    return held


def _known_list(order: Order) -> PlaceList | None:
    """The list of that name, if there is one and it may be written in."""
    place_list = PlaceList.objects.filter(name=order.name).first()
    if place_list is None:
        return None
    if place_list.space != order.space:
        raise ListOfOthers(order.name)
    if place_list.is_simulated != order.is_simulated:
        raise MixedList(order.name)
    return place_list


def _list_of(order: Order) -> PlaceList:
    place_list = _known_list(order) or PlaceList.objects.create(
        name=order.name, is_simulated=order.is_simulated, space=order.space
    )
    place_list.imported_at = timezone.now()
    place_list.licence = order.licence or place_list.licence
    place_list.save(update_fields=["imported_at", "licence"])
    return place_list


def _drafts(
    records: Records, reader: Reader, report: Report, seen: set[str]
) -> Iterator[Draft]:
    """The places of the file; a row that cannot be one goes to the report."""
    for line, cells in records.rows:
        report.rows += 1
        try:
            draft = reader.read(line, cells)
            if draft.ref in seen:
                raise BadRow("id", _twice(reader))
        except BadRow as error:
            report.refused.append(Refused(line, error.column, error.reason, cells))
            if len(report.refused) > MOST_REFUSED:
                message = _(
                    "More than %(n)d rows are refused; this one because: %(why)s"
                )
                details = {"n": MOST_REFUSED, "why": error.reason}
                raise UnreadableFile(
                    message % details,
                    name=records.name,
                    line=line,
                    column=error.column,
                ) from error
            continue
        seen.add(draft.ref)
        yield draft


def _twice(reader: Reader) -> str:
    if reader.makes_ids:
        return _("Another row has this name and this address: keep one of the two.")
    return _("Another row has this identifier: correct one of the two.")


@dataclass(frozen=True, slots=True)
class Plan:
    """What a batch does to a list: new places, those that change, and how."""

    new: list[Draft]
    changed: list[Draft]
    changes: list[Change]


def _plan(
    place_list: PlaceList | None,
    batch: list[Draft],
    report: Report,
    lookups: Lookups | None,
) -> Plan:
    """Compare a batch with what is stored; nothing is written."""
    stored = _stored(place_list, [draft.ref for draft in batch])
    batch = [_located(draft, stored.get(draft.ref), lookups) for draft in batch]
    for draft in batch:
        report.note(draft)
    batch = _without_refused(batch)
    plan = Plan([], [], [])
    for draft in batch:
        known = stored.get(draft.ref)
        if known is None:
            plan.new.append(draft)
            continue
        draft = _as_pinned(known, draft)
        if before := _before(known, draft):
            draft.place.pk = known.pk
            plan.changed.append(draft)
            plan.changes.append(Change(known.pk, before))
    report.created += len(plan.new)
    report.updated += len(plan.changed)
    report.unchanged += len(batch) - len(plan.new) - len(plan.changed)
    return plan


def _located(draft: Draft, known: Place | None, lookups: Lookups | None) -> Draft:
    """Where its address lies, known from a former import or looked up now.

    Nothing is looked up for a check, which tells what is known already.
    """
    place = draft.place
    if not (place.is_approximate and place.address):
        return draft
    if known and known.position == Place.Position.ADDRESS and _same_way(known, place):
        place.longitude, place.latitude = known.longitude, known.latitude
    else:
        if lookups is None or not looks_like_street(place.address):
            return draft
        text = f"{place.address} {place.postcode} {place.locality}"
        found = lookups.find(text, place.commune_id)
        if found is None:
            return draft
        place.longitude, place.latitude = found.longitude, found.latitude
    place.position = Place.Position.ADDRESS
    message = _("Found from the address, by the State’s public service.")
    remarks = (*said_by_address(draft.remarks), ("adresse", message))
    return replace(draft, remarks=remarks)


def _same_way(known: Place, place: Place) -> bool:
    return (known.address, known.commune_id) == (place.address, place.commune_id)


def _stored(place_list: PlaceList | None, refs: list[str]) -> dict[str, Place]:
    if place_list is None:
        return {}
    places = (
        place_list.places.filter(ref__in=refs)
        .select_related("organisation")
        .prefetch_related("services", "contacts")
    )
    return {place.ref: place for place in places}


def _apply(place_list: PlaceList, plan: Plan) -> list[Change]:
    """Store a batch: new places, those that changed, and what hangs from them."""
    drafts = [*plan.new, *plan.changed]
    organisations = _organisations(drafts)
    for draft in drafts:
        draft.place.place_list = place_list
        draft.place.organisation = organisations.get((draft.pivot, draft.organisation))
    _write_new(place_list, plan.new)
    fields = [*FIELDS, "organisation", "left_on"]
    Place.objects.bulk_update([draft.place for draft in plan.changed], fields)
    _write_services(plan)
    _write_contacts(plan)
    sift(draft.place.pk for draft in plan.changed)
    write_rows(row_of(draft.place, draft.services) for draft in plan.new)
    return [*plan.changes, *(Change(draft.place.pk, None) for draft in plan.new)]


def _write_new(place_list: PlaceList, drafts: list[Draft]) -> None:
    """Store new places, and give each its key."""
    insert(
        Place,
        STORED,
        ([getattr(draft.place, name) for name in STORED] for draft in drafts),
    )
    refs = [draft.ref for draft in drafts]
    found = place_list.places.filter(ref__in=refs).values_list("ref", "pk")
    pks = dict(found)
    for draft in drafts:
        draft.place.pk = pks[draft.ref]


def _as_pinned(known: Place, draft: Draft) -> Draft:
    """The draft with what the team corrected itself left as corrected."""
    pinned = dict(known.pinned)
    services = pinned.pop(SERVICES, draft.services)
    for name, value in pinned.items():
        setattr(draft.place, name, value)
    return replace(draft, services=tuple(services))


def _organisations(batch: list[Draft]) -> dict[tuple[str, str], Organisation]:
    wanted = {(draft.pivot, draft.organisation) for draft in batch} - {("", "")}
    insert(Organisation, ("pivot", "name"), sorted(wanted), ignores_known=True)
    pivots = {pivot for pivot, _name in wanted} - {""}
    names = {name for pivot, name in wanted if not pivot}
    known = Organisation.objects.filter(pivot__in=pivots)
    if names:
        known |= Organisation.objects.filter(pivot="", name__in=names)
    return {(one.pivot, one.name): one for one in known}


def _before(known: Place, draft: Draft) -> dict[str, object]:
    """What the place said and the file changes; nothing when it changes nothing."""
    before: dict[str, object] = {
        name: getattr(known, name)
        for name in FIELDS
        if getattr(known, name) != getattr(draft.place, name)
    }
    owner = known.organisation
    said = (owner.pivot, owner.name) if owner else ("", "")
    if said != (draft.pivot, draft.organisation):
        before["organisation_id"] = known.organisation_id
    if known.left_on is not None:
        before["left_on"] = known.left_on
    services = sorted(one.kind for one in known.services.all())
    if set(services) != set(draft.services):
        before[SERVICES] = services
    contacts = {(one.kind, one.value) for one in known.contacts.all()}
    if contacts != draft.contacts:
        before[CONTACTS] = sorted(contacts)
    return before


def _write_services(plan: Plan) -> None:
    changed = [draft.place for draft in plan.changed]
    if changed:
        Service.objects.filter(place__in=changed).delete()
    rows = (
        (draft.place.pk, kind)
        for draft in (*plan.new, *plan.changed)
        for kind in draft.services
    )
    insert(Service, ("place_id", "kind"), rows)


def _without_refused(batch: list[Draft]) -> list[Draft]:
    """Contacts whose person asked not to be kept do not come back with a file."""
    no_more = refused(value for draft in batch for _kind, value in draft.contacts)
    if not no_more:
        return batch
    return [
        replace(
            draft,
            contacts=frozenset(one for one in draft.contacts if one[1] not in no_more),
        )
        for draft in batch
    ]


def refused(values: Iterable[str]) -> set[str]:
    """Among these contacts, those whose person asked not to be kept."""
    prints = {value: print_of(LISTS, value) for value in values}
    if not prints:
        return set()
    known = Objection.objects.filter(digest__in=set(prints.values()))
    digests = set(known.values_list("digest", flat=True))
    return {value for value, digest in prints.items() if digest in digests}


def _write_contacts(plan: Plan) -> None:
    """Those that are still in the list keep their date and their agreement."""
    drafts = [*plan.new, *plan.changed]
    wanted = {draft.place.pk: draft.contacts for draft in plan.changed}
    gone = [
        one.pk
        for one in ProfessionalContact.objects.filter(place__in=list(wanted))
        if (one.kind, one.value) not in wanted[one.place_id]
    ]
    if gone:
        ProfessionalContact.objects.filter(pk__in=gone).delete()
    ProfessionalContact.objects.bulk_create(
        (
            ProfessionalContact(place=draft.place, kind=kind, value=value)
            for draft in drafts
            for kind, value in sorted(draft.contacts)
        ),
        ignore_conflicts=True,
    )


def _absent(
    place_list: PlaceList | None, seen: set[str], order: Order, report: Report
) -> list[int]:
    """The places that leave a whole list; of a part, they are only counted."""
    if place_list is None:
        return []
    rows = place_list.places.filter(left_on=None).values_list("pk", "ref").iterator()
    absent = [pk for pk, ref in rows if ref not in seen]
    if not order.is_whole:
        report.absent = len(absent)
        return []
    report.left = len(absent)
    return absent


def _leave(absent: list[int]) -> list[Change]:
    """Places that a whole list no longer holds are found no more, and kept."""
    today = timezone.localdate()
    for start in range(0, len(absent), BATCH):
        part = absent[start : start + BATCH]
        Place.objects.filter(pk__in=part).update(left_on=today)
        sift(part)
    return [Change(pk, {"left_on": None}) for pk in absent]
