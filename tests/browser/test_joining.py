"""From “my team already has a space” to the answer of an owner, by two browsers."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.walks import PHONE, assert_reads_well, follow, push, sign_in, turn

NEWCOMER = "secretaire@mairie-exemple.fr"


def arrive(phone, site) -> None:
    """Sign in for the first time, by the code that the demonstration shows."""
    phone.goto(f"{site.url}/connexion/")
    phone.get_by_role("textbox").first.fill(NEWCOMER)
    turn(phone, phone.locator("main button:not([type])").first)
    code = phone.locator("main .callout p strong").last.inner_text()
    phone.locator("main input[name=code]").fill(code)
    turn(phone, phone.locator("main button:not([type])").first)


def test_a_newcomer_asks_and_an_owner_lets_them_in(page, browser, own_site):
    phone = browser.new_context(locale="fr-FR", viewport=PHONE).new_page()
    arrive(phone, own_site)
    phone.goto(f"{own_site.url}/espaces/")
    follow(phone, "Demandez à la rejoindre")
    assert_reads_well(phone)
    phone.get_by_label("Nom ou code du territoire").fill("Nouvelle-Aquitaine")
    push(phone, "Rechercher")
    follow(phone, "Nouvelle-Aquitaine")
    turn(phone, phone.locator("main ul.rows a").first)
    phone.get_by_label("Un mot à qui tient l’équipe").fill("J’arrive en janvier.")
    push(phone, "Demander à rejoindre")
    expect(phone.locator(".messages")).to_contain_text("envoyée")
    assert_reads_well(phone)

    sign_in(page, own_site)
    page.goto(f"{own_site.url}/espaces/1/equipe/")
    expect(page.locator("main")).to_contain_text(NEWCOMER)
    turn(page, page.get_by_role("link", name=f"Répondre à {NEWCOMER}"))
    assert_reads_well(page)
    page.get_by_label("Lecture").check()
    push(page, "Faire entrer dans l’équipe")
    expect(page.locator(".messages")).to_contain_text("fait partie de l’équipe")

    phone.goto(f"{own_site.url}/espaces/1/equipe/")
    expect(phone.locator("h1")).to_be_visible()
    expect(phone.locator("main")).to_contain_text("Lecture")
