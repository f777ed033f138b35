"""What of a workshop is carried: every table that hangs on it or on its maps, whole.

They are found by their relations, so that what is added to them is carried too. What
points outside (an account, a personal link, an actor) is left where it is: the laptop
knows none of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from uuid import UUID

from django.apps import apps
from django.db import models

from jalons.ecosystems.models import ResourceMap
from jalons.privacy.declarations import LegalBasis
from jalons.workshops.models import (
    Activity,
    Ballot,
    Minutes,
    MinutesReader,
    PaperCount,
    Workshop,
)

Values = dict[str, object]
"""The fields of a row by their name, as JSON holds them."""

ROOTS: Mapping[type[models.Model], str] = {
    Workshop: "",
    ResourceMap: "activity__workshop",
}
"""From where the others are found, and how these are from the workshop."""
OWN: Mapping[type[models.Model], frozenset[str]] = {
    Workshop: frozenset({"code"}),
    ResourceMap: frozenset({"channel"}),
    Minutes: frozenset({"sent_at"}),
    MinutesReader: frozenset({"sent_at"}),
}
"""What the site alone decides, whatever a file says."""
FIXED: Mapping[type[models.Model], frozenset[str]] = {
    Activity: frozenset({"kind"}),
    Ballot: frozenset({"marks", "item"}),
}
"""What is given once: a vote that changes is another vote."""
TOGETHER: Mapping[type[models.Model], frozenset[str]] = {
    PaperCount: frozenset({"people", "impact_points", "mastery_points"}),
}
"""Fields counted at one time: from two sides, they would be what nobody counted."""
Unit = tuple[models.Field, ...]
"""The fields that are one value, compared and chosen whole."""


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

    @property
    def own(self) -> frozenset[str]:
        return OWN.get(self.model, frozenset())

    @property
    def fixed(self) -> frozenset[str]:
        return FIXED.get(self.model, frozenset())

    @property
    def units(self) -> list[Unit]:
        """The plain fields, each alone or with those that are one value with it."""
        together = TOGETHER.get(self.model, frozenset())
        whole = tuple(one for one in self.plain if one.name in together)
        alone = [(one,) for one in self.plain if one.name not in together]
        return [whole, *alone] if whole else [*alone]

    @property
    def is_consent(self) -> bool:
        """Whether a row is the consent of a person: removed, it is taken back."""
        declared = getattr(self.model, "personal_data", None)
        return declared is not None and declared.legal_basis == LegalBasis.CONSENT

    def rows(self, workshop: Workshop) -> models.QuerySet:
        wanted = {self.path or "pk": workshop.pk}
        return self.model._default_manager.filter(**wanted).order_by("pk")

    def outside(self, workshop: Workshop) -> Values:
        """What this side gives a row: what it hangs on, where it tells its news."""
        if self.model is ResourceMap:
            return {"space_id": workshop.meeting.space_id, "channel": workshop.channel}
        return {"meeting_id": workshop.meeting_id} if self.model is Workshop else {}

    def values_of(self, row: models.Model) -> Values:
        found = {one.name: plain(getattr(row, one.attname)) for one in self.plain}
        return found | {one.name: getattr(row, one.attname) for one in self.inner}


@lru_cache(maxsize=1)
def carried_tables() -> tuple[Table, ...]:
    """Each after those it cannot be written without; the workshop comes first."""
    names = dict.fromkeys(one._meta.app_label for one in ROOTS)
    left = [
        model
        for name in names
        for model in apps.get_app_config(name).get_models(include_auto_created=True)
        if model not in ROOTS
    ]
    paths = dict(ROOTS)
    while found := [one for one in left if _needs(one) <= paths.keys()]:
        for model in found:
            paths[model] = _path(model, paths)
            left.remove(model)
    return tuple(_table(model, path, paths.keys()) for model, path in paths.items())


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


def _table(
    model: type[models.Model], path: str, carried: Collection[type[models.Model]]
) -> Table:
    relations = tuple(_relations(model))
    inner = tuple(one for one in relations if one.related_model in carried)
    fields = model._meta.concrete_fields
    plain = [one for one in fields if one not in relations and not one.primary_key]
    return Table(model, path, tuple(plain), inner)


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
