from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from jalons.accounts.adapter import AccountAdapter
from jalons.accounts.proof import PROVED
from tests.accounts.device import Device
from tests.accounts.proving import sign_in
from tests.factories import make_user

pytestmark = pytest.mark.django_db
FILE = "/compte/mes-donnees/fichier/"


@pytest.fixture(autouse=True)
def camille(client, db):
    cache.clear()
    user = make_user("Camille")
    client.force_login(user)
    return user


def ask(client) -> str:
    """Ask for a code, and read it in the mail."""
    client.post(reverse("account_prove_code"), {"next": FILE})
    return re.search(r"\d{4}-\d{4}", mail.outbox[-1].body)[0]


def prove(client, code: str):
    return client.post(reverse("account_prove"), {"code": code, "next": FILE})


def test_a_code_received_leads_back_to_what_was_wanted(client):
    response = prove(client, ask(client))

    assert FILE == response.url
    assert 200 == client.get(FILE).status_code


def test_a_code_that_could_not_leave_is_not_awaited(client, monkeypatch):
    def out_of_order(*_args):
        raise OSError

    with monkeypatch.context() as patched:
        patched.setattr(AccountAdapter, "send_mail", out_of_order)
        page = client.post(reverse("account_prove_code"), follow=True)

    assert "n’a pas pu partir" in page.text
    assert not page.context["is_awaited"]


def test_a_wrong_code_proves_nothing(client):
    ask(client)

    response = prove(client, "0000-0000")

    assert response.context["form"].errors
    assert 302 == client.get(FILE).status_code


def test_five_wrong_codes_end_the_attempt(client):
    right = ask(client)
    for _try in range(5):
        prove(client, "0000-0000")

    prove(client, right)

    assert 302 == client.get(FILE).status_code


def test_a_code_of_eleven_minutes_proves_nothing(client):
    right = ask(client)

    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        prove(client, right)

    assert 302 == client.get(FILE).status_code


def test_a_code_serves_once(client):
    code = ask(client)
    prove(client, code)

    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        again = prove(client, code)
        file = client.get(FILE)

    assert again.context["form"].errors
    assert 302 == file.status_code


def test_a_code_proves_nothing_of_another(client, camille):
    code = ask(client)
    client.force_login(make_user("Dominique"))

    prove(client, code)

    assert 302 == client.get(FILE).status_code


def test_codes_are_not_asked_for_without_end(client):
    for _time in range(5):
        ask(client)

    response = client.post(reverse("account_prove_code"))

    assert 429 == response.status_code
    assert 5 == len(mail.outbox)


def test_the_session_keeps_no_code(client):
    code = ask(client)

    kept = str(dict(client.session))

    assert code not in kept
    assert code.replace("-", "") not in kept


def test_a_passkey_proves_without_a_code(client, camille, settings):
    settings.ALLOWED_HOSTS = ["localhost"]
    client.defaults["HTTP_HOST"] = "localhost"
    sign_in(client, camille)
    device = Device()
    made = device.make(client.get(reverse("account_ask_passkey")).json())
    client.post(reverse("account_add_passkey"), {"name": "Bureau", "credential": made})
    session = client.session
    del session[PROVED]
    session.save()
    asked = client.get(reverse("account_passkey")).json()

    answer = {"credential": device.answer(asked), "next": FILE}
    response = client.post(reverse("account_prove_passkey"), answer)

    assert FILE == response.url
    assert 200 == client.get(FILE).status_code


def test_proving_never_leads_to_another_site(client):
    sent = {"code": ask(client), "next": "https://pirate.example/"}

    response = client.post(reverse("account_prove"), sent)

    assert reverse("spaces:list") == response.url
