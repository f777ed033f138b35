"""The map of France: a département opened in place, piece by piece, or on its page."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.walks import DESK, assert_reads_well, turn

MAP = "/carte-de-france/"
GIRONDE, COMMUNES = f"{MAP}33/", 534
# Compressed contours and values of one département.
MOST_BYTES = 60_000


@pytest.fixture
def desk(browser):
    context = browser.new_context(viewport=DESK, locale="fr-FR")
    yield context.new_page()
    context.close()


def test_a_departement_opens_in_place_and_only_its_piece_is_read(desk, site):
    parts = []
    desk.on("requestfinished", lambda asked: parts.append(asked))
    desk.goto(site.url + MAP)
    whole = desk.locator("#france-map").get_attribute("viewBox")
    back = desk.get_by_role("button", name="Revenir à tout le pays")
    expect(back).to_be_hidden()

    desk.locator(f'[data-href="{GIRONDE}"]').focus()
    desk.keyboard.press("Enter")

    told = desk.locator("[data-told]")
    expect(told).to_contain_text(f"{COMMUNES}")
    line = desk.locator("#france-map-line")
    first = line.inner_text()
    desk.keyboard.press("ArrowRight")
    assert first != line.inner_text()
    assert re.search(r"hab\./km² \(20\d\d\)$", line.inner_text())
    read = [one for one in parts if re.search(r"\.bin$|valeurs\.json$", one.url)]
    assert [206, 206, 200] == sorted(
        (one.response().status for one in read), reverse=True
    )
    assert sum(one.sizes()["responseBodySize"] for one in read) <= MOST_BYTES
    assert_reads_well(desk)
    assert whole != desk.locator("#france-map").get_attribute("viewBox")

    back.click()

    expect(back).to_be_hidden()
    assert whole == desk.locator("#france-map").get_attribute("viewBox")
    assert desk.url.endswith(MAP)


def test_without_a_script_a_departement_has_its_page(browser, site):
    context = browser.new_context(locale="fr-FR", java_script_enabled=False)
    page = context.new_page()
    page.goto(site.url + MAP)

    turn(page, page.get_by_role("link", name="Gironde", exact=True))

    assert page.url.endswith(GIRONDE)
    assert COMMUNES == page.locator("main svg.map .areas path").count()
    assert COMMUNES == page.locator("main tbody tr").count()
    context.close()


def test_when_the_file_cannot_be_read_the_page_of_the_departement_opens(desk, site):
    desk.route("**/*.bin", lambda route: route.abort())
    desk.goto(site.url + MAP)
    desk.locator(f'[data-href="{GIRONDE}"]').focus()

    with desk.expect_navigation():
        desk.keyboard.press("Enter")

    assert desk.url.endswith(GIRONDE)
