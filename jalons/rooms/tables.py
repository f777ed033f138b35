"""What of a workshop is carried: every table of its app that hangs on it, whole.

They are found by their relations, so that what is added to workshops is carried too.
What points outside (an account, a personal link, a place of the directory) is left
where it is: the laptop knows none of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from uuid import UUID

from django.apps import apps
from django.db import models

from jalons.workshops.models import Workshop

Values = dict[str, object]
"""The fields of a row by their name, as JSON holds them."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table that is carried, and how its rows are found from the workshop."""

    model: type[models.Model]
    path: str
    plain: tuple[models.Field, ...]
    inner: tuple[models.ForeignKey, ...]

    @property
    def name(self) -> str:
        return self.model._meta.label

    @property
    def personal(self) -> frozenset[str]:
        """The fields that name a person."""
        declared = getattr(self.model, "personal_data", None)
        return frozenset(declared.fields if declared else ())

    def rows(self, workshop: Workshop) -> models.QuerySet:
        wanted = {self.path or "pk": workshop.pk}
        return self.model._default_manager.filter(**wanted).order_by("pk")

    def values_of(self, row: models.Model) -> Values:
        found = {one.name: plain(getattr(row, one.attname)) for one in self.plain}
        return found | {one.name: getattr(row, one.attname) for one in self.inner}


@lru_cache(maxsize=1)
def carried_tables() -> tuple[Table, ...]:
    """Each after those it cannot be written without; the workshop comes first."""
    app = apps.get_app_config(Workshop._meta.app_label)
    left = list(app.get_models(include_auto_created=True))
    paths: dict[type[models.Model], str] = {Workshop: ""}
    left.remove(Workshop)
    while found := [one for one in left if _needs(one) <= paths.keys()]:
        for model in found:
            paths[model] = _path(model, paths)
            left.remove(model)
    return tuple(_table(model, path) for model, path in paths.items())


def _relations(model: type[models.Model]) -> Iterator[models.ForeignKey]:
    for field in model._meta.concrete_fields:
        if isinstance(field, models.ForeignKey):
            yield field


def _needs(model: type[models.Model]) -> set[type[models.Model]]:
    """The tables without which a row cannot be written."""
    return {one.related_model for one in _relations(model) if not one.null}  # type: ignore[misc]


def _path(model: type[models.Model], paths: Mapping[type[models.Model], str]) -> str:
    first = next(one for one in _relations(model) if not one.null)
    before = paths[first.related_model]  # type: ignore[index]
    return f"{first.name}__{before}" if before else first.name


def _table(model: type[models.Model], path: str) -> Table:
    app = Workshop._meta.app_label
    relations = tuple(_relations(model))
    inner = [one for one in relations if one.related_model._meta.app_label == app]  # type: ignore[union-attr]
    fields = model._meta.concrete_fields
    plain = [one for one in fields if one not in relations and not one.primary_key]
    return Table(model, path, tuple(plain), tuple(inner))


def plain(value: object) -> object:
    """A value as JSON holds it; the same instant is always written the same way."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, UUID | date):
        return str(value)
    return value


def shape() -> str:
    """What both sides must agree upon: tables and their fields."""
    return " ".join(
        f"{one.name}({','.join(field.name for field in (*one.plain, *one.inner))})"
        for one in carried_tables()
    )
