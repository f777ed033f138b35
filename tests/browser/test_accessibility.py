"""Every page passes axe's rules, tells each name, and is no wider than a small phone.

The demonstration is walked by its links, one page of each named URL, by a visitor and
by the project officer; the access matrix then gives the pages that no link led to, to
the first of its columns that opens them: those of administrators and strangers too.
`JALONS_EVERY_STATE=1 pytest tests/browser/test_accessibility.py` also reads each form
as it is when it was sent empty, one of each set of templates: some minutes more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, partial
from urllib.parse import urljoin, urlsplit

from playwright.sync_api import Page, Route

from tests.browser import comfort, tree
from tests.browser.axe import Judge, come_with_axe
from tests.browser.contact_sheet import Words
from tests.browser.gallery import CATALOG, TEXTS
from tests.browser.pages import LEFT_OUT, VISITORS, name_of, open_page, reached
from tests.browser.walks import sign_in

NARROW, WIDE = ({"width": width, "height": 800} for width in (320, 1280))
TOO_WIDE = "document.documentElement.scrollWidth > innerWidth"

HTML = "text/html; charset=utf-8"

Fault = tuple[str, str, object]


def _hosts_asked(page: Page) -> set[str]:
    """The machines that the pages ask for something, filled as they are read."""
    asked: set[str] = set()
    page.on("request", lambda request: asked.add(urlsplit(request.url).netloc))
    return asked  # without a machine: what a page holds in its own address


@cache
def _words() -> Words:
    return Words.of_catalog(CATALOG)


def _shapes(page: Page) -> Iterator[tuple[str, object]]:
    """What is wide or cut, on a small phone then on a desk, as it is and spaced."""
    for size in (NARROW, WIDE):
        if page.viewport_size != size:
            page.set_viewport_size(size)
        width = size["width"]
        if page.evaluate(TOO_WIDE):
            yield "wider than", width
        for found in comfort.cut_when_spaced(page):
            yield f"cut at {width} when text is spaced", found


def _voices(page: Page) -> Iterator[tuple[str, object]]:
    """What somebody who hears the page would miss, or hear twice."""
    yield from tree.faults(page)
    for found in comfort.said_twice(page):
        yield "announced twice", found
    for found in _words().astray(page.evaluate(TEXTS), "fr"):
        if " " in found:  # a word alone may be of both
            yield "not in the language that the page says", found


def _faults(page: Page, judge: Judge, name: str, url: str) -> Iterator[Fault]:
    """Open a page on a small phone then on a desk, and say what is wrong with it."""
    page.set_viewport_size(NARROW)
    answer = open_page(page, url)
    if answer is None:
        return
    if answer.status != 200:
        yield name, "status", answer.status
        return
    if not answer.header_value("content-type").startswith("text/html"):
        return
    comfort.open_everything(page)
    for found in comfort.small_targets(page):
        yield name, "too small for a thumb", found
    for rule, targets in judge.violations(page):
        yield name, rule, targets
    for kind, found in (*_shapes(page), *_voices(page)):
        yield name, kind, found


def _walk(page: Page, judge: Judge, base: str, seen: set[str]) -> Iterator[Fault]:
    """Visit one page of each name within reach of the first page, but those seen."""
    walked = set()
    for name, url in reached(page, base):
        walked.add(name)
        if name in seen:
            open_page(page, url)
        else:
            yield from _faults(page, judge, name, url)
    seen |= walked


def _refused(page: Page, judge: Judge, base: str, pages: list) -> Iterator[Fault]:
    """Forms sent empty, as the site answered: what is to be mended is on the page."""
    for name, path, html in pages:
        url = urljoin(base, path)
        there = re.compile(f"^{re.escape(url)}$")
        answer = partial(Route.fulfill, body=html, content_type=HTML)
        page.route(there, answer)
        yield from _faults(page, judge, f"{name} refused", url)
        page.unroute(there, answer)


def test_no_page_breaks_a_rule_of_axe_nor_scrolls_sideways(page, site, world):
    seen: set[str] = set()
    judge = Judge("dark", "light")
    come_with_axe(page)
    asked = _hosts_asked(page)
    faults = [*_walk(page, judge, site.url, seen)]
    sign_in(page, site)
    faults += _walk(page, judge, site.url, seen)

    other, pages = world
    for visitor in VISITORS:
        page.context.clear_cookies()
        if secret := pages["sessions"].get(visitor):
            cookie = {"name": "sessionid", "value": secret, "url": other.url}
            page.context.add_cookies([cookie])
        for name, path in pages[visitor].items():
            url = urljoin(other.url, path)
            if name not in seen | LEFT_OUT and name_of(url):
                faults += _faults(page, judge, name, url)
    faults += _refused(page, judge, other.url, pages["refused"])

    assert not faults, "\n".join(str(one) for one in faults)
    # No other site hears of a reader, whatever the page.
    assert asked - {""} == {urlsplit(one.url).netloc for one in (site, other)}
