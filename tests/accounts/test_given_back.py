"""A form sent once the session is over, or the proof too old: given back, written only
when somebody who may sends it again."""

from __future__ import annotations

import html
import re
from urllib.parse import quote

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from jalons.tokens.models import Token
from tests.factories import make_space, make_user

pytestmark = pytest.mark.django_db
TEXT = "\nPremière ligne </textarea><script>alert(1)</script>\r\n«\xa0et & suite\xa0»"
ORIGIN = {"HTTP_ORIGIN": "http://testserver"}


@pytest.fixture
def form():
    return reverse("account_name")


@pytest.fixture
def browser():
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def owner(browser):
    """Signed in for too long to do what is sensitive."""
    user = make_user("Camille", "camille@exemple.fr")
    browser.force_login(user)
    return user


@pytest.fixture
def key(owner):
    """The page where an owner makes a key."""
    return reverse("tokens:create", args=[make_space(owner=owner).pk])


def word_of(browser, name="account_login") -> str:
    """The word against forgery of a page opened by this browser."""
    page = browser.get(reverse(name)).content.decode()
    return re.search(r'csrfmiddlewaretoken" value="(\w+)"', page)[1]


def ended(browser, form, **fields):
    """What is sent from a page that was opened before the session ended."""
    sent = {"csrfmiddlewaretoken": word_of(browser)} | fields
    return browser.post(form, sent, **ORIGIN)


def asked(browser, address, *, origin=ORIGIN, **fields):
    """What somebody signed in sends from a page opened a while ago."""
    sent = {"csrfmiddlewaretoken": word_of(browser, "account_prove")} | fields
    return browser.post(address, sent, **origin)


def prove(browser) -> None:
    """In another tab, by the code received."""
    asked(browser, reverse("account_prove_code"))
    code = re.search(r"\d{4}-\d{4}", mail.outbox[-1].body)[0]
    asked(browser, reverse("account_prove"), code=code)


def fields_of(page: str) -> dict[str, str]:
    """The form given back, as a browser sends it."""
    main = page.partition("<main")[2].partition("</main")[0]
    given = main[main.index("data-again") : main.index("</form>")]
    hidden = re.findall(r'type="hidden" name="([^"]*)" value="([^"]*)"', given)
    areas = re.findall(
        r'<textarea[^>]* name="([^"]*)"[^>]*>\n(.*?)</textarea>', given, re.S
    )
    return {name: html.unescape(value) for name, value in hidden + areas}


def test_a_text_sent_once_the_session_is_over_is_given_back_whole(browser, form):
    response = ended(browser, f"{form}?a=1", name=TEXT, next="/espaces/")
    page = response.content.decode()

    assert 401 == response.status_code
    assert "no-store" in response["Cache-Control"]
    assert f'action="{form}?a=1"' in page
    assert "<script>alert" not in page
    sent = fields_of(page)
    assert TEXT == sent["name"]
    assert "/espaces/" == sent["next"]


def test_it_is_written_once_somebody_is_signed_in_and_not_before(browser, form):
    person = make_user("Camille", "camille@exemple.fr")
    first = ended(browser, form, name="Camille Le Goff").content.decode()

    still_out = browser.post(form, fields_of(first), **ORIGIN)
    person.refresh_from_db()
    assert (401, "Camille") == (still_out.status_code, person.name)

    browser.force_login(person)
    done = browser.post(form, fields_of(first), **ORIGIN)
    person.refresh_from_db()
    assert (302, "Camille Le Goff") == (done.status_code, person.name)


def test_after_a_sign_in_without_a_script_the_site_asks_for_one_press_more(
    browser, form
):
    """Signing in changes the word against forgery: a second page bears the new one."""
    person = make_user("Camille", "camille@exemple.fr")
    first = fields_of(ended(browser, form, name="Camille Le Goff").content.decode())
    browser.force_login(person)
    browser.cookies["csrftoken"] = "n" * 32

    refused = browser.post(form, first, **ORIGIN)
    person.refresh_from_db()
    assert (403, "Camille") == (refused.status_code, person.name)
    assert "no-store" in refused["Cache-Control"]

    done = browser.post(form, fields_of(refused.content.decode()), **ORIGIN)
    person.refresh_from_db()
    assert (302, "Camille Le Goff") == (done.status_code, person.name)


@pytest.mark.parametrize("origin", [{}, {"HTTP_ORIGIN": "http://ailleurs.exemple"}])
def test_what_another_site_sends_is_never_given_back(browser, form, origin):
    """Else one press would do what that site wrote."""
    browser.force_login(make_user("Camille", "camille@exemple.fr"))
    response = browser.post(form, {"name": "Mots du piège"}, **origin)

    assert 403 == response.status_code
    assert "Mots du piège" not in response.content.decode()


def test_neither_a_code_nor_the_word_against_forgery_is_given_back(browser):
    response = ended(
        browser,
        reverse("account_prove"),
        code="1234-5678",
        **{"form-0-pin": "987 654 a", "note": "Deux mots"},
    )
    page = response.content.decode()

    assert "Deux mots" in page
    assert "1234-5678" not in page
    assert "987 654" not in page
    assert "data-again" not in page


def test_files_are_said_lost_and_what_was_written_beside_can_be_copied(browser, form):
    file = SimpleUploadedFile("liste.csv", b"a;b")
    response = ended(browser, form, name="Deux mots", list=file)
    page = response.content.decode()

    assert "les fichiers que vous aviez choisis ne sont pas gardés" in page
    assert "Deux mots" in page
    assert "data-again" not in page


def test_a_form_without_a_field_leads_to_sign_in_then_to_its_page(browser, form):
    elsewhere = {"HTTP_REFERER": "http://testserver/espaces/"}
    word = {"csrfmiddlewaretoken": word_of(browser)}

    assert "?next=/espaces/" in browser.post(form, word, **elsewhere).url
    assert f"?next={form}" in browser.post(form, word).url
    searched = {"HTTP_REFERER": "http://testserver/espaces/?q=lot&p=2#bas"}
    led = browser.post(form, word, **searched).url
    assert led.endswith(f"?next={quote('/espaces/?q=lot&p=2')}")
    trap = {"HTTP_REFERER": "http://testserver//ailleurs.exemple"}
    assert f"?next={form}" in browser.post(form, word, **trap).url


def test_a_body_that_is_no_form_gives_nothing_back(form):
    sent = Client().post(form, {"name": "Deux mots"}, content_type="application/json")

    assert sent.url.startswith(reverse("account_login"))


def test_a_body_too_long_and_an_unknown_page_are_answered_as_before(form):
    browser = Client(raise_request_exception=False)

    assert 400 == browser.post(form, {"name": "ab " * 400_000}).status_code
    assert 404 == browser.post("/nulle-part/", {"name": "Deux mots"}).status_code


def test_a_sign_in_says_who_is_there_and_to_go_back_to_the_form(client):
    client.force_login(make_user("Camille", "camille@exemple.fr"))
    page = client.get(reverse("account_resume")).content.decode()

    assert "Camille" in page
    assert "Envoyer à nouveau" in page


def test_a_text_that_asks_for_a_proof_is_given_back_and_written_once_it_is_given(
    browser, owner, key
):
    """The proof is given in another tab; without a script nothing more is needed."""
    title = "Tableau de bord </textarea>"
    day = timezone.localdate().isoformat()
    fields = {"title": title, "scopes": "measures", "expires_on": day}
    first = asked(browser, f"{key}?a=1", **fields)
    page = first.content.decode()

    assert (401, False) == (first.status_code, Token.objects.exists())
    assert "no-store" in first["Cache-Control"]
    assert f'action="{key}?a=1"' in page
    assert f"{reverse('account_prove')}?next={reverse('account_resume')}" in page
    assert "Confirmez que c’est bien vous, votre texte n’est pas perdu" in page
    assert "session est terminée" not in page
    assert fields.items() <= fields_of(page).items()

    again = browser.post(key, fields_of(page), **ORIGIN)
    assert (401, False) == (again.status_code, Token.objects.exists())

    prove(browser)
    done = browser.post(key, fields_of(again.content.decode()), **ORIGIN)
    assert (200, title) == (done.status_code, Token.objects.get().title)


def test_what_another_site_sends_before_a_proof_is_never_given_back(browser, key):
    trap = {"HTTP_ORIGIN": "http://ailleurs.exemple"}
    response = asked(browser, key, origin=trap, title="Mots du piège")

    assert 403 == response.status_code
    assert "Mots du piège" not in response.content.decode()


def test_nothing_typed_leads_to_the_proof_then_to_the_page(browser, owner):
    """A button that says which line it is about, and a field left blank."""
    came = {"HTTP_REFERER": "http://testserver/compte/?a=1"} | ORIGIN
    wanted = f"{reverse('account_prove')}?next={quote('/compte/?a=1')}"
    sessions = reverse("front:close_sessions")
    blank = reverse("tokens:create", args=[make_space(owner=owner).pk])

    assert wanted == asked(browser, sessions, origin=came, session="all").url
    assert wanted == asked(browser, blank, origin=came, title=" ").url


def test_what_a_device_answered_is_not_given_back_before_a_proof(browser, owner):
    given = {"name": "Mon téléphone", "credential": '{"id": "AAAA de BBBB"}'}
    page = asked(browser, reverse("account_add_passkey"), **given).content.decode()

    assert "Mon téléphone" in page
    assert "AAAA" not in page
    assert "data-again" not in page
    assert f"next={reverse('account_add_passkey')}" in page


def test_a_choice_is_given_back_in_english_too(browser, key):
    browser.cookies["django_language"] = "en"
    page = asked(browser, key, scopes="measures").content.decode()

    assert "Confirm that it is you, what you sent is not lost" in page
    assert "Confirm that it is you, in a new tab" in page
    assert "measures" == fields_of(page)["scopes"]
