from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.walks import assert_reads_well, push, sign_in, sign_in_by_code


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
