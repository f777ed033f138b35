"""The index opened, tuned, kept in its address, and how far it holds."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.walks import assert_reads_well, push, turn

INDEX = "/indices/chiffres-embarques/"
GRAND_PERIGUEUX = "200040392"


def test_an_index_is_tuned_and_its_address_makes_the_same_page_again(
    page, browser, site
):
    page.goto(f"{site.url}{INDEX}?territoire={GRAND_PERIGUEUX}")
    expect(page.locator("#ouvert")).to_contain_text("Grand Périgueux")
    assert_reads_well(page)
    turn(page, page.get_by_role("link", name="Changer les poids"))
    assert_reads_well(page)
    boxes = page.locator("input[name=avec]")
    ticked = boxes.count()
    boxes.first.uncheck()
    page.locator("fieldset input[type=number]").nth(1).fill("0")
    page.locator("fieldset input[type=number]").last.fill("7")
    push(page, "Voir l’indice avec ces réglages")

    page.wait_for_url(re.compile("regle=1"))
    assert page.url.count("avec=") == ticked - 1
    text = page.locator("main").inner_text()
    assert "personnalisé" in text
    assert_reads_well(page)
    again = browser.new_context(locale="fr-FR").new_page()
    again.goto(page.url)
    assert text == again.locator("main").inner_text()
    again.context.close()


def test_the_table_and_the_page_of_reliability_are_accessible(page, site):
    page.goto(f"{site.url}{INDEX}")
    turn(page, page.get_by_role("link", name="Voir en tableau"))
    expect(page.locator("main table tbody tr").first).to_be_visible()
    assert_reads_well(page)
    page.goto(f"{site.url}{INDEX}")
    page.locator("main p.links a").last.click()
    page.wait_for_url(re.compile("/chiffres-embarques/.+"))
    expect(page.locator("main")).to_contain_text("Corrélation")
    assert_reads_well(page)
