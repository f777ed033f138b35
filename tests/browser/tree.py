"""What a screen reader is given: the accessibility tree that the browser has made.

Whatever can have the focus, each control and each picture says its name; a page has one
title and its regions; links and buttons of one name lead to one place, unless the
sentence, the row or the item that they stand in tells which.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from playwright.sync_api import CDPSession, Page

CONTROLS = {
    *("button", "link", "textbox", "searchbox", "combobox", "listbox", "option"),
    *("checkbox", "radio", "switch", "slider", "spinbutton", "tab", "treeitem"),
    *("menuitem", "menuitemcheckbox", "menuitemradio", "progressbar", "meter"),
    *("DisclosureTriangle", "DisclosureTriangleGrouped", "ColorWell"),
    *("Date", "DateTime", "InputTime"),
}
PICTURES = {"image", "img", "graphics-document", "graphics-symbol"}
REGIONS = {"main", "navigation", "banner", "contentinfo"}
REGIONS |= {"region", "search", "complementary"}
# What RGAA 6.1 lets one read beside a link: nearest first, then the sentence.
ITEMS = {"row", "definition", "listitem"}
SENTENCES = {"paragraph", "LabelText", "Legend", "legend"}
SENTENCES |= {"Figcaption", "caption", "form"}
# The focus is put there from a link or a script: nothing is done there.
STANDS = {"RootWebArea", "main", "dialog", "status", "alert"}
# Where a button sends: the address of its form and what the form holds.
SENT = """function () {
  const form = this.form;
  if (!form) return String(this.href ?? "");
  // Without the attribute, `formAction` says where the page is.
  const action = this.hasAttribute("formaction") ? this.formAction : form.action;
  return action + JSON.stringify([...new FormData(form)]) + this.name + this.value;
}"""

Fault = tuple[str, object]
_SESSIONS: WeakKeyDictionary[Page, CDPSession] = WeakKeyDictionary()


@dataclass(slots=True)
class Node:
    """An element as it is told, with what it stands in."""

    id: str
    role: str
    name: str
    description: str
    told: dict[str, object]
    place: int | None
    above: Node | None = None
    below: list[Node] = field(default_factory=list)

    def up(self) -> Iterator[Node]:
        one = self.above
        while one:
            yield one
            one = one.above

    def within(self, roles: Iterable[str]) -> Node | None:
        return next((one for one in self.up() if one.role in roles), None)

    @property
    def words(self) -> str:
        """What is read of it, from its first word to its last."""
        if self.role == "StaticText":
            return self.name
        inside = " ".join(filter(None, (one.words for one in self.below)))
        return inside or self.name

    @property
    def around(self) -> str:
        where = self.within(ITEMS) or self.within(SENTENCES)
        return where.words if where else ""

    def __str__(self) -> str:
        return f"{self.role} {self.name[:60]!r} in {self.around[:60]!r}"


def read(page: Page) -> list[Node]:
    """The nodes told to a screen reader, in the order of the page."""
    return list(_nodes(_session(page)))


def faults(page: Page) -> list[Fault]:
    """What somebody who hears the page would miss."""
    session = _session(page)
    nodes = list(_nodes(session))
    return [
        *(("no name", str(one)) for one in nodes if _is_mute(one)),
        *_structure(nodes),
        *(("one name, several places", one) for one in _misleading(nodes, session)),
    ]


def _session(page: Page) -> CDPSession:
    """One a page, as long as it lives: the browser forgets the passkeys of a page when
    any session with it ends."""
    if page not in _SESSIONS:
        _SESSIONS[page] = page.context.new_cdp_session(page)
    return _SESSIONS[page]


def _nodes(session: CDPSession) -> Iterator[Node]:
    """Those that are told; what is passed over leaves its children to what holds it."""
    given = session.send("Accessibility.getFullAXTree")["nodes"]
    told = {one["nodeId"]: one for one in given}
    found = {key: _node(one) for key, one in told.items()}
    for key, node in found.items():
        node.above = found.get(told[key].get("parentId"))
        if node.above:
            node.above.below.append(node)
    for key, node in found.items():
        if not told[key]["ignored"] and node.role != "InlineTextBox":
            yield node


def _node(one: dict) -> Node:
    def said(key: str) -> str:
        return re.sub(r"\s+", " ", str(one.get(key, {}).get("value", ""))).strip()

    told = {each["name"]: each["value"] for each in one.get("properties", ())}
    return Node(
        *(one["nodeId"], said("role"), said("name"), said("description")),
        told={name: value.get("value") for name, value in told.items()},
        place=one.get("backendDOMNodeId"),
    )


def _is_mute(one: Node) -> bool:
    """Whether it is to be named and is not, or by signs that nobody hears."""
    if one.role in STANDS:
        return False
    is_named = one.role in CONTROLS | PICTURES or one.told.get("focusable")
    return bool(is_named) and not re.search(r"\w", one.name)


def _structure(nodes: list[Node]) -> Iterator[Fault]:
    titles = [
        one.name for one in nodes if one.role == "heading" and one.told["level"] == 1
    ]
    if len(titles) != 1 or not titles[0]:
        yield "not one title", titles
    regions: dict[str, list[str]] = defaultdict(list)
    for one in nodes:
        if one.role in REGIONS:
            regions[one.role].append(one.name)
    if len(regions["main"]) != 1:
        yield "not one main region", regions["main"]
    # A page within another site, on a wall or in a pocket is its content only.
    if regions["banner"] and regions["navigation"] and not regions["contentinfo"]:
        yield "no foot", dict(regions)
    for role in ("navigation", "region", "search", "complementary"):
        # The only search of a page needs no name.
        names = regions[role]
        if len(names) > 1 and ("" in names or len(set(names)) < len(names)):
            yield f"regions that are not told apart ({role})", names


def _misleading(nodes: list[Node], session: CDPSession) -> Iterator[str]:
    """Links and buttons that read alike, with what is around, and lead elsewhere."""
    alike: dict[tuple[object, ...], list[Node]] = defaultdict(list)
    for one in nodes:
        # On a map the same names lead to what its table tells apart.
        if one.role in {"link", "button"} and not one.within(PICTURES | {"SvgRoot"}):
            region = one.within(REGIONS)
            words = (one.role, one.name, one.description, one.around)
            alike[(region.id if region else "", *words)].append(one)
    for same in alike.values():
        if len(same) > 1:
            places = {_leads(one, session) for one in same}
            if len(places) > 1:
                yield f"{same[0]}: {sorted(places)[:2]}"


def _leads(one: Node, session: CDPSession) -> str:
    """Where a link goes, what a button sends: asked only of those that read alike."""
    given = session.send("DOM.resolveNode", {"backendNodeId": one.place})["object"]
    asked = {"objectId": given["objectId"], "functionDeclaration": SENT}
    answer = session.send("Runtime.callFunctionOn", asked | {"returnByValue": True})[
        "result"
    ]
    return str(answer["value"]).split("#")[0]
