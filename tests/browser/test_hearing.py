"""What changes under a reader is said once, and leaves the focus where it was."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.hearing import heard, listen
from tests.browser.test_typing import HERE, LOST, base_url, screen, serve

__all__ = ["base_url"]
pytestmark = pytest.mark.browser
TOLD = '<div role="status" data-live-told></div>'
STATE = "<p data-live-state></p>"
QUIET = '{"number": 1, "events": []}'
AGAIN = "document.dispatchEvent(new Event('visibilitychange'))"


def room(version: int, title: str, body: str = "") -> str:
    """A shared screen whose title is told; `body` is what it holds besides."""
    page = screen(version, f">{body}").replace(
        f"<h1>{version}</h1>", f"<h1>{title}</h1>"
    )
    return page.replace(STATE, f'{TOLD}<p data-live-state role="status"></p>')


def enter(page: Page, files: dict) -> None:
    """Open the screen of a room that asks every two seconds, and listen to it."""
    page.add_init_script("delete window.EventSource")
    files["/live/suite/?apres=1"] = QUIET
    serve(page, files)
    listen(page)


def read_again(page: Page, files: dict, version: int, title: str, body: str) -> None:
    """The room moves, and this telephone reads it."""
    files["/page/"] = room(version, title, body)
    with page.expect_response(f"{HERE}/page/"):
        page.evaluate(AGAIN)
    page.locator(f"[data-version='{version}']").wait_for()


def test_a_new_question_is_said_once_however_often_the_room_moves(page):
    files = {"/": room(1, "Vous y êtes", "")}
    enter(page, files)

    for version in (2, 3, 4):
        read_again(page, files, version, "Que faire ?", f"<p>{version} réponses</p>")
    read_again(page, files, 5, "Et ensuite ?", "")

    expect(page.get_by_role("status").first).to_have_text("Et ensuite ?")
    said = [one for one in heard(page) if "?" in one]
    assert ["Que faire ?", "Et ensuite ?"] == said


def test_a_connection_that_stays_lost_is_said_once(page):
    files: dict = {"/": room(1, "Que faire ?")}
    page.clock.install()
    enter(page, files)
    files["/page/"] = LOST

    for _time in range(3):
        with page.expect_event("requestfailed"):
            page.evaluate(AGAIN)
            page.clock.run_for(300)
    page.get_by_text("Connexion perdue").wait_for()

    assert 1 == heard(page).count("Connexion perdue")


@pytest.mark.parametrize(
    "held",
    [
        "<button>Regrouper · Le bus</button>",
        "<a href='/idee/'>Regrouper · Le bus</a>",
        "<div tabindex='0' role='group' aria-label='Regrouper · Le bus'></div>",
    ],
)
def test_what_had_the_focus_keeps_it_when_its_screen_is_drawn_again(page, held):
    other = held.replace("Le bus", "Le car")
    files = {"/": room(1, "Que faire ?", other + held)}
    enter(page, files)
    stop = page.locator("form > *").nth(1)
    stop.focus()

    read_again(page, files, 2, "Que faire ?", f"<p>3 idées</p>{other}{held}")

    expect(page.locator("form > *").nth(2)).to_be_focused()
    assert [] == heard(page)


def test_what_had_the_focus_and_is_gone_leaves_it_to_the_title(page):
    files = {"/": room(1, "Que faire ?", "<button>Voter</button>")}
    enter(page, files)
    page.get_by_role("button").focus()

    read_again(page, files, 2, "C’est fini", "")

    expect(page.get_by_role("heading", name="C’est fini")).to_be_focused()
    # The title that takes the focus is read: it is not told besides.
    assert [] == heard(page)


def test_how_far_a_work_has_got_is_said_when_it_moves_and_leaves_the_focus(page):
    def work(done: int) -> str:
        return (
            '<script type="module" src="/refresh.js"></script><h1>Import</h1>'
            f'<div data-refresh aria-live="polite"><p>{done} sur 90</p>'
            f'<progress max="90" value="{done}" aria-label="Lues"></progress>'
            '<p>On peut partir.</p><p><a href="">Où cela en est</a></p></div>'
        )

    page.clock.install()
    files = {"/": work(10)}
    serve(page, files)
    listen(page)
    page.get_by_role("link").focus()

    for done in (10, 10, 20, 20, 30):
        files["/"] = work(done)
        with page.expect_response(f"{HERE}/"):
            page.clock.run_for(2000)
        expect(page.get_by_role("progressbar")).to_have_attribute("value", str(done))

    expect(page.get_by_role("link")).to_be_focused()
    assert 2 == len(heard(page))
