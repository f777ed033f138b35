from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings as project
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from jalons.accounts.models import User
from tests.factories import make_user

pytestmark = pytest.mark.django_db
SIGN_IN, CODE = "/connexion/", "/connexion/code/"


@pytest.fixture(autouse=True)
def _fresh_limits(db):
    cache.clear()


def ask(client, email: str, **extra):
    return client.post(SIGN_IN, {"email": email}, **extra)


def code_in(message) -> str:
    return re.search(r"\d{4}-\d{4}", message.body).group()


def type_code(client, code: str, **data):
    return client.post(CODE, {"code": code} | data)


def is_signed_in(client) -> bool:
    return "_auth_user_id" in client.session


def test_a_person_signs_in_with_the_code_received(client):
    make_user(name="Camille", email="camille@exemple.fr")

    ask(client, "camille@exemple.fr")
    response = type_code(client, code_in(mail.outbox[0]))

    assert is_signed_in(client)
    assert reverse("spaces:list") == response.url


def test_a_newcomer_has_an_account_once_the_code_is_typed_and_not_before(client):
    ask(client, "nouvelle@exemple.fr")
    before = User.objects.count()

    response = type_code(client, code_in(mail.outbox[0]))

    assert before == 0
    assert User.objects.get().email == "nouvelle@exemple.fr"
    assert not User.objects.get().has_usable_password()
    assert response.url.startswith("/compte/nom/")


def test_capitals_in_the_address_open_the_same_account(client):
    make_user(email="camille@exemple.fr")

    ask(client, "Camille@Exemple.FR")
    type_code(client, code_in(mail.outbox[0]))

    assert is_signed_in(client)
    assert User.objects.count() == 1


def test_known_and_unknown_addresses_see_the_same_pages_and_the_same_mail(client):
    make_user(email="connue@exemple.fr")

    answers = {}
    for email in ("connue@exemple.fr", "inconnu@exemple.fr"):
        client.cookies.clear()
        asked = ask(client, email)
        page = client.get(CODE).content.decode()
        body = mail.outbox[-1].body.replace(code_in(mail.outbox[-1]), "CODE")
        page = re.sub(r'(csrfmiddlewaretoken" value=)"\w+"', r"\1", page)
        answers[email] = (
            asked.status_code,
            asked.url,
            page.replace(email, "ADRESSE"),
            mail.outbox[-1].subject,
            body,
        )

    assert answers["connue@exemple.fr"] == answers["inconnu@exemple.fr"]


def test_a_wrong_code_is_refused_and_explained(client):
    make_user(email="camille@exemple.fr")
    ask(client, "camille@exemple.fr")

    response = type_code(client, "0000-0000")

    assert not is_signed_in(client)
    assert 'aria-describedby="id_code_help id_code_error"' in response.content.decode()


def test_five_wrong_codes_end_the_attempt(client):
    make_user(email="camille@exemple.fr")
    ask(client, "camille@exemple.fr")
    right = code_in(mail.outbox[0])

    for _try in range(5):
        type_code(client, "0000-0000")
    response = type_code(client, right)

    assert not is_signed_in(client)
    assert response.url == SIGN_IN


def test_a_code_works_once(client):
    make_user(email="camille@exemple.fr")
    ask(client, "camille@exemple.fr")
    code = code_in(mail.outbox[0])
    type_code(client, code)
    client.post("/deconnexion/")

    type_code(client, code)

    assert not is_signed_in(client)


def test_a_code_works_only_in_the_browser_that_asked(client, django_user_model):
    make_user(email="camille@exemple.fr")
    ask(client, "camille@exemple.fr")
    code = code_in(mail.outbox[0])
    client.cookies.clear()

    response = type_code(client, code)

    assert not is_signed_in(client)
    assert response.url == SIGN_IN


def test_a_code_expires_after_ten_minutes(client):
    make_user(email="camille@exemple.fr")
    ask(client, "camille@exemple.fr")
    code = code_in(mail.outbox[0])

    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        type_code(client, code)

    assert not is_signed_in(client)


def test_a_closed_account_is_told_so_only_after_the_code(client):
    user = make_user(email="partie@exemple.fr")
    user.is_active = False
    user.save()

    asked = ask(client, "partie@exemple.fr")
    response = type_code(client, code_in(mail.outbox[0]))

    assert asked.url == CODE
    assert response.url == "/connexion/fermee/"
    assert not is_signed_in(client)


def test_giving_up_leads_back_to_the_first_page(client):
    ask(client, "faute-de-frappe@exemple.fr")

    response = client.post("/deconnexion/", {"next": SIGN_IN}, follow=True)

    assert response.status_code == 200
    assert response.redirect_chain[-1][0] == SIGN_IN


def test_sign_in_leads_to_the_page_that_was_wanted(client):
    make_user(email="camille@exemple.fr")
    wanted = reverse("spaces:create")

    asked = client.post(f"{SIGN_IN}?next={wanted}", {"email": "camille@exemple.fr"})
    response = client.post(asked.url, {"code": code_in(mail.outbox[0])})

    assert wanted == response.url


@pytest.mark.parametrize("elsewhere", ["https://pirate.example/", "//pirate.example"])
def test_sign_in_never_leads_to_another_site(client, elsewhere):
    make_user(email="camille@exemple.fr")

    asked = client.post(f"{SIGN_IN}?next={elsewhere}", {"email": "camille@exemple.fr"})
    response = client.post(
        asked.url, {"code": code_in(mail.outbox[0]), "next": elsewhere}
    )

    assert is_signed_in(client)
    assert reverse("spaces:list") == response.url


def test_the_same_address_asked_too_often_is_made_to_wait_in_french(client):
    for _ in range(5):
        ask(client, "cible@exemple.fr")
        client.cookies.clear()

    response = ask(client, "cible@exemple.fr")

    assert len(mail.outbox) == 5
    assert response.status_code == 429
    assert "un quart d’heure" in response.content.decode()


def test_another_address_is_not_made_to_wait(client):
    for _ in range(6):
        client.cookies.clear()
        ask(client, "cible@exemple.fr")
    client.cookies.clear()

    response = ask(client, "camille@exemple.fr")

    assert response.status_code == 302


def test_one_machine_cannot_try_many_addresses(client):
    for number in range(60):
        client.cookies.clear()
        ask(client, f"adresse{number}@exemple.fr")
    client.cookies.clear()

    response = ask(client, "encore@exemple.fr")

    assert response.status_code == 429


def test_limits_are_shared_by_every_process():
    assert "DatabaseCache" in project.CACHES["default"]["BACKEND"]


def test_a_mail_server_that_is_down_is_said_and_leaves_nothing_behind(client, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9

    response = ask(client, "camille@exemple.fr")

    assert response.status_code == 503
    assert 'role="alert"' in response.content.decode()
    assert client.get(CODE).url == SIGN_IN


def test_the_demonstration_shows_the_code_on_its_own_machine(client, settings):
    settings.DEMO_SHOWS_CODES = True
    ask(client, "camille@exemple.fr", headers={"host": "127.0.0.1:8000"})

    page = client.get(CODE, headers={"host": "127.0.0.1:8000"}).content.decode()

    assert code_in(mail.outbox[0]) in page
    assert "Démonstration" in page


@pytest.mark.parametrize(
    ("shows_codes", "host"), [(False, "127.0.0.1"), (True, "jalons.exemple.fr")]
)
def test_the_code_is_never_on_the_page_otherwise(client, settings, shows_codes, host):
    settings.DEMO_SHOWS_CODES = shows_codes
    settings.ALLOWED_HOSTS = [host]
    ask(client, "camille@exemple.fr", headers={"host": host})

    page = client.get(CODE, headers={"host": host}).content.decode()

    assert code_in(mail.outbox[0]) not in page
    assert "Démonstration" not in page


def test_the_session_keeps_no_code(client):
    ask(client, "camille@exemple.fr")
    code = code_in(mail.outbox[0])

    (kept,) = [str(each.get_decoded()) for each in Session.objects.all()]

    assert "camille@exemple.fr" in kept
    assert code not in kept
    assert code.replace("-", "") not in kept


def test_the_code_leaves_the_session_once_used(client):
    ask(client, "camille@exemple.fr")
    type_code(client, code_in(mail.outbox[0]))

    kept = [session.get_decoded() for session in Session.objects.all()]

    assert not any("account_login" in session for session in kept)


def test_signing_out_asks_first_and_then_forgets(client):
    client.force_login(make_user())
    kept = client.cookies[project.SESSION_COOKIE_NAME].value

    asked = client.get("/deconnexion/")
    client.post("/deconnexion/")

    assert asked.status_code == 200
    assert not is_signed_in(client)
    # The former cookie, had somebody kept it, opens nothing more.
    client.cookies[project.SESSION_COOKIE_NAME] = kept
    assert not is_signed_in(client)
