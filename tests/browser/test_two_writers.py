"""Two people write in the same cell of the table of key workstreams at once."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from playwright.sync_api import Browser, Page, expect

from tests.browser.walks import DESK, PHONE, assert_reads_well, push, sign_in

CELL = "#text-actions"
KEEP = "Garder cette case · Action(s)"


def find_workshop(site) -> tuple[str, int, int]:
    """The code, the number and the space of the workshop on key workstreams."""
    found = (
        "SELECT code, workshop.id, space_id FROM workshops_workshop workshop "
        "JOIN meetings_meeting meeting ON meeting.id = meeting_id "
        "WHERE title LIKE 'Identifier les chantiers%'"
    )
    with closing(sqlite3.connect(site.database)) as base:
        return base.execute(found).fetchone()


def comes(browser: Browser, site, code: str, alias: str) -> Page:
    """A telephone on a workstream of which nobody wrote the actions yet."""
    phone = browser.new_context(locale="fr-FR", viewport=PHONE).new_page()
    phone.goto(f"{site.url}/atelier/{code}/")
    phone.get_by_label("Votre prénom, ou un pseudonyme").fill(alias)
    push(phone, "Participer")
    phone.locator("a", has_text="2.b").click()
    phone.locator(CELL).wait_for()
    return phone


def test_two_writers_in_one_cell_see_both_wordings_and_lose_none(
    page: Page, browser: Browser, site
):
    code, workshop, space = find_workshop(site)
    sign_in(page, site)
    page.set_viewport_size(DESK)
    page.goto(f"{site.url}/espaces/{space}/ateliers/{workshop}/")
    push(page, "Écrire")
    amina, luc = (comes(browser, site, code, alias) for alias in ("Amina", "Luc"))
    page.goto(f"{page.url}projection/")

    # Both begin from the same cell; what Luc types outlives what Amina sends.
    amina.locator(CELL).fill("Un bus")
    luc.locator(CELL).fill("Un taxi")
    luc.locator("#text-obstacles").fill("Les horaires")
    push(amina, KEEP)
    expect(page.get_by_role("cell", name="Un bus")).to_be_visible()
    expect(luc.locator(CELL)).to_have_value("Un taxi")
    push(luc, KEEP)

    expect(luc.locator("main")).to_contain_text("Les deux versions sont gardées")
    # The conflict is shown on every screen, as it happens.
    expect(amina.get_by_text("Luc a écrit en même temps")).to_be_visible()
    row = page.get_by_role("row").filter(has_text="2.b")
    expect(row).to_contain_text("Deux versions : à choisir")
    assert_reads_well(luc)
    together = luc.get_by_label("Les deux réunies")
    expect(together).to_have_value("Un bus\nUn taxi")
    together.fill("Un bus, ou un taxi")
    push(luc, "Garder cette version")

    expect(amina.locator(CELL)).to_have_value("Un bus, ou un taxi")
    expect(amina.get_by_text("Luc a écrit en même temps")).to_have_count(0)
    expect(row).to_contain_text("Un bus, ou un taxi")
    expect(row).not_to_contain_text("Deux versions")
    # What was typed in another cell meanwhile was not sent, and is still there.
    expect(luc.locator("#text-obstacles")).to_have_value("Les horaires")
    for phone in (amina, luc):
        phone.context.close()
