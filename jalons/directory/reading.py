"""One row of a list, read as a place; nothing is written here."""

from __future__ import annotations

import dataclasses
import uuid
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jalons.directory import cells as read
from jalons.directory.cells import BadRow, Notes
from jalons.directory.communes import Commune, Communes, UnknownCommune
from jalons.directory.models import Place, ProfessionalContact
from jalons.directory.vocabulary import Vocabulary
from jalons.search.words import words_of

# Columns whose values are terms, and the field that holds their codes.
LISTS = {
    "typologie": "kinds",
    "itinerance": "mobility",
    "publics_specifiquement_adresses": "publics",
    "prise_en_charge_specifique": "care",
    "frais_a_charge": "costs",
    "dispositif_programmes_nationaux": "programmes",
    "formations_labels": "labels",
    "modalites_acces": "access_modes",
    "modalites_accompagnement": "support_modes",
}
# Identifiers made by us for lists that have none.
MADE = uuid.UUID("6d1b5c1e-8f0a-5c0a-9f3e-2b7f0d7a4c11")
Kind = ProfessionalContact.Kind
Point = tuple[float, float]
Remark = tuple[str, str]
"""A column, and what is said of its cell."""
NO_POINT = gettext_lazy("No point is given: the centre of the commune is used.")
FAR = gettext_lazy("This point is far from its commune: the centre is used.")
NO_NUMBERS = gettext_lazy("Two numbers are expected, as 44.84 and -0.58: centre used.")


@dataclass(frozen=True, slots=True)
class Draft:
    """A place as its row says it, not stored yet."""

    line: int
    place: Place
    pivot: str
    organisation: str
    services: tuple[str, ...]
    contacts: frozenset[tuple[str, str]]
    missing: tuple[str, ...]
    """Columns that the schema requires and the row leaves empty."""
    remarks: tuple[Remark, ...]

    @property
    def ref(self) -> str:
        return self.place.ref


@dataclass(frozen=True, slots=True)
class Reader:
    """What is needed to read every row of a file."""

    vocabulary: Vocabulary
    communes: Communes
    makes_ids: bool = False
    today: date = dataclasses.field(default_factory=timezone.localdate)

    def read(self, line: int, cells: dict[str, str]) -> Draft:
        """The place of a row. Raises BadRow."""
        cells = self._renamed(cells)
        notes = Notes()
        place = Place(name=_name(cells), ref=self._ref(cells))
        self._locate(place, cells, notes)
        self._describe(place, cells, notes)
        contacts = self._reach(place, cells, notes)
        services = read.terms(cells, "services", self.vocabulary, notes)
        pivot = read.pivot(cells, notes)
        place.unread = notes.unread
        return Draft(
            line=line,
            place=place,
            pivot=pivot,
            organisation=read.line_of_text(cells, "structure_parente"),
            services=tuple(services),
            contacts=frozenset(contacts),
            missing=tuple(
                column
                for column in self.vocabulary.schema.required
                if not cells.get(column)
            ),
            remarks=tuple(notes.remarks),
        )

    def ref_of(self, cells: Mapping[str, str]) -> str:
        """The identifier of a row, were it refused; nothing when it has none."""
        with suppress(BadRow):
            return self._ref(self._renamed(cells))
        return ""

    def _renamed(self, cells: Mapping[str, str]) -> dict[str, str]:
        renamed = self.vocabulary.schema.renamed_columns
        return {renamed.get(column, column): cell for column, cell in cells.items()}

    def _ref(self, cells: dict[str, str]) -> str:
        if ref := read.line_of_text(cells, "id", 120):
            return ref
        if not self.makes_ids:
            message = _(
                "Each place needs an identifier that never changes. If the list has "
                "none, import it with --make-ids."
            )
            raise BadRow("id", message)
        said = (cells.get(name, "") for name in ("nom", "adresse", "commune"))
        return str(uuid.uuid5(MADE, "|".join(" ".join(words_of(one)) for one in said)))

    def _locate(self, place: Place, cells: dict[str, str], notes: Notes) -> None:
        place.locality = read.line_of_text(cells, "commune", 120)
        place.commune_code = cells.get("code_insee", "").strip().upper()
        place.postcode = read.postcode(cells, notes)
        try:
            commune = self.communes.find(
                place.commune_code, place.locality, cells.get("code_postal", "")
            )
        except UnknownCommune as error:
            column = "code_insee" if place.commune_code else "commune"
            raise BadRow(column, str(error)) from error
        if place.commune_code and place.commune_code != commune.code:
            message = _("This code is a former one: placed in the commune of today.")
            notes.say("code_insee", message)
        place.commune_id = commune.code
        place.address = read.line_of_text(cells, "adresse")
        place.address_more = read.line_of_text(cells, "complement_adresse")
        _set_position(place, commune, cells, notes)

    def _describe(self, place: Place, cells: dict[str, str], notes: Notes) -> None:
        for column, field in LISTS.items():
            setattr(place, field, read.terms(cells, column, self.vocabulary, notes))
        place.opening = read.line_of_text(cells, "horaires", 1000)
        if place.opening and place.hours is None:
            message = _("These hours cannot be read: shown as text, never guessed.")
            notes.say("horaires", message)
        place.summary = read.long_text(cells, "presentation_resume", notes)
        if len(place.summary) > read.SUMMARY_LENGTH:
            message = _("Longer than the 280 characters of the schema: kept whole.")
            notes.say("presentation_resume", message)
        place.description = read.long_text(cells, "presentation_detail", notes)
        place.other_labels = read.long_text(cells, "autres_formations_labels", notes)
        place.collected_by = read.line_of_text(cells, "source")
        place.checked_on = read.day(cells, "date_maj", notes, self.today)

    def _reach(
        self, place: Place, cells: dict[str, str], notes: Notes
    ) -> set[tuple[str, str]]:
        """Set what reaches the place; what reaches a person is given back apart."""
        place.websites = read.web_pages(cells, "site_web", notes)
        place.access_page = _first(read.web_pages(cells, "fiche_acces_libre", notes))
        place.booking_page = _first(read.web_pages(cells, "prise_rdv", notes))
        contacts = set()
        number = read.phone(cells, notes)
        if read.is_mobile(number):
            contacts.add((Kind.PHONE.value, number))
        else:
            place.phone = number
        for address in read.mailboxes(cells, notes):
            if read.is_shared(address, self.vocabulary):
                place.mailboxes.append(address)
            else:
                contacts.add((Kind.EMAIL.value, address))
        return contacts


def _name(cells: dict[str, str]) -> str:
    name = read.line_of_text(cells, "nom")
    if not name:
        raise BadRow("nom", _("This place has no name: write it."))
    return name


def _first(addresses: list[str]) -> str:
    return addresses[0] if addresses else ""


def _set_position(
    place: Place, commune: Commune, cells: dict[str, str], notes: Notes
) -> None:
    """The point that the list gives when it lies in the commune, else its centre."""
    point = _point(cells, notes)
    if point and not _is_in(commune, *point):
        longitude, latitude = point
        if _is_in(commune, latitude, longitude):
            message = _("Latitude and longitude were exchanged: put back in order.")
            point = (latitude, longitude)
        else:
            message, point = str(FAR), None
        notes.say("latitude", message)
    place.position = Place.Position.GIVEN if point else Place.Position.COMMUNE
    point = point or commune.centre
    if point is None:
        message = _("No point is given and the centre of the commune is not known.")
        raise BadRow("latitude", message)
    place.longitude, place.latitude = point


def _point(cells: dict[str, str], notes: Notes) -> Point | None:
    texts = (cells.get("longitude", ""), cells.get("latitude", ""))
    if not any(texts):
        notes.say("latitude", str(NO_POINT))
        return None
    try:
        longitude, latitude = (float(text.replace(",", ".")) for text in texts)
    except ValueError:
        notes.say("latitude", str(NO_NUMBERS))
        return None
    return (longitude, latitude)


def said_by_address(remarks: Iterable[Remark]) -> Iterator[Remark]:
    """What was said of a point, when its address takes the place of the centre."""
    instead = {
        str(FAR): _("This point is far from its commune: the address is used."),
        str(NO_NUMBERS): _(
            "Two numbers are expected, as 44.84 and -0.58: the address is used."
        ),
    }
    for column, sentence in remarks:
        if sentence != NO_POINT:
            yield column, instead.get(sentence, sentence)


def _is_in(commune: Commune, longitude: float, latitude: float) -> bool:
    on_globe = abs(longitude) <= 180 and abs(latitude) <= 90
    return on_globe and commune.holds(longitude, latitude)
