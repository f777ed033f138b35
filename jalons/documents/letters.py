"""Which letters a PDF can show, and what becomes of the others.

The accessible standard refuses a letter without a glyph, and only the fonts
shipped with the PDF engine are the same on every machine. They cover Latin,
Greek, Cyrillic, Hebrew and Arabic. Styled letters of social networks become
plain ones, accents that no letter of the fonts carries are left out; anything
else (emoji, ideograms) becomes one square, so that a reader sees that something
was there.
"""

from __future__ import annotations

import re
import unicodedata

MOST = 255
"""What word processors accept in a property; the text itself is whole inside."""

SQUARE = "\u25a1"

SHOWN = (
    " -~\u00a0-\u0377\u037a-\u037f\u0384-\u038a\u038c\u038e-\u03a1\u03a3-\u04ff"
    "\u05d0-\u05ea\u060c\u061b\u061f\u0621-\u063a\u0640-\u0655\u0660-\u0669"
    "\u1e00-\u1eff\u2010-\u2027\u202f-\u2040\u2044-\u2052\u2070-\u2071\u2074-\u208e"
    "\u2090-\u209c\u20a0-\u20c0\u2100-\u211e\u2122\u2126-\u2151\u2153-\u2184"
    "\u2190-\u23ff\u2500-\u2604\u26a0\u2713\u2714\u2717\u2718\ufb00-\ufb04\ufffd"
)
"""Ranges of characters that the embedded fonts can show; a test sets them all."""

_LINE_END = re.compile("\r\n?|[\n\u2028\u2029]")
_UNSEEN = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)
"""Control, joining and direction marks: they could reorder or break the line."""

_NOT_WRITTEN = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069"
    "\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff]"
)
"""Control and direction marks, half letters: refused by XML, or reorder the line."""

_UNSHOWN = re.compile(f"[^{SHOWN}]+")


def lines(text: str) -> list[str]:
    """Split a text at its line ends, with only letters that can be shown.

    >>> lines("Périgueux\\r\\n\U0001d5d5on \U0001f600\U0001f600")
    ['Périgueux', 'Bon □']
    """
    return [_shown(line) for line in _LINE_END.split(text)]


def line(text: str) -> str:
    """The same on a single line, for titles and cells of a header."""
    return " ".join(lines(text))


def written(text: str) -> str:
    """A text for a file opened with the reader's own fonts: every letter is kept.

    Marks that are not seen and what XML refuses are left out.

    >>> written("Périgueux\\x00 \\ud800\u6f22")
    'Périgueux \u6f22'
    """
    return _NOT_WRITTEN.sub("", "\n".join(_LINE_END.split(text)))


def as_property(text: str) -> str:
    """The same, for the properties of a file, which hold 255 letters at most.

    >>> len(as_property("a" * 300)), as_property("Périgueux")
    (255, 'Périgueux')
    """
    whole = written(text)
    return whole if len(whole) <= MOST else f"{whole[: MOST - 1].rstrip()}…"


def _shown(text: str) -> str:
    seen = _UNSEEN.sub("", text.replace("\t", " "))
    return _composed(_UNSHOWN.sub(_plainest, _composed(seen)))


def _composed(text: str) -> str:
    """Join letters and accents, then drop the accents that joined nothing."""
    joined = unicodedata.normalize("NFC", text)
    return "".join(c for c in joined if not unicodedata.category(c).startswith("M"))


def _plainest(match: re.Match[str]) -> str:
    return _UNSHOWN.sub(SQUARE, unicodedata.normalize("NFKC", match[0]))
