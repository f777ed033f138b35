"""Going through pages with the keyboard alone, and seeing at each stop where one is."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page

MOST_STOPS = 120
# Where the focus is; what stands for it when it is drawn elsewhere; why it is lost.
STOP = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const stands = [one, one.nextElementSibling, one.closest("label")];
  const drawn = one.closest("svg") && document.querySelector(".ring");
  const outlined = drawn || stands.some(each => {
    if (!each) return false;
    const style = getComputedStyle(each);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
  });
  const shown = parseFloat(getComputedStyle(one).opacity) ? one : one.closest("label");
  const box = shown.getBoundingClientRect();
  const boxes = [...shown.getClientRects()];
  const inside = boxes.flatMap(({ left, top, width, height }) =>
    [.5, .1, .9].flatMap(x => [.5, .2, .8].map(y =>
      [left + width * x, top + height * y])));
  const seen = inside.some(([x, y]) => {
    const there = document.elementFromPoint(x, y);
    return there && (shown.contains(there) || there.contains(shown)
      && there.matches("label, summary, a"));
  });
  if (!one.dataset.stop) one.dataset.stop = document.querySelectorAll(
    "[data-stop]").length + 1;
  return {
    place: Number(one.dataset.stop),
    words: one.outerHTML.slice(0, 140),
    lost: !outlined ? "no outline" : !box.width ? "no size" : !seen ? "hidden" : "",
    inFooter: Boolean(one.closest("footer")),
  };
}"""


def stop(page: Page) -> dict | None:
    """Where the focus is, None once it has left the page; it is never lost."""
    here = page.evaluate(STOP)
    assert here is None or not here["lost"], (page.url, here)
    return here


def go_through(page: Page, most: int = 400) -> int:
    """Press the Tab key to the foot of the page and back to its top; how many stops.

    Neither trapped on the way nor brought back before the end.
    """
    last, footed = 0, False
    for _stop in range(most):
        page.keyboard.press("Tab")
        here = stop(page)
        if here is None or here["place"] < last:
            assert footed, f"{page.url} gives no way to its foot"
            return last
        # A date is several stops in one field.
        is_date = re.search('type="(date|time)', here["words"])
        assert here["place"] > last or is_date, (page.url, "trapped", here)
        last, footed = here["place"], here["inFooter"]
    raise AssertionError(f"{page.url} has no end")


def reach(page: Page, target: Locator) -> None:
    """Press the Tab key until it is there, from wherever one is."""
    target.wait_for()
    for _stop in range(MOST_STOPS):
        if target.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
        stop(page)
    raise AssertionError(f"{target} is out of reach of the Tab key")


def press(page: Page, role: str, name: str | re.Pattern, key: str = "Enter") -> None:
    """Reach a button or a link, press it, and wait for the page it leads to."""
    reach(page, page.get_by_role(role, name=name).first)
    with page.expect_navigation():
        page.keyboard.press(key)


def write(page: Page, label: str, words: str) -> None:
    reach(page, page.get_by_label(label))
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(words)
