"""Contacts read from a file or from pasted lines; every line refused is told why.

The same rules for both. Nothing is lost: a refused line comes back as it was, to be
mended and given again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from email.utils import parseaddr

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jalons.files.tables import Table, UnreadableFile
from jalons.invitations.models import ContactList, OptOut, Profile, digest_of
from jalons.mail.bounces import dead_addresses
from jalons.questionnaires.schema import first_words
from jalons.search.words import words_of
from jalons.spaces.models import Space
from jalons.territories.models import Territory
from jalons.territories.naming import Ambiguous, Places, UnknownPlace

MAX_LINES = 20_000
ORDER = ("name", "email", "function", "territory", "profile")
# What may be missing of somebody known, in the words of the pages.
FIELD_NAMES = {
    "name": gettext_lazy("name"),
    "function": gettext_lazy("function"),
    "territory_code": gettext_lazy("territory"),
    "profile": gettext_lazy("profile"),
}
# How the name of an EPCI begins, known or misspelt, and no person's.
PLACE_STARTS = (["cc"], ["communaute"], ["metropole"])
# How files head their columns, without accents nor capitals.
HEADINGS = {
    "email": "email mail courriel adresse|mail adresse|email adresse|e|mail e|mail "
    "adresse|electronique adresse|courriel email|address",
    "name": "nom name prenom|nom nom|prenom nom|et|prenom contact personne",
    "first_name": "prenom first|name",
    "function": "fonction poste function titre",
    "territory": "territoire epci collectivite commune siren code territory structure",
    "profile": "profil profile role",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line as it was given, its cells by field; `line` is its number."""

    line: int
    cells: Mapping[str, str]
    # Two cells without headings: beside the address, a person or a place.
    is_pair: bool = False

    @property
    def text(self) -> str:
        """The line as it may be pasted again once mended."""
        cells = (self.cells.get(field, "") for field in ORDER)
        return ";".join(cell.replace(";", ",") for cell in cells)


@dataclass(frozen=True, slots=True)
class Person:
    """One line that may be added to a list."""

    line: int
    email: str
    name: str
    function: str
    territory_code: str | None
    profile: str


@dataclass(frozen=True, slots=True)
class Completed:
    """A line that says more of somebody known: `person` as a whole, what is new in it.

    `contact` is its number in the list, None when an earlier line gave that person.
    `other` is what it says otherwise, which does not replace what is kept.
    """

    entry: Entry
    person: Person
    contact: int | None
    fields: tuple[str, ...]
    other: tuple[str, ...] = ()

    @property
    def value(self) -> str:
        return self.person.email

    @property
    def reason(self) -> str:
        names = {"names": _names(self.fields), "other": _names(self.other)}
        if self.other:
            return (
                _(
                    "Already known, completed with: %(names)s; differs, and left as it "
                    "was: %(other)s."
                )
                % names
            )
        return _("Already known, completed with: %(names)s.") % names


@dataclass(frozen=True, slots=True)
class Refused:
    """One line left aside: which field, what it held, why, and how to mend it."""

    entry: Entry
    field: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class Sorted:
    """What was read: people to add, those completed or already there, lines refused.

    `known` say nothing new; `differing` say otherwise what is kept.
    """

    people: tuple[Person, ...]
    completed: tuple[Completed, ...]
    known: tuple[Refused, ...]
    differing: tuple[Refused, ...]
    refused: tuple[Refused, ...]

    @property
    def line_count(self) -> int:
        left = len(self.known) + len(self.differing) + len(self.refused)
        return len(self.people) + len(self.completed) + left

    @property
    def text_refused(self) -> str:
        return "\n".join(one.entry.text for one in self.refused)


class _Wrong(Exception):
    def __init__(self, field: str, value: str, reason: str) -> None:
        super().__init__(reason)
        self.field, self.value, self.reason = field, value, reason


def read_lines(text: str) -> list[Entry]:
    """Pasted lines: an address, "Name <address>", or cells between ; or tabs."""
    lines = enumerate(text.splitlines(), start=1)
    filled = [(n, line) for n, line in lines if line.strip()]
    if not filled:
        return []
    columns = _columns(_cells(filled[0][1]))
    if "email" in columns:
        return [Entry(n, _by_column(_cells(line), columns)) for n, line in filled[1:]]
    # Under headings a cell left empty holds its place; without them nothing does.
    bare = [(n, line.strip()) for n, line in filled]
    return [Entry(n, _loose(line), len(_cells(line)) == 2) for n, line in bare]


def read_rows(table: Table, *, name: str) -> list[Entry]:
    """The lines of a file. Raises UnreadableFile when no column holds addresses."""
    columns = _columns(table.columns)
    if "email" not in columns:
        message = _(
            "No column holds e-mail addresses. Name one of them “courriel”. The "
            "columns found are: %(columns)s."
        )
        found = ", ".join(table.columns)
        raise UnreadableFile(message % {"columns": found}, name=name)
    entries: list[Entry] = []
    for line, row in table.rows:
        if len(entries) >= MAX_LINES:
            message = _("The list has more than %(n)s people. Split the file.")
            raise UnreadableFile(message % {"n": MAX_LINES}, name=name, line=line)
        cells = [row[column] for column in table.columns]
        entries.append(Entry(line, _by_column(cells, columns)))
    return entries


def sort_out(contact_list: ContactList, entries: Iterable[Entry]) -> Sorted:
    """Which lines may be added, and why the others may not."""
    checker = _Checker(contact_list)
    people: dict[str, Person] = {}
    completed: list[Completed] = []
    left: dict[str, list[Refused]] = {"known": [], "differing": []}
    refused: list[Refused] = []
    for given in entries:
        entry = checker.placed(given)
        try:
            found = checker.read(entry)
        except _Wrong as wrong:
            told = Refused(entry, wrong.field, wrong.value, wrong.reason)
            left.get(wrong.field, refused).append(told)
            continue
        if isinstance(found, Person):
            people[found.email] = found
            continue
        completed.append(found)
        if found.contact is None:
            people[found.value] = found.person
    return Sorted(
        people=tuple(people.values()),
        completed=tuple(completed),
        known=tuple(left["known"]),
        differing=tuple(left["differing"]),
        refused=tuple(refused),
    )


class _Checker:
    """What a new line is compared with: the list, the refusals, the lines before."""

    def __init__(self, contact_list: ContactList) -> None:
        space = contact_list.space
        self.space_id = space.pk
        # Of each address already there or given by a line before, what is known.
        self.numbers: dict[str, int] = {}
        self.known: dict[str, Person] = {}
        for contact in contact_list.contacts.all():
            self.numbers[contact.email] = contact.pk
            self.known[contact.email] = Person(
                line=0,
                email=contact.email,
                name=contact.name,
                function=contact.function,
                territory_code=contact.territory_id,
                profile=contact.profile,
            )
        stopped = OptOut.objects.filter(space=space)
        self.stopped = set(stopped.values_list("digest", flat=True))
        self.dead = dead_addresses()
        self.places = Places(space.territory)
        self.profiles = _profiles(space)

    def placed(self, entry: Entry) -> Entry:
        """The same line, the place it gives instead of a name being read as one."""
        name = entry.cells.get("name", "")
        if not (entry.is_pair and name and self._is_place(name)):
            return entry
        cells = {"email": entry.cells.get("email", ""), "territory": name}
        return Entry(entry.line, cells)

    def _is_place(self, text: str) -> bool:
        if text.isdigit() or words_of(text)[:1] in PLACE_STARTS:
            return True
        try:
            code = self.places.code_of(text)
        except UnknownPlace:
            return False
        except Ambiguous:
            return True
        kind = Territory.Kind.EPCI
        return Territory.objects.filter(pk=code, kind=kind).exists()

    def read(self, entry: Entry) -> Person | Completed:
        """Somebody new, or what a line adds to somebody known. Raises _Wrong."""
        person = self._person(entry)
        before = self.known.get(person.email)
        if before is None:
            self.known[person.email] = person
            return person
        said = {one: getattr(person, one) for one in FIELD_NAMES}
        said = {one: value for one, value in said.items() if value}
        news = {one: v for one, v in said.items() if not getattr(before, one)}
        other = tuple(
            one
            for one, value in said.items()
            if one not in news and value != getattr(before, one)
        )
        if not news:
            field = "differing" if other else "known"
            raise _Wrong(field, person.email, _already(before, other))
        whole = replace(before, **news)
        self.known[person.email] = whole
        number = self.numbers.get(person.email)
        return Completed(entry, whole, number, tuple(news), other)

    def _person(self, entry: Entry) -> Person:
        email = self._address(entry)
        return Person(
            line=entry.line,
            email=email,
            name=entry.cells.get("name", "")[:120],
            function=entry.cells.get("function", "")[:160],
            territory_code=self._territory(entry.cells.get("territory", "")),
            profile=self._profile(entry.cells.get("profile", "")),
        )

    def _profile(self, value: str) -> str:
        key = (*words_of(value),)
        if not key or key in self.profiles:
            return self.profiles.get(key, "")
        allowed = ", ".join(str(profile.label) for profile in Profile)
        reason = _(
            "This profile is not known: leave it empty, or write one of: %(names)s."
        )
        raise _Wrong("profile", value, reason % {"names": allowed})

    def _address(self, entry: Entry) -> str:
        value = entry.cells.get("email", "").strip()
        email = value.lower()
        if not email:
            raise _Wrong("email", value, _("There is no address: write it."))
        try:
            validate_email(email)
        except ValidationError:
            reason = _("This is not an e-mail address: correct it (name@example.fr).")
            raise _Wrong("email", value, reason) from None
        if digest_of(self.space_id, email) in self.stopped:
            reason = _("This person asked for no more mails: not added.")
            field = "known" if email in self.known else "email"
            raise _Wrong(field, value, reason)
        if email in self.dead and email not in self.known:
            reason = _("This address no longer exists: find another one.")
            raise _Wrong("email", value, reason)
        return email

    def _territory(self, value: str) -> str | None:
        if not value:
            return None
        try:
            return self.places.code_of(value)
        except UnknownPlace:
            reason = _("No territory has this code or name: write its code.")
            raise _Wrong("territory", value, reason) from None
        except Ambiguous as error:
            reason = _("Several territories have this name: write one of %(codes)s.")
            codes = {"codes": ", ".join(error.codes)}
            raise _Wrong("territory", value, reason % codes) from None


def _names(fields: Iterable[str]) -> str:
    return ", ".join(str(FIELD_NAMES[field]) for field in fields)


def _already(known: Person, other: Sequence[str]) -> str:
    """Why a line adds nothing; what it says otherwise does not replace what is kept."""
    if other:
        reason = _(
            "Already there with another value (%(names)s): left as it is. To change "
            "it, open this person in the list."
        )
        return reason % {"names": _names(other)}
    if known.line:
        reason = _("Already on line %(n)d: nothing to mend.")
        return reason % {"n": known.line}
    return _("Already in the list: nothing to mend.")


def _profiles(space: Space) -> dict[tuple[str, ...], str]:
    """What a profile may be called: its code, its name, or as surveys write it.

    The answer may stand whole or by its first words, as pages shorten it.
    """
    found = {
        (*words_of(name),): profile.value
        for profile in Profile
        for name in (profile.value, str(profile.label))
    }
    for campaign in space.campaigns.select_related("version"):
        question = campaign.version.read().with_role("profile")
        for option in question.options if question else ():
            text = option.text
            for said in filter(None, (text.fr, text.en, text.fr_easy)):
                for name in (said, first_words(said)):
                    if option.code in Profile.values:
                        found.setdefault((*words_of(name),), option.code)
    return found


def _columns(titles: Iterable[str]) -> dict[str, int]:
    """Which column holds which field, by its title."""
    known = {
        tuple(heading.split("|")): field
        for field, headings in HEADINGS.items()
        for heading in headings.split()
    }
    found: dict[str, int] = {}
    for place, title in enumerate(titles):
        field = known.get(tuple(words_of(title)))
        if field:
            found.setdefault(field, place)
    return found


def _by_column(cells: list[str], columns: Mapping[str, int]) -> dict[str, str]:
    found = {f: cells[place] for f, place in columns.items() if place < len(cells)}
    first = found.pop("first_name", "")
    if first:
        found["name"] = f"{first} {found.get('name', '')}".strip()
    # A cell of a workbook may hold several lines.
    return {field: " ".join(value.split()) for field, value in found.items()}


def _cells(line: str) -> list[str]:
    separator = "\t" if "\t" in line else ";"
    return [cell.strip().strip('"') for cell in line.split(separator)]


def _loose(line: str) -> dict[str, str]:
    """A line without headings: its address comes first, or after a name."""
    cells = _cells(line)
    if len(cells) == 1:
        name, address = parseaddr(line)
        return {"name": name, "email": address if "@" in address else line}
    if "@" in cells[0]:
        cells[:2] = [cells[1], cells[0]]
    return dict(zip(ORDER, cells, strict=False))
