"""The paths that several browser tests take."""

from __future__ import annotations

import re
from email import message_from_bytes, policy

from playwright.sync_api import Locator, Page

from tests.browser import tree
from tests.browser.axe import Judge

OFFICER = "chargee.de.mission@exemple.fr"
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 720}


# The walks of a worker meet the same menus, heads and feet.
_judge = Judge()
# The session of the officer on each site: five codes a quarter of an hour are the most
# that one address may ask for, and the walks of a worker are more.
_sessions: dict[str, list] = {}


def sign_in(page: Page, site) -> None:
    """Be the project officer: by a code the first time, by that session afterwards."""
    if site.url not in _sessions:
        sign_in_by_code(page, site)
        _sessions[site.url] = page.context.cookies()
        return
    page.context.add_cookies(_sessions[site.url])
    page.goto(f"{site.url}/espaces/")


def sign_in_by_code(page: Page, site) -> None:
    """Sign in as the project officer, with the code that the demonstration shows."""
    page.goto(f"{site.url}/connexion/")
    page.get_by_role("textbox").first.fill(OFFICER)
    page.locator("main button[type=submit], main button:not([type])").first.click()
    code = page.locator("main .callout p strong").last.inner_text()
    page.locator("main input[name=code]").fill(code)
    page.locator("main button[type=submit], main button:not([type])").first.click()
    page.wait_for_url(lambda url: "/connexion/" not in url)


def turn(page: Page, button: Locator) -> None:
    """Press a button or follow a link, and wait for the page it leads to."""
    with page.expect_navigation():
        button.click()


def follow(page: Page, name: str | re.Pattern) -> None:
    turn(page, page.get_by_role("link", name=name).first)


def push(page: Page, name: str | re.Pattern) -> None:
    turn(page, page.get_by_role("button", name=name).first)


def assert_reads_well(page: Page) -> None:
    """Axe finds nothing, each name is told, and the page holds on a phone.

    Its size is given back.
    """
    assert [] == _judge.violations(page)
    assert [] == tree.faults(page)
    size = page.viewport_size
    page.set_viewport_size(PHONE)
    width = page.evaluate("document.documentElement.scrollWidth")
    page.set_viewport_size(size)
    assert width <= PHONE["width"], f"{page.url} is {width} px wide on a phone"


def mail_to(site, address: str) -> str:
    """The text of the last mail received at this address."""
    for path in sorted((site.var / "mail").glob("*.log"), reverse=True):
        for content in reversed(path.read_bytes().split(b"-" * 79 + b"\n")):
            mail = message_from_bytes(content.strip(), policy=policy.default)
            if mail["To"] == address:
                return mail.get_body().get_content()
    raise AssertionError(f"no mail to {address}")


def link_in(text: str, path: str) -> str:
    return re.search(rf"http://[^\s]*/{path}/[^\s]+", text)[0]
