"""Every page that a visitor or the project officer can reach passes axe's rules."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import Resolver404, resolve

from tests.browser.walks import sign_in

# One page per named URL is enough: others are the same template with other data.
MOST_PAGES = 80
# Signing out would end the walk; files are not pages.
LEFT_OUT = {"account_logout", "front:health"}


def _name_of(url: str) -> str | None:
    try:
        return resolve(urlsplit(url).path).view_name
    except Resolver404:
        return None


def _links(page, base: str) -> list[str]:
    hrefs = page.eval_on_selector_all(
        "a[href]", "links => links.map(link => link.getAttribute('href'))"
    )
    urls = [urljoin(page.url, href) for href in hrefs]
    return [url for url in urls if url.startswith(base)]


def _walk(page, base: str):
    """Visit one page of each name within reach, and yield what axe finds there."""
    waiting, seen = [f"{base}/"], set()
    while waiting and len(seen) < MOST_PAGES:
        url = waiting.pop(0)
        name = _name_of(url)
        if name is None or name in seen | LEFT_OUT:
            continue
        seen.add(name)
        answer = page.request.get(url)
        if "text/html" not in answer.headers.get("content-type", ""):
            continue
        page.goto(url)
        waiting += _links(page, base)
        for violation in Axe().run(page).response["violations"]:
            targets = [node["target"] for node in violation["nodes"][:3]]
            yield name, violation["id"], targets


def test_axe_finds_nothing_on_the_pages_open_to_all(page, site):
    violations = list(_walk(page, site.url))

    assert not violations


def test_axe_finds_nothing_on_the_pages_of_the_project_officer(page, site):
    sign_in(page, site)

    violations = list(_walk(page, site.url))

    assert not violations


@pytest.mark.parametrize("width", [320, 1280])
def test_no_page_open_to_all_scrolls_sideways(page, site, width):
    page.set_viewport_size({"width": width, "height": 800})
    waiting, seen, wide = [f"{site.url}/"], set(), []

    while waiting and len(seen) < MOST_PAGES:
        url = waiting.pop(0)
        name = _name_of(url)
        if name is None or name in seen | LEFT_OUT:
            continue
        seen.add(name)
        answer = page.request.get(url)
        if "text/html" not in answer.headers.get("content-type", ""):
            continue
        page.goto(url)
        waiting += _links(page, site.url)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(name)

    assert not wide
