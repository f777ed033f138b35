"""The map under the keyboard, the mouse and the finger, in a real browser."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import expect

SCRIPT = Path(__file__).parents[2] / "static/js/map.js"

pytestmark = pytest.mark.browser


@pytest.fixture
def open_map(draw, areas, page):
    """A page with the map between two links, its areas opening `#code`."""

    def opened():
        linked = [replace(area, href=f"#{area.shape.code}") for area in areas]
        page.set_content(
            f'<a href="#before">avant</a>{draw(areas=linked)}<a href="#after">après</a>'
            '<p id="carte-line" hidden>Parcourez la carte.</p>'
        )
        page.add_script_tag(path=SCRIPT, type="module")
        expect(page.locator("#carte-line")).to_be_visible()
        return page

    return opened


def focused(page) -> str:
    return page.evaluate(
        "document.activeElement.textContent || document.activeElement.dataset.label"
    )


def test_the_map_is_one_stop_between_two_links(open_map):
    page = open_map()

    stops = []
    for _stop in range(3):
        page.keyboard.press("Tab")
        stops.append(focused(page))

    assert stops == ["avant", "CC 00", "après"]


def test_arrows_go_to_the_neighbour_and_the_line_says_its_name(open_map):
    page = open_map()
    page.locator("[data-label='CC 00']").focus()

    walked = []
    for key in ("ArrowRight", "ArrowDown", "ArrowDown", "ArrowLeft", "ArrowUp"):
        page.keyboard.press(key)
        walked.append(page.locator("#carte-line").text_content())

    assert walked == ["CC 01", "CC 11", "CC 21", "CC 20", "CC 10"]


def test_an_arrow_towards_nothing_stays_in_place(open_map):
    page = open_map()
    page.locator("[data-label='CC 00']").focus()

    page.keyboard.press("ArrowLeft")

    assert focused(page) == "CC 00"


def test_home_and_end_go_to_the_first_and_last_area(open_map):
    page = open_map()
    page.locator("[data-label='CC 11']").focus()

    page.keyboard.press("End")
    last = focused(page)
    page.keyboard.press("Home")

    assert (last, focused(page)) == ("CC 22", "CC 00")


def test_enter_opens_the_area(open_map):
    page = open_map()
    page.locator("[data-label='CC 11']").focus()

    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile("#11$"))


def test_the_mouse_names_the_area_it_is_over_and_opens_it(open_map):
    page = open_map()

    page.locator("[data-label='CC 21']").hover()
    named = page.locator("#carte-line").text_content()
    page.locator("[data-label='CC 21']").click()

    assert named == "CC 21"
    expect(page).to_have_url(re.compile("#21$"))


def test_a_screen_reader_finds_a_named_link_for_each_area(open_map):
    page = open_map()

    map_ = page.get_by_role("application", name="Niveau d’avancement")

    expect(map_.get_by_role("link")).to_have_count(9)
    expect(map_.get_by_role("link", name="CC 12")).to_be_visible()


def test_a_finger_names_the_area_first_and_opens_it_next(browser, draw, areas):
    context = browser.new_context(has_touch=True)
    page = context.new_page()
    linked = [replace(area, href=f"#{area.shape.code}") for area in areas]
    page.set_content(f'{draw(areas=linked)}<p id="carte-line" hidden></p>')
    page.add_script_tag(path=SCRIPT, type="module")
    area = page.locator("[data-label='CC 12']")

    area.tap()
    expect(page.locator("#carte-line")).to_have_text("CC 12")
    address_after_one = page.url
    area.tap()

    assert "#" not in address_after_one
    expect(page).to_have_url(re.compile("#12$"))
    context.close()
