"""What a screen reader says by itself while a page changes: its live regions."""

from __future__ import annotations

from playwright.sync_api import Page

LISTEN = """() => {
  window.heard = [];
  const live = "[role=status], [role=alert], [role=log], [aria-live]";
  const words = (one) => one.textContent.replace(/\\s+/g, " ").trim();
  new MutationObserver(changes => {
    const said = new Set();
    for (const { target, addedNodes, removedNodes } of changes) {
      const place = target.nodeType === 1 ? target : target.parentElement;
      const region = place?.closest(live);
      // What leaves is not said; what comes already filled is, when it is an alert.
      if (region && (addedNodes.length || !removedNodes.length)) said.add(region);
      for (const one of addedNodes)
        if (one.nodeType === 1)
          [one, ...one.querySelectorAll("[role=alert]")]
            .filter(each => each.matches("[role=alert]"))
            .forEach(each => said.add(each));
    }
    for (const one of said) if (words(one)) window.heard.push(words(one));
  }).observe(document, { childList: true, characterData: true, subtree: true });
}"""


def listen(page: Page) -> None:
    """From now on, whatever is said on this page is kept."""
    page.evaluate(LISTEN)


def heard(page: Page) -> list[str]:
    """What was said since, in its order: one line for each time that it was."""
    return page.evaluate("window.heard")
