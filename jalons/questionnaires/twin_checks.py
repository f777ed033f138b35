"""Are the answers and the lines of a question told apart by whoever reads them?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from django.utils.translation import gettext as _

from jalons.questionnaires.locator import Path
from jalons.questionnaires.schema import Line, Option, Question, Text

Twin = tuple[Path, str]


def check_twins(question: Question) -> Iterator[Twin]:
    """Two answers, or two lines, that say the same to the same people."""
    yield from _twins("options", question.options)
    yield from _twins("rows", question.rows)


def _twins(key: str, written: Sequence[Option | Line]) -> Iterator[Twin]:
    for wording in ("fr", "en"):
        told: set[int] = set()
        for (a, first), (b, second) in combinations(enumerate(written), 2):
            plain = _plain(second.text, wording)
            is_same = plain and plain == _plain(first.text, wording)
            if is_same and b not in told and _are_shown_together(first, second):
                told.add(b)
                words = {"text": getattr(second.text, wording), "a": a + 1, "b": b + 1}
                yield (key, b, "text", wording), _said(key, wording) % words


def _plain(text: Text, wording: str) -> str:
    return " ".join(str(getattr(text, wording)).casefold().split())


def _are_shown_together(first: Option | Line, second: Option | Line) -> bool:
    """Two answers offered to different profiles are never read side by side."""
    if isinstance(first, Line) or isinstance(second, Line):
        return True
    if not first.profiles or not second.profiles:
        return True
    return not set(first.profiles).isdisjoint(second.profiles)


def _said(key: str, wording: str) -> str:
    if key == "options" and wording == "fr":
        return _(
            "Answers %(a)d and %(b)d both say “%(text)s” in French: word one otherwise."
        )
    if key == "options":
        return _(
            "Answers %(a)d and %(b)d both say “%(text)s” in English: word one "
            "otherwise."
        )
    if wording == "fr":
        return _(
            "Lines %(a)d and %(b)d both say “%(text)s” in French: word one otherwise."
        )
    return _(
        "Lines %(a)d and %(b)d both say “%(text)s” in English: word one otherwise."
    )
