"""How those who look at every page find them: by links and by names."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve
from playwright.sync_api import Error, Page, Response

# Signing out would end the walk; files are not pages.
LEFT_OUT = {"account_logout", "front:health", "live:since"}
# Who opens a page: an owner first, then a person by link, then whoever else may.
VISITORS = ("owner", "respondent", "administrator", "stranger", "reader")


def name_of(url: str) -> str | None:
    """The name of the URL, when it is that of a page and not of a file."""
    path = urlsplit(url).path
    if "." in path.rstrip("/").rpartition("/")[2]:
        return None
    try:
        return resolve(path).view_name
    except Resolver404:
        return None


def links(page: Page, base: str) -> list[str]:
    """Where the page leads on this site."""
    hrefs = page.eval_on_selector_all(
        "a[href]:not([download])", "links => links.map(link => link.href)"
    )
    return [url for url in hrefs if url.startswith(base)]


def reached(page: Page, base: str) -> Iterator[tuple[str, str]]:
    """One address of each name within reach of the first page, by links.

    Whoever walks opens each before asking for the next: its links are then followed.
    """
    waiting, walked = [f"{base}/"], set()
    while waiting:
        url = waiting.pop(0)
        name = name_of(url)
        if name is None or name in walked | LEFT_OUT:
            continue
        walked.add(name)
        yield name, url
        waiting += links(page, base)


def open_page(page: Page, url: str) -> Response | None:
    """The page opened; None for a file, which the browser downloads."""
    try:
        return page.goto(url)
    except Error as error:
        if "Download is starting" in str(error):
            return None
        raise


def is_page(answer: Response | None) -> bool:
    """Whether what was opened is there, and is read in a browser."""
    if answer is None or answer.status != 200:
        return False
    return (answer.header_value("content-type") or "").startswith("text/html")
