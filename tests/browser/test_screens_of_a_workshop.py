"""Every screen of a workshop, in each phase of each kind of activity, reads well."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser import tree
from tests.browser.walks import DESK, push, sign_in, turn

NARROW = {"width": 320, "height": 640}
TOO_WIDE = "document.documentElement.scrollWidth > innerWidth"
SHOW = "Montrer les résultats à la salle"

Fault = tuple[str, str, object]


@pytest.fixture(scope="module")
def workshop(site) -> dict:
    return json.loads(site.run("-m", "tests.browser.every_kind"))


def faults_of(page: Page, where: str) -> Iterator[Fault]:
    if page.evaluate(TOO_WIDE):
        yield where, "wider than", page.viewport_size["width"]
    for violation in Axe().run(page).response["violations"]:
        yield where, violation["id"], [one["target"] for one in violation["nodes"][:3]]
    for kind, found in tree.faults(page):
        yield where, kind, found


def test_no_screen_of_any_phase_breaks_a_rule_of_axe_nor_scrolls_sideways(
    page: Page, browser, site, workshop
):
    desk = site.url + workshop["desk"]
    sign_in(page, site)
    page.set_viewport_size(NARROW)
    projector = page.context.new_page()
    projector.set_viewport_size(DESK)
    phone = browser.new_context(locale="fr-FR", viewport=NARROW).new_page()
    faults: list[Fault] = []

    def look(where: str) -> None:
        phone.goto(site.url + workshop["phone"])
        projector.goto(f"{desk}projection/")
        faults.extend(faults_of(phone, f"{where}, phone"))
        faults.extend(faults_of(projector, f"{where}, projector"))

    for activity in workshop["activities"]:
        title = activity["title"]
        page.goto(desk)
        for step in ("Y aller", *activity["phases"]):
            # The one where the room stands has no button.
            button = page.get_by_role("button", name=f"{step} · {title}", exact=True)
            if button.count():
                turn(page, button)
            if step != "Y aller":
                look(f"{title}, {step}")
        if page.get_by_role("button", name=SHOW).count():
            push(page, SHOW)
            look(f"{title}, shown")
        faults.extend(faults_of(page, f"{title}, console"))
        if activity["is_keyed"]:
            page.goto(f"{desk}activites/{activity['number']}/saisie/")
            faults.extend(faults_of(page, f"{title}, keying"))

    phone.context.close()
    assert not faults, "\n".join(map(str, faults))
