"""The paths that several browser tests take."""

from __future__ import annotations

from playwright.sync_api import Page

OFFICER = "chargee.de.mission@exemple.fr"


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
