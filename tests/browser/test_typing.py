"""What somebody typed stays in its form when the screen they share changes."""

from __future__ import annotations

import pytest
from django.conf import settings

pytestmark = pytest.mark.browser

HERE = "http://salle.test"
LOST = "lost"
SCRIPTS = settings.BASE_DIR / "static/js"


@pytest.fixture(scope="session")
def base_url():
    """These pages are written by the test: nothing is served."""
    return ""


def screen(version: int, form: str) -> str:
    return (
        '<script type="module" src="/live.js"></script>'
        '<div data-live="/live/" data-live-page="/page/" data-live-after="1"'
        ' data-live-lost="Connexion perdue" data-live-failed="Non reçue">'
        "<p data-live-state></p>"
        f'<div id="block" data-live-block data-version="{version}" data-keep-for="1">'
        f'<h1>{version}</h1><form method="post"{form}</form></div></div>'
    )


def serve(page, files: dict[str, str | tuple[int, str]]) -> list[str]:
    """Open the first of these pages; what is sent is answered by the page named.

    What is sent is listed; instead of the page `LOST`, the connection is cut.
    """
    sent: list[str] = []

    def answer(route):
        path = route.request.url.removeprefix(HERE)
        if route.request.method == "POST":
            sent.append(route.request.post_data)
        kind = "text/html; charset=utf-8"
        if path.endswith(".js"):
            kind, body = "text/javascript", (SCRIPTS / path[1:]).read_text()
        else:
            body = files.get(path, (503, ""))
        if path == "/live/?apres=1":
            kind = "text/event-stream"
        status, text = (200, body) if isinstance(body, str) else body
        if text == LOST:
            return route.abort()
        return route.fulfill(body=text, content_type=kind, status=status)

    page.route(f"{HERE}/**", answer)
    page.goto(f"{HERE}/")
    return sent


def test_what_was_refused_and_sent_back_is_not_wiped_by_the_next_event(page):
    fields = '<textarea id="text">{}</textarea><input id="dots" value="{}">'.replace(
        "id=", 'name="one" id='
    )
    send = ' action="/envoyer/" data-live-send'
    button = "<button>Voter</button>"
    typed = fields.format("Trop long", 9) + button
    refused = screen(1, f"{send} data-refused>{typed}")
    files = {
        "/envoyer/": screen(3, f"{send}>{fields.format('Court', 8)}{button}"),
        "/": refused,
        "/page/": screen(2, f"{send}>{fields.format('', '')}{button}"),
        "/live/?apres=1": "event: change\nid: 2\ndata:\n\n",
    }
    serve(page, files)
    page.get_by_role("heading", name="2").wait_for()

    assert "Trop long" == page.locator("#text").input_value()
    assert "9" == page.locator("#dots").input_value()
    # Mended and kept, it is what the server says.
    files["/"] = files["/page/"] = refused
    page.goto(f"{HERE}/")
    page.locator("#dots").fill("8")
    page.get_by_role("button").click()
    page.get_by_role("heading", name="3").wait_for()

    assert "Court" == page.locator("#text").input_value()
    assert "8" == page.locator("#dots").input_value()


def test_an_idea_on_its_way_or_without_an_answer_stays_whole_until_it_has_one(page):
    def room(version: int, key: str, chosen: str) -> str:
        return screen(
            version,
            ' action="/envoyer/" data-live-send id="send">'
            f'<input type="hidden" name="key" value="{key}">'
            '<input id="text" name="text">'
            "<button>Envoyer</button></form><form><select id='rank' name='rank'>"
            f"<option value=''>–</option><option {chosen}>1</option></select>",
        )

    files = {
        "/": room(1, "aa", ""),
        "/page/": room(2, "bb", "selected"),
        "/envoyer/": LOST,
        "/live/suite/?apres=1": '{"number": 1, "events": []}',
    }
    sent = serve(page, files)
    page.locator("#text").fill("Bus")
    # The room moves while the idea is on its way, then the answer is lost.
    page.evaluate(
        "document.querySelector('button').click();"
        "document.dispatchEvent(new Event('visibilitychange'))"
    )
    page.get_by_role("heading", name="2").wait_for()
    page.get_by_text("Connexion perdue").wait_for()
    assert "1" == page.locator("#rank").input_value()
    files["/envoyer/"] = (403, "<h1>Interdit</h1>")
    page.get_by_role("button").click()
    page.get_by_text("Non reçue").wait_for()
    assert "Bus" == page.locator("#text").input_value()
    page.locator("#text").fill("Cars")
    files["/envoyer/"] = room(3, "cc", "")
    page.get_by_role("button").click()
    page.get_by_role("heading", name="3").wait_for()

    assert "" == page.locator("#text").input_value()
    assert ["key=aa&text=Bus"] * 2 == sent[:2]
    # Written otherwise, it is another idea: the first may have been received.
    assert sent[2].endswith("&text=Cars")
    assert "key=aa" not in sent[2]


def test_a_vote_is_answered_in_place_and_one_that_is_lost_may_be_sent_again(page):
    vote = (
        ' action="/envoyer/" data-live-send><input name="grade"><button>Voter</button>'
    )
    note = '</form><form id="note" data-keep-whole><input id="kept" name="kept">'
    told = '<div role="status" data-live-told></div>'
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
