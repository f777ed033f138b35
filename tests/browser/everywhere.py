"""Every page that somebody can open, and who opens it: found once, kept by the site.

What links lead to in the demonstration comes first, for it is full; the access matrix
then gives the pages that no link led to, to the first of its visitors let in.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from urllib.parse import urljoin, urlsplit

from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.conftest import Site
from tests.browser.pages import (
    LEFT_OUT,
    VISITORS,
    is_page,
    name_of,
    open_page,
    reached,
)
from tests.browser.walks import sign_in

KEPT = "found.json"
# Nobody's page, that everybody ends on once.
LOST = ("404", "/nulle-part/")
# Links lead first to a territory with few figures: one that has them, of each kind.
TERRITORIES = {"region": "R75", "epci": "200040392", "commune": "24322"}
OF_A_TERRITORY = {
    "front:territory": "/territoires/{}/",
    "diagnosis:show": "/territoires/{}/diagnostic/",
    "diagnosis:communes": "/territoires/{}/diagnostic/communes/",
    "coverage:show": "/territoires/{}/couverture/",
}


@dataclass(frozen=True, slots=True)
class Place:
    """A page, by its name and its address, and the visitor who opens it."""

    visitor: str
    name: str
    path: str


@dataclass(frozen=True, slots=True)
class Everywhere:
    """The pages, and the cookies of each of their visitors."""

    places: list[Place]
    cookies: dict[str, list[dict]]

    def context(self, browser: Browser, site: Site, visitor: str) -> BrowserContext:
        """The browser of one visitor; the port of a site is another each time."""
        context = browser.new_context(locale="fr-FR", reduced_motion="reduce")
        context.add_cookies(
            [
                {"name": one["name"], "value": one["value"], "url": site.url}
                for one in self.cookies[visitor]
            ]
        )
        return context


def find(browser: Browser, site: Site) -> Everywhere:
    """Every page of the site, as it was found the first time."""
    kept = site.var / KEPT
    if not kept.exists():
        found = _found(browser, site)
        kept.write_text(json.dumps(asdict(found)))
    told = json.loads(kept.read_text())
    places = [Place(**one) for one in told["places"]]
    return Everywhere([*places, *_with_figures()], told["cookies"])


def _with_figures() -> Iterator[Place]:
    for name, path in OF_A_TERRITORY.items():
        for kind, code in TERRITORIES.items():
            yield Place("anonymous", f"{name}-{kind}", path.format(code))


def _found(browser: Browser, site: Site) -> Everywhere:
    told = json.loads((site.var / "pages.json").read_text())
    seen: set[str] = set()
    context = browser.new_context(locale="fr-FR", reduced_motion="reduce")
    page = context.new_page()
    places = [Place("anonymous", *LOST)]
    places += [Place("anonymous", *one) for one in _walk(page, site.url, seen)]
    sign_in(page, site)
    cookies = {"anonymous": [], "officer": context.cookies()}
    places += [Place("officer", *one) for one in _walk(page, site.url, seen)]
    context.close()
    for visitor in VISITORS:
        session = told["sessions"].get(visitor)
        cookies[visitor] = [{"name": "sessionid", "value": session}] if session else []
        places += [
            Place(visitor, name, path)
            for name, path in told[visitor].items()
            if name not in seen | LEFT_OUT and name_of(urljoin(site.url, path))
        ]
    return Everywhere(places, cookies)


def _walk(page: Page, base: str, seen: set[str]) -> Iterator[tuple[str, str]]:
    """One address of each name within reach of the first page, but those seen."""
    for name, url in reached(page, base):
        # Led elsewhere, to sign in most often: it is not seen yet.
        if not is_page(open_page(page, url)) or name_of(page.url) != name:
            continue
        if name not in seen:
            seen.add(name)
            parts = urlsplit(url)
            yield name, parts.path + (f"?{parts.query}" if parts.query else "")
