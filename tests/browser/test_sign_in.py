from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.walks import sign_in_by_code


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
