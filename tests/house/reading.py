"""Reads a page as far as the tests of templates ask: elements, texts and labels."""

from __future__ import annotations

from dataclasses import dataclass
from html.parser import HTMLParser

WITHOUT_LABEL = {"hidden", "submit", "button", "reset"}
VOID = {"input", "meta", "link", "br", "hr", "img", "path", "use", "wbr", "source"}


@dataclass(slots=True)
class Element:
    tag: str
    attributes: dict[str, str]
    is_in_label: bool
    text: str = ""

    @property
    def is_field(self) -> bool:
        """Whether somebody fills it in: what is hidden from everybody has no label."""
        kind = self.attributes.get("type", "text")
        is_shown = kind not in WITHOUT_LABEL and "hidden" not in self.attributes
        is_input = self.tag == "input" and is_shown
        return is_input or self.tag in {"select", "textarea"}

    def __str__(self) -> str:
        return f"<{self.tag} {self.attributes}>"


class Page(HTMLParser):
    """The elements of a page, each with the text it holds."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self._open: list[Element] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        in_label = any(element.tag == "label" for element in self._open)
        given = {name: value or "" for name, value in attrs}
        element = Element(tag, given, in_label)
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop().tag != tag:
            pass

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.text += data

    def all(self, tag: str) -> list[Element]:
        return [element for element in self.elements if element.tag == tag]

    def ids(self) -> list[str]:
        return [e.attributes["id"] for e in self.elements if "id" in e.attributes]

    def unlabelled_fields(self) -> list[str]:
        labelled = {label.attributes.get("for") for label in self.all("label")}
        return [
            str(element)
            for element in self.elements
            if element.is_field
            and not element.is_in_label
            and element.attributes.get("id") not in labelled
            and not {"aria-label", "aria-labelledby"} & element.attributes.keys()
        ]

    def references(self) -> set[str]:
        """Every id that some element says it is described or labelled by."""
        names = ("aria-describedby", "aria-labelledby", "for")
        return {
            ref
            for element in self.elements
            for name in names
            for ref in element.attributes.get(name, "").split()
        }
