"""A roadmap is written by hand: what a word processor gives, lines that are dragged."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.walks import follow, push, sign_in, turn

OF_WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><body>
<h2 class=MsoHeading style='mso-outline-level:2'>Notre m&eacute;thode</h2>
<p class=MsoNormal><b>Deux</b> ateliers<o:p></o:p></p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span
style='mso-list:Ignore'>&middot;<span>&nbsp;</span></span>Une salle</p>
<script>alert(1)</script></body></html>"""
PLAIN = "Notre méthode, en deux ateliers"
# What the browser does when somebody presses Ctrl+V in the field.
PASTE = """(area, [html, plain]) => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  data.setData("text/plain", plain);
  area.dispatchEvent(new ClipboardEvent("paste", {
    clipboardData: data, bubbles: true, cancelable: true }));
}"""


@pytest.fixture
def roadmap(page, site) -> str:
    """One of its own, with the stakes and workstreams of a workshop; its address."""
    # High enough to hold it all: a page that scrolls under a drag drags another line.
    page.set_viewport_size({"width": 1280, "height": 3000})
    sign_in(page, site)
    follow(page, re.compile("^Équipe"))
    follow(page, re.compile("feuilles de route"))
    follow(page, "Commencer une feuille de route")
    push(page, "Ouvrir la feuille de route")
    push(page, re.compile("^Reprendre les . lignes"))
    follow(page, "Enjeux, chantiers, actions")
    return page.url


def test_what_word_gives_keeps_its_layout_and_nothing_else(page: Page, site, roadmap):
    area = open_words(page, roadmap)

    area.evaluate(PASTE, [OF_WORD, PLAIN])
    expect(area).to_have_value(re.compile("Notre méthode"))
    kept = area.input_value()
    assert "**Deux** ateliers" in kept
    assert "- Une salle" in kept
    assert "alert" not in kept
    assert "mso" not in kept

    push(page, "Enregistrer cette partie")
    page.goto(f"{roadmap}document/lecture/")
    document = page.locator("main")
    expect(document.get_by_role("heading", name="Notre méthode")).to_be_visible()
    expect(document.locator("strong", has_text="Deux")).to_be_visible()
    expect(
        document.get_by_role("listitem").filter(has_text="Une salle")
    ).to_be_visible()


def test_without_network_the_plain_words_are_pasted(page: Page, site, roadmap):
    area = open_words(page, roadmap)

    page.context.set_offline(True)
    area.evaluate(PASTE, [OF_WORD, PLAIN])

    expect(area).to_have_value(PLAIN)
    expect(area).to_be_editable()
    page.context.set_offline(False)


def open_words(page: Page, roadmap: str):
    page.goto(f"{roadmap}document/parties/thanks/")
    area = page.get_by_label(re.compile("^Ce que vous y dites"))
    expect(area).to_have_value("")
    return area


def test_lines_are_dragged_and_numbered_again(page: Page, site, roadmap):
    stakes = page.locator("[data-kind=stake] > h2")
    first, second = (one.removeprefix("1.") for one in stakes.all_inner_texts()[:2])

    drag(page, stakes.nth(1), stakes.nth(0))
    expect(stakes.nth(0)).to_have_text(f"1.{second.removeprefix('2.')}")
    expect(stakes.nth(1)).to_have_text(f"2.{first}")

    streams = page.locator("[data-kind=workstream] h3 a")
    moved = streams.nth(0).inner_text().removeprefix("1.a ")
    other = page.locator("[data-kind=stake]").nth(1).locator("[data-kind=workstream]")
    drag(page, streams.nth(0), other.first)
    expect(page.get_by_role("link", name=f"2.a {moved}", exact=True)).to_be_visible()


def test_a_workstream_is_not_dropped_among_the_stakes(page: Page, site, roadmap):
    before = page.locator("main h3").all_inner_texts()

    page.locator("[data-kind=workstream] h3 a").first.drag_to(
        page.locator("[data-kind=stake] > h2").nth(1)
    )
    page.wait_for_load_state("networkidle")

    assert roadmap == page.url
    assert before == page.locator("main h3").all_inner_texts()


def test_an_action_is_dragged_within_its_workstream(page: Page, site, roadmap):
    turn(page, page.locator("[data-kind=workstream] h3 a").first)
    lines = page.locator("[data-kind=action]")
    names = lines.locator("> strong")
    first = names.nth(0).inner_text().removeprefix("1.a.1 ")

    drag(page, names.nth(0), lines.nth(2), bottom=True)

    expect(names.nth(2)).to_have_text(f"1.a.3 {first}")


def drag(page: Page, line: Locator, onto: Locator, *, bottom: bool = False) -> None:
    """Drop a line above another one, or below it; the page is sent and comes back."""
    box = onto.bounding_box()
    y = box["height"] - 2 if bottom else 2
    with page.expect_navigation():
        line.drag_to(onto, target_position={"x": 20, "y": y})
