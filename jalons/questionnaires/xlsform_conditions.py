"""Conditions of an XLSForm (XPath) that are "one of these answers to one question"."""

from __future__ import annotations

import re
from collections.abc import Iterator

ONE = re.compile(
    r"""selected\(\s*\$\{([\w.-]+)\}\s*,\s*["']([\w.-]+)["']\s*\)"""
    r"""|\$\{([\w.-]+)\}\s*=\s*["']([\w.-]+)["']"""
)
OR = re.compile(r"\s+or\s+")


def alternatives(text: str) -> tuple[str, list[str]] | None:
    """The question and the answers of which one is enough; None for anything else.

    >>> alternatives("(${q} = 'a') or (selected(${q}, 'b'))")
    ('q', ['a', 'b'])
    >>> alternatives("${q} = 'a' and ${p} = 'b'") is None
    True
    """
    matched = [ONE.fullmatch(part) for part in _parts(text)]
    pairs = [(m[1] or m[3], m[2] or m[4]) for m in matched if m]
    asked = {question for question, _answer in pairs}
    if len(pairs) != len(matched) or len(asked) != 1:
        return None
    return asked.pop(), [answer for _question, answer in pairs]


def _parts(text: str) -> Iterator[str]:
    """What stands between the "or", however deep in brackets."""
    inner = _unwrapped(text.strip())
    parts = list(_split(inner))
    if len(parts) == 1:
        yield inner
        return
    for part in parts:
        yield from _parts(part)


def _unwrapped(text: str) -> str:
    """Without the brackets that hold the whole of it."""
    while text.startswith("(") and next(_closings(text), -1) == len(text) - 1:
        text = text[1:-1].strip()
    return text


def _closings(text: str) -> Iterator[int]:
    """Where every bracket opened so far is closed."""
    depth = 0
    for at, letter in enumerate(text):
        depth += (letter == "(") - (letter == ")")
        if letter == ")" and depth == 0:
            yield at


def _split(text: str) -> Iterator[str]:
    """At each "or" that stands in no bracket."""
    start = 0
    for found in OR.finditer(text):
        before = text[: found.start()]
        if before.count("(") == before.count(")"):
            yield text[start : found.start()]
            start = found.end()
    yield text[start:]
