from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.walks import (
    OFFICER,
    assert_reads_well,
    push,
    sign_in,
    sign_in_by_code,
)

# A sign-in of the officer that proves nothing any more; those of other walks stay.
AN_OLD_SIGN_IN = f"""
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from jalons.accounts.models import User

user, old = User.objects.get(email="{OFFICER}"), SessionStore()
old[SESSION_KEY], old[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
old[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
old.save()
print(old.session_key)
"""


def test_the_project_officer_signs_in_with_a_code_and_finds_her_space(page, site):
    sign_in_by_code(page, site)

    page.goto(f"{site.url}/espaces/")

    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.locator("main a[href^='/espaces/']").count() >= 1


def test_a_wrong_code_is_refused_in_words(page, site):
    page.goto(f"{site.url}/connexion/")
    page.get_by_role("textbox").first.fill("quelquun@exemple.fr")
    page.locator("main button").first.click()
    page.locator("main input[name=code]").fill("00000000")
    page.locator("main button").first.click()

    assert "/connexion/" in page.url
    expect(page.locator("main .error").first).to_be_visible()


@pytest.mark.parametrize("has_scripts", [True, False])
def test_a_text_sent_once_the_session_is_over_is_sent_again_after_a_sign_in(
    browser, site, has_scripts
):
    context = browser.new_context(locale="fr-FR", java_script_enabled=has_scripts)
    page = context.new_page()
    sign_in(page, site)
    page.goto(f"{site.url}/espaces/1/reseau/ecrire/")
    page.locator("main textarea").first.fill("Le code n’arrive pas.\n\nQue faire ?")
    context.clear_cookies(name="sessionid")
    push(page, "Envoyer au réseau")

    expect(page.get_by_role("heading", level=1)).to_contain_text("n’est pas perdu")
    if has_scripts:
        assert_reads_well(page)
    with context.expect_page() as opened:
        page.get_by_role("link", name="Connectez-vous de nouveau").click()
    sign_in(opened.value, site)
    opened.value.goto(f"{site.url}/connexion/reprendre/")
    expect(opened.value.locator("main")).to_contain_text("Envoyer à nouveau")
    opened.value.close()
    # As a sign-in does; here the session of the other walks was taken up.
    word = {"name": "csrftoken", "value": "n" * 32, "url": site.url}
    context.add_cookies([word])
    for _press in range(1 if has_scripts else 2):
        push(page, "Envoyer à nouveau")

    # The form itself, which still lacks a choice: rights and fields are checked again.
    text = page.locator("main textarea").first
    expect(text).to_have_value("Le code n’arrive pas.\n\nQue faire ?")
    expect(page.locator("main .error").first).to_be_visible()
    context.close()


def enter(page, locator) -> None:
    """By the keyboard alone."""
    locator.focus()
    page.keyboard.press("Enter")


@pytest.mark.parametrize(
    ("locale", "has_scripts", "heading"),
    [
        ("fr-FR", True, "Confirmez que c’est bien vous, votre texte n’est pas perdu"),
        ("en-GB", False, "Confirm that it is you, your text is not lost"),
    ],
)
def test_a_text_that_asks_for_a_proof_is_sent_again_once_it_is_given(
    browser, site, locale, has_scripts, heading
):
    """By the keyboard; the code is received and typed in another tab."""
    context = browser.new_context(locale=locale, java_script_enabled=has_scripts)
    key = site.run("manage.py", "shell", "-v0", "-c", AN_OLD_SIGN_IN).strip()
    context.add_cookies([{"name": "sessionid", "value": key, "url": site.url}])
    page = context.new_page()
    page.goto(f"{site.url}/espaces/1/cles/nouvelle/")
    page.locator("main input[name=title]").fill("Tableau de bord du département")
    page.locator("main input[name=scopes]").first.check()
    page.locator("main input[name=title]").press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    if has_scripts:
        assert_reads_well(page)
    with context.expect_page() as opened:
        enter(page, page.locator("main ol a"))
    tab = opened.value
    enter(tab, tab.locator("main form button").first)
    code = tab.locator("main .callout p strong").last.inner_text()
    tab.locator("main input[name=code]").fill(code)
    tab.locator("main input[name=code]").press("Enter")
    tab.wait_for_url("**/connexion/reprendre/")
    tab.close()
    with page.expect_navigation():
        enter(page, page.locator("[data-again] button"))

    expect(page.locator("#key")).to_have_value(re.compile("^jln_"))
    expect(page.locator("main")).to_contain_text("Tableau de bord du département")
    context.close()
