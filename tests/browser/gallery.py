"""`make gallery`: pictures of every page, to look at with one's own eyes.

The demonstration with the world of the access matrix beside it, one page of each named
URL: in French and in English, on a desk and on a phone, light, dark and as printed, in
`var/gallery`, with a contact sheet and what a machine can tell of each page.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.conf import settings  # noqa: E402
from playwright.sync_api import BrowserContext, Error, Page, sync_playwright  # noqa: E402

from tests.browser.axe import Judge  # noqa: E402
from tests.browser.conftest import Site, served  # noqa: E402
from tests.browser.contact_sheet import (  # noqa: E402
    Seen,
    Words,
    contact_sheet,
    file_name,
    is_asked,
    report,
)
from tests.browser.pages import LEFT_OUT, is_page, links, name_of, open_page  # noqa: E402
from tests.browser.walks import DESK, PHONE, sign_in  # noqa: E402

FOLDER = settings.BASE_DIR / "var" / "gallery"
CATALOG = settings.BASE_DIR / "locale" / "fr" / "LC_MESSAGES" / "django.po"
LANGUAGES = ("fr", "en")
# How the page is shown: the screen, and what is asked of it.
SHOTS = {
    "desk": (DESK, {"color_scheme": "light", "media": "screen"}),
    "phone": (PHONE, {"color_scheme": "light", "media": "screen"}),
    "dark": (DESK, {"color_scheme": "dark", "media": "screen"}),
    "print": (DESK, {"color_scheme": "light", "media": "print"}),
}
# A picture is for the eye: nobody looks further down than this.
TALLEST = 6000
OVERFLOW = "document.documentElement.scrollWidth - innerWidth"
NAMELESS = """() => [...document.querySelectorAll(
    "h1, h2, h3, h4, a, button, summary, legend, caption, th[scope]")]
  .filter(one => !one.closest("[hidden]") && !one.textContent.trim()
    && !one.hasAttribute("aria-label")
    && !one.querySelector("img[alt], svg[aria-label]"))
  .map(one => one.outerHTML.slice(0, 80))"""
# What somebody wrote or quoted says its own language.
TEXTS = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const told = document.documentElement.lang, found = [];
  while (walker.nextNode()) {
    const text = walker.currentNode;
    if (text.parentElement.closest("[lang]").lang === told) found.push(text.data);
  }
  return found;
}"""


class Photographer:
    """Takes the pictures of one page after the other, and says what is wrong."""

    def __init__(self, page: Page, asked: argparse.Namespace) -> None:
        self._page = page
        self._asked = asked
        self._words = Words.of_catalog(CATALOG)
        self._judge = Judge()

    def look(self, name: str, url: str) -> Seen | None:
        """The page in every language and on every screen; None when it is a file."""
        parts = urlsplit(url)
        seen = Seen(name, parts.path + (f"?{parts.query}" if parts.query else ""))
        for language in self._asked.languages:
            _speak(self._page.context, url, language)
            self._page.emulate_media(media="screen", color_scheme="light")
            if not is_page(open_page(self._page, url)):
                return None
            self._read(seen, language)
            for kind in self._asked.shots:
                self._shoot(seen, language, kind)
        return seen

    def _read(self, seen: Seen, language: str) -> None:
        texts = self._page.evaluate(TEXTS)
        seen.faults += [
            f"{language}: not translated: {one}"
            for one in self._words.astray(texts, language)
        ]
        if language == LANGUAGES[0]:
            nameless = self._page.evaluate(NAMELESS)
            seen.faults += [f"says nothing: {one}" for one in nameless]

    def _shoot(self, seen: Seen, language: str, kind: str) -> None:
        size, media = SHOTS[kind]
        self._page.set_viewport_size(size)
        self._page.emulate_media(**media)
        over = self._page.evaluate(OVERFLOW)
        if over > 0 and kind != "print":
            seen.faults.append(f"{language}, {kind}: {over} px too wide")
        if kind == "dark" and language == LANGUAGES[0]:
            found = self._judge.violations(self._page)
            seen.faults += [f"dark: {rule} {targets}" for rule, targets in found]
        name = file_name(seen.name, f"{language}-{kind}")
        tall = self._page.evaluate("document.documentElement.scrollHeight")
        self._page.screenshot(
            path=FOLDER / name,
            type="jpeg",
            quality=70,
            full_page=True,
            clip={"x": 0, "y": 0, "width": size["width"], "height": min(tall, TALLEST)},
        )
        seen.pictures[f"{language}-{kind}"] = name


def _speak(context: BrowserContext, url: str, language: str) -> None:
    parts = urlsplit(url)
    context.add_cookies(
        [
            {
                "name": settings.LANGUAGE_COOKIE_NAME,
                "value": language,
                "url": f"{parts.scheme}://{parts.netloc}",
            }
        ]
    )


def build(var: Path) -> None:
    """The demonstration and the world of the matrix, by their own commands, once."""
    if (var / "pages.json").exists():
        return
    shutil.rmtree(var, ignore_errors=True)
    var.mkdir(parents=True)
    site = Site("", var)
    for words in (("migrate", "--verbosity", "0"), ("createcachetable",)):
        site.run("manage.py", *words)
    site.run("-m", "tests.browser.preparation")
    (var / "pages.json").write_text(site.run("-m", "tests.browser.world"))


def walk(page: Page, base: str, seen: set[str]) -> Iterator[tuple[str, str]]:
    """One address of each name within reach of the first page, but those seen."""
    waiting, walked = [f"{base}/"], set()
    while waiting:
        url = waiting.pop(0)
        name = name_of(url)
        if name is None or name in walked | LEFT_OUT:
            continue
        walked.add(name)
        if is_page(open_page(page, url)):
            waiting += links(page, base)
            if name not in seen:
                seen.add(name)
                yield name, url


def every_page(page: Page, site: Site) -> Iterator[tuple[str, str]]:
    """What a visitor reaches by links, then the officer, then the matrix."""
    seen: set[str] = set()
    yield from walk(page, site.url, seen)
    sign_in(page, site)
    yield from walk(page, site.url, seen)
    pages = json.loads((site.var / "pages.json").read_text())
    cookie = {"name": "sessionid", "value": pages["session"], "url": site.url}
    for visitor, signed_in in (("respondent", []), ("owner", [cookie])):
        page.context.clear_cookies()
        page.context.add_cookies(signed_in)
        for name, path in pages[visitor].items():
            url = urljoin(site.url, path)
            if name not in seen | LEFT_OUT and name_of(url):
                yield name, url


def arguments() -> argparse.Namespace:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--only", default="", help="a piece of a path or of a name")
    asked.add_argument("--shots", nargs="*", default=list(SHOTS), choices=list(SHOTS))
    asked.add_argument("--languages", nargs="*", default=LANGUAGES, choices=LANGUAGES)
    return asked.parse_args()


def main() -> None:
    asked = arguments()
    build(FOLDER / "site")
    found: list[Seen] = []
    with served(FOLDER / "site") as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        context = browser.new_context(locale="fr-FR", reduced_motion="reduce")
        photographer = Photographer(context.new_page(), asked)
        for name, url in every_page(context.new_page(), site):
            if not is_asked(urlsplit(url).path, name, asked.only):
                continue
            try:
                seen = photographer.look(name, url)
            except Error as error:
                seen = Seen(
                    name, urlsplit(url).path, faults=[str(error).splitlines()[0]]
                )
            if seen:
                found.append(seen)
                (FOLDER / "index.html").write_text(contact_sheet(found))
                (FOLDER / "faults.txt").write_text(report(found))
        browser.close()
    faults = sum(len(one.faults) for one in found)
    print(f"{len(found)} pages, {faults} faults: {FOLDER / 'index.html'}")


if __name__ == "__main__":
    main()
