"""What axe does not look at: spaced text, targets, what is announced twice.

Each returns what is wrong with the page as it is shown, nothing when it reads well.
Style sheets are adopted rather than written in the page, whose policy refuses that.
"""

from __future__ import annotations

from playwright.sync_api import Page

# As WCAG 1.4.12 and criterion 10.12 of the RGAA space a text.
SPACED = """
* { line-height: 1.5 !important; letter-spacing: .12em !important;
    word-spacing: .16em !important }
p { margin-block-end: 2em !important }
"""
# What is cut: an element that hides what is larger than itself, and lets nobody scroll.
CUT = """style => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style);
  document.adoptedStyleSheets = [sheet];
  const cut = [...document.querySelectorAll("body *")].filter(one => {
    const { overflowX, overflowY } = getComputedStyle(one);
    const hides = axis => axis === "hidden" || axis === "clip";
    return (hides(overflowX) && one.scrollWidth > one.clientWidth + 1
        || hides(overflowY) && one.scrollHeight > one.clientHeight + 1)
      && !one.closest("svg, .visually-hidden, select, textarea") && one.innerText;
  });
  const wide = document.documentElement.scrollWidth > innerWidth;
  document.adoptedStyleSheets = [];
  return [...cut.map(one => one.outerHTML.slice(0, 120)), ...wide ? ["page"] : []];
}"""
SMALL_ON_A_PHONE = """least => [...document.querySelectorAll(
    ".pocket main :is(button, select, textarea, summary, label:has(input), input)")]
  .filter(one => one.checkVisibility() && !one.matches("label input"))
  .map(one => [one, one.getBoundingClientRect()])
  .filter(([, { width, height }]) => width > 1 && Math.min(width, height) < least)
  .map(([one, { width, height }]) =>
    `${one.outerHTML.slice(0, 80)} ${Math.round(width)} × ${Math.round(height)}`)"""
# What is announced within what is announced would be heard twice.
SAID_TWICE = """() => {
  const live = ":is([role=status], [role=alert], [role=log], [aria-live])";
  return [...document.querySelectorAll(`${live} ${live}`)]
    .map(one => one.outerHTML.slice(0, 120));
}"""
OPEN = "() => document.querySelectorAll('details').forEach(one => one.open = true)"
PHONE_TARGET = 48


def open_everything(page: Page) -> None:
    """Whatever is folded is unfolded."""
    page.evaluate(OPEN)


def cut_when_spaced(page: Page) -> list[str]:
    """What is lost when letters, words and lines are set further apart."""
    return page.evaluate(CUT, SPACED)


def small_targets(page: Page) -> list[str]:
    """On a screen made for a phone, what a thumb would miss."""
    return page.evaluate(SMALL_ON_A_PHONE, PHONE_TARGET)


def said_twice(page: Page) -> list[str]:
    """Live regions within live regions."""
    return page.evaluate(SAID_TWICE)
