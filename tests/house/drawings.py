"""Whoever does not see a drawing is told the same: a title, a sentence, a table.

An ornament is silent beside its number. A picture has a title and a sentence, and each
of its words is read elsewhere on the page, unless a link leads to the table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import html as reader
from lxml.html import HtmlElement

# Shorter words are articles; what has no letter is a mark of an axis.
WORD = re.compile(r"[^\W\d_]{4,}")
TO_THE_TABLE = re.compile(r"tableau|CSV", re.IGNORECASE)
# Nothing is told by a square that a telephone reads but where it leads.
CODES = "segno"
MOST_UNTOLD = 0.02
"""A word cut at the end of a line of the drawing may be told whole beside it."""


def faults(html: str) -> list[str]:
    page = reader.fromstring(html)
    drawings = page.xpath("//svg[not(@aria-hidden='true')][not(ancestor::svg)]")
    return [f"{fault}: {_name(one)}" for one in drawings for fault in _faults(one)]


def _name(drawing: HtmlElement) -> str:
    return str(drawing.get("id") or drawing.get("class") or "svg")


def _faults(drawing: HtmlElement) -> Iterator[str]:
    title, told = _said(drawing, "labelledby"), _said(drawing, "describedby")
    if drawing.get("role") != "img":
        yield "neither an image nor an ornament"
    if not title:
        yield "no title"
    if not told or told == title:
        yield "no sentence"
    if CODES not in (drawing.get("class") or "") and not _is_read(drawing):
        yield f"nothing says the same: {sorted(_untold(drawing))[:6]}"


def _said(drawing: HtmlElement, by: str) -> str:
    where = (drawing.get(f"aria-{by}") or "").split()
    found = (one for each in where for one in drawing.xpath(f".//*[@id='{each}']"))
    return " ".join(one.text_content() for one in found).strip()


def _is_read(drawing: HtmlElement) -> bool:
    words = _words_of(drawing)
    if len(_untold(drawing)) <= MOST_UNTOLD * len(words):
        return True
    links = _main(drawing).xpath(".//a[@href]")
    return any(TO_THE_TABLE.search(one.text_content()) for one in links)


def _untold(drawing: HtmlElement) -> set[str]:
    """Words of a drawing that stand nowhere else in the page."""
    outside = _main(drawing).xpath(".//text()[not(ancestor::svg)]")
    return _words_of(drawing) - set(WORD.findall(" ".join(outside).casefold()))


def _words_of(drawing: HtmlElement) -> set[str]:
    labels = drawing.xpath(".//@data-label")
    texts = [one.text_content() for one in drawing.xpath(".//text")]
    return set(WORD.findall(" ".join([*labels, *texts]).casefold()))


def _main(drawing: HtmlElement) -> HtmlElement:
    found = drawing.xpath("ancestor::main")
    return found[0] if found else drawing.getroottree().getroot()
