"""A respondent answers with the keyboard alone, on a screen 320 pixels wide."""

from __future__ import annotations

import pytest

from tests.browser.keys import stop

TERRITORY = "Sarlat"
MOST_KEYS = 400


@pytest.fixture
def phone(browser, site):
    context = browser.new_context(
        viewport={"width": 320, "height": 640}, locale="fr-FR", base_url=site.url
    )
    yield context.new_page()
    context.close()


def _focused(page) -> dict[str, str]:
    return page.evaluate(
        """() => {
          const element = document.activeElement
          const box = element.getBoundingClientRect()
          return {tag: element.tagName, type: element.type ?? '',
                  name: element.name ?? '', value: element.value ?? '',
                  checked: Boolean(element.checked),
                  isVisible: box.width > 0 && box.height > 0,
                  text: element.textContent.trim().slice(0, 80)}
        }"""
    )


def _press_until(page, is_reached) -> dict[str, str]:
    """Press Tab until the focus is where wanted; the focus is never lost."""
    for _key in range(MOST_KEYS):
        page.keyboard.press("Tab")
        stop(page)
        focused = _focused(page)
        if is_reached(focused):
            return focused
    raise AssertionError(f"never reached, last on {focused}")


def _enter(page) -> None:
    """Press Enter and wait for the page it leads to."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def _fill_page(page) -> None:
    """Answer each group of options met, then send the page with its main button."""
    answered = set()
    for _key in range(MOST_KEYS):
        page.keyboard.press("Tab")
        stop(page)
        focused = _focused(page)
        if focused["type"] in {"radio", "checkbox"} and focused["name"] not in answered:
            answered.add(focused["name"])
            if not focused["checked"]:
                page.keyboard.press("Space")
        if "big" in page.evaluate("document.activeElement.className"):
            _enter(page)
            return
    raise AssertionError("no button sends this page")


def test_a_respondent_answers_with_the_keyboard_on_a_small_phone(phone):
    phone.goto("/")
    _press_until(
        phone, lambda f: f["tag"] == "A" and f["text"] == "Répondre au questionnaire"
    )
    phone.keyboard.press("Enter")
    phone.wait_for_url("**/repondre/**")

    _fill_page(phone)
    for _page in range(30):
        phone.wait_for_load_state()
        if phone.locator("[data-thanks]").count():
            break
        picker = phone.locator("main input[type=search], main input[name=q]")
        if picker.count() and not phone.locator("main input[type=radio]").count():
            _press_until(phone, lambda f: f["type"] in {"search", "text"})
            phone.keyboard.type(TERRITORY)
            _enter(phone)
            continue
        _fill_page(phone)

    assert phone.locator("[data-thanks]").count() == 1
    assert not phone.evaluate("document.documentElement.scrollWidth > innerWidth")
