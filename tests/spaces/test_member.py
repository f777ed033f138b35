from __future__ import annotations

import pytest
from django.urls import reverse

from jalons.audit.models import Entry
from jalons.spaces.operations import LastOwner, change_role, remove_member
from tests.accounts.proving import asks_for_a_proof, sign_in
from tests.factories import make_space, make_user

pytestmark = pytest.mark.django_db


def url_of(membership, name: str = "member") -> str:
    kwargs = {"pk": membership.space_id, "member_pk": membership.pk}
    return reverse(f"spaces:{name}", kwargs=kwargs)


@pytest.fixture
def of_owner(owner, space):
    return space.memberships.get(user=owner)


@pytest.fixture
def of_reader(reader, space):
    return space.memberships.get(user=reader)


def test_an_owner_gives_another_role(client, owner, of_reader):
    sign_in(client, owner)

    client.post(url_of(of_reader), {"role": "editor"})
    of_reader.refresh_from_db()

    assert of_reader.role == "editor"
    assert Entry.objects.get().details == {"from": "reader", "to": "editor"}


def test_a_reader_gives_themselves_no_role(client, reader, of_reader):
    sign_in(client, reader)

    response = client.post(url_of(of_reader), {"role": "owner"})
    of_reader.refresh_from_db()

    assert response.status_code == 403
    assert of_reader.role == "reader"


def test_the_last_owner_keeps_the_role_and_reads_why(client, owner, of_owner):
    sign_in(client, owner)

    page = client.post(url_of(of_owner), {"role": "reader"}).content.decode()
    of_owner.refresh_from_db()

    assert of_owner.role == "owner"
    assert "la seule personne responsable" in page


def test_the_last_owner_cannot_be_removed(owner, of_owner):
    with pytest.raises(LastOwner):
        remove_member(of_owner, by=owner)


def test_an_owner_steps_down_once_another_is_named(owner, of_owner, of_reader):
    change_role(of_reader, by=owner, role="owner")

    change_role(of_owner, by=owner, role="reader")

    assert of_owner.role == "reader"


def test_an_owner_whose_account_is_closed_does_not_count(owner, of_owner, of_reader):
    change_role(of_reader, by=owner, role="owner")
    of_reader.user.is_active = False
    of_reader.user.save()

    with pytest.raises(LastOwner):
        remove_member(of_owner, by=owner)


def test_a_role_read_before_it_changed_is_read_again(owner, of_owner, of_reader):
    stale = type(of_reader).objects.get(pk=of_reader.pk)
    change_role(of_reader, by=owner, role="owner")
    change_role(of_owner, by=owner, role="reader")

    with pytest.raises(LastOwner):
        remove_member(stale, by=owner)


def test_an_owner_removes_a_member_who_then_sees_nothing(
    client, owner, reader, of_reader
):
    sign_in(client, owner)
    client.post(url_of(of_reader, "remove"))
    sign_in(client, reader)

    response = client.get(reverse("spaces:team", kwargs={"pk": of_reader.space_id}))

    assert response.status_code == 404
    assert Entry.objects.get().verb == "membership.removed"


def test_removing_the_last_owner_is_refused_on_screen_too(client, owner, of_owner):
    sign_in(client, owner)

    page = client.post(url_of(of_owner, "remove"), follow=True).content.decode()

    assert "la seule personne responsable" in page


def test_a_member_leaves(client, reader, space):
    sign_in(client, reader)

    client.post(reverse("spaces:leave", kwargs={"pk": space.pk}))

    assert not space.memberships.filter(user=reader).exists()
    assert Entry.objects.get().verb == "membership.left"


def test_the_last_owner_cannot_leave(client, owner, space):
    sign_in(client, owner)

    page = client.post(
        reverse("spaces:leave", kwargs={"pk": space.pk}), follow=True
    ).content.decode()

    assert space.memberships.filter(user=owner).exists()
    assert "la seule personne responsable" in page


def test_a_member_of_another_space_is_not_found(client, owner, space):
    other = make_space(owner=make_user()).memberships.get()
    kwargs = {"pk": space.pk, "member_pk": other.pk}
    sign_in(client, owner)

    for name in ("member", "remove"):
        response = client.post(
            reverse(f"spaces:{name}", kwargs=kwargs), {"role": "reader"}
        )

        assert response.status_code == 404
    other.refresh_from_db()
    assert other.role == "owner"


def test_an_owner_is_made_or_unmade_by_somebody_who_is_there(
    client, owner, space, of_reader
):
    client.force_login(owner)
    invited = {"email": "ami@exemple.fr", "role": "owner"}

    changed = client.post(url_of(of_reader), {"role": "owner"})
    removed = client.post(url_of(of_reader, "remove"))
    asked = client.post(reverse("spaces:invite", args=[space.pk]), invited)

    assert [401, 302, 401] == [each.status_code for each in (changed, removed, asked)]
    assert all(map(asks_for_a_proof, (changed, removed, asked)))
    assert "reader" == space.memberships.get(pk=of_reader.pk).role
    assert not space.invitations.exists()
