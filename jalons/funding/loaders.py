"""A catalogue of schemes read from a table: one line refused, nothing is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from urllib.parse import urlsplit

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jalons.actors.lines import (
    Refused,
    Wrong,
    lines_of,
    needed_columns,
    refused,
    unread,
)
from jalons.directory.cells import TAG
from jalons.files.tables import Table
from jalons.funding.models import Scheme
from jalons.roadmaps.money import NotAnAmount, read_amount
from jalons.spaces.models import Space
from jalons.territories.models import Territory
from jalons.territories.naming import Ambiguous, Places, UnknownPlace

FIELDS: dict[str, str | Promise] = {
    "code": gettext_lazy("code"),
    "title": gettext_lazy("title"),
    "funder": gettext_lazy("funder"),
    "themes": gettext_lazy("themes"),
    "applicants": gettext_lazy("who may ask"),
    "territories": gettext_lazy("territories"),
    "rate": gettext_lazy("highest rate"),
    "ceiling": gettext_lazy("highest amount, in euros"),
    "opens_on": gettext_lazy("opens on"),
    "closes_on": gettext_lazy("closes on"),
    "address": gettext_lazy("where to read about it"),
    "source": gettext_lazy("source"),
    "read_on": gettext_lazy("source read on"),
    "is_example": gettext_lazy("invented, as an example"),
}
REQUIRED = ("code", "title", "funder", "source", "read_on")
# How files head their columns, without accents nor capitals.
HEADINGS = {
    "code": ("code", "identifiant", "id"),
    "title": ("titre", "nom", "title"),
    "funder": ("financeur", "funder"),
    "themes": ("themes", "thematiques", "theme"),
    "applicants": ("beneficiaires", "demandeurs", "qui peut demander", "applicants"),
    "territories": ("territoires", "territoire", "perimetre", "territories"),
    "rate": ("taux", "taux maximal", "rate"),
    "ceiling": ("plafond", "montant maximal", "ceiling"),
    "opens_on": ("ouverture", "date d ouverture", "opens on"),
    "closes_on": ("cloture", "date de cloture", "date limite", "closes on"),
    "address": ("adresse", "lien", "url", "address"),
    "source": ("source",),
    "read_on": ("source lue le", "date de la source", "read on"),
    "is_example": ("exemple", "example"),
}
DAYS = ("%Y-%m-%d", "%d/%m/%Y")
YES, NO = ("oui", "yes", "1", "x"), ("non", "no", "0", "")
LONGEST = {"code": 60, "title": 200, "funder": 200, "themes": 300, "applicants": 300}
LONGEST |= {"source": 300, "address": 500}


@dataclass(frozen=True, slots=True)
class Read:
    """A scheme as its line says it; no territory is everywhere."""

    scheme: Scheme
    territories: Sequence[Territory]


@dataclass(slots=True)
class Sorted:
    """What was read: schemes, lines refused, columns that nothing reads."""

    schemes: list[Read] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    unread_columns: list[str] = field(default_factory=list)

    @property
    def line_count(self) -> int:
        return len(self.schemes) + len(self.refused)


def read_schemes(space: Space, table: Table, *, name: str) -> Sorted:
    """Every line of the table. Raises UnreadableFile when a column is missing."""
    columns = needed_columns(table, HEADINGS, REQUIRED, name=name)
    found = Sorted(unread_columns=unread(table, columns))
    places, codes = Places(space.territory), set[str]()
    for line, cells in lines_of(table, columns, name=name):
        try:
            scheme = _read(cells, places)
            if scheme.scheme.code in codes:
                reason = _("This code is on another line: keep one of the two.")
                raise Wrong("code", cells["code"], reason)
            codes.add(scheme.scheme.code)
            found.schemes.append(scheme)
        except Wrong as wrong:
            found.refused.append(refused(line, wrong, FIELDS))
    return found


def _read(cells: Mapping[str, str], places: Places) -> Read:
    for name in REQUIRED:
        if not cells[name]:
            raise Wrong(name, "", _("This cell is empty: fill it in."))
    for name, most in LONGEST.items():
        _check_text(name, cells.get(name, ""), most)
    scheme = Scheme(
        **{name: cells.get(name, "") for name in ("code", "title", "funder")},
        themes=", ".join(_parts(cells.get("themes", ""))),
        applicants=cells.get("applicants", ""),
        rate=_rate(cells.get("rate", "")),
        ceiling=_amount(cells.get("ceiling", "")),
        opens_on=_day("opens_on", cells.get("opens_on", "")),
        closes_on=_day("closes_on", cells.get("closes_on", "")),
        address=_address(cells.get("address", "")),
        source=cells["source"],
        read_on=_written("read_on", cells["read_on"]),
        is_example=_yes(cells.get("is_example", "")),
    )
    if scheme.opens_on and scheme.closes_on and scheme.closes_on < scheme.opens_on:
        reason = _("It closes before it opens: correct one of the two.")
        raise Wrong("closes_on", cells["closes_on"], reason)
    return Read(scheme, _territories(cells.get("territories", ""), places))


def _check_text(name: str, text: str, most: int) -> None:
    if TAG.search(text):
        reason = _("This text holds HTML: remove what is between < and >.")
        raise Wrong(name, text, reason)
    if len(text) > most:
        reason = _("This text is longer than %(n)d characters: shorten it.")
        raise Wrong(name, text, reason % {"n": most})


def _parts(text: str) -> list[str]:
    return [one.strip() for one in text.replace("|", ",").split(",") if one.strip()]


def _rate(text: str) -> int | None:
    digits = text.replace("%", "").strip()
    if not digits:
        return None
    if not digits.isascii() or not digits.isdigit() or not 1 <= int(digits) <= 100:
        reason = _("A rate is a whole number of percent, from 1 to 100.")
        raise Wrong("rate", text, reason)
    return int(digits)


def _amount(text: str) -> Decimal | None:
    try:
        return read_amount(text) if text else None
    except NotAnAmount:
        reason = _("This is not an amount in euros: write for example 12500.")
        raise Wrong("ceiling", text, reason) from None


def _day(name: str, text: str) -> date | None:
    return _written(name, text) if text else None


def _written(name: str, text: str) -> date:
    """A day that is there. Raises Wrong."""
    for form in DAYS:
        try:
            # A workbook gives a day with its hour.
            return datetime.strptime(text.split(" 00:")[0], form).date()
        except ValueError:
            continue
    raise Wrong(name, text, _("This is not a day: write it as 31/12/2025."))


def _address(text: str) -> str:
    if text and urlsplit(text).scheme not in ("http", "https"):
        raise Wrong("address", text, _("An address begins with http:// or https://."))
    return text


def _yes(text: str) -> bool:
    if text.casefold() not in (*YES, *NO):
        raise Wrong("is_example", text, _("Write yes or no."))
    return text.casefold() in YES


def _territories(text: str, places: Places) -> list[Territory]:
    codes = []
    for one in text.replace("|", ",").split(","):
        if not one.strip():
            continue
        try:
            codes.append(places.code_of(one.strip()))
        except UnknownPlace:
            reason = _("No territory has this code, nor this name here.")
            raise Wrong("territories", one.strip(), reason) from None
        except Ambiguous as error:
            reason = _("Several have this name: write one of %(codes)s.")
            told = {"codes": ", ".join(error.codes)}
            raise Wrong("territories", one.strip(), reason % told) from None
    return list(Territory.objects.by_codes(codes))
