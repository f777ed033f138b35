"""One person across the tables: the rows about them, those that point to them, and
the texts that mention them.

A person is known by an e-mail address. The rows about them hold it in a field that
their table declares (`personal_data`), or point to their account from such a field;
what those rows call them is a name, looked for in every text when it has two words.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.db import models
from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from jalons.privacy.declarations import PersonalData, declared_models

Rows = QuerySet[models.Model]
NAMES = ("name", "actor_label")
# Fields without a foreign key that keep the number of an account.
NUMBERS = ("actor_id",)


@dataclass(frozen=True, slots=True)
class Person:
    """An address, the account that it opens if any, the names that go with it."""

    address: str
    user_pk: int | None
    names: tuple[str, ...]

    @property
    def is_known(self) -> bool:
        return self.user_pk is not None or any(
            rows.exists() for _m, _d, rows in rows_about(self)
        )

    @property
    def sought(self) -> tuple[str, ...]:
        """What is looked for in texts: one word alone would be everybody's."""
        return (self.address, *(name for name in self.names if len(name.split()) > 1))

    @property
    def pattern(self) -> re.Pattern[str]:
        words = (r"\s+".join(map(re.escape, each.split())) for each in self.sought)
        return re.compile(rf"(?<![\w.+-])(?:{'|'.join(words)})(?!\w)", re.IGNORECASE)


def find(address: str) -> Person:
    address = address.strip().lower()
    user = get_user_model()._base_manager.filter(email=address).first()
    nameless = Person(address, user.pk if user else None, ())
    names = {
        str(value).strip()
        for model, declared, rows in rows_about(nameless)
        for name in NAMES
        if name in declared.fields
        for value in rows.values_list(name, flat=True)
    }
    kept = sorted(names - {"", address}, key=len, reverse=True)
    return Person(address, nameless.user_pk, tuple(kept))


def rows_about(
    person: Person,
) -> Iterator[tuple[type[models.Model], PersonalData, Rows]]:
    """The rows of each table that declares persons, when they are about this one."""
    for model, declared in declared_models():
        wanted = Q()
        for name in declared.fields:
            wanted |= _about(model, model._meta.get_field(name), person)
        if wanted:
            yield model, declared, model._base_manager.filter(wanted)


def _about(model: type[models.Model], field: object, person: Person) -> Q:
    assert isinstance(field, models.Field)
    is_account = model is get_user_model() or field.related_model is get_user_model()
    if is_account or field.name in NUMBERS:
        name = "pk" if model is get_user_model() else field.name
        return Q(**{name: person.user_pk}) if person.user_pk is not None else Q()
    if isinstance(field, models.CharField | models.TextField):
        return Q(**{f"{field.name}__iexact": person.address})
    return Q()


def rows_pointing(person: Person) -> Iterator[tuple[type[models.Model], str, Rows]]:
    """The rows that say which account made or holds them."""
    if person.user_pk is None:
        return
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.concrete_fields:
            if field.related_model is get_user_model():
                rows = model._base_manager.filter(**{field.name: person.user_pk})
                yield model, field.name, rows


def mentions(
    person: Person,
) -> Iterator[tuple[type[models.Model], models.Field[object, object], Rows]]:
    """The rows of every table whose texts mention this person, field by field."""
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.concrete_fields:
            is_text = isinstance(
                field, models.CharField | models.TextField | models.JSONField
            )
            if is_text and not field.primary_key and not field.choices:
                yield model, field, _mentioning(model, field, person)


def _mentioning(
    model: type[models.Model], field: models.Field[object, object], person: Person
) -> Rows:
    wanted = Q()
    for each in person.sought:
        # The longest word of a name, whatever the space beside it.
        word = max(each.split(), key=len)
        wanted |= Q(sought_text__icontains=word)
        if isinstance(field, models.JSONField):
            wanted |= Q(sought_text__icontains=json.dumps(word)[1:-1])
    text = Cast(field.name, TextField())
    return model._base_manager.annotate(sought_text=text).filter(wanted)


def sessions_of(person: Person) -> list[str]:
    """The keys of the sessions opened by this person, or waiting for their code."""
    return [
        session.pk
        for session in Session.objects.iterator()
        if _is_of(session.get_decoded(), person)
    ]


def _is_of(kept: dict[str, object], person: Person) -> bool:
    if person.user_pk is not None and kept.get("_auth_user_id") == str(person.user_pk):
        return True
    text = json.dumps(kept, default=str, ensure_ascii=False)
    return person.pattern.search(text) is not None
