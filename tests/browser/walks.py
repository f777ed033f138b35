"""The paths that several browser tests take."""

from __future__ import annotations

from playwright.sync_api import Page

OFFICER = "chargee.de.mission@exemple.fr"


def sign_in(page: Page, site) -> None:
    """Sign in as the project officer, with the code that the demonstration shows."""
    page.goto(f"{site.url}/connexion/")
    page.get_by_role("textbox").first.fill(OFFICER)
    page.locator("main button[type=submit], main button:not([type])").first.click()
    code = page.locator("main .callout p strong").last.inner_text()
    page.locator("main input[name=code]").fill(code)
    page.locator("main button[type=submit], main button:not([type])").first.click()
    page.wait_for_url(lambda url: "/connexion/" not in url)
