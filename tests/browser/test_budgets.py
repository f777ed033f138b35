"""What a page costs: bytes over the wire, elements, requests (rules 32 and E)."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest
from ecoindex.compute import compute_ecoindex

from tests.browser.walks import sign_in, turn

# The package warns of a function that it calls itself.
pytestmark = pytest.mark.filterwarnings("ignore:Use compute_ecoindex")

OTHER_PAGES = 100_000
QUESTION_PAGES = 30_000


@dataclass
class Cost:
    """Bytes received compressed, elements of the page, requests made."""

    size: int
    nodes: int
    requests: int


def cost_of(context, url: str) -> Cost:
    """Load a page in a browser that has nothing in its cache."""
    page, finished = context.new_page(), []
    page.on("requestfinished", lambda request: finished.append(request))
    page.goto(url, wait_until="networkidle")
    sizes = [request.sizes() for request in finished]
    received = sum(s["responseBodySize"] + s["responseHeadersSize"] for s in sizes)
    nodes = page.evaluate("document.getElementsByTagName('*').length")
    page.close()
    return Cost(received, nodes, len(finished))


def grade(cost: Cost) -> str:
    found = compute_ecoindex(
        nodes=cost.nodes, requests=cost.requests, size=cost.size / 1000
    )
    # The browser keeps an event loop in this thread; the formula gets another one.
    with ThreadPoolExecutor() as thread:
        return thread.submit(asyncio.run, found).result().grade.value


def test_the_restitution_weighs_little_and_has_grade_a(browser, site):
    page = browser.new_page(locale="fr-FR")
    page.goto(site.url)
    url = page.get_by_role("link", name="Lire la restitution").get_attribute("href")

    cost = cost_of(browser.new_context(), site.url + url)

    assert cost.size <= OTHER_PAGES
    assert grade(cost) == "A", cost


def test_the_home_page_weighs_little_and_has_grade_a(browser, site):
    cost = cost_of(browser.new_context(), site.url)

    assert cost.size <= OTHER_PAGES
    assert grade(cost) == "A", cost


def test_a_page_of_questions_weighs_30_kilobytes_at_most(browser, site):
    context = browser.new_context(locale="fr-FR")
    page = context.new_page()
    page.goto(site.url)
    turn(page, page.get_by_role("link", name="Répondre au questionnaire"))
    page.locator("main form button").first.click()

    cost = cost_of(browser.new_context(), page.url)

    assert cost.size <= QUESTION_PAGES, cost


def test_the_officers_restitution_weighs_little(browser, site):
    context = browser.new_context(locale="fr-FR")
    page = context.new_page()
    sign_in(page, site)
    page.goto(site.url)
    url = page.get_by_role("link", name="Lire la restitution").get_attribute("href")

    cost = cost_of(context, site.url + url)

    assert cost.size <= OTHER_PAGES
