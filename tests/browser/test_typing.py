"""What somebody typed stays in its form when the screen they share changes."""

from __future__ import annotations

import pytest
from django.conf import settings

pytestmark = pytest.mark.browser

HERE = "http://salle.test"


@pytest.fixture(scope="session")
def base_url():
    """These pages are written by the test: nothing is served."""
    return ""


def screen(version: int, form: str) -> str:
    return (
        '<script type="module" src="/live.js"></script>'
        '<div data-live="/live/" data-live-page="/page/" data-live-after="1">'
        f'<div id="block" data-live-block data-version="{version}" data-keep-for="1">'
        f'<h1>{version}</h1><form method="post"{form}</form></div></div>'
    )


def test_what_was_refused_and_sent_back_is_not_wiped_by_the_next_event(page):
    fields = '<textarea id="text">{}</textarea><input id="dots" value="{}">'.replace(
        "id=", 'name="one" id='
    )
    refused = screen(1, f" data-refused>{fields.format('Trop long', 9)}")
    files = {
        "/": refused,
        "/page/": screen(2, f">{fields.format('', '')}"),
        "/live/?apres=1": "event: change\nid: 2\ndata:\n\n",
        "/live.js": (settings.BASE_DIR / "static/js/live.js").read_text(),
    }
    kinds = {"/live/?apres=1": "text/event-stream", "/live.js": "text/javascript"}

    def answer(route):
        path = route.request.url.removeprefix(HERE)
        kind = kinds.get(path, "text/html; charset=utf-8")
        route.fulfill(body=files.get(path, ""), content_type=kind)

    page.route(f"{HERE}/**", answer)
    page.goto(f"{HERE}/")
    page.get_by_role("heading", name="2").wait_for()

    assert "Trop long" == page.locator("#text").input_value()
    assert "9" == page.locator("#dots").input_value()
