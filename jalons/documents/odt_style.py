"""How a LibreOffice document looks: styles, page, header and footer, properties."""

from __future__ import annotations

from collections.abc import Mapping

import odfdo
from django.utils.translation import gettext as _
from odfdo import Element

from jalons.documents.letters import as_property, written
from jalons.documents.looks import LOOKS, Look
from jalons.documents.model import Document, Strong
from jalons.documents.odt_parts import TEXT_WIDTH, element, found_in, line
from jalons.documents.packages import locale_of
from jalons.drawing.skins import PALETTE

STYLES = "styles.xml"
CHAPTER, BULLETS = "Heading_20_1_20_on_20_a_20_page", "Bullets"
ROW, CELL, HEADER_CELL = "Row", "Cell.A1", "Cell.B1"
FIRST_LEVELS = 4

Attributes = Mapping[str, str]


def key(name: str) -> str:
    """The name of a style as the file has it: "Heading 1" is "Heading_20_1"."""
    return "Standard" if name == "Normal" else name.replace(" ", "_20_")


def prepare(made: odfdo.Document, document: Document) -> None:
    """Set styles, page, language and properties before anything is written."""
    named = found_in(made, STYLES, "//office:styles")
    # The template numbers its titles; ours say their number when they have one.
    for numbered in named.get_elements("text:outline-style"):
        named.delete(numbered)
    _set_defaults(named, locale_of(document.language))
    for name, look in LOOKS.items():
        _replace(named, key(name), _style(name, look))
    for one in (*_others(), _bullets()):
        _replace(named, str(one.get_attribute("style:name")), one)
    automatic = found_in(made, "content.xml", "//office:automatic-styles")
    for shaped in _shapes_of_tables():
        automatic.append(shaped)
    _replace(named, "Edge", _edge())
    _set_page(made, document)
    _set_properties(made, document)


def _style(name: str, look: Look) -> Element:
    attributes = {"style:name": key(name), "style:display-name": name}
    if name == "Normal":
        attributes = {"style:name": "Standard"}
    else:
        attributes["style:parent-style-name"] = key(look.base or "Normal")
    if name.startswith("Heading "):
        attributes["style:default-outline-level"] = name[-1]
        attributes["style:next-style-name"] = "Standard"
    attributes["style:family"] = "paragraph"
    return _with(attributes, paragraph=_shape(name, look), text=_letters(look))


def _shape(name: str, look: Look) -> Attributes:
    # Both: LibreOffice takes the one not said for nothing, not for its parent's.
    found = dict(_spaces(_space(look, "before"), _space(look, "after")))
    if look.indent:
        found["fo:margin-left"] = f"{look.indent}pt"
    if look.keeps_next or name.startswith("Heading "):
        found["fo:keep-with-next"] = "always"
    if name == "Normal":
        found |= {"fo:orphans": "2", "fo:widows": "2"}
    return found


def _space(look: Look, side: str) -> float:
    """What a style leaves before or after itself, or the one it stands on."""
    said: float | None = getattr(look, side)
    if said is not None:
        return said
    return _space(LOOKS[look.base or "Normal"], side)


def _letters(look: Look) -> Attributes:
    found = {}
    if look.size:
        found["fo:font-size"] = f"{look.size}pt"
    if look.color:
        found["fo:color"] = PALETTE[look.color]
    if look.font:
        found["fo:font-family"] = f"'{look.font}'"
    if look.bold is not None:
        found["fo:font-weight"] = "bold" if look.bold else "normal"
    if look.italic is not None:
        found["fo:font-style"] = "italic" if look.italic else "normal"
    return found


def _others() -> list[Element]:
    """Styles that a word processor brings with it, and those that only this one asks
    for: alignment, a title that starts a page."""
    text = {"style:family": "text"}
    ends = {"Center": "center", "End": "end"}
    found = [
        _child("Heading 1 on a page", "Heading 1", {"fo:break-before": "page"}),
        _child("List Bullet", "Normal", _spaces(0, 3)),
        _with({"style:name": "Strong", **text}, text={"fo:font-weight": "bold"}),
        _with({"style:name": "Emphasis", **text}, text={"fo:font-style": "italic"}),
        _with(
            {
                "style:name": "Internet_20_link",
                "style:display-name": "Internet link",
                **text,
            },
            text={
                "fo:color": PALETTE["accent"],
                "style:text-underline-style": "solid",
                "style:text-underline-width": "auto",
            },
        ),
        _with({"style:name": "Graphics", "style:family": "graphic"}, graphic=_IN_LINE),
    ]
    for base in ("Cell", "Cell Header"):
        for name, align in ends.items():
            found.append(_child(f"{base} {name}", base, {"fo:text-align": align}))
    found[0].set_attribute("style:default-outline-level", "1")
    return found


_IN_LINE = {
    "text:anchor-type": "as-char",
    "style:vertical-pos": "top",
    "style:vertical-rel": "baseline",
    "fo:border": "none",
    "fo:padding": "0in",
}


def _spaces(before: float, after: float) -> Attributes:
    return {"fo:margin-top": f"{before}pt", "fo:margin-bottom": f"{after}pt"}


def _child(name: str, base: str, shape: Attributes) -> Element:
    attributes = {
        "style:name": key(name),
        "style:display-name": name,
        "style:family": "paragraph",
        "style:parent-style-name": key(base),
    }
    return _with(attributes, paragraph=shape)


def _bullets() -> Element:
    """Levels of a list: a bullet, its text beside it."""
    made = element("text:list-style", {"style:name": BULLETS})
    for level in range(1, FIRST_LEVELS + 1):
        bullet = element(
            "text:list-level-style-bullet",
            {"text:level": str(level), "text:bullet-char": "•"},
        )
        placed = element(
            "style:list-level-properties",
            {"text:list-level-position-and-space-mode": "label-alignment"},
        )
        aligned = {
            "text:label-followed-by": "listtab",
            "fo:text-indent": "-0.2in",
            "fo:margin-left": f"{0.2 * level:.1f}in",
        }
        placed.append(element("style:list-level-label-alignment", aligned))
        bullet.append(placed)
        made.append(bullet)
    return made


def _shapes_of_tables() -> list[Element]:
    line_color, strong = PALETTE["line"], PALETTE["line-strong"]
    padding = {"fo:padding": "0.02in", "fo:border": "none"}

    def cell(name: str, border: str) -> Element:
        attributes = {"style:name": name, "style:family": "table-cell"}
        shape = padding | {"fo:border-bottom": border}
        shape |= {"fo:padding-left": "0in", "fo:padding-right": "0.08in"}
        shape["style:vertical-align"] = "middle"
        return _with(attributes, **{"table-cell": shape})

    row = {"style:name": ROW, "style:family": "table-row"}
    return [
        _with(row, **{"table-row": {"fo:keep-together": "always"}}),
        cell(CELL, f"0.5pt solid {line_color}"),
        cell(HEADER_CELL, f"0.8pt solid {strong}"),
    ]


def _with(attributes: Attributes, **properties: Attributes) -> Element:
    made = element("style:style", attributes)
    for family, shape in properties.items():
        if shape:
            made.append(element(f"style:{family}-properties", shape))
    return made


def _replace(named: Element, name: str, made: Element) -> None:
    for old in named.get_elements(f"*[@style:name='{name}']"):
        named.delete(old)
    named.append(made)


def _set_defaults(named: Element, locale: str) -> None:
    language, _dash, country = locale.partition("-")
    for text in named.get_elements("style:default-style/style:text-properties"):
        text.set_attribute("fo:language", language)
        text.set_attribute("fo:country", country or "none")


def _set_page(made: odfdo.Document, document: Document) -> None:
    """One page for all, its margins those of the other formats."""
    automatic = found_in(made, STYLES, "//office:automatic-styles")
    masters = found_in(made, STYLES, "//office:master-styles")
    automatic.clear()
    masters.clear()
    layout = element("style:page-layout", {"style:name": "A4"})
    sizes = {
        "fo:page-width": "210mm",
        "fo:page-height": "297mm",
        "style:print-orientation": "portrait",
        "fo:margin-left": "21mm",
        "fo:margin-right": "21mm",
        "fo:margin-top": "14mm",
        "fo:margin-bottom": "12mm",
    }
    layout.append(element("style:page-layout-properties", sizes))
    for place, side in (("header", "bottom"), ("footer", "top")):
        shaped = element(f"style:{place}-style", {})
        height = {"fo:min-height": "10mm", f"fo:margin-{side}": "4mm"}
        shaped.append(element("style:header-footer-properties", height))
        layout.append(shaped)
    automatic.append(layout)
    master = {"style:name": "Standard", "style:page-layout-name": "A4"}
    page = element("style:master-page", master)
    page.append(_head(document))
    page.append(_foot(document))
    masters.append(page)


def _edge() -> Element:
    """A line with a text at both ends."""
    attributes = {
        "style:name": "Edge",
        "style:family": "paragraph",
        "style:parent-style-name": "Note",
    }
    made = element("style:style", attributes)
    shape = element("style:paragraph-properties", _spaces(0, 0))
    stops = element("style:tab-stops", {})
    at = {"style:position": f"{TEXT_WIDTH:.3f}in", "style:type": "right"}
    stops.append(element("style:tab-stop", at))
    shape.append(stops)
    made.append(shape)
    return made


def _head(document: Document) -> Element:
    made = element("style:header", {})
    if document.watermark:
        made.append(line([Strong(document.watermark)], "Caution"))
    made.append(line(f"{document.title}\t{document.date_line}", "Edge"))
    return made


def _foot(document: Document) -> Element:
    made = element("style:footer", {})
    foot = line(f"{document.source_line}\t", "Edge")
    before, rest = _("page {page} of {pages}").split("{page}")
    between, after = rest.split("{pages}")
    foot.append(written(before))
    number = element("text:page-number", {"text:select-page": "current"})
    number.text = "1"
    foot.append(number)
    foot.append(written(between))
    count = element("text:page-count", {})
    count.text = "1"
    foot.append(count)
    foot.append(written(after))
    made.append(foot)
    return made


def _set_properties(made: odfdo.Document, document: Document) -> None:
    meta = made.meta
    meta.title = as_property(document.title)
    meta.subject = as_property(document.subtitle)
    meta.description = as_property(document.source_line)
    meta.keyword = as_property(document.watermark or "")
    meta.initial_creator = meta.creator = as_property(document.author)
    meta.language = locale_of(document.language)
    # What the template brought: the day of another machine, its counts, its picture.
    for name in ("meta:creation-date", "dc:date", "meta:document-statistic"):
        for found in meta.get_elements(f"//{name}"):
            found.delete()
    made.del_part("Thumbnails/thumbnail.png")
    for entry in made.manifest.get_elements("//manifest:file-entry"):
        if "Thumbnails" in str(entry.get_attribute("manifest:full-path")):
            entry.delete()
