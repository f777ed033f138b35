from __future__ import annotations

import pytest
from django.urls import reverse

from jalons.audit import operations as audit
from jalons.spaces.operations import invite
from tests.factories import make_space, make_user

pytestmark = pytest.mark.django_db


def page_of(space, name: str = "team"):
    return reverse(f"spaces:{name}", kwargs={"pk": space.pk})


def test_my_spaces_are_listed_and_no_others(client, owner, space):
    other = make_space(owner=make_user())
    client.force_login(owner)

    page = client.get(reverse("spaces:list")).content.decode()

    assert reverse("front:space", args=[space.pk]) in page
    assert reverse("front:space", args=[other.pk]) not in page


def test_someone_without_a_space_is_told_what_to_do(client):
    client.force_login(make_user())

    page = client.get(reverse("spaces:list")).content.decode()

    assert reverse("spaces:create") in page
    assert "Vous n’avez pas encore d’espace" in page


def test_a_member_reads_who_works_here_and_what_roles_allow(client, reader, space):
    client.force_login(reader)

    page = client.get(page_of(space)).content.decode()

    assert "Camille" in page
    assert "ne modifie rien" in page
    assert page_of(space, "invite") not in page


def test_an_owner_also_sees_invitations_and_what_to_do_with_them(client, owner, space):
    invite(space, by=owner, email="alex@exemple.fr", role="editor")
    client.force_login(owner)

    page = client.get(page_of(space)).content.decode()

    assert "alex@exemple.fr" in page
    assert page_of(space, "invite") in page


def test_the_journal_says_in_words_who_did_what(client, owner, space):
    invite(space, by=owner, email="alex@exemple.fr", role="editor")
    client.force_login(owner)

    page = client.get(page_of(space, "journal")).content.decode()

    assert "a invité" in page
    assert "alex@exemple.fr" in page


def test_the_journal_names_what_an_action_chose(client, owner, space):
    told = {"phase": "rate", "named": "Noter"}
    audit.record("activity.phase", space, by=owner, space_id=space.pk, details=told)
    client.force_login(owner)

    page = client.get(page_of(space, "journal")).content.decode()

    assert "Équipe d’Exemple</em> (Noter)" in page
    assert "<title>Journal\u00a0: Équipe" in page


def test_the_journal_of_another_space_stays_there(client, owner, space):
    other = make_space(owner=make_user())
    audit.record("space.renamed", other, by=None, space_id=other.pk)
    client.force_login(owner)

    page = client.get(page_of(space, "journal")).content.decode()

    assert "a renommé" not in page


def test_a_long_journal_is_read_page_by_page(client, owner, space):
    for _line in range(51):
        audit.record("space.renamed", space, by=owner, space_id=space.pk)
    client.force_login(owner)

    first = client.get(page_of(space, "journal")).content.decode()
    second = client.get(page_of(space, "journal"), {"page": 2}).content.decode()

    assert first.count("a renommé") == 50
    assert second.count("a renommé") == 1


def test_the_page_asks_the_database_no_more_for_more_members(
    client, owner, space, django_assert_max_num_queries
):
    for number in range(20):
        space.memberships.create(user=make_user(f"Personne {number}"), role="reader")
    client.force_login(owner)

    with django_assert_max_num_queries(8):
        client.get(page_of(space))


def test_an_owner_renames_the_space(client, owner, space):
    client.force_login(owner)

    client.post(page_of(space, "rename"), {"name": "Équipe nouvelle"})
    space.refresh_from_db()

    assert space.name == "Équipe nouvelle"


def test_a_reader_renames_nothing(client, reader, space):
    client.force_login(reader)

    response = client.post(page_of(space, "rename"), {"name": "Équipe nouvelle"})
    space.refresh_from_db()

    assert response.status_code == 403
    assert space.name == "Équipe d’Exemple"
