"""How long a page of questions takes on a telephone of 2015, cold: a command, no test.

    python -m benchmarks.old_phone http://127.0.0.1:8000

Debian's Chromium, its processor slowed six times, a network of 400 kbit/s each way with
400 ms there and back (“slow 3G” of WebPageTest), an empty cache. A page is usable when
its text is painted and its form can be sent, which needs no script. A machine that is
busy with something else gives numbers worth nothing.
"""

from __future__ import annotations

import argparse
from statistics import median
from urllib.parse import urljoin

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

SLOWED = 6
BYTES_A_SECOND = 400_000 / 8
THERE_AND_BACK = 400
GOAL = 3.0
PHONE: ViewportSize = {"width": 360, "height": 640}
ARGUMENTS = ["--no-sandbox", "--disable-quic", "--disable-background-networking"]
TIMES = """() => {
  const [page] = performance.getEntriesByType("navigation");
  const [paint] = performance.getEntriesByName("first-contentful-paint");
  return [paint ? paint.startTime : NaN, page.domInteractive, page.loadEventEnd,
    [page, ...performance.getEntriesByType("resource")]
      .reduce((sum, one) => sum + one.transferSize, 0)];
}"""


def slowed(browser: Browser) -> Page:
    """A telephone of 2015 that has never been here."""
    page = browser.new_context(viewport=PHONE, locale="fr-FR").new_page()
    page.set_default_timeout(120_000)
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    line.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": THERE_AND_BACK,
            "downloadThroughput": BYTES_A_SECOND,
            "uploadThroughput": BYTES_A_SECOND,
        },
    )
    line.send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
    return page


def first_questions(browser: Browser, site: str) -> str:
    """The address of the first page of questions of the demonstration's survey."""
    page = browser.new_context(locale="fr-FR").new_page()
    page.goto(site)
    page.get_by_role("link", name="Répondre au questionnaire").first.click()
    with page.expect_navigation():
        page.locator("main form button").first.click()
    return page.url


def measured(browser: Browser, url: str, times: int) -> list[float]:
    """Medians: text painted, form usable, all loaded (seconds), bytes received."""
    rows = []
    for _time in range(times):
        page = slowed(browser)
        page.goto(url, wait_until="load")
        page.wait_for_function(
            "performance.getEntriesByType('navigation')[0].loadEventEnd > 0"
        )
        rows.append(page.evaluate(TIMES))
        page.context.close()
    return [median(column) for column in zip(*rows, strict=True)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("site", help="address of a site with the demonstration")
    parser.add_argument("--times", type=int, default=5)
    given = parser.parse_args()
    with sync_playwright() as machine:
        browser = machine.chromium.launch(
            executable_path="/usr/bin/chromium", args=ARGUMENTS
        )
        questions = first_questions(browser, given.site)
        for name, url in (("questions", questions), ("home", urljoin(given.site, "/"))):
            painted, ready, loaded, size = measured(browser, url, given.times)
            usable = max(painted, ready) / 1000
            verdict = "holds" if usable <= GOAL else "does not hold"
            print(
                f"{name}: usable in {usable:.2f} s ({verdict} {GOAL:.0f} s), "
                f"loaded in {loaded / 1000:.2f} s, {size / 1000:.1f} kB"
            )


if __name__ == "__main__":
    main()
