"""Contributions read from a table: one line refused, nothing is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
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
from jalons.actors.models import Actor, key_of
from jalons.coordination.forms import (
    nobody,
    read_value,
    read_year,
    refuse_days,
    workstreams_of,
)
from jalons.coordination.models import Contribution
from jalons.directory.texts import plain
from jalons.files.tables import Table
from jalons.roadmaps.models import Workstream
from jalons.spaces.models import Space

Kind, State = Contribution.Kind, Contribution.State
FIELDS: dict[str, str | Promise] = {
    "actor": gettext_lazy("actor"),
    "kind": gettext_lazy("kind of contribution"),
    "what": gettext_lazy("what exactly"),
    "year": gettext_lazy("year"),
    "state": gettext_lazy("state"),
    "value": gettext_lazy("value, in euros"),
    "days": gettext_lazy("days of work"),
    "source": gettext_lazy("how you know it"),
    "workstream": gettext_lazy("key workstream"),
}
REQUIRED = ("actor", "kind", "what", "year", "state")
# How files head their columns, without accents nor capitals.
HEADINGS = {
    "actor": ("acteur", "organisme", "structure", "actor"),
    "kind": ("nature", "nature de l apport", "type", "kind of contribution", "kind"),
    "what": ("apport", "quoi exactement", "description", "what exactly", "what"),
    "year": ("annee", "year"),
    "state": ("etat", "statut", "state"),
    "value": ("valeur en euros", "valeur", "montant", "value in euros", "value"),
    "days": ("jours de travail", "jours", "days of work", "days"),
    "source": ("comment vous le savez", "source", "how you know it"),
    "workstream": ("chantier", "chantier cle", "key workstream", "workstream"),
}
# How files name them, in both languages.
KINDS = {
    Kind.CASH: ("argent", "numeraire", "financement", "cash", "money"),
    Kind.STAFF: ("temps de travail", "temps d agents", "personnel", "staff time"),
    Kind.EQUIPMENT: ("materiel", "equipement", "equipment"),
    Kind.PREMISES: ("locaux", "local", "salle", "premises"),
    Kind.SKILLS: ("competences", "savoir faire", "skills"),
    Kind.COMMUNICATION: ("communication",),
}
STATES = {
    State.PROMISED: ("promis", "promise", "prevu", "promised"),
    State.GIVEN: ("donne", "donnee", "apporte", "apportee", "realise", "given"),
}


@dataclass(slots=True)
class Sorted:
    """What was read: contributions, lines refused, columns that nothing reads."""

    rows: list[Contribution] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    unread_columns: list[str] = field(default_factory=list)

    @property
    def line_count(self) -> int:
        return len(self.rows) + len(self.refused)


def read_contributions(space: Space, table: Table, *, name: str) -> Sorted:
    """Every line of the table. Raises UnreadableFile when a column is missing."""
    columns = needed_columns(table, HEADINGS, REQUIRED, name=name)
    found = Sorted(unread_columns=unread(table, columns))
    actors = {one.key: one for one in space.actors.at_work()}
    streams = {key_of(one.title): one for one in workstreams_of(space)}
    known = {_same(one) for one in space.contributions.all()}
    for line, cells in lines_of(table, columns, name=name):
        try:
            row = _row(cells, actors, streams)
            if _same(row) in known:
                reason = _("This contribution is there already: remove the line.")
                raise Wrong("what", cells["what"], reason)
            known.add(_same(row))
            found.rows.append(row)
        except Wrong as wrong:
            found.refused.append(refused(line, wrong, FIELDS))
    return found


def _same(row: Contribution) -> tuple[object, ...]:
    """What makes two lines one."""
    return (row.actor_id, row.kind, key_of(row.what), row.year, row.state)


def _row(
    cells: Mapping[str, str],
    actors: Mapping[str, Actor],
    streams: Mapping[str, Workstream],
) -> Contribution:
    for name in REQUIRED:
        if not cells[name]:
            raise Wrong(name, "", _("This cell is empty: fill it in."))
    actor = actors.get(key_of(cells["actor"]))
    if actor is None:
        reason = _("No actor of your table has this name: add it there first.")
        raise Wrong("actor", cells["actor"], reason)
    row = Contribution(
        actor=actor,
        kind=_one_of("kind", cells, KINDS),
        what=_text("what", cells["what"], 300),
        year=_year(cells["year"]),
        state=_one_of("state", cells, STATES),
        value=_value(cells.get("value", "")),
        days=_days(cells.get("days", "")),
        source=_text("source", cells.get("source", ""), 200),
        workstream=_workstream(cells.get("workstream", ""), streams),
        is_simulated=actor.is_simulated,
    )
    try:
        refuse_days(row.kind, row.days)
    except ValidationError as error:
        raise Wrong("days", cells["days"], " ".join(error.messages)) from None
    return row


def _workstream(text: str, streams: Mapping[str, Workstream]) -> Workstream | None:
    if not text:
        return None
    found = streams.get(key_of(text))
    if found is None:
        reason = _("No workstream of your roadmaps has this title: copy it as it is.")
        raise Wrong("workstream", text, reason)
    return found


def _one_of(
    name: str, cells: Mapping[str, str], names: Mapping[Any, tuple[str, ...]]
) -> str:
    text = key_of(cells[name])
    for choice, known in names.items():
        if text in known or text == choice.value:
            return str(choice.value)
    told = ", ".join(str(choice.label) for choice in names)
    reason = _("Write one of: %(names)s.") % {"names": told}
    raise Wrong(name, cells[name], reason)


def _text(name: str, text: str, most: int) -> str:
    try:
        kept = nobody(plain(text))
    except ValidationError as error:
        raise Wrong(name, text, " ".join(error.messages)) from None
    if len(kept) > most:
        reason = _("This text is longer than %(n)d characters: shorten it.")
        raise Wrong(name, text, reason % {"n": most})
    return kept


def _year(text: str) -> int:
    try:
        return read_year(int(text))
    except (ValueError, ValidationError):
        reason = _("Write a year between 2000 and 2100.")
        raise Wrong("year", text, reason) from None


def _value(text: str) -> Decimal | None:
    try:
        return read_value(text)
    except ValidationError as error:
        raise Wrong("value", text, " ".join(error.messages)) from None


def _days(text: str) -> Decimal | None:
    plain_number = text.replace(",", ".")
    if not plain_number:
        return None
    whole, _point, part = plain_number.partition(".")
    if not (whole.isascii() and whole.isdigit() and len(whole) <= 5):
        raise Wrong("days", text, _("A number of days is written 12 or 12.5."))
    if part and not (part.isascii() and part.isdigit() and len(part) <= 2):
        raise Wrong("days", text, _("A number of days is written 12 or 12.5."))
    return Decimal(plain_number)
