"""Journeys made with the keyboard alone: the focus is seen at each stop, and free.

Answering is in `test_answer.py`, a workshop and its votes in
`test_a_workshop_by_keyboard.py`, an interview in `test_pocket.py`.
"""

from __future__ import annotations

import re
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Page, expect

from tests.browser.hearing import heard, listen
from tests.browser.keys import go_through, press, reach, stop, write
from tests.browser.walks import DESK

# The first of these words on a page is what the keyboard must reach from its top.
GONE_THROUGH = (
    "directory:find",
    "directory:show",
    "observatory:public",
    "steps:step",
    "roadmaps:edit_workstream",
    "workshops:console",
)


@pytest.fixture
def desk(browser, world):
    """An owner before a desk, and the addresses of the pages they may open."""
    site, pages = world
    context = browser.new_context(
        viewport=DESK, locale="fr-FR", base_url=site.url, reduced_motion="reduce"
    )
    cookie = {"name": "sessionid", "value": pages["session"], "url": site.url}
    context.add_cookies([cookie])
    yield (
        context.new_page(),
        {name: urljoin(site.url, path) for name, path in pages["owner"].items()},
    )
    context.close()


def test_every_stop_is_seen_and_no_page_keeps_the_keyboard(desk):
    page, pages = desk
    for name in GONE_THROUGH:
        page.goto(pages[name])
        assert go_through(page) > 10, name
        page.keyboard.press("Shift+Tab")
        stop(page)


def test_the_first_key_leads_past_the_menu(desk):
    page, pages = desk
    page.goto(pages["directory:find"])

    page.keyboard.press("Tab")
    assert stop(page)["place"] == 1
    expect(page.get_by_role("link", name="Aller au contenu")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_somebody_is_oriented_to_a_place_with_the_keyboard_alone(desk):
    page, pages = desk
    page.goto(pages["directory:show"])

    press(page, "link", "Préparer une fiche d’orientation")
    write(page, "Comment s’y rendre", "Bus 3, arrêt Mairie")
    reach(page, page.get_by_label("une pièce d’identité"))
    page.keyboard.press("Space")
    reach(page, page.get_by_label("Qui demander"))
    page.keyboard.press("ArrowDown")
    press(page, "button", "Préparer la fiche")

    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    reach(page, page.get_by_role("button", name="Copier le texte"))
    listen(page)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Copié")).to_be_focused()
    assert ["Copié"] == [one.rstrip(".") for one in heard(page)]


def test_a_workstream_is_written_with_the_keyboard_alone(desk):
    page, pages = desk
    page.goto(pages["roadmaps:edit_workstream"])
    title = page.locator("main input[type=text]").first

    reach(page, title)
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("Un accueil au clavier")
    press(page, "button", re.compile("^(Enregistrer|Garder)"))

    expect(page.locator("main")).to_contain_text("Un accueil au clavier")


def test_the_steps_are_followed_with_the_keyboard_alone(desk):
    page, pages = desk
    page.goto(pages["steps:path"])

    press(page, "link", re.compile("^Aller à l’étape"))
    step = page.url
    expect(page.get_by_role("heading", name="Que faire")).to_be_visible()
    here = page.locator("main ol a, main .links a").first
    reach(page, here)
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert page.url != step


def test_a_place_is_found_with_the_keyboard_alone(desk):
    page, pages = desk
    page.goto(pages["directory:find"].partition("?")[0])

    write(page, "Commune", "Sarlat")
    press(page, "button", re.compile("Chercher|Trouver"))

    expect(page.get_by_role("heading", level=2).first).to_be_visible()


def test_a_map_is_read_and_left_with_the_keyboard_alone(page: Page, site):
    page.goto(site.url)
    press(page, "link", "Lire la restitution")
    reach(page, page.locator("[data-map] [tabindex='0']"))
    heard = page.locator("[id$='-line']")

    page.keyboard.press("ArrowDown")
    name = page.evaluate("document.activeElement.dataset.label")

    expect(heard).to_contain_text(name)
    stop(page)
    page.keyboard.press("Tab")
    assert not page.evaluate("document.activeElement.closest('svg')")
    stop(page)
