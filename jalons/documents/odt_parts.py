"""The small parts of a LibreOffice document: elements, lines of text, pictures."""

from __future__ import annotations

from collections.abc import Mapping

import odfdo
from odfdo import Element

from jalons.documents.letters import written
from jalons.documents.model import Emphasis, Link, Strong, Text
from jalons.documents.pictures import Picture

TEXT_WIDTH = (210 - 2 * 21) / 25.4
"""Inches between the margins."""


def element(tag: str, attributes: Mapping[str, str]) -> Element:
    made = Element.from_tag(tag)
    for name, value in attributes.items():
        made.set_attribute(name, value)
    return made


def found_in(made: odfdo.Document, part: str, path: str) -> Element:
    """The element of a part of the file that every document has."""
    place = made.get_part(part)
    assert isinstance(place, odfdo.XmlPart)
    found = place.get_element(path)
    assert found is not None, path
    return found


def line(text: Text, style_name: str) -> odfdo.Paragraph:
    made = odfdo.Paragraph(style=style_name)
    runs(made, text)
    return made


def runs(place: Element, text: Text) -> None:
    """Write the pieces of a text, each with its emphasis."""
    for piece in [text] if isinstance(text, str) else text:
        match piece:
            case Strong(words):
                place.append(_within(odfdo.Span(style="Strong"), words))
            case Emphasis(words):
                place.append(_within(odfdo.Span(style="Emphasis"), words))
            case Link(words, url):
                place.append(_within(odfdo.Link(url=url), words))
            case str():
                place.append(written(piece))


def _within(place: Element, words: str) -> Element:
    place.append(written(words))
    return place


class Pictures:
    """The pictures of a document, each kept once."""

    def __init__(self, made: odfdo.Document) -> None:
        self.made = made
        self.names: dict[bytes, str] = {}
        self.frames = 0

    def frame(self, picture: Picture, height: float, alt: str) -> Element:
        """A picture in a line; without words it is marked as decorative."""
        width = min(height * picture.width / picture.height, TEXT_WIDTH)
        height = width * picture.height / picture.width
        self.frames += 1
        made = element(
            "draw:frame",
            {
                "draw:style-name": "Graphics",
                "draw:name": f"picture-{self.frames}",
                "text:anchor-type": "as-char",
                "svg:width": f"{width:.3f}in",
                "svg:height": f"{height:.3f}in",
            },
        )
        made.append(self._image(picture.png))
        if alt:
            described = element("svg:desc", {})
            described.text = written(alt)
            made.append(described)
        else:
            made.set_attribute("loext:decorative", "true")
        return made

    def _image(self, png: bytes) -> Element:
        if png not in self.names:
            name = f"Pictures/{len(self.names) + 1}.png"
            self.made.set_part(name, png)
            self.made.manifest.add_full_path(name, "image/png")
            self.names[png] = name
        href = {"xlink:href": self.names[png], "xlink:type": "simple"}
        shown = {"xlink:show": "embed", "xlink:actuate": "onLoad"}
        return element("draw:image", href | shown)
