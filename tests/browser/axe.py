"""What axe finds wrong with a page, each rule as seldom as nothing is lost.

Contrast takes axe longer than all its other rules together. It follows from the style
sheet and from where a text stands: a text is judged the first time that its element
stands under the same elements, with the same attributes.
"""

from __future__ import annotations

from typing import Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

SCRIPT = Axe().axe_script
CONTRAST = "color-contrast"
FIRST = "data-judged-first"
# What is right would be told element by element, which takes longer than to judge it.
BRIEF = {"resultTypes": ["violations"]}
# Axe leaves the sizes of WCAG 2.2 out unless they are asked for.
OTHER_RULES = BRIEF | {
    "rules": {CONTRAST: {"enabled": False}, "target-size": {"enabled": True}}
}
CONTRAST_ONLY = BRIEF | {"runOnly": {"type": "rule", "values": [CONTRAST]}}
RUN = """async given => {
  if (!window.axe) return null;
  const judged = await axe.run(...given);
  return judged.violations.map(
    one => [one.id, one.nodes.slice(0, 3).map(node => node.target)]);
}"""

# Of these attributes the value counts, of the others that they are there.
STANDINGS = """() => {
  const told = /^(class|style|type|role|fill|stroke|lang|dir|aria-[a-z]+)$/;
  const one = element => element.tagName + [...element.attributes]
    .map(at => told.test(at.name) && !/aria-(label|desc)/.test(at.name)
      ? `[${at.name}=${at.value}]` : `[${at.name}]`)
    .sort().join("");
  const kept = new Map();
  const chain = element => {
    if (!element) return "";
    const above = () => chain(element.parentElement) + ">" + one(element);
    if (!kept.has(element)) kept.set(element, above());
    return kept.get(element);
  };
  const speaks = element => element.matches("input, select, textarea")
    || [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim());
  return [...document.querySelectorAll("body *")]
    .map(element => speaks(element) ? chain(element) : "");
}"""
MARKS = """([places, name]) => {
  const every = document.querySelectorAll("body *");
  places.forEach(place => every[place].setAttribute(name, ""));
}"""
# A walk goes on after it is judged: its page is left as it was.
UNMARKS = """name => document.querySelectorAll(`[${name}]`)
  .forEach(one => one.removeAttribute(name))"""


Theme = Literal["dark", "light"]


def come_with_axe(page: Page) -> None:
    """For who judges page after page: each comes with it, sooner than it is sent."""
    page.add_init_script(SCRIPT)


class Judge:
    """Judges pages one after the other, and remembers which texts it has judged.

    With themes, a text is judged in each; pages are left in the last.
    """

    def __init__(self, *themes: Theme) -> None:
        self._themes = themes
        self._standings: set[str] = set()

    def violations(self, page: Page) -> list[tuple[str, object]]:
        """The rules that a page breaks, each with the first places where it does."""
        found = page.evaluate(RUN, [OTHER_RULES])
        if found is None:
            page.evaluate(SCRIPT)
            found = page.evaluate(RUN, [OTHER_RULES])
        if self._mark(page):
            context = {"include": [[f"[{FIRST}]"]]}
            for theme in self._themes or [None]:
                if theme:
                    page.emulate_media(color_scheme=theme)
                found += page.evaluate(RUN, [context, CONTRAST_ONLY])
            page.evaluate(UNMARKS, FIRST)
        return [(rule, targets) for rule, targets in found]

    def _mark(self, page: Page) -> bool:
        """Mark the texts that stand where none stood yet; whether there are any."""
        places = []
        for place, standing in enumerate(page.evaluate(STANDINGS)):
            if standing and standing not in self._standings:
                self._standings.add(standing)
                places.append(place)
        page.evaluate(MARKS, [places, FIRST])
        return bool(places)
