"""Actors read from a file: its columns named, every line left out told why.

Nothing is guessed in silence: the columns proposed are shown and may be changed, a
family that is not known refuses its line and says which are, and columns that nothing
reads are named. Contacts of persons are not read here: whoever keeps them informs them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jalons.actors.lines import KNOWN, Refused, Wrong, lines_of, refused, unread
from jalons.actors.models import Actor, key_of
from jalons.actors.vocabulary import Vocabulary, read_vocabulary
from jalons.directory.cells import TAG
from jalons.files.tables import Table
from jalons.spaces.models import Space
from jalons.territories.models import Territory
from jalons.territories.naming import Ambiguous, Places, UnknownPlace

FIELDS: dict[str, str | Promise] = {
    "name": gettext_lazy("name of the actor"),
    "family": gettext_lazy("family"),
    "college": gettext_lazy("college"),
    "does": gettext_lazy("what it does for digital inclusion"),
    "commune": gettext_lazy("commune"),
    "website": gettext_lazy("site"),
    "source": gettext_lazy("how you know it"),
}
REQUIRED = ("name", "family")
# How files head their columns, without accents nor capitals.
HEADINGS = {
    "name": ("nom", "acteur", "structure", "organisme", "nom de l acteur", "name"),
    "family": ("famille", "type", "type d acteur", "categorie", "family"),
    "college": ("college",),
    "does": ("ce qu il fait", "activite", "actions", "missions", "description"),
    "commune": ("commune", "ville", "code insee", "code commune"),
    "website": ("site", "site web", "site internet", "url"),
    "source": ("source", "connu par", "origine"),
}
web_address = URLValidator(schemes=["http", "https"])


@dataclass(slots=True)
class Sorted:
    """What was read: actors to add, lines already there, lines refused."""

    actors: list[Actor] = field(default_factory=list)
    known: list[Refused] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    unread_columns: list[str] = field(default_factory=list)

    @property
    def line_count(self) -> int:
        return len(self.actors) + len(self.known) + len(self.refused)


def sort_out(
    space: Space, table: Table, columns: Mapping[str, str], *, name: str
) -> Sorted:
    """Which lines may be added; raises UnreadableFile when the file cannot be read."""
    found = Sorted(unread_columns=unread(table, columns))
    checker = _Checker(space)
    for line, cells in lines_of(table, columns, name=name):
        try:
            found.actors.append(checker.actor(line, cells))
        except Wrong as wrong:
            left = refused(line, wrong, FIELDS)
            (found.known if left.is_known else found.refused).append(left)
    return found


def missing_columns(columns: Mapping[str, str]) -> list[str]:
    """Fields without which no line can be an actor."""
    return [str(FIELDS[one]) for one in REQUIRED if not columns.get(one)]


class _Checker:
    """What a new line is compared with: the table, and the lines before it."""

    def __init__(self, space: Space) -> None:
        self.space = space
        self.vocabulary: Vocabulary = read_vocabulary()
        self.there = dict(space.actors.values_list("key", "archived_at"))
        self.seen: dict[str, int] = {}
        self.places = Places(space.territory)

    def actor(self, line: int, cells: Mapping[str, str]) -> Actor:
        name = self._name(cells.get("name", ""))
        family = self._family(cells.get("family", ""))
        actor = Actor(
            space=self.space,
            name=name,
            family=family,
            college=self._college(cells.get("college", ""), family),
            does=_text("does", cells, 500),
            commune=self._commune(cells.get("commune", "")),
            website=_website(cells.get("website", "")),
            source=_text("source", cells, 200),
        )
        self.seen[key_of(name)] = line
        return actor

    def _name(self, value: str) -> str:
        name, key = _text("name", {"name": value}, 250), key_of(value)
        if not key:
            raise Wrong("name", value, _("There is no name: write it."))
        if key in self.seen:
            reason = _("Already on line %(n)d: nothing to mend.")
            raise Wrong(KNOWN, value, reason % {"n": self.seen[key]})
        if key in self.there:
            reason = _("Already in the table: nothing to mend.")
            if self.there[key] is not None:
                reason = _("Already there, put aside: bring it back from its page.")
            raise Wrong(KNOWN, value, reason)
        return name

    def _family(self, value: str) -> str:
        code = self.vocabulary.family_of(value) if value else None
        if code is None:
            names = "; ".join(str(one) for one in self.vocabulary.families.values())
            reason = _("This family is not known: write one of: %(names)s.")
            raise Wrong("family", value, reason % {"names": names})
        return code

    def _college(self, value: str, family: str) -> str:
        if not value:
            return str(self.vocabulary.families[family].college)
        code = self.vocabulary.college_of(value)
        if code is None:
            names = "; ".join(str(one) for one in self.vocabulary.colleges.values())
            reason = _("This college is not known: write one of: %(names)s.")
            raise Wrong("college", value, reason % {"names": names})
        return code

    def _commune(self, value: str) -> Territory | None:
        if not value:
            return None
        try:
            code = self.places.code_of(value)
        except UnknownPlace:
            reason = _("No commune here has this code or name: check its spelling.")
            raise Wrong("commune", value, reason) from None
        except Ambiguous as error:
            reason = _("Several territories have this name: write one of %(codes)s.")
            codes = {"codes": ", ".join(error.codes)}
            raise Wrong("commune", value, reason % codes) from None
        found = Territory.objects.communes().filter(pk=code).first()
        if found is None:
            reason = _("This is not a commune: write its name or its INSEE code.")
            raise Wrong("commune", value, reason)
        return found


def _text(name: str, cells: Mapping[str, str], longest: int) -> str:
    value = cells.get(name, "")
    if TAG.search(value):
        reason = _("This text holds HTML: remove what is between < and >.")
        raise Wrong(name, value, reason)
    if len(value) > longest:
        reason = _("This text is longer than %(n)d characters: shorten it.")
        raise Wrong(name, value, reason % {"n": longest})
    return value


def _website(value: str) -> str:
    if not value:
        return ""
    address = value if "://" in value else f"https://{value}"
    try:
        web_address(address)
    except ValidationError:
        reason = _("This is not a web address (https://…): correct it, or empty it.")
        raise Wrong("website", value, reason) from None
    return address
