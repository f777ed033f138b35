"""Every screen of a workshop, in each phase of each kind of activity, reads well.

On PostgreSQL, where each request goes to another of two machines, every kind is played
too, to its last phase and to what it shows: the projector follows without being asked.
Markup is the same on both: there it is only seen that the screens are whole.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from django.db import connection
from playwright.sync_api import Page, expect

from tests.browser import tree
from tests.browser.axe import Judge, come_with_axe
from tests.browser.walks import DESK, push, sign_in, turn

NARROW = {"width": 320, "height": 640}
TOO_WIDE = "document.documentElement.scrollWidth > innerWidth"
SHOW = "Montrer les résultats à la salle"

Fault = tuple[str, str, object]


@pytest.fixture(scope="module")
def workshop(hall) -> dict:
    return json.loads(hall.run("-m", "tests.browser.every_kind"))


@pytest.fixture
def phone(browser, hall, workshop) -> Iterator[Page]:
    """Somebody of the room, on a small telephone."""
    context = browser.new_context(locale="fr-FR", viewport=NARROW, base_url=hall.url)
    phone = context.new_page()
    phone.goto(workshop["phone"])
    yield phone
    context.close()


def play(page: Page, desk: str, activity: dict, steps: list[str]) -> Iterator[str]:
    """Go through an activity from the console: its steps, then what is shown."""
    page.goto(desk)
    for step in ("Y aller", *steps):
        # The one where the room stands has no button.
        name = f"{step} · {activity['title']}"
        button = page.get_by_role("button", name=name, exact=True)
        if button.count():
            turn(page, button)
        if step != "Y aller":
            yield step
    if page.get_by_role("button", name=SHOW).count():
        push(page, SHOW)
        yield "shown"


def faults_of(page: Page, where: str, judge: Judge) -> Iterator[Fault]:
    if page.evaluate(TOO_WIDE):
        yield where, "wider than", page.viewport_size["width"]
    for kind, found in (*judge.violations(page), *tree.faults(page)):
        yield where, kind, found


def test_no_screen_of_any_phase_breaks_a_rule_of_axe_nor_scrolls_sideways(
    page: Page, phone: Page, hall, workshop
):
    desk, judge = hall.url + workshop["desk"], Judge()
    sign_in(page, hall)
    page.set_viewport_size(NARROW)
    projector = page.context.new_page()
    projector.set_viewport_size(DESK)
    for one in (page, phone, projector):
        come_with_axe(one)
    faults: list[Fault] = []

    def look(page: Page, where: str, address: str = "") -> None:
        if address:
            page.goto(address)
        faults.extend(faults_of(page, where, judge))

    for activity in workshop["activities"]:
        title = activity["title"]
        for step in play(page, desk, activity, activity["phases"]):
            look(phone, f"{title}, {step}, phone", workshop["phone"])
            look(projector, f"{title}, {step}, projector", f"{desk}projection/")
        look(page, f"{title}, console")
        if activity["is_keyed"]:
            keyed = f"{desk}activites/{activity['number']}/saisie/"
            look(page, f"{title}, keying", keyed)

    assert not faults, "\n".join(map(str, faults))


@pytest.mark.many
@pytest.mark.skipif(connection.vendor == "sqlite", reason="read above, at length")
def test_every_kind_of_screen_is_followed_from_machine_to_machine(
    page: Page, phone: Page, hall, workshop
):
    desk = hall.url + workshop["desk"]
    sign_in(page, hall)
    projector = page.context.new_page()
    projector.goto(f"{desk}projection/")

    for activity in workshop["activities"]:
        for step in play(page, desk, activity, activity["phases"][-1:]):
            version = page.locator("#now").get_attribute("data-version")
            board = projector.locator("#board")
            expect(board).to_have_attribute("data-version", version)
            phone.goto(workshop["phone"])
            for screen in (projector, phone):
                assert screen.locator("h1").inner_text(), (activity, step)
                assert not screen.evaluate(TOO_WIDE), (activity, step)
