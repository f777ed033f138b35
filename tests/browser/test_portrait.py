"""From the home page to a portrait, then an hour of diagnosis."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_budgets import OTHER_PAGES, cost_of, grade
from tests.browser.walks import assert_reads_well, follow, push, sign_in, turn

# The package warns of a function that it calls itself.
pytestmark = pytest.mark.filterwarnings("ignore:Use compute_ecoindex")

PORTRAIT = "/territoires/200040392/diagnostic/"


def test_a_visitor_finds_the_portrait_of_grand_perigueux_from_the_home_page(page, site):
    page.goto(site.url)
    page.get_by_label("Son nom ou son code").fill("grand perigueux")
    page.keyboard.press("Enter")
    turn(page, page.get_by_role("link", name="CA Le Grand Périgueux"))

    page.wait_for_url(re.compile(PORTRAIT))
    text = page.locator("main").inner_text().replace("\u202f", " ").replace("\xa0", " ")
    assert "22 420 €" in text
    assert "environ 26 600 personnes" in text
    assert "Nouvelle-Aquitaine" in text
    page.get_by_text("D’où vient ce chiffre").click()
    assert "Filosofi" in page.locator("details.source").inner_text()
    assert_reads_well(page)


def test_the_portrait_shows_no_simulated_maturity(page, site):
    page.goto(site.url + PORTRAIT)

    assert "Aucune enquête publique ne porte sur cet EPCI." in page.content()


def test_the_portrait_weighs_little(browser, site):
    cost = cost_of(browser.new_context(), site.url + PORTRAIT)

    assert cost.size <= OTHER_PAGES
    assert grade(cost) in "AB", cost


def test_the_map_of_neighbours_is_walked_with_the_keyboard(page, site):
    page.goto(site.url + PORTRAIT)
    page.locator("#neighbours [tabindex]").first.focus()
    first = page.locator("#neighbours-line").inner_text()
    page.keyboard.press("ArrowDown")

    assert first
    assert first != page.locator("#neighbours-line").inner_text()


def test_the_portrait_reads_without_javascript_on_a_small_phone(browser, site):
    context = browser.new_context(
        java_script_enabled=False,
        locale="fr-FR",
        viewport={"width": 320, "height": 640},
    )
    page = context.new_page()
    page.goto(site.url + PORTRAIT)

    page.get_by_text("Dangers et dérives").click()

    expect(page.get_by_text("vers qui une victime se tourne-t-elle")).to_be_visible()
    context.close()


def test_territories_are_compared_by_ticking_them(page, site):
    page.goto(f"{site.url}/comparer/?avec=200040392")
    boxes = page.get_by_role("group", name="Territoires côte à côte")
    shown = boxes.get_by_role("checkbox", checked=True).count()
    boxes.get_by_role("checkbox", checked=False).first.check()
    push(page, "Comparer")

    expect(boxes.get_by_role("checkbox", checked=True)).to_have_count(shown + 1)
    assert_reads_well(page)


def test_the_officer_resumes_the_hour_and_reviews_a_finding(page, site):
    sign_in(page, site)
    page.goto(f"{site.url}/espaces/")
    turn(page, page.get_by_role("link", name="Grand Périgueux"))
    turn(page, page.get_by_role("link", name="Les diagnostics"))
    turn(page, page.get_by_role("link", name="CA Le Grand Périgueux"))
    assert "SIMULÉES" in page.locator(".ribbon").inner_text()
    assert_reads_well(page)

    turn(page, page.get_by_role("link", name="Aller à l’étape"))
    assert_reads_well(page)
    page.get_by_label("Quel public aucun chiffre").fill("Les saisonniers")
    push(page, "Garder ces notes")
    assert "Étape faite" in page.get_by_role("status").inner_text()

    turn(page, page.get_by_role("link", name="Le diagnostic en une heure"))
    turn(page, page.get_by_role("link", name="Les constats"))
    assert_reads_well(page)
    follow(page, "Donner un avis")
    page.get_by_label("Confirmé par le terrain").check()
    page.get_by_label("ce qui vous le fait dire").fill("Vu à la mairie")
    push(page, "Garder cet avis")

    expect(page.get_by_text("Vu à la mairie")).to_be_visible()
    turn(page, page.get_by_role("link", name="Les visites"))
    assert_reads_well(page)
