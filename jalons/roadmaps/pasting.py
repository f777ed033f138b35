"""The words of a text that was pasted with its markup, as from a word processor."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from jalons.directory.cells import TAG

BREAKS = frozenset(
    ("p", "div", "br", "tr", "ul", "ol", "h1", "h2", "h3", "h4", "table")
)
UNREAD = frozenset(("style", "script", "head", "title", "xml"))
CONDITION = re.compile(r"<!(?:--)?\[.*?\](?:--)?>|<\?xml[^>]*>", re.DOTALL)
"""What Word writes for itself: `<![if !supportLists]>`."""


def has_markup(text: str) -> bool:
    return bool(TAG.search(text))


def without_markup(text: str) -> str:
    """Its words alone, a line for each paragraph, a dash before a line of a list.

    >>> without_markup("<p class=MsoNormal>Un&nbsp;bus<o:p></o:p></p><ul><li>bleu</ul>")
    'Un bus\\n- bleu'
    """
    lines = _Words(CONDITION.sub("", text)).text.splitlines()
    said = (" ".join(one.split()) for one in lines)
    return "\n".join(one for one in said if one)


class _Words(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self.unread = 0
        self.feed(html)
        self.close()

    @property
    def text(self) -> str:
        return "".join(self.pieces)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in UNREAD:
            self.unread += 1
        elif tag == "li":
            self.pieces.append("\n- ")
        elif tag in BREAKS:
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in UNREAD and self.unread:
            self.unread -= 1
        elif tag in BREAKS:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        # A line of the source is no line of the text.
        if not self.unread:
            self.pieces.append(" ".join(data.split("\n")))
