"""Pictures given by people, drawn again: nothing of the file given goes further.

A logo is a PNG, a JPEG or an SVG. What a file says it is counts for nothing: its first
bytes do. An SVG that runs a program, holds a page or calls another file is refused.
What remains is drawn by the engine of the PDF as a small PNG, which is all that pages
and documents ever hold.
"""

from __future__ import annotations

import base64
import re
import struct
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import typst
from django.utils.translation import gettext as _
from lxml import etree
from PIL import Image

MOST_DOTS = 40_000_000
"""A picture of a few kilobytes may unfold into gigabytes: its size is read first."""
DOTS_PER_INCH = 300.0
LAYOUT = b"""
#set page(width: auto, height: auto, margin: 0pt, fill: none)
#let content = read("given.svg", encoding: none)
#context {
  let natural = measure(image(content, format: "svg"))
  let scale = calc.min(60mm / natural.width, 22mm / natural.height)
  image(content, format: "svg", width: natural.width * scale)
}
"""
SUFFIXES = {"png": (".png",), "jpeg": (".jpg", ".jpeg"), "svg": (".svg",)}
PROGRAMS = {"script", "foreignobject", "iframe", "object", "embed", "handler", "set"}
PROGRAMS |= {"audio", "video", "animate", "animatetransform", "animatemotion"}
INSIDE = re.compile(r"#|data:image/(?:png|jpeg|gif|webp);base64,", re.IGNORECASE)
"""What an SVG may point to: a part of itself, or a picture that it holds."""
CALLS = re.compile(r"@import|url\(\s*['\"]?(?!#|data:image/)", re.IGNORECASE)


class NotAPicture(ValueError):
    """A file that cannot be taken as a picture; its text says why, and what to do."""


def picture_of(name: str, content: bytes) -> bytes:
    """The picture as a PNG of the size of a logo. Raises NotAPicture."""
    kind = _kind_of(content)
    if kind is None or not name.lower().endswith(SUFFIXES[kind]):
        told = _(
            "“%(name)s” is not the picture that its name says. Save it again as PNG, "
            "JPEG or SVG."
        )
        raise NotAPicture(told % {"name": name})
    if kind == "svg":
        for reason in _dangers(content):
            raise NotAPicture(reason)
        return _drawn(name, etree.tostring(_root(content), encoding="unicode"))
    width, height = _size(kind, content)
    if not 0 < width * height <= MOST_DOTS:
        told = _("“%(name)s” has too many dots. Make it 2,000 dots wide at most.")
        raise NotAPicture(told % {"name": name})
    return _drawn(name, held(content, f"image/{kind}", width, height))


def held(picture: bytes, content_type: str, width: int, height: int) -> str:
    """A picture inside an SVG, which is what the engine of the PDF takes as a text."""
    data = base64.b64encode(picture).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">'
        f'<image width="{width}" height="{height}" '
        f'href="data:{content_type};base64,{data}"/></svg>'
    )


def png_size(content: bytes) -> tuple[int, int]:
    width, height = struct.unpack(">II", content[16:24])
    return width, height


def _kind_of(content: bytes) -> str | None:
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if content.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    root = _root(content)
    is_svg = root is not None and etree.QName(root).localname == "svg"
    return "svg" if is_svg else None


def _root(content: bytes) -> Any:
    """The first element of an XML; None for anything else. Nothing is fetched."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        return etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _dangers(content: bytes) -> Iterator[str]:
    root = _root(content)
    document = root.getroottree().docinfo.internalDTD
    if document is not None and any(True for _one in document.iterentities()):
        yield _("This SVG defines entities. Save it again as “plain SVG”.")
    if b"<?xml-stylesheet" in content:
        yield _calls()
    for one in root.iter(etree.Element):
        local = etree.QName(one).localname.lower()
        names = [etree.QName(name).localname.lower() for name in one.attrib]
        if local in PROGRAMS or any(name.startswith("on") for name in names):
            yield _(
                "This SVG holds a program or a page. Save it again as “plain SVG”, or "
                "as PNG."
            )
        texts = [*one.attrib.values(), *([one.text or ""] if local == "style" else [])]
        pointed = [
            value.strip()
            for name, value in zip(names, one.attrib.values(), strict=True)
            if name in ("href", "src")
        ]
        if any(not INSIDE.match(to) for to in pointed if to) or any(
            CALLS.search(text) for text in texts
        ):
            yield _calls()


def _calls() -> str:
    return _("This SVG calls another file or a page. Save it again as PNG.")


def _size(kind: str, content: bytes) -> tuple[int, int]:
    """Width and height, as the file says them; none when it does not."""
    try:
        return png_size(content) if kind == "png" else _jpeg_size(content)
    except (struct.error, IndexError):
        return 0, 0


def _jpeg_size(content: bytes) -> tuple[int, int]:
    """Read from the frame, found by going from one segment to the next."""
    at = 2
    while True:
        while content[at] == 0xFF:
            at += 1
        marker = content[at]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", content[at + 4 : at + 8])
            return width, height
        (length,) = struct.unpack(">H", content[at + 1 : at + 3])
        at += 1 + length


def _drawn(name: str, svg: str) -> bytes:
    """What the engine draws of it, if it can."""
    # Files in memory: accepted by the compiler, missing from its annotations.
    files: Any = {"main.typ": LAYOUT, "given.svg": svg.encode()}
    try:
        made = typst.compile(
            files, format="png", ppi=DOTS_PER_INCH, ignore_system_fonts=True
        )
    except (typst.TypstError, RuntimeError):
        made = None
    if not isinstance(made, bytes) or shows_nothing(made):
        told = _("“%(name)s” shows nothing that can be read. Save it again as PNG.")
        raise NotAPicture(told % {"name": name})
    return made


def shows_nothing(png: bytes) -> bool:
    """Whether all of it is transparent: the file held no picture that can be read."""
    with Image.open(BytesIO(png)) as picture:
        return picture.convert("RGBA").getchannel("A").getextrema() == (0, 0)
