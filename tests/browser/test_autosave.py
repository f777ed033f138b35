"""Answers are kept as they are given, and the page tells the truth about where."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

STATUS = "[data-autosave-status]"
SAVED, WAITING = "Gardé.", "Gardé sur cet appareil, sera envoyé."


@pytest.fixture
def page_of_questions(browser, site):
    """The first page of questions of a fresh answer, and its browser context."""
    context = browser.new_context(locale="fr-FR", base_url=site.url)
    page = context.new_page()
    page.goto("/repondre/essai/")
    page.locator("main button.big").click()
    page.locator("main input[name=q]").fill("Bordeaux")
    page.keyboard.press("Enter")
    page.locator("main input[type=radio]").first.check()
    page.locator("main button.big").click()
    page.wait_for_url("**/respondent/")
    yield page, context
    context.close()


def _profile(page, code: str):
    return page.locator(f"input[name=profile][value={code}]")


def _said(page, words: str) -> None:
    page.wait_for_function(
        "([place, words]) => document.querySelector(place).textContent === words",
        arg=[STATUS, words],
    )


def test_an_answer_is_kept_without_sending_the_page(page_of_questions):
    page, _context = page_of_questions

    _profile(page, "decision_maker").check()
    _said(page, SAVED)
    page.reload()

    expect(_profile(page, "decision_maker")).to_be_checked()


def test_an_answer_waits_on_the_device_until_the_network_is_back(page_of_questions):
    page, context = page_of_questions

    context.set_offline(True)
    _profile(page, "digital_adviser").check()
    _said(page, WAITING)
    context.set_offline(False)
    _said(page, SAVED)
    page.reload()

    expect(_profile(page, "digital_adviser")).to_be_checked()
    assert page.evaluate("Object.keys(localStorage).length") == 0


def test_a_page_sent_without_network_is_neither_lost_nor_left(page_of_questions):
    page, context = page_of_questions
    _profile(page, "local_operator").check()
    context.set_offline(True)

    page.locator("main button.big").click()
    _said(page, WAITING)
    assert page.url.endswith("/respondent/")
    context.set_offline(False)
    _said(page, SAVED)
    page.locator("main button.big").click()

    page.wait_for_url("**/political/")


def test_a_question_shows_only_while_its_condition_is_met(page_of_questions):
    page, _context = page_of_questions
    page.goto(page.url.replace("/respondent/", "/political/"))
    follower = page.locator("[data-follows=P2]")

    page.locator("input[name=P2][value=yes]").check()
    expect(follower).to_be_visible()
    page.locator("input[name=P2][value=no]").check()

    expect(follower).to_be_hidden()
