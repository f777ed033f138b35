"""What the two public pages of the directory say, put together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from zoneinfo import ZoneInfo

from django.core.paginator import Page, Paginator
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from jalons.directory import words
from jalons.directory.cells import without_contacts
from jalons.directory.figures import (
    FURTHER_KM,
    Found,
    Near,
    Wanted,
    bank_holidays,
    days_of,
    find_places,
)
from jalons.directory.models import Place, ProfessionalContact
from jalons.directory.vocabulary import read_vocabulary
from jalons.documents.words import date_format

PER_PAGE = 20
DOES_NOT_RECEIVE = "sans_public"


@dataclass(frozen=True, slots=True)
class Line:
    """One place of the list, in the reader's words."""

    place: Place
    distance: str
    days: list[words.Day]
    services: list[str]

    @property
    def receives(self) -> bool:
        return DOES_NOT_RECEIVE not in self.place.access_modes


@dataclass(frozen=True)
class Results:
    """Places that suit, page by page, and what must be said of the others."""

    wanted: Wanted
    found: Found
    number: str

    @cached_property
    def page(self) -> Page:
        return Paginator(self.found.near, PER_PAGE).get_page(self.number)

    @cached_property
    def lines(self) -> list[Line]:
        return [_line(one, self.wanted) for one in self.page]

    @property
    def count(self) -> int:
        return len(self.found.near)

    @cached_property
    def holidays(self) -> list[str]:
        days = days_of(self.wanted, timezone.get_current_timezone())
        return [date_format(day, "l j F") for day in bank_holidays(days)]

    @cached_property
    def further(self) -> Line | None:
        """When nothing is near enough: the nearest that suits, further away."""
        for km in FURTHER_KM:
            if self.found.near or km <= self.wanted.km:
                continue
            if near := find_places(replace(self.wanted, km=km)).near:
                return _line(near[0], self.wanted)
        return None

    @property
    def is_simulated(self) -> bool:
        return any(one.place.place_list.is_simulated for one in self.found.near)


def results(wanted: Wanted, number: str) -> Results:
    return Results(wanted, find_places(wanted), number)


def _line(near: Near, wanted: Wanted) -> Line:
    hours, vocabulary = near.place.hours, read_vocabulary()
    days: list[words.Day] = []
    if hours:
        today = wanted.today(hours.zone)
        days = [words.day_of(hours, day, today) for day in days_of(wanted, hours.zone)]
    kinds = {one.kind for one in near.place.services.all()}
    services = [code for code in vocabulary.terms["services"] if code in kinds]
    return Line(
        place=near.place,
        distance=words.distance(near.km),
        days=days,
        services=vocabulary.said("services", services),
    )


@dataclass(frozen=True, slots=True)
class Sheet:
    """The page of a place."""

    place: Place
    kinds: list[str]
    week: list[words.Day]
    details: list[tuple[str, list[str]]]
    phones: list[tuple[str, str]]
    """Each number as it is dialled, and as it is read."""
    mailboxes: list[str]
    summary: str
    description: str


def sheet_of(place: Place, today: date | None = None) -> Sheet:
    """What may be shown of a place: no one's own contact without their agreement."""
    vocabulary = read_vocabulary()
    today = today or timezone.now().astimezone(ZoneInfo(place.zone)).date()
    phones, mailboxes = [place.phone], list(place.mailboxes)
    for one in place.contacts.exclude(agreed_at=None).order_by("pk"):
        is_phone = one.kind == ProfessionalContact.Kind.PHONE
        (phones if is_phone else mailboxes).append(one.value)
    return Sheet(
        place=place,
        kinds=vocabulary.said("typologie", place.kinds),
        week=words.week_from(place.hours, today) if place.hours else [],
        details=_details(place),
        phones=[(number, words.telephone(number)) for number in phones if number],
        mailboxes=mailboxes,
        summary=without_contacts(place.summary, vocabulary),
        description=without_contacts(place.description, vocabulary),
    )


def _details(place: Place) -> list[tuple[str, list[str]]]:
    """Titles and values, of what the list says only; its own words included."""
    kinds = {one.kind for one in place.services.all()}
    terms = read_vocabulary().terms["services"]
    rows = (
        (_("Help given"), "services", [code for code in terms if code in kinds]),
        (_("Way of helping"), "modalites_accompagnement", place.support_modes),
        (_("Who is welcome"), "publics_specifiquement_adresses", place.publics),
        (_("Particular needs"), "prise_en_charge_specifique", place.care),
        (_("Cost"), "frais_a_charge", place.costs),
        (_("How to come"), "modalites_acces", place.access_modes),
        (_("On the move?"), "itinerance", place.mobility),
        (_("National programmes"), "dispositif_programmes_nationaux", place.programmes),
        (_("Labels and training"), "formations_labels", place.labels),
    )
    return [
        (title, values)
        for title, column, codes in rows
        if (values := _values(place, column, codes))
    ]


def _values(place: Place, column: str, codes: list[str]) -> list[str]:
    said = read_vocabulary().said(column, codes)
    return [*said, *place.unread.get(column, [])]
