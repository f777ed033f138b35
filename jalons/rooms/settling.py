"""Where two sides gave the same place to two rows: each kind of place has its rule.

* a number drawn in order: the room's row takes the next one;
* the last word of somebody, or of a cell: a vote, the later; a writing waits beside;
* one row only (points on paper of a round, minutes): they are the same row, compared;
* what people know by its name (a resource, what stands in the centre): the same too;
* what one numbered sheet says, keyed on both sides: keyed twice, it is once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import models

from jalons.actors.models import key_of
from jalons.ecosystems.models import Centre, Resource
from jalons.rooms.tables import Table
from jalons.workshops.models import Item

Place = tuple[object, ...]
NUMBER, CURRENT, WAITING = "number", "is_current", "is_waiting"


def _on_a_sheet(one: models.Model) -> Place | None:
    """Words keyed from a numbered sheet: it has each of them once."""
    assert isinstance(one, Item)
    if not one.activity.is_written or one.author is None or one.author.sheet is None:
        return None
    return one.activity_id, one.author_id, one.text


NAMED: Mapping[str, Callable[[models.Model], Place | None]] = {
    Item._meta.label: _on_a_sheet,
    Resource._meta.label: lambda one: (one.map_id, one.category, key_of(one.name)),  # type: ignore[attr-defined]
    Centre._meta.label: lambda one: (one.map_id, one.text),  # type: ignore[attr-defined]
}
"""By what people know a row, where no constraint of the database says it."""


@dataclass(slots=True)
class Places:
    """The places taken in one table of a workshop."""

    numbered: list[tuple[str, ...]] = field(default_factory=list)
    single: list[tuple[str, ...]] = field(default_factory=list)
    last_word: tuple[str, ...] = ()
    taken: dict[tuple[tuple[str, ...], Place], models.Model] = field(
        default_factory=dict
    )
    highest: dict[tuple[tuple[str, ...], Place], int] = field(default_factory=dict)

    @classmethod
    def of(cls, table: Table) -> Places:
        """What is unique in the table, as its model says it; no row is read yet."""
        places = cls()
        options = table.model._meta
        for one in options.concrete_fields:
            if one.unique and not one.primary_key:
                places.single.append((one.attname,))
        for rule in options.constraints:
            if not isinstance(rule, models.UniqueConstraint):
                continue
            names = tuple(_attribute(options.get_field(one)) for one in rule.fields)
            if NUMBER in names:
                places.numbered.append(tuple(one for one in names if one != NUMBER))
            elif rule.condition is not None:
                # Of several such rules the widest holds: an empty field is a value.
                places.last_word = max(places.last_word, names, key=len)
            else:
                places.single.append(names)
        return places

    def read(self, rows: Iterable[models.Model]) -> None:
        """The places as these rows take them."""
        for row in rows:
            self.take(row)

    def take(self, row: models.Model) -> None:
        for place in self._single_places(row):
            self.taken[place] = row
        for names in self.numbered:
            place = names, _at(row, names)
            number = getattr(row, NUMBER)
            self.highest[place] = max(self.highest.get(place, 0), number)
            self.taken[(*names, NUMBER), (*place[1], number)] = row
        if self.last_word and getattr(row, CURRENT, False):
            self.taken[self.last_word, _at(row, self.last_word)] = row

    def twin_of(self, row: models.Model) -> models.Model | None:
        """The row of the site that can only be the same.

        The same words twice in one file are two ideas, as they were in the room.
        """
        for place in self._single_places(row):
            found = self.taken.get(place)
            if found is not None and (found.pk or not isinstance(found, Item)):
                return found
        return None

    def _single_places(
        self, row: models.Model
    ) -> Iterator[tuple[tuple[str, ...], Place]]:
        for names in self.single:
            if None not in _at(row, names):
                yield names, _at(row, names)
        named = NAMED.get(row._meta.label)
        if named is not None and (at := named(row)) is not None:
            yield (), at


def place(table: Table, row: models.Model, places: Places) -> bool:
    """Give a new row its places; whether it spoke where somebody spoke on the site."""
    for names in places.numbered:
        at = _at(row, names)
        number = getattr(row, NUMBER)
        if ((*names, NUMBER), (*at, number)) in places.taken:
            setattr(row, NUMBER, places.highest[names, at] + 1)
    speaks = bool(places.last_word) and getattr(row, CURRENT, False)
    has_met = speaks and _settle(table, row, places)
    places.take(row)
    return has_met


def _settle(table: Table, row: models.Model, places: Places) -> bool:
    """The last word, when the site has one too."""
    other = places.taken.get((places.last_word, _at(row, places.last_word)))
    if other is None:
        return False
    if hasattr(row, WAITING):
        setattr(row, CURRENT, False)
        setattr(row, WAITING, True)
    elif _said_at(row) < _said_at(other):
        setattr(row, CURRENT, False)
    else:
        setattr(other, CURRENT, False)
        table.model._default_manager.filter(pk=other.pk).update(**{CURRENT: False})
    return True


def _said_at(row: models.Model) -> datetime:
    fields = row._meta.concrete_fields
    dated = [one.attname for one in fields if getattr(one, "auto_now_add", False)]
    said_at: datetime = getattr(row, dated[0])
    return said_at


def _at(row: models.Model, names: tuple[str, ...]) -> Place:
    return tuple(getattr(row, one) for one in names)


def _attribute(one: models.Field | models.ForeignObjectRel) -> str:
    """The attribute that holds a field: `item_id` for `item`."""
    assert isinstance(one, models.Field)
    return str(one.attname)
