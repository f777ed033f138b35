from __future__ import annotations

import json
import re

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jalons.accounts.models import User
from jalons.mail.models import Message
from jalons.privacy import erasure, persons
from tests.accounts.device import Device
from tests.accounts.proving import asks_for_a_proof, sign_in
from tests.factories import make_user

pytestmark = pytest.mark.django_db
ASK, SIGN_IN = "account_ask_passkey", "account_passkey"


@pytest.fixture(autouse=True)
def _fresh_limits(db):
    cache.clear()


def signed_in(user: User) -> Client:
    client = Client(headers={"host": "localhost"})
    sign_in(client, user)
    return client


def add(client: Client, device: Device, name: str = "Mon téléphone"):
    asked = client.get(reverse(ASK)).json()
    sent = {"name": name, "credential": device.make(asked)}
    return client.post(reverse("account_add_passkey"), sent)


def come_in(client: Client, device: Device, **sent: str):
    asked = client.get(reverse(SIGN_IN)).json()
    return client.post(reverse(SIGN_IN), {"credential": device.answer(asked)} | sent)


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


@pytest.fixture
def camille() -> User:
    return make_user("Camille Quatrebarbes")


@pytest.fixture
def visitor() -> Client:
    return Client(headers={"host": "localhost"})


@pytest.fixture
def device(camille) -> Device:
    """The device of Camille, known here."""
    device = Device()
    add(signed_in(camille), device)
    return device


def test_a_passkey_signs_in_without_a_code(camille, device, visitor):
    response = come_in(visitor, device, next=reverse("spaces:create"))

    assert reverse("spaces:create") == response.url
    assert str(camille.pk) == visitor.session["_auth_user_id"]


def test_its_owner_is_told_by_mail_when_it_is_added_and_removed(camille, device):
    (passkey,) = Authenticator.objects.all()
    client = signed_in(camille)

    client.post(reverse("account_remove_passkey", args=[passkey.pk]))

    reasons = Message.objects.order_by("pk").values_list("reason", "recipient")
    assert [
        ("passkey-added", camille.email),
        ("passkey-removed", camille.email),
    ] == list(reasons)
    assert not Authenticator.objects.exists()


def test_a_passkey_removed_signs_in_no_more(camille, device, visitor):
    Authenticator.objects.all().delete()

    response = come_in(visitor, device)

    assert not is_signed_in(visitor)
    assert response.url.startswith(reverse("account_login"))


def test_a_passkey_has_the_name_its_owner_gives(camille, device):
    (passkey,) = Authenticator.objects.all()
    client = signed_in(camille)

    client.post(
        reverse("account_rename_passkey", args=[passkey.pk]), {"name": "Bureau"}
    )

    assert "Bureau" in client.get(reverse("account_passkeys")).text


def test_nobody_renames_or_removes_the_passkey_of_another(device):
    (passkey,) = Authenticator.objects.all()
    stranger = signed_in(make_user("Dominique"))

    for name in ("account_rename_passkey", "account_remove_passkey"):
        response = stranger.post(reverse(name, args=[passkey.pk]), {"name": "À moi"})
        assert 404 == response.status_code
    assert "Mon téléphone" == str(Authenticator.objects.get())


def test_adding_one_asks_for_a_proof_when_the_sign_in_is_old(camille):
    client = Client(headers={"host": "localhost"})
    client.force_login(camille)

    asked = client.get(reverse(ASK))
    sent = client.post(reverse("account_add_passkey"), {"name": "Voleur"})

    assert asks_for_a_proof(asked)
    assert asks_for_a_proof(sent)
    assert not Authenticator.objects.exists()


def test_a_passkey_made_for_another_site_is_refused(camille, visitor):
    response = add(signed_in(camille), Device(origin="https://jalons.pirate.example"))

    assert 200 == response.status_code
    assert not Authenticator.objects.exists()


def test_a_passkey_that_asks_for_no_finger_and_no_pin_is_refused(camille):
    response = add(signed_in(camille), Device(verifies=False))

    assert response.context["form"].errors
    assert not Authenticator.objects.exists()


def test_an_answer_given_to_a_false_site_opens_nothing(device, visitor):
    device.origin = "https://jalons.pirate.example"

    come_in(visitor, device)

    assert not is_signed_in(visitor)


def test_an_answer_heard_once_is_not_used_again(device, visitor):
    asked = visitor.get(reverse(SIGN_IN)).json()
    answer = device.answer(asked)
    visitor.post(reverse(SIGN_IN), {"credential": answer})
    was_signed_in = is_signed_in(visitor)
    visitor.post(reverse("account_logout"))

    visitor.get(reverse(SIGN_IN))
    visitor.post(reverse(SIGN_IN), {"credential": answer})

    assert was_signed_in
    assert not is_signed_in(visitor)


def test_a_passkey_does_not_open_the_account_of_another(device, visitor):
    """The number of an account is in what the device sends: it proves nothing."""
    victim = make_user("Dominique")
    add(signed_in(victim), theirs := Device())
    device.handle = theirs.handle

    come_in(visitor, device)

    assert not is_signed_in(visitor)


def test_a_closed_account_stays_closed_to_its_passkey(camille, device, visitor):
    User.objects.update(is_active=False)

    response = come_in(visitor, device)

    assert reverse("account_inactive") == response.url
    assert not is_signed_in(visitor)


def test_a_code_still_opens_the_account_of_whoever_lost_the_device(camille, device):
    client = Client(headers={"host": "localhost"})
    client.post(reverse("account_login"), {"email": camille.email})
    code = re.search(r"\d{4}-\d{4}", mail.outbox[-1].body)[0]
    client.post(reverse("account_confirm_login_code"), {"code": code})

    page = client.get(reverse("account_passkeys"))

    assert "Mon téléphone" in page.text


def test_erasing_a_person_erases_their_passkeys(camille, device):
    erasure.erase(persons.find(camille.email))

    assert not Authenticator.objects.exists()


def test_passkeys_are_not_offered_where_no_browser_makes_them(client):
    by_number = client.get(reverse("account_login"), headers={"host": "127.0.0.1"})
    by_name = client.get(reverse("account_login"), headers={"host": "localhost"})

    assert "data-passkey" not in by_number.text
    assert "data-passkey" in by_name.text


HOSTILE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["id", "rawId", "response", "type", "userHandle", "clientDataJSON"]
                + ["authenticatorData", "signature", "attestationObject"]
            ),
            inner,
            max_size=6,
        )
    ),
    max_leaves=12,
)


@settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(HOSTILE)
def test_whatever_is_sent_is_refused_in_words(visitor, sent):
    cache.clear()
    visitor.get(reverse(SIGN_IN))

    response = visitor.post(reverse(SIGN_IN), {"credential": json.dumps(sent)})

    assert response.url.startswith(reverse("account_login"))


@pytest.mark.parametrize("name", ["clientDataJSON", "authenticatorData", "signature"])
@pytest.mark.parametrize("at", [3, 20, 49])
def test_an_answer_spoilt_anywhere_is_refused(device, visitor, name, at):
    answer = json.loads(device.answer(visitor.get(reverse(SIGN_IN)).json()))
    given = answer["response"][name]
    other = "A" if given[at] != "A" else "B"
    answer["response"][name] = given[:at] + other + given[at + 1 :]

    visitor.post(reverse(SIGN_IN), {"credential": json.dumps(answer)})

    assert not is_signed_in(visitor)
