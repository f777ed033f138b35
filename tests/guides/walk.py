"""The steps of a guide, done in a browser as somebody who knows nothing else would."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.guides.pictures import keep
from tests.guides.steps import Step


class Walk:
    """One reader with one page.

    `pictures` is a folder, or None to keep none. `signed_in` holds the session of the
    reader who signed in before: an address may not ask for a code at each guide.
    """

    def __init__(
        self,
        page: Page,
        url: str,
        signed_in: list,
        pictures: Path | None = None,
    ):
        self.page, self.url = page, url
        self.signed_in, self.pictures = signed_in, pictures

    def do(self, step: Step) -> None:
        getattr(self, step.verb)(*step.words)

    def open(self, path: str) -> None:
        answer = self.page.goto(self.url + path)
        assert answer is not None
        assert answer.ok

    def follow(self, name: str) -> None:
        self._turn(self._by_role("link", name))

    def push(self, name: str) -> None:
        self._turn(self._by_role("button", name))

    def fill(self, words: str, field: str) -> None:
        self.page.get_by_label(spaced(field)).first.fill(words)

    def choose(self, words: str, field: str) -> None:
        self.page.get_by_label(spaced(field)).first.select_option(label=words)

    def tick(self, name: str) -> None:
        self.page.get_by_label(spaced(name)).first.check()

    def unfold(self, name: str) -> None:
        self.page.locator("summary", has_text=spaced(name)).first.click()

    def read(self, words: str) -> None:
        expect(self.page.locator("body")).to_contain_text(spaced(words))

    def sign_in(self, address: str) -> None:
        """As the demonstration has it: the code is shown instead of mailed, once."""
        if self.signed_in:
            self.page.context.add_cookies(self.signed_in)
            self.open("/espaces/")
            return
        self.page.get_by_label("Votre adresse électronique").fill(address)
        self.push("Recevoir un code")
        code = self.page.locator("main .callout p strong").last.inner_text()
        self.page.locator("main input[name=code]").fill(code)
        self.push("Se connecter")
        self.signed_in.extend(self.page.context.cookies())

    def picture(self, name: str) -> None:
        if self.pictures:
            keep(self.page, self.pictures / name)

    def _by_role(self, role: str, name: str) -> Locator:
        """What bears just this name, or else the first that holds it."""
        whole = re.compile(rf"^\s*{spaced(name).pattern}\s*$")
        exact = self.page.get_by_role(role, name=whole)
        return (exact if exact.count() else self._holding(role, name)).first

    def _holding(self, role: str, name: str) -> Locator:
        return self.page.get_by_role(role, name=spaced(name))

    def _turn(self, found: Locator) -> None:
        with self.page.expect_navigation():
            found.click()


def spaced(words: str) -> re.Pattern[str]:
    """These words, whatever the width of the spaces between them."""
    return re.compile(r"\s+".join(map(re.escape, words.split())))
