"""What somebody typed stays in its form when the screen they share changes."""

from __future__ import annotations

import pytest
from django.conf import settings

pytestmark = pytest.mark.browser

HERE = "http://salle.test"
SCRIPTS = settings.BASE_DIR / "static/js"


@pytest.fixture(scope="session")
def base_url():
    """These pages are written by the test: nothing is served."""
    return ""


def screen(version: int, form: str) -> str:
    return (
        '<script type="module" src="/live.js"></script>'
        '<div data-live="/live/" data-live-page="/page/" data-live-after="1"'
        ' data-live-lost="Connexion perdue">'
        f'<div id="block" data-live-block data-version="{version}" data-keep-for="1">'
        f'<h1>{version}</h1><form method="post"{form}</form></div></div>'
    )


def serve(page, files: dict[str, str]) -> None:
    """Open the first of these pages; what is sent is answered by the page named."""

    def answer(route):
        path = route.request.url.removeprefix(HERE)
        kind = "text/html; charset=utf-8"
        if path.endswith(".js"):
            kind, body = "text/javascript", (SCRIPTS / path[1:]).read_text()
        else:
            body = files.get(path, "")
        if path == "/live/?apres=1":
            kind = "text/event-stream"
        route.fulfill(body=body, content_type=kind, status=200 if body else 503)

    page.route(f"{HERE}/**", answer)
    page.goto(f"{HERE}/")


def test_what_was_refused_and_sent_back_is_not_wiped_by_the_next_event(page):
    fields = '<textarea id="text">{}</textarea><input id="dots" value="{}">'.replace(
        "id=", 'name="one" id='
    )
    refused = screen(1, f" data-refused>{fields.format('Trop long', 9)}")
    files = {
        "/": refused,
        "/page/": screen(2, f">{fields.format('', '')}"),
        "/live/?apres=1": "event: change\nid: 2\ndata:\n\n",
    }
    serve(page, files)
    page.get_by_role("heading", name="2").wait_for()

    assert "Trop long" == page.locator("#text").input_value()
    assert "9" == page.locator("#dots").input_value()


def test_a_vote_is_answered_in_place_and_one_that_is_lost_may_be_sent_again(page):
    vote = (
        ' action="/envoyer/" data-live-send><input name="grade"><button>Voter</button>'
    )
    note = '</form><form id="note" data-keep-whole><input id="kept" name="kept">'
    told = '<p data-live-state></p><div role="status" data-live-told></div>'
    said = "<p data-live-said>Compté</p><h1>2</h1>"
    first, then = screen(1, vote + note), screen(2, vote + note)
    files = {"/": first.replace('<div id="block"', f'{told}<div id="block"')}
    serve(page, files)
    page.locator("[name=grade]").fill("4")
    page.locator("#kept").fill("Une note")

    page.get_by_role("button").click()
    page.get_by_text("Connexion perdue").wait_for()
    assert "4" == page.locator("[name=grade]").input_value()
    files["/envoyer/"] = then.replace("<h1>2</h1>", said)
    page.get_by_role("button").click()
    page.get_by_role("heading", name="2").wait_for()

    assert "Compté" == page.get_by_role("status").inner_text()
    assert "2" == page.evaluate("document.activeElement.textContent")
    assert "" == page.locator("[name=grade]").input_value()
    assert "Une note" == page.locator("#kept").input_value()
    assert page.url == f"{HERE}/page/"
