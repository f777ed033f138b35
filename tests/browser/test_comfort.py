"""Colours of the reader, movement refused, what is announced: on real pages."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.hearing import heard, listen
from tests.browser.keys import stop
from tests.browser.walks import push, turn

LONGEST = 0.15
LASTING = """() => Math.max(...[...document.querySelectorAll("body *")].flatMap(one => {
  const { transitionDuration, animationDuration } = getComputedStyle(one);
  return `${transitionDuration}, ${animationDuration}`.split(", ").map(parseFloat);
}))"""
DRAWN = """([chosen, other]) => [chosen, other].map(place => {
  const style = getComputedStyle(document.querySelector(place));
  return [style.backgroundColor, style.outlineWidth, style.outlineStyle].join();
})"""


@pytest.fixture
def questions(browser, site):
    """The first page of questions of a fresh answer, on a telephone."""
    context = browser.new_context(locale="fr-FR", base_url=site.url)
    page = context.new_page()
    page.goto("/repondre/essai/")
    turn(page, page.locator("main button.big"))
    page.locator("main input[name=q]").fill("Bordeaux")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.locator("main input[type=radio]").first.check()
    turn(page, page.locator("main button.big"))
    yield page
    context.close()


def test_an_answer_kept_is_announced_once(questions: Page):
    listen(questions)

    questions.locator("main input[name=profile]").first.check()
    expect(questions.locator("[data-autosave-status]")).to_have_text("Gardé.")

    assert ["Gardé."] == [
        words for words in heard(questions) if words.startswith("Gardé")
    ]


def test_a_choice_and_where_one_is_show_in_the_colours_of_the_reader(questions: Page):
    questions.emulate_media(forced_colors="active")
    options = questions.locator("main .option")

    options.first.locator("input").check()
    drawn = questions.evaluate(
        DRAWN, [".option:has(:checked)", ".option:not(:has(:checked))"]
    )

    assert drawn[0] != drawn[1]
    for _key in range(6):
        questions.keyboard.press("Tab")
        stop(questions)


def test_the_key_of_a_map_keeps_its_colours_in_those_of_the_reader(page: Page, site):
    page.emulate_media(forced_colors="active")
    page.goto(site.url)
    turn(page, page.get_by_role("link", name="Lire la restitution"))
    ground = "getComputedStyle(one).backgroundColor"

    keys = page.locator(".legend span.swatch").evaluate_all(
        f"all => all.map(one => {ground})"
    )

    assert len(set(keys)) == len(keys) > 1


def test_a_refused_form_says_so_once_and_beside_its_field(page: Page, site):
    page.goto(f"{site.url}/contact/")

    push(page, "Envoyer")

    expect(page.get_by_role("alert")).to_have_count(1)
    faulty = page.locator("[aria-invalid=true]")
    assert faulty.count()
    for place in range(faulty.count()):
        told = faulty.nth(place).get_attribute("aria-describedby") or ""
        assert any(page.locator(f"#{one}.error").count() for one in told.split())


def test_nothing_moves_when_movement_is_refused_and_little_otherwise(page: Page, site):
    page.goto(site.url)
    assert 0 == page.evaluate(LASTING)

    page.emulate_media(reduced_motion="no-preference")

    assert 0 < page.evaluate(LASTING) <= LONGEST
