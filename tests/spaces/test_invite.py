from __future__ import annotations

import re

import pytest
from django.core import mail
from django.urls import reverse

from jalons.accounts.models import Link
from jalons.audit.models import Entry
from jalons.spaces.models import Invitation
from jalons.spaces.operations import (
    AlreadyInvited,
    AlreadyMember,
    invite,
    renew_invitation,
)
from tests.accounts.proving import sign_in
from tests.factories import make_space, make_user

pytestmark = pytest.mark.django_db
LINK = re.compile(r"/invitation/([\w-]+)/")


@pytest.fixture
def page(space):
    return reverse("spaces:invite", kwargs={"pk": space.pk})


def url_of(invitation, action: str) -> str:
    kwargs = {"pk": invitation.space_id, "invitation_pk": invitation.pk}
    return reverse(f"spaces:{action}", kwargs=kwargs)


def open_link(client, secret: str):
    return client.get(reverse("spaces:accept", kwargs={"secret": secret}))


def test_an_owner_invites_by_mail_and_sees_the_link_once(
    client, owner, page, django_capture_on_commit_callbacks
):
    sign_in(client, owner)

    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(page, {"email": "Alex@Exemple.fr", "role": "editor"})
    shown = LINK.search(response.content.decode()).group(1)
    sent = LINK.search(mail.outbox[0].body).group(1)

    assert shown == sent
    assert mail.outbox[0].to == ["alex@exemple.fr"]
    assert "Camille vous invite" in mail.outbox[0].subject
    assert "no-store" in response["Cache-Control"]
    assert Link.digest_of(shown) == Invitation.objects.get().link.digest
    assert Entry.objects.get().verb == "invitation.sent"


def test_the_link_is_not_written_in_the_journal(owner, space):
    _invitation, secret = invite(
        space, by=owner, email="alex@exemple.fr", role="editor"
    )

    assert secret not in str(list(Entry.objects.values()))


def test_an_editor_invites_nobody(client, page, space, reader):
    space.memberships.filter(user=reader).update(role="editor")
    sign_in(client, reader)

    response = client.post(page, {"email": "alex@exemple.fr", "role": "reader"})

    assert response.status_code == 403
    assert not Invitation.objects.exists()


def test_a_member_is_not_invited_again(client, owner, page, space, reader):
    sign_in(client, owner)

    response = client.post(page, {"email": reader.email, "role": "editor"})

    assert "déjà membre" in response.content.decode()
    with pytest.raises(AlreadyMember):
        invite(space, by=owner, email=reader.email, role="editor")


def test_a_second_click_makes_no_second_invitation(client, owner, page, space):
    sign_in(client, owner)
    data = {"email": "alex@exemple.fr", "role": "editor"}
    client.post(page, data)

    response = client.post(page, data)

    assert Invitation.objects.count() == 1
    assert "attend déjà" in response.content.decode()
    with pytest.raises(AlreadyInvited):
        invite(space, by=owner, **data)


def test_an_unknown_role_is_refused(client, owner, page):
    sign_in(client, owner)

    response = client.post(page, {"email": "alex@exemple.fr", "role": "administrator"})

    assert response.status_code == 200
    assert not Invitation.objects.exists()


def test_a_renewed_invitation_kills_the_former_link(client, owner, space):
    invitation, former = invite(space, by=owner, email="a@exemple.fr", role="reader")

    secret = renew_invitation(invitation, by=owner)

    assert open_link(client, secret).status_code == 200
    assert open_link(client, former).status_code == 410


def test_each_new_link_is_mailed(owner, space, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        invitation, _ = invite(space, by=owner, email="a@exemple.fr", role="reader")
        secret = renew_invitation(invitation, by=owner)

    assert len(mail.outbox) == 2
    assert secret in mail.outbox[1].body


def test_a_cancelled_invitation_says_so_to_whoever_opens_it(client, owner, space):
    invitation, secret = invite(space, by=owner, email="a@exemple.fr", role="reader")
    sign_in(client, owner)

    client.post(url_of(invitation, "cancel"))
    client.logout()
    response = open_link(client, secret)

    assert response.status_code == 410
    assert "ne fonctionne plus" in response.content.decode()
    assert not Invitation.objects.exists()


def test_an_invitation_of_another_space_is_not_found(client, owner, space):
    stranger = make_user()
    elsewhere = make_space(owner=stranger)
    from_elsewhere, _ = invite(
        elsewhere, by=stranger, email="a@exemple.fr", role="reader"
    )
    kwargs = {"pk": space.pk, "invitation_pk": from_elsewhere.pk}
    sign_in(client, owner)

    for action in ("renew", "cancel"):
        response = client.post(reverse(f"spaces:{action}", kwargs=kwargs))

        assert response.status_code == 404
    assert Invitation.objects.filter(pk=from_elsewhere.pk).exists()


def test_invitations_are_limited_since_they_write_to_strangers(
    client, owner, page, settings
):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"invite": "2/d/user"}
    sign_in(client, owner)

    answers = [
        client.post(page, {"email": f"p{number}@exemple.fr", "role": "reader"})
        for number in range(3)
    ]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert Invitation.objects.count() == 2
