"""People of a file: each line is what the page would note, or is given back.

Columns are known by their heading, capitals and accents apart. The actor must be in
the table of the space already. Whoever is noted is told by mail at once, so that they
are informed within the month of the law; without an address, the column
`informe_le` says on which day they were told otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from jalons.accounts.models import User
from jalons.actors.lines import guess_columns, lines_of
from jalons.actors.models import Actor, key_of
from jalons.files.tables import Source, Table, UnreadableFile, read_table
from jalons.professionals import operations
from jalons.professionals.forms import ProfessionalForm
from jalons.spaces.models import Space

# What a heading may be called, in the words of `words_of`.
HEADINGS = {
    "actor": ("acteur", "structure", "organisme", "employeur", "nom de la structure"),
    "name": ("nom", "nom et prenom", "prenom et nom", "personne"),
    "function": ("fonction", "poste", "metier"),
    "email": ("courriel", "mail", "email", "e mail", "adresse e mail"),
    "phone": ("telephone", "tel", "numero de telephone"),
    "source": ("source", "origine", "provenance"),
    "informed_on": ("informe le", "informee le", "date d information"),
}
NEEDED = ("actor", "name", "source")


@dataclass(frozen=True, slots=True)
class Left:
    """A line that is not noted: where, which column, and the mend."""

    line: int
    column: str
    reason: str


@dataclass(slots=True)
class Noted:
    """What a file did, or would do."""

    rows: int = 0
    added: int = 0
    told: int = 0
    left: list[Left] = field(default_factory=list)

    def as_json(self) -> dict[str, object]:
        return {
            "rows": self.rows,
            "added": self.added,
            "told_by_mail": self.told,
            "refused": [
                {"line": one.line, "column": one.column, "reason": one.reason}
                for one in self.left
            ],
        }


@transaction.atomic
def import_people(
    space: Space, source: Source, name: str, *, by: User, dry_run: bool = False
) -> Noted:
    """Note the people of a file; with `dry_run`, all is read and nothing is kept.

    Raises UnreadableFile or OSError, and notes nobody then.
    """
    table, noted = read_table(source, name=name), Noted()
    actors = {one.key: one for one in space.actors.at_work()}
    with closing(table.rows):
        columns = _columns(table, name)
        for line, cells in lines_of(table, columns, name=name):
            noted.rows += 1
            noted.left += [
                Left(line, columns.get(key, columns["name"]), reason)
                for key, reason in _note(cells, actors, noted, by)
            ]
    transaction.set_rollback(dry_run)
    return noted


def _columns(table: Table, name: str) -> dict[str, str]:
    columns = guess_columns(table.columns, HEADINGS)
    missing = [HEADINGS[key][0] for key in NEEDED if key not in columns]
    if missing:
        message = _(
            "There is no column %(columns)s. Expected: acteur, nom, fonction, "
            "courriel, telephone, source (where this comes from) and, for whoever has "
            "no address, informe_le."
        )
        details = {"columns": ", ".join(missing)}
        raise UnreadableFile(message % details, name=name, line=1)
    return columns


def _note(
    cells: dict[str, str], actors: dict[str, Actor], noted: Noted, by: User
) -> Iterator[tuple[str, str]]:
    """Note a person as the page does; what prevents it, by field."""
    actor = actors.get(key_of(cells["actor"]))
    if actor is None:
        yield (
            "actor",
            _("This actor is not in your table: add it first, or correct it."),
        )
        return
    given = cells | {"informed_on": _day(cells.get("informed_on", ""))}
    form = ProfessionalForm(given, actor=actor)
    if not form.is_valid():
        for key, errors in form.errors.items():
            yield key, " ".join(map(str, errors))
        return
    try:
        person = operations.add_professional(form.save(commit=False), by=by)
    except operations.Objected:
        yield "name", _("This person asked the team not to keep their contact.")
        return
    noted.added += 1
    noted.told += bool(person.email)


def _day(text: str) -> str:
    """A day as a form expects it; what is not one is left for the form to refuse."""
    try:
        return datetime.strptime(text, "%d/%m/%Y").date().isoformat()
    except ValueError:
        return text
