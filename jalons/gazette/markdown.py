"""Markdown to HTML, for pages and mails: titles, lists, emphasis, quotes, links.

HTML typed in a text is shown as it is typed, never obeyed. Links lead to pages and
mails only (markdown-it refuses `javascript:`, `data:` and `vbscript:`). Pictures are
left out: one comes with an article, drawn again by us, and no page calls another site.
"""

from __future__ import annotations

from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

FIRST_TITLE = 2
"""The page has its own first title; those of a text come below."""
LAST_TITLE = 4
READER = MarkdownIt("commonmark", {"html": False, "linkify": False}).disable("image")


def to_html(text: str) -> SafeString:
    """
    >>> to_html("**Bonjour** <b>!</b>")
    '<p><strong>Bonjour</strong> &lt;b&gt;!&lt;/b&gt;</p>\\n'
    >>> to_html("[ici](javascript:alert(1))")
    '<p>[ici](javascript:alert(1))</p>\\n'
    """
    tokens = [_lowered(one) for one in READER.parse(text)]
    html: str = READER.renderer.render(tokens, READER.options, {})
    return mark_safe(html)


def _lowered(token: Token) -> Token:
    if token.type in ("heading_open", "heading_close"):
        level = min(int(token.tag[1:]) + FIRST_TITLE - 1, LAST_TITLE)
        token.tag = f"h{level}"
    return token
