from __future__ import annotations

import json
import re

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from django.urls import reverse

from jalons.accounts import sessions
from jalons.accounts.models import User
from jalons.mail.models import Message
from tests.accounts.proving import asks_for_a_proof, sign_in
from tests.factories import make_space, make_user

pytestmark = pytest.mark.django_db
PAGE = "front:my_data"


@pytest.fixture
def camille(client) -> User:
    user = make_user("Camille Quatrebarbes")
    sign_in(client, user)
    return user


def test_the_page_says_what_is_kept_and_where_one_is_signed_in(client, camille):
    Message.objects.create(reason="trial", recipient=camille.email, subject="Bonjour")

    response = client.get(reverse(PAGE))

    assert [1, 1] == list(response.context["kept"].values())
    assert [True] == [each.is_current for each in response.context["sessions"]]


def test_one_s_data_is_taken_away_as_a_file_and_nobody_else_s(client, camille):
    other = make_user("Dominique Autre")

    response = client.get(reverse("front:my_file"))

    found = json.loads(response.content)
    assert found["address"] == camille.email
    assert other.email not in response.text
    assert "no-store" in response["Cache-Control"]


def test_the_address_typed_again_erases_the_account_and_signs_out(client, camille):
    address = camille.email

    response = client.post(reverse(PAGE), {"address": address.upper()}, follow=True)

    assert response.redirect_chain[-1][0] == reverse("front:home")
    assert not User.objects.filter(email=address).exists()
    assert client.get(reverse(PAGE)).status_code == 302
    assert Session.objects.count() == 0


def test_another_address_erases_nothing(client, camille):
    response = client.post(reverse(PAGE), {"address": "autre@exemple.fr"})

    assert response.context["form"].errors
    assert User.objects.filter(email=camille.email, is_active=True).exists()


def test_the_only_owner_names_another_before_leaving(client, camille):
    make_space(owner=camille, reader=make_user("Dominique"))

    response = client.post(reverse(PAGE), {"address": camille.email})

    assert response.context["alone"]
    assert User.objects.filter(email=camille.email, is_active=True).exists()


def test_a_person_alone_in_a_space_may_leave(client, camille):
    space = make_space(owner=camille)

    client.post(reverse(PAGE), {"address": camille.email})

    assert not space.memberships.exists()
    assert not User.objects.filter(email=camille.email).exists()


def test_another_sign_in_is_closed_and_one_s_own_stays(client, camille):
    other, stranger = Client(), Client()
    other.force_login(camille)
    stranger.force_login(make_user("Dominique"))
    first, second = sessions.opened_by(camille, client.session.session_key)
    mark = second.mark if first.is_current else first.mark
    assert f'value="{mark}"' in client.get(reverse(PAGE)).content.decode()

    client.post(reverse("front:close_sessions"), {"session": mark})

    assert other.get(reverse(PAGE)).status_code == 302
    assert client.get(reverse(PAGE)).status_code == 200
    assert stranger.get(reverse(PAGE)).status_code == 200


def test_nobody_closes_the_sign_in_of_another(client, camille):
    stranger = Client()
    sign_in(stranger, dominique := make_user("Dominique"))
    (theirs,) = sessions.opened_by(dominique, None)

    client.post(reverse("front:close_sessions"), {"session": theirs.mark})
    client.post(reverse("front:close_sessions"), {"session": "all"})

    assert stranger.get(reverse(PAGE)).status_code == 200
    assert client.get(reverse(PAGE)).status_code == 200


def test_a_sign_in_says_its_device_and_its_day(client):
    headers = {"user-agent": "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0"}
    client.post(reverse("account_login"), {"email": "a@exemple.fr"}, headers=headers)
    code = re.search(r"\d{4}-\d{4}", mail.outbox[0].body)[0]
    address = reverse("account_confirm_login_code")
    client.post(address, {"code": code}, headers=headers)

    (one,) = client.get(reverse(PAGE)).context["sessions"]

    assert one.device == "Firefox, Windows"
    assert one.at is not None


def test_an_old_sign_in_reads_but_neither_takes_away_nor_erases(client):
    camille = make_user("Camille Quatrebarbes")
    client.force_login(camille)

    page = client.get(reverse(PAGE))
    taken = client.get(reverse("front:my_file"))
    closed = client.post(reverse("front:close_sessions"), {"session": "all"})
    erased = client.post(reverse(PAGE), {"address": camille.email})

    assert 200 == page.status_code
    assert [302, 302, 401] == [each.status_code for each in (taken, closed, erased)]
    assert all(map(asks_for_a_proof, (taken, closed, erased)))
    assert User.objects.filter(email=camille.email, is_active=True).exists()
