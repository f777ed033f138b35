"""How alike the territory of a sheet is to mine, and what that rests on.

Intercommunalités are compared (`indicators.resemblance`): a commune is by the one
around it. Larger territories are not, and too few figures do not place anybody: the
page says so, and these come last.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from jalons.accounts.models import User
from jalons.documents.words import number, with_sign
from jalons.indicators.resemblance import Alike, Trait, alike
from jalons.library.models import Sheet
from jalons.library.naming import named
from jalons.search.figures import Hit
from jalons.territories.models import CURRENT_YEAR, Membership, Territory, held_in

EPCI, COMMUNE = Territory.Kind.EPCI, Territory.Kind.COMMUNE
COMPARED = (EPCI, COMMUNE)
UNITS = {"euros": "€", "percent": "%"}


@dataclass(frozen=True, slots=True)
class Mine:
    """The territory from which one reads, and the intercommunalité that stands for it.

    `hits` are those that may have been meant by `query`, when it names none for sure.
    """

    query: str = ""
    named: Territory | None = None
    compared: Territory | None = None
    hits: tuple[Hit, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One figure of both territories, in words."""

    label: str
    theirs: str
    mine: str


@dataclass(frozen=True, slots=True)
class Likeness:
    """The territory of one sheet beside mine; `place` stands for it in the comparison.

    `found` is None when nothing can be compared.
    """

    place: Territory | None
    is_mine: bool
    found: Alike | None

    @property
    def words(self) -> str:
        if self.is_mine:
            return _("It is your territory.")
        if self.place is None:
            return _("Likeness not known: only intercommunalités are compared.")
        if self.found is None or self.found.nearer is None:
            reason = f" {self.found.peer.reason}" if self.found else ""
            return _("Likeness not known: figures are missing.") + reason
        return f"{_rank(self.found.nearer, self.found.compared)} {self.reason}"

    @property
    def reason(self) -> str:
        return self.found.peer.reason if self.found else ""

    @property
    def lines(self) -> list[Line]:
        """The figures that it rests on, those that are close first."""
        traits = self.found.peer.traits if self.found else ()
        return [
            Line(one.label, _said(one, one.theirs), _said(one, one.mine))
            for one in traits
        ]

    @property
    def rank(self) -> int | None:
        if self.is_mine:
            return -1
        return self.found.nearer if self.found else None


def my_territory(query: str, reader: User | AnonymousUser) -> Mine:
    """That of the address, by code or name; else that of the reader's first team."""
    text = query.strip()
    if not text:
        return _standing_for(_own(reader))
    found = named(text, COMPARED)
    if found.territory is None:
        return Mine(text, hits=found.hits)
    return _standing_for(found.territory, text)


def likenesses(sheets: Iterable[Sheet], mine: Mine) -> dict[int, Likeness]:
    """Each sheet that has a territory beside mine, by its number."""
    placed = [one for one in sheets if one.territory is not None]
    if mine.compared is None or not placed:
        return {}
    stands = _standing({one.territory for one in placed if one.territory})
    codes = {one.code for one in stands.values()} - {mine.compared.code}
    found = alike(mine.compared, codes) if codes else {}
    told = {}
    for sheet in placed:
        place = stands.get(sheet.territory_id or "")
        code = place.code if place else ""
        told[sheet.pk] = Likeness(place, code == mine.compared.code, found.get(code))
    return told


def nearest_first(sheets: Sequence[Sheet], told: Mapping[int, Likeness]) -> list[Sheet]:
    """What is not known comes last; the order is kept otherwise."""

    def place(sheet: Sheet) -> tuple[bool, int]:
        rank = told[sheet.pk].rank if sheet.pk in told else None
        return rank is None, rank or 0

    return sorted(sheets, key=place)


def _own(reader: User | AnonymousUser) -> Territory | None:
    if not isinstance(reader, User):
        return None
    joined = reader.memberships.filter(space__territory__kind__in=COMPARED)
    first = joined.select_related("space__territory").order_by("joined_at").first()
    return first.space.territory if first else None


def _standing_for(named: Territory | None, query: str = "") -> Mine:
    stands = _standing({named}) if named else {}
    return Mine(query, named, stands.get(named.code) if named else None)


def _standing(places: set[Territory]) -> dict[str, Territory]:
    """The intercommunalité that stands for each territory, by the code of this one."""
    found = {one.code: one for one in places if one.kind == EPCI}
    communes = [one.code for one in places if one.kind == COMMUNE]
    if communes:
        around = Membership.objects.filter(
            held_in(CURRENT_YEAR), member__in=communes, group__kind=EPCI
        )
        found |= {one.member_id: one.group for one in around.select_related("group")}
    return found


def _rank(nearer: int, compared: int) -> str:
    if nearer == 0:
        words = _("None of the %(all)s that can be compared resembles yours more.")
    else:
        words = ngettext(
            "Of %(all)s intercommunalités that can be compared, %(n)s resembles yours "
            "more.",
            "Of %(all)s intercommunalités that can be compared, %(n)s resemble yours "
            "more.",
            nearer,
        )
    return words % {"all": number(compared), "n": number(nearer)}


def _said(trait: Trait, value: float | None) -> str:
    if value is None:
        return pgettext("figure of a territory", "not known")
    rounded = round(value) if trait.unit != "percent" else round(value, 1)
    return with_sign(number(rounded), UNITS.get(trait.unit, ""))
