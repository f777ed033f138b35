"""A team whose owners are gone is given another one, and no living team is taken."""

from __future__ import annotations

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from jalons.accounts.models import User
from jalons.audit.models import Entry
from jalons.mail.models import Message
from jalons.spaces.models import Role
from tests.accounts.proving import asks_for_a_proof, sign_in
from tests.factories import make_space, make_user

pytestmark = pytest.mark.django_db
GIVEN = {"reason": "La direction nous l’a écrit."}


def left(user: User, days: int = 120) -> User:
    then = timezone.now() - timedelta(days=days)
    User.objects.filter(pk=user.pk).update(last_login=then, joined_at=then)
    return user


@pytest.fixture
def gone(owner, reader):
    """A team whose only owner has not come for four months."""
    return make_space(owner=left(owner), reader=reader)


@pytest.fixture
def administrator(client):
    user = make_user("Administration")
    user.is_staff = True
    user.save()
    sign_in(client, user)
    return user


def name(client: Client, space, email: str):
    page = reverse("spaces:name_owner", args=[space.pk])
    return client.post(page, GIVEN | {"email": email})


def test_a_colleague_is_named_and_everybody_concerned_is_told(
    client, administrator, gone, owner, reader
):
    listed = client.get(reverse("spaces:without_owner"))
    answer = name(client, gone, reader.email)

    assert gone.name in listed.text
    assert answer.url == reverse("spaces:without_owner")
    assert gone.memberships.get(user=reader).role == Role.OWNER
    assert gone.memberships.get(user=owner).role == Role.OWNER
    told = {each.recipient: each.text for each in Message.objects.all()}
    assert {reader.email, owner.email} == set(told)
    assert all(GIVEN["reason"] in text for text in told.values())
    line = Entry.objects.get(verb="space.owner_named")
    assert (line.actor_id, line.space_id) == (administrator.pk, gone.pk)
    assert client.get(reverse("front:space", args=[gone.pk])).status_code == 404


def test_nobody_from_outside_is_named_where_colleagues_are_left(
    client, administrator, gone
):
    stranger = make_user("Autre")

    for email in (stranger.email, administrator.email, "personne@exemple.fr"):
        assert name(client, gone, email).context["form"].errors["email"]

    assert gone.memberships.count() == 2


def test_an_empty_team_is_given_to_somebody_else_than_whoever_names(
    client, administrator
):
    empty, person = make_space(), make_user()

    refused = name(client, empty, administrator.email)
    name(client, empty, person.email)

    assert refused.context["form"].errors["email"]
    assert [(person.pk, "owner")] == [*empty.memberships.values_list("user", "role")]


def test_a_team_whose_owner_came_lately_is_not_to_be_given(
    client, administrator, space, reader
):
    assert name(client, space, reader.email).status_code == 404


def test_an_owner_still_signed_in_somewhere_is_there(
    client, administrator, gone, owner, reader
):
    Client().force_login(owner)
    left(owner)

    assert name(client, gone, reader.email).context["form"].non_field_errors()
    assert gone.memberships.get(user=reader).role == Role.READER


def test_only_an_administrator_and_one_who_just_proved_it(client, gone, reader):
    client.force_login(reader)
    assert asks_for_a_proof(name(client, gone, reader.email))
    sign_in(client, reader)
    assert name(client, gone, reader.email).status_code == 403


def test_the_command_lists_tries_and_names(gone, reader):
    def said(*args, **options):
        out = StringIO()
        call_command("name_owner", *args, json=True, stdout=out, **options)
        return json.loads(out.getvalue())

    assert {"without_owner": [gone.pk]} == said()
    tried = said(gone.pk, reader.email, **GIVEN, dry_run=True)
    assert gone.memberships.get(user=reader).role == Role.READER
    done = said(gone.pk, reader.email, **GIVEN)

    assert {**tried, "dry_run": False} == done
    assert gone.memberships.get(user=reader).role == Role.OWNER
    assert Entry.objects.filter(verb="space.owner_named").count() == 1


def test_the_command_refuses_without_a_reason_and_where_an_owner_is(space, reader):
    with pytest.raises(CommandError, match="reason"):
        call_command("name_owner", space.pk, reader.email)
    with pytest.raises(CommandError, match="venu"):
        call_command("name_owner", space.pk, reader.email, **GIVEN)
