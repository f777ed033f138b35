"""After an erasure, the address and the name are in no column of any table.

Tried on a whole world, where the person owns a space and wrote in every app; the tables
are then read as the database keeps them, those that no model knows included.
"""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import CharField, EmailField, Field, JSONField, TextField
from django.test import Client
from django.utils import timezone

from jalons.accounts.models import User
from jalons.audit import operations as audit
from jalons.audit.models import Entry
from jalons.front.operations import OnlyOwner, erase_person
from jalons.invitations.models import Contact
from jalons.mail.models import Message
from jalons.privacy import erasure, persons
from jalons.privacy.declarations import declared_models
from jalons.roadmaps.models import Roadmap
from jalons.tokens.access import NotAToken, find_token
from jalons.tokens.operations import give_token
from tests.house.world import World

pytestmark = pytest.mark.django_db
NAME = "Élodie Quatrebarbes"
TOLD = "quatrebarbes"


def holding(*words: str) -> set[str]:
    """The columns of any table that hold one of these words, read as text."""
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}" WHERE 1 = 0')
            columns = [column[0] for column in cursor.description]
            cursor.execute(
                f"SELECT {', '.join(_holds(name, words) for name in columns)}"
                f' FROM "{table}"'
            )
            held = zip(columns, cursor.fetchone(), strict=True)
            found |= {f"{table}.{name}" for name, count in held if count}
    return found


def _holds(column: str, words: tuple[str, ...]) -> str:
    text = f'lower(CAST("{column}" AS TEXT))'
    where = " OR ".join(f"{text} LIKE '%{word}%'" for word in words)
    return f"sum(CASE WHEN {where} THEN 1 ELSE 0 END)"


@pytest.fixture
def elodie(world: World) -> User:
    """The owner of our space, known by this name wherever she wrote."""
    user = User.objects.get(pk=world.ours.people["owner"].pk)
    sign_everywhere(user)
    return user


def sign_everywhere(user: User) -> None:
    user.name = NAME
    user.save()
    Entry._base_manager.filter(actor_id=user.pk).update(actor_label=NAME)
    audit.record("account.renamed", user, by=user, details={"from": [NAME, user.email]})
    Message.objects.create(
        reason="trial", recipient=user.email, subject="Bonjour", text=f"Merci, {NAME}."
    )
    Message.objects.create(
        reason="trial", recipient="autre@exemple.fr", subject=f"{NAME} vous écrit"
    )
    Contact.objects.filter(pk=Contact.objects.first().pk).update(
        email=user.email, name=NAME
    )
    Roadmap.objects.update(title=f"Par Élodie  Quatrebarbes ({user.email})")
    Client().force_login(user)


def test_nothing_tells_of_the_person_any_more(world: World, elodie: User):
    address, words = elodie.email, (TOLD, elodie.email)
    before = holding(*words)

    erase_person(persons.find(address), by=None)

    assert len(before) > 8, "the world mentions her"
    assert holding(*words) == set()


def sign_every_declared_table(user: User) -> set[str]:
    """In one row of each table that declares texts about persons, her name or address.

    A table that refuses it (a choice, a number, a row that nobody may change) says no.
    """
    signed = set()
    for model, declared in declared_models():
        row = model._base_manager.exclude(pk=None).order_by("pk").first()
        if row is None or model is User:
            continue
        for name in declared.fields:
            given = _signature(model._meta.get_field(name), user)
            if given is None:
                continue
            # A table may refuse half of a whole (a name without its agreement).
            with suppress(IntegrityError), transaction.atomic():
                model._base_manager.filter(pk=row.pk).update(**{name: given})
                signed.add(f"{model._meta.label}.{name}")
    return signed


def _signature(field: Field, user: User) -> object:
    if isinstance(field, EmailField):
        return user.email
    if isinstance(field, JSONField):
        return {"said": [f"{NAME}, {user.email}"]}
    is_text = isinstance(field, CharField | TextField) and not field.choices
    longest = field.max_length if is_text else 0
    is_free = is_text and not field.unique
    return f"{NAME} {user.email}"[:longest] if is_free else None


def test_every_declared_table_forgets_her_in_whatever_field(world: World, elodie: User):
    address = elodie.email
    signed = sign_every_declared_table(elodie)

    erase_person(persons.find(address), by=None)

    # The newest apps among them, and the requests to join.
    new = {"gazette", "reception", "spaces", "events", "publications", "community"}
    assert new <= {each.split(".")[0] for each in signed}
    assert len(signed) > 50, sorted(signed)
    assert holding(TOLD, address) == set()


def test_the_keys_for_programs_of_a_person_open_nothing_any_more(
    world: World, elodie: User
):
    today = timezone.localdate()
    _token, secret = give_token(
        world.ours.space, "Essai", ["places"], today + timedelta(days=30), by=elodie
    )
    assert find_token(secret, on=today)

    erase_person(persons.find(elodie.email), by=None)

    with pytest.raises(NotAToken):
        find_token(secret, on=today)


def test_the_work_and_the_others_stay(world: World, elodie: User):
    editor = world.ours.people["editor"]
    editions = Entry.objects.filter(actor_id=editor.pk).count()
    spaces = world.ours.space.memberships.count()
    roadmaps = Roadmap.objects.count()

    erase_person(persons.find(elodie.email), by=None)

    editor.refresh_from_db()
    elodie.refresh_from_db()
    assert editor.name == "editor Hautpays"
    assert Entry.objects.filter(actor_id=editor.pk).count() == editions
    assert world.ours.space.memberships.count() == spaces - 1
    assert Roadmap.objects.count() == roadmaps
    assert (elodie.is_active, elodie.name) == (False, "")
    assert Message.objects.get(recipient="autre@exemple.fr").subject == "[…] vous écrit"
    assert Entry.objects.filter(verb="account.erased").exists()


def test_a_dry_run_tells_the_same_and_changes_nothing(world: World, elodie: User):
    words = (TOLD, elodie.email)
    before, person = holding(*words), persons.find(elodie.email)

    told = erase_person(person, by=None, dry_run=True)

    assert holding(*words) == before
    assert {"accounts.User", "mail.Message"} <= {line.model for line in told}


def test_a_name_of_one_word_is_everybodys(world: World, elodie: User):
    User.objects.filter(pk=elodie.pk).update(name="Élodie")
    Roadmap.objects.update(title="Élodie, commune nouvelle")

    erase_person(persons.find(elodie.email), by=None)

    assert Roadmap.objects.first().title == "Élodie, commune nouvelle"


def test_colleagues_are_not_left_without_an_owner(world: World, elodie: User):
    world.ours.space.memberships.owners().exclude(user=elodie).delete()

    with pytest.raises(OnlyOwner), transaction.atomic():
        erase_person(persons.find(elodie.email), by=None)

    elodie.refresh_from_db()
    assert elodie.is_active


def test_an_export_holds_what_is_kept_and_nothing_of_others(world: World, elodie: User):
    told = json.loads(erasure.export(persons.find(elodie.email)))

    about = {table["table"] for table in told["about"]}
    assert {"accounts.User", "mail.Message", "invitations.Contact"} <= about
    assert told["names"] == [NAME]
    assert {"table": "spaces.Membership", "as": "user"}.items() <= next(
        made for made in told["made"] if made["table"] == "spaces.Membership"
    ).items()
    assert "editor Hautpays" not in json.dumps(told, ensure_ascii=False)
