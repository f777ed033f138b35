"""The guides of docs/, read on the site itself: one page for each job.

Written in French. Their links lead to the pages of this site; a document written for
who installs it stays in docs/ and its link is left out, with its words kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

FOLDER = settings.BASE_DIR / "docs"
FIRST = "index"
BESIDE = (
    "ateliers",
    "salle-sans-internet",
    "enqueter",
    "bibliotheque",
    "donnees-personnelles",
)
"""Longer documents in French, beside the folder of guides."""
READER = MarkdownIt("commonmark", {"html": False}).enable("table")
# Tables scroll on a phone, and are reached by the keyboard.
READER.add_render_rule(
    "table_open",
    lambda *rule: format_html(
        '<div class="scroll" tabindex="0" role="group" aria-label="{title}">'
        '<table><caption class="visually-hidden">{title}</caption>',
        title=rule[1][rule[2]].meta["title"],
    ),
)
READER.add_render_rule("th_open", lambda *_: '<th scope="col">')
READER.add_render_rule("table_close", lambda *_: "</table></div>")
HOME = "l’accueil"
OF_A_TEAM = "/espaces/"
"""Under it, the pages of the example team: nobody else reads them."""
ADDRESS = re.compile(r"/[\w/-]*")


@dataclass(frozen=True, slots=True)
class Guide:
    """Its title, and what follows as HTML of ours."""

    title: str
    html: SafeString


def guide(name: str) -> Guide | None:
    """The guide of this name; None if there is none."""
    folder = FOLDER if name in BESIDE else FOLDER / "guides"
    path = folder / f"{name}.md"
    return _read(path.read_text()) if path.is_file() else None


@lru_cache(maxsize=32)
def _read(text: str) -> Guide:
    title, _, rest = text.partition("\n")
    tokens, heading = READER.parse(rest), title.removeprefix("# ")
    for before, token in zip([None, *tokens], tokens, strict=False):
        if before and before.type == "heading_open":
            heading = token.content
        elif token.type == "table_open":
            token.meta["title"] = heading
        if token.children:
            token.children = _linked(token.children)
    html = READER.renderer.render(tokens, READER.options, {})
    return Guide(title.removeprefix("# "), mark_safe(html))


def _linked(tokens: list[Token]) -> list[Token]:
    """Pieces of a line, their links and pictures leading to pages of this site."""
    kept: list[Token] = []
    tag = "a"
    for token in tokens:
        if token.type == "image":
            name = PurePosixPath(str(token.attrs["src"])).name
            token.attrs |= {"src": static(f"guides/{name}"), "loading": "lazy"}
        elif token.type == "link_open":
            target = _target(str(token.attrs["href"]))
            tag = "a" if target else "span"
            token.tag, token.attrs = tag, {"href": target} if target else {}
        elif token.type == "link_close":
            token.tag = tag
        elif token.type == "code_inline" and ADDRESS.fullmatch(token.content):
            kept += _address(token)
            continue
        kept.append(token)
    return kept


def _target(written: str) -> str | None:
    """Where a link between documents leads here, if it does."""
    name = PurePosixPath(written).stem
    if written.endswith(".md") and _is_there(name):
        return reverse("front:guide", args=[name])
    return None


def _is_there(name: str) -> bool:
    return name in BESIDE or (FOLDER / "guides" / f"{name}.md").is_file()


def _address(token: Token) -> list[Token]:
    """An address of the site, written as code, that can be followed."""
    # Nobody hears a bar as a name.
    said = HOME if token.content == "/" else token.content
    if said.startswith(OF_A_TEAM):
        said += " (page de l’équipe d’exemple de la démonstration)"
    words = Token("text", "", 0, content=said)
    return [
        Token("link_open", "a", 1, attrs={"href": token.content}),
        words,
        Token("link_close", "a", -1),
    ]
