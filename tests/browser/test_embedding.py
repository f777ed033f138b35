"""The form answered inside the page of another site, which the team listed."""

from __future__ import annotations

import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Frame, Page, expect

from tests.browser.walks import PHONE, assert_reads_well, push, sign_in

TRIAL = "enquetes/2/"


class _Host(ThreadingHTTPServer):
    """A site of one page, which says `content`."""

    content = ""

    @property
    def origin(self) -> str:
        """By name where ours is by number: to a browser these are two sites, so that
        the frame gets none of the cookies a site keeps for its own pages."""
        return f"http://localhost:{self.server_port}"


class _Page(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(self.server.content.encode())

    def log_message(self, *_words: object) -> None:
        """Say nothing."""


@pytest.fixture
def host():
    with _Host(("127.0.0.1", 0), _Page) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def elsewhere(browser):
    """Somebody on a phone, who never signs in."""
    context = browser.new_context(
        locale="fr-FR", viewport=PHONE, reduced_motion="reduce"
    )
    yield context.new_page()
    context.close()


def _sent_count(page: Page, site) -> int:
    page.goto(f"{site.url}/{TRIAL}")
    shown = page.get_by_text("Réponses reçues").first.locator("xpath=..")
    return int(re.search(r"\d+", shown.inner_text())[0])


def _list_the_site(page: Page, site, origin: str) -> str:
    """Let this site show the form; the line to paste in its page."""
    page.goto(f"{site.url}/{TRIAL}integrer/")
    page.locator("[name=origins]").fill("pas une adresse")
    push(page, "Garder ces sites")
    expect(page.get_by_role("alert")).to_be_visible()
    page.locator("[name=origins]").fill(f"{origin}/une/page")
    push(page, "Garder ces sites")
    assert_reads_well(page)
    return page.locator("#snippet").input_value()


def _answer_inside(frame: Frame) -> None:
    """Answer the least, page after page, without leaving the frame."""
    _press(frame)
    frame.locator("input[type=search]").fill("Sarlat")
    _press(frame, "main form[role=search] button")
    frame.locator("[name=territory]").first.check()
    _press(frame)
    frame.get_by_label(re.compile("Décision locale")).check()
    expect(frame.locator("[data-autosave-status]")).to_contain_text("Gardé")
    for _page in range(20):
        if frame.locator("[data-thanks]").count():
            return
        _press(frame)
    raise AssertionError("the answer was never sent")


def _press(frame: Frame, button: str = "main button.big") -> None:
    with frame.expect_navigation():
        frame.locator(button).first.click()


def _frame(page: Page) -> Frame:
    return next(one for one in page.frames if "/integre/" in one.url)


def test_the_form_is_answered_in_the_page_of_a_listed_site_and_of_no_other(
    page, site, host, elsewhere
):
    sign_in(page, site)
    before = _sent_count(page, site)
    snippet = _list_the_site(page, site, host.origin)
    host.content = f"<!doctype html><title>Ailleurs</title><h1>Ailleurs</h1>{snippet}"

    elsewhere.goto(f"http://127.0.0.1:{host.server_port}/")
    refused = elsewhere.frame_locator("iframe").get_by_role("button")
    expect(refused).to_have_count(0)
    assert not [one for one in elsewhere.frames if "/integre/" in one.url]

    elsewhere.context.clear_cookies()
    elsewhere.goto(host.origin)
    expect(elsewhere.frame_locator("iframe").get_by_role("button")).to_be_visible()
    _answer_inside(_frame(elsewhere))
    assert f"{host.origin}/" == elsewhere.url
    assert not elsewhere.context.cookies(site.url)
    assert before + 1 == _sent_count(page, site)

    answer = page.request.get(f"{site.url}/integre/essai/")
    assert f"frame-ancestors {host.origin}" in answer.headers["content-security-policy"]
    assert "x-frame-options" not in answer.headers
    kept = page.request.get(f"{site.url}/repondre/essai/")
    assert "frame-ancestors 'none'" in kept.headers["content-security-policy"]
    assert "DENY" == kept.headers["x-frame-options"]
