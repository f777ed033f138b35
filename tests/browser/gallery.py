"""`make gallery`: pictures of every page, to look at with one's own eyes.

The demonstration with the world of the access matrix beside it, one page of each named
URL: in French and in English, on a desk and on a phone, light, dark and as printed, in
`var/gallery`, with a contact sheet and what a machine can tell of each page. Pictures
are gathered by twenty in `var/gallery/sheets`, to look at all of them in an hour.
"""

from __future__ import annotations

import argparse
import os
import shutil
from itertools import groupby
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.conf import settings  # noqa: E402
from playwright.sync_api import (  # noqa: E402
    Browser,
    BrowserContext,
    Error,
    Page,
    ViewportSize,
    sync_playwright,
)

from tests.browser.axe import Judge  # noqa: E402
from tests.browser.conftest import Site, served  # noqa: E402
from tests.browser.contact_sheet import (  # noqa: E402
    Seen,
    Words,
    contact_sheet,
    file_name,
    is_asked,
    keep,
    kept,
    report,
    slips,
)
from tests.browser.everywhere import LOST, Place, find  # noqa: E402
from tests.browser.mosaic import sheets  # noqa: E402
from tests.browser.pages import is_page, open_page  # noqa: E402
from tests.browser.paper import on_paper  # noqa: E402
from tests.browser.walks import DESK, PHONE  # noqa: E402

FOLDER = settings.BASE_DIR / "var" / "gallery"
CATALOG = settings.BASE_DIR / "locale" / "fr" / "LC_MESSAGES" / "django.po"
LANGUAGES = ("fr", "en")
# What is left of an A4 page between its margins.
PAPER = {"width": 703, "height": 1032}
# How the page is shown: the screen, and what is asked of it.
SHOTS = {
    "desk": (DESK, {"color_scheme": "light", "media": "screen"}),
    "phone": (PHONE, {"color_scheme": "light", "media": "screen"}),
    "dark": (DESK, {"color_scheme": "dark", "media": "screen"}),
    "print": (PAPER, {"color_scheme": "light", "media": "print"}),
}
# On a sheet: how wide a picture is, and how many stand side by side.
COLUMNS = {"phone": (300, 5), "desk": (500, 3), "dark": (380, 4), "print": (380, 4)}
# A picture is for the eye: nobody looks further down than this.
TALLEST = 6000
BARE = """() => document.querySelectorAll(".top, .rail, .to-rail, .foot")
  .forEach(one => one.style.setProperty("display", "none", "important"))
  || document.querySelectorAll(".work")
  .forEach(one => one.style.setProperty("display", "block"))"""
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

    def __init__(self, page: Page, asked: argparse.Namespace, judge: Judge) -> None:
        self._page = page
        self._asked = asked
        self._words = Words.of_catalog(CATALOG)
        self._judge = judge

    def look(self, name: str, url: str) -> Seen | None:
        """The page in every language and on every screen; None when it is a file."""
        parts = urlsplit(url)
        seen = Seen(name, parts.path + (f"?{parts.query}" if parts.query else ""))
        for language in self._asked.languages:
            _speak(self._page.context, url, language)
            self._page.set_viewport_size(DESK)
            self._page.emulate_media(media="screen", color_scheme="light")
            if not is_page(open_page(self._page, url)) and name != LOST[0]:
                return None
            self._read(seen, language)
            for kind in self._asked.shots:
                self._shoot(seen, language, kind)
        return seen

    def _read(self, seen: Seen, language: str) -> None:
        texts = self._page.evaluate(TEXTS)
        found = [
            f"{language}: not translated: {one}"
            for one in self._words.astray(texts, language)
        ]
        if language == LANGUAGES[0]:
            # In English, None is a word.
            found += [f"slip: {one[:120]}" for one in slips(texts)]
            nameless = self._page.evaluate(NAMELESS)
            found += [f"says nothing: {one}" for one in nameless]
        seen.faults[language] = found

    def _shoot(self, seen: Seen, language: str, kind: str) -> None:
        size, media = SHOTS[kind]
        self._page.set_viewport_size(size)
        self._page.emulate_media(**media)
        if self._asked.bare:
            self._page.evaluate(BARE)
        found = []
        over = self._page.evaluate(OVERFLOW)
        if over > 0:
            found.append(f"{language}, {kind}: {over} px too wide")
        if kind == "dark" and language == LANGUAGES[0]:
            judged = self._judge.violations(self._page)
            found += [f"dark: {rule} {targets}" for rule, targets in judged]
        name = file_name(seen.name, f"{language}-{kind}")
        if kind == "print":
            printed = on_paper(self._page, FOLDER / name)
            found += [f"{language}, print: {one}" for one in printed]
        else:
            self._picture(FOLDER / name, size)
        seen.faults[f"{language}-{kind}"] = found
        seen.pictures[f"{language}-{kind}"] = name

    def _picture(self, path: Path, size: ViewportSize) -> None:
        tall = self._page.evaluate("document.documentElement.scrollHeight")
        self._page.screenshot(
            path=path,
            type="jpeg",
            quality=70,
            full_page=True,
            clip={"x": 0, "y": 0, "width": size["width"], "height": min(tall, TALLEST)},
        )


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
    """The demonstration and the world of the matrix, by their own commands, once.

    Tables and style sheets follow the code; what the site holds stays as it was built.
    """
    site = Site("", var)
    if (var / "pages.json").exists():
        for words in (("migrate",), ("collectstatic", "--no-input")):
            site.run("manage.py", *words, "--verbosity", "0")
        site.work()
        return
    shutil.rmtree(var, ignore_errors=True)
    var.mkdir(parents=True)
    for words in (("migrate", "--verbosity", "0"), ("createcachetable",)):
        site.run("manage.py", *words)
    site.run("-m", "tests.browser.preparation")
    (var / "pages.json").write_text(site.run("-m", "tests.browser.world"))
    site.work()


def take(browser: Browser, site: Site, asked: argparse.Namespace) -> list[Seen]:
    """The pictures asked for, beside those taken another time."""
    known = {one.name: one for one in kept(FOLDER)}
    found = find(browser, site)
    places = [one for one in found.places if is_asked(one.path, one.name, asked.only)]
    judge = Judge()
    for visitor, theirs in groupby(places, key=lambda one: one.visitor):
        context = found.context(browser, site, visitor)
        photographer = Photographer(context.new_page(), asked, judge)
        for place in theirs:
            seen = _seen(photographer, place, urljoin(site.url, place.path))
            if seen:
                known[place.name] = seen.over(known.get(place.name))
                keep(FOLDER, known.values())
        context.close()
    return list(known.values())


def _seen(photographer: Photographer, place: Place, url: str) -> Seen | None:
    try:
        return photographer.look(place.name, url)
    except Error as error:
        return Seen(
            place.name, place.path, faults={"error": str(error).splitlines()[:1]}
        )


def gather(seen: list[Seen], asked: argparse.Namespace) -> None:
    """The pictures of the pages asked for, many on a sheet."""
    folder = FOLDER / "sheets"
    folder.mkdir(exist_ok=True)
    wanted = [one for one in seen if is_asked(one.path, one.name, asked.only)]
    for language in asked.languages:
        for kind in asked.shots:
            key = f"{language}-{kind}"
            pictures = [
                (f"{one.name}  {one.path}", FOLDER / one.pictures[key])
                for one in wanted
                if key in one.pictures
            ]
            sheets(pictures, folder, key, *COLUMNS[kind])


def arguments() -> argparse.Namespace:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--only", default="", help="a piece of a path or of a name")
    asked.add_argument(
        "--bare", action="store_true", help="without what every page shares: menus"
    )
    asked.add_argument("--shots", nargs="*", default=list(SHOTS), choices=list(SHOTS))
    asked.add_argument("--languages", nargs="*", default=LANGUAGES, choices=LANGUAGES)
    return asked.parse_args()


def main() -> None:
    asked = arguments()
    build(FOLDER / "site")
    with served(FOLDER / "site") as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        seen = take(browser, site, asked)
        browser.close()
    gather(seen, asked)
    (FOLDER / "index.html").write_text(contact_sheet(seen))
    faults = report(seen)
    (FOLDER / "faults.txt").write_text(faults)
    print(f"{len(seen)} pages, {faults.count(chr(10))} faults: {FOLDER / 'index.html'}")


if __name__ == "__main__":
    main()
