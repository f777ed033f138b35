"""What the two public pages of the directory say, put together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.core.paginator import Page, Paginator
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from jalons.analysis.opening import Hours, day_spans
from jalons.directory import words
from jalons.directory.cells import without_contacts
from jalons.directory.figures import (
    Found,
    Wanted,
    bank_holidays,
    days_of,
    find_places,
    nearest_place,
    whole,
)
from jalons.directory.lines import Line
from jalons.directory.models import Place, PlaceList, ProfessionalContact
from jalons.directory.sketch import sketch_of
from jalons.directory.vocabulary import read_vocabulary
from jalons.documents.words import date_format

PER_PAGE = 20


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
        first = self.page.start_index()
        return [
            replace(_line(place, km, self.wanted), number=number)
            for number, (place, km) in enumerate(whole(self.page), start=first)
        ]

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
        near = None if self.found.near else nearest_place(self.wanted)
        return _line(*whole([near])[0], self.wanted) if near else None

    @property
    def start(self) -> str:
        """From where distances are counted."""
        return self.wanted.address or self.wanted.commune.name

    @cached_property
    def sketch(self) -> SafeString | None:
        """The places around, drawn without asking anything of another site."""
        if not self.found.near:
            return None
        return sketch_of(self.wanted, self.found.near, self.lines, self.is_simulated)

    @cached_property
    def is_simulated(self) -> bool:
        lists = self.found.near.list_pks
        return PlaceList.objects.filter(pk__in=lists, is_simulated=True).exists()


def results(wanted: Wanted, number: str) -> Results:
    return Results(wanted, find_places(wanted), number)


def _line(place: Place, km: float, wanted: Wanted) -> Line:
    hours, vocabulary = place.hours, read_vocabulary()
    days: list[words.Day] = []
    opens_next = None
    if hours:
        shown = days_of(wanted, hours.zone)
        today = wanted.today(hours.zone)
        days = [words.day_of(hours, day, today) for day in shown]
        opens_next = _opens_next(hours, shown)
    kinds = {one.kind for one in place.services.all()}
    services = [code for code in vocabulary.terms["services"] if code in kinds]
    return Line(
        place=place,
        distance=words.distance(km),
        days=days,
        opens_next=opens_next,
        services=vocabulary.said("services", services),
    )


@dataclass(frozen=True, slots=True)
class Sheet:
    """The page of a place."""

    place: Place
    kinds: list[str]
    week: list[words.Day]
    opens_next: words.Day | None
    """Where it is closed these seven days, when it opens again."""
    details: list[tuple[str, list[str]]]
    phones: list[tuple[str, str]]
    """Each number as it is dialled, and as it is read."""
    mailboxes: list[str]
    summary: str
    description: str
    first_visit: list[str]


def sheet_of(place: Place, today: date | None = None) -> Sheet:
    """What may be shown of a place: no one's own contact without their agreement."""
    vocabulary = read_vocabulary()
    today = today or timezone.now().astimezone(ZoneInfo(place.zone)).date()
    phones, mailboxes = [place.phone], list(place.mailboxes)
    for one in place.contacts.exclude(agreed_at=None).order_by("pk"):
        is_phone = one.kind == ProfessionalContact.Kind.PHONE
        (phones if is_phone else mailboxes).append(one.value)
    week, opens_next = _week(place, today)
    return Sheet(
        place=place,
        kinds=vocabulary.said("typologie", place.kinds),
        week=week,
        opens_next=opens_next,
        details=_details(place),
        phones=[(number, words.telephone(number)) for number in phones if number],
        mailboxes=mailboxes,
        summary=without_contacts(place.summary, vocabulary),
        description=without_contacts(place.description, vocabulary),
        first_visit=words.first_visit(place.access_modes, place.costs, place.care),
    )


def _week(place: Place, today: date) -> tuple[list[words.Day], words.Day | None]:
    if place.hours is None:
        return [], None
    week = words.week_from(place.hours, today)
    days = [today + timedelta(days=n) for n in range(len(week))]
    return week, _opens_next(place.hours, days)


def _opens_next(hours: Hours, days: list[date]) -> words.Day | None:
    """When it opens again, if it is closed on all these days."""
    if any(day_spans(hours, day) for day in days):
        return None
    return words.next_day_open(hours, days[0])


def _details(place: Place) -> list[tuple[str, list[str]]]:
    """Titles and values, of what the list says only; its own words included."""
    kinds = {one.kind for one in place.services.all()}
    terms = read_vocabulary().terms["services"]
    rows: tuple[tuple[str, str, list[str]], ...] = (
        (_("Help given"), "services", [code for code in terms if code in kinds]),
        (_("Way of helping"), "modalites_accompagnement", place.support_modes),
        (_("Who is welcome"), "publics_specifiquement_adresses", place.publics),
        (_("Particular needs"), "prise_en_charge_specifique", place.care),
        # What is read of these two is said in sentences, before the first visit.
        (_("Cost"), "frais_a_charge", []),
        (_("How to come"), "modalites_acces", []),
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
