from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.walks import turn


def _open_results(page, site) -> None:
    page.goto(site.url)
    turn(page, page.get_by_role("link", name="Lire la restitution"))


def test_a_visitor_reads_the_restitution_and_knows_that_it_is_simulated(page, site):
    _open_results(page, site)

    expect(page.get_by_role("heading", level=1)).to_contain_text("EPCI")
    expect(page.get_by_role("complementary").first).to_contain_text("SIMUL")
    expect(page.locator("svg [data-label]")).to_have_count(154)
    assert page.locator("meta[name=robots]").get_attribute("content") == "noindex"


def test_the_map_is_walked_with_the_keyboard(page, site):
    _open_results(page, site)
    areas = page.locator("[data-map] [tabindex='0']")

    areas.first.focus()
    first = page.evaluate("document.activeElement.dataset.label")
    page.keyboard.press("ArrowDown")
    second = page.evaluate("document.activeElement.dataset.label")

    assert areas.count() == 1
    assert first
    assert second
    assert first != second
    expect(page.locator("[id$='-line']")).to_contain_text(second)


def test_the_restitution_downloads_as_a_pdf(page, site):
    _open_results(page, site)
    url = page.get_by_role("link", name="PDF").first.get_attribute("href")

    answer = page.request.get(site.url + url)

    assert answer.status == 200
    assert answer.body().startswith(b"%PDF")
