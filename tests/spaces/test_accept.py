from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from jalons.spaces.models import Invitation, Membership
from jalons.spaces.operations import (
    AlreadyAccepted,
    InvitedAnother,
    accept_invitation,
    invite,
    remove_member,
)
from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def invitation(owner, space):
    return invite(space, by=owner, email="alex@exemple.fr", role="editor")


@pytest.fixture
def page(invitation):
    return reverse("spaces:accept", kwargs={"secret": invitation[1]})


@pytest.fixture
def alex(db):
    return make_user(name="Alex", email="alex@exemple.fr")


def test_the_person_invited_joins_with_the_role_given(client, alex, page, space):
    client.force_login(alex)

    response = client.post(page)

    assert reverse("front:space", kwargs={"pk": space.pk}) == response.url
    assert space.memberships.get(user=alex).role == "editor"
    assert alex == Invitation.objects.get().accepted_by


def test_reading_the_invitation_joins_nothing(client, alex, page, space):
    client.force_login(alex)

    response = client.get(page)

    assert response.status_code == 200
    assert not space.memberships.filter(user=alex).exists()


def test_someone_not_signed_in_is_led_through_sign_in_and_back(client, page):
    read = client.get(page).content.decode()
    sent = client.post(page)

    assert f"/connexion/?next={page}" in read
    assert f"/connexion/?next={page}" == sent.url


def test_the_address_invited_is_never_whole_on_the_page(client, page):
    read = client.get(page).content.decode()

    assert "a•••@exemple.fr" in read
    assert "alex@exemple.fr" not in read


def test_another_address_is_refused_and_told_why(client, page, space):
    other = make_user(email="autre@exemple.fr")
    client.force_login(other)

    read = client.get(page).content.decode()
    sent = client.post(page)

    assert "Cette invitation est pour une autre adresse" in read
    assert sent.status_code == 403
    assert not space.memberships.filter(user=other).exists()


def test_the_operation_itself_refuses_another_address(invitation):
    with pytest.raises(InvitedAnother):
        accept_invitation(invitation[0], by=make_user(email="autre@exemple.fr"))


def test_an_invitation_makes_one_member_however_often_it_is_opened(
    client, alex, page, space
):
    client.force_login(alex)

    client.post(page)
    again = client.post(page)

    assert reverse("front:space", kwargs={"pk": space.pk}) == again.url
    assert space.memberships.filter(user=alex).count() == 1


def test_a_member_removed_does_not_come_back_by_the_same_link(
    client, alex, owner, page, space, invitation
):
    membership = accept_invitation(invitation[0], by=alex)
    remove_member(membership, by=owner)
    client.force_login(alex)

    response = client.post(page)

    assert response.status_code == 410
    assert not space.memberships.filter(user=alex).exists()
    with pytest.raises(AlreadyAccepted):
        accept_invitation(invitation[0], by=alex)


def test_a_member_invited_again_keeps_the_role_they_have(alex, invitation, space):
    Membership.objects.create(space=space, user=alex, role="reader")

    accept_invitation(invitation[0], by=alex)

    assert space.memberships.get(user=alex).role == "reader"


def test_an_invitation_expires_after_fourteen_days(client, alex, page):
    client.force_login(alex)

    with time_machine.travel(timezone.now() + timedelta(days=14, seconds=1)):
        client.force_login(alex)
        response = client.post(page)

    assert response.status_code == 410
    assert "Il était valable jusqu’au" in response.content.decode()


def test_an_unknown_link_is_not_found(client):
    response = client.get(reverse("spaces:accept", kwargs={"secret": "inconnu"}))

    assert response.status_code == 404


def test_the_database_refuses_two_pending_invitations_of_one_address(
    invitation, owner, space
):
    twin = Invitation.objects.get()
    twin.pk = None

    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save(force_insert=True)
