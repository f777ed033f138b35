"""HTML that a word processor or a page pasted, as the words that a team would type.

Subtitles, paragraphs, lists, bold, links and tables become those of `wording`; anything
else goes, its words stay. Only the tags of HTML count: "<nom du lieu>" is a text.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

from jalons.documents.wording import TARGET

TITLES = {f"h{level}" for level in range(1, 7)}
APART = {"p", "div", "blockquote", "section", "article", "pre", "dd", "dt", "address"}
"""What begins and ends a paragraph."""
LISTS = {"ul", "ol", "dl"}
BOLD = {"b", "strong"}
CELLS = {"td", "th"}
UNREAD = {"style", "script", "title", "xml", "template"}
"""What these hold is read by a program, never by a person."""
PASSED = (
    *("html", "head", "body", "meta", "link", "span", "font", "br", "hr", "i", "em"),
    *("u", "s", "sub", "sup", "small", "img", "center", "thead", "tbody", "tfoot"),
    *("col", "colgroup", "caption", "abbr", "cite", "code", "del", "ins", "mark", "q"),
    *("figure", "figcaption", "header", "footer", "main", "nav", "label", "button"),
    *("form", "input", "iframe", "object", "embed", "svg", "path", "video", "audio"),
)
KNOWN = {
    *(*TITLES, *APART, *LISTS, *BOLD, *CELLS, *UNREAD, *PASSED),
    *("a", "li", "table", "tr"),
}
TAG = re.compile(r"</?([a-z][a-z0-9]*)(?=[\s/>])[^<>]*>|<!--|<!\[", re.IGNORECASE)
OFFICE = re.compile(r"</?[a-z]+:[a-z]+[^<>]*>", re.IGNORECASE)
CONDITION = re.compile(r"<!--\[if[^\]]*mso.*?<!\[endif\]-->|<!\[[^\]]*\]>", re.DOTALL)
"""What only one word processor would read, and the marks it leaves around the rest."""
LIST_IN_STYLE, MARK_IN_STYLE = "mso-list:", "mso-list:ignore"
HEAVY = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)


def has_markup(text: str) -> bool:
    """Whether a text holds HTML, and not only "a < b" or "<the name>"."""
    found = (one[1] for one in TAG.finditer(text))
    return any(name is None or name.lower() in KNOWN for name in found)


def as_written(text: str) -> str:
    """The text without its HTML, in the marks of `wording`; as it is without any.

    >>> as_written("<h2>Ici</h2><p>Un <b>cap</b></p><ul><li>aider</li></ul>")
    '## Ici\\n\\nUn **cap**\\n\\n- aider'
    >>> as_written("a < b, <nom du lieu>")
    'a < b, <nom du lieu>'
    """
    if not has_markup(text):
        return text
    reader = _Reader()
    reader.feed(OFFICE.sub("", CONDITION.sub("", text)))
    reader.close()
    return reader.written()


class _Reader(HTMLParser):
    """Writes lines: `said` is the one being read, `row` its line of a table."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self.said = ""
        self.mark = ""
        self.row: list[str] | None = None
        self.is_in_cell = False
        self.unread = 0
        self.opened: list[tuple[str, str]] = []
        """Tags that are open, and what closes each in our marks."""

    def written(self) -> str:
        for _tag, closing in reversed(self.opened):
            self.said += "" if closing == "unread" else closing
        self.opened.clear()
        self.end_row()
        self.end()
        return re.sub(r"\n{3,}", "\n\n", "\n".join(self.lines)).strip()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        style = re.sub(r"\s", "", given.get("style", "")).lower()
        if tag in UNREAD or MARK_IN_STYLE in style:
            self.unread += 1
            self.opened.append((tag, "unread"))
        elif tag not in KNOWN:
            self.said += self.get_starttag_text() or ""
        else:
            self.opened.append((tag, self.open(tag, given, style)))

    def open(self, tag: str, given: dict[str, str], style: str) -> str:
        """Begin what a tag stands for; returns what ends it."""
        if tag == "br":
            self.said += "\n" if self.row is None else " "
        elif tag in CELLS and self.row is not None:
            self.end_cell()
            self.is_in_cell = True
        elif tag == "tr":
            self.end_row()
            self.end()
            self.row = []
        elif tag in TITLES:
            self.begin("## ")
        elif tag == "li" or LIST_IN_STYLE in style:
            self.begin("- ")
        elif tag in APART or tag in LISTS or tag == "table":
            self.begin("")
        elif tag in BOLD or HEAVY.search(style):
            self.said += "**"
            return "**"
        elif tag == "a" and re.fullmatch(TARGET, given.get("href", "").strip(), re.I):
            self.said += "["
            return f"]({given['href'].strip()})"
        return ""

    def handle_endtag(self, tag: str) -> None:
        if tag not in KNOWN:
            self.said += f"</{tag}>"
            return
        while any(name == tag for name, _closing in self.opened):
            name, closing = self.opened.pop()
            if closing == "unread":
                self.unread -= 1
            else:
                self.said += closing
            if name == tag:
                break
        if tag in CELLS and self.row is not None:
            self.end_cell()
        elif tag == "tr":
            self.end_row()
        elif tag in APART or tag in TITLES or tag in {"li", "table", *LISTS}:
            self.begin("")

    def handle_data(self, data: str) -> None:
        if not self.unread:
            self.said += re.sub(r"[ \t\r\n\f]+", " ", data)

    def begin(self, mark: str) -> None:
        """Another paragraph; inside a cell, only a space."""
        if self.row is not None:
            self.said += " "
            return
        # Word opens a paragraph in each line of a list: it is still that line.
        if mark or self.said.strip():
            self.end()
            self.mark = mark

    def end(self) -> None:
        """The line read so far, under its mark, an empty line before a paragraph."""
        bold = "**" * any(closing == "**" for _tag, closing in self.opened)
        said = _tidy(self.said + bold)
        self.said = bold
        if said:
            follows = self.lines and self.lines[-1].startswith("- ")
            if not (self.mark == "- " and follows):
                self.lines.append("")
            self.lines.append(
                self.mark + said.replace("\n", " " if self.mark else "\n")
            )
            self.mark = ""

    def end_cell(self) -> None:
        """Keep what was read as a cell, an empty one too: the next keep their place."""
        assert self.row is not None
        said = _tidy(self.said)
        if said or self.is_in_cell:
            self.row.append(said.replace("\n", " ").replace("|", "\\|"))
        self.said, self.is_in_cell = "", False

    def end_row(self) -> None:
        if self.row is None:
            return
        self.end_cell()
        if any(self.row):
            follows = self.lines and self.lines[-1].startswith("| ")
            line = f"| {' | '.join(self.row)} |"
            self.lines += [line] if follows else ["", line]
        self.row = None


def _tidy(said: str) -> str:
    """Spaces that HTML ignores, and bold that holds nothing, left out."""
    text = said.replace("****", "")
    text = re.sub(r"\*\*(\s*)([^*\n]*?)(\s*)\*\*", _outside, text)
    lines = (re.sub(r"[ \u00a0]{2,}", " ", one).strip(" ") for one in text.split("\n"))
    return "\n".join(lines).strip()


def _outside(found: re.Match[str]) -> str:
    """Spaces of words in bold stand around their marks."""
    before, words, after = found.groups()
    return f"{before}**{words}**{after}" if words else before + after
