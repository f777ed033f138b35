"""Two wordings of one text, told word by word: what went, what came, what stayed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Change = Literal["same", "went", "came"]
WORD = re.compile(r"\S+\s*|\s+")
AROUND = 8
"""Words kept on each side of a change, where the whole text is not shown."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A piece of text, and whether it stayed, went or came."""

    change: Change
    text: str


def marked(before: str, after: str) -> list[Mark]:
    """Every word of both, in reading order; what went stands before what came.

    >>> [(one.change, one.text) for one in marked("Un bus bleu", "Un grand bus")]
    [('same', 'Un '), ('came', 'grand '), ('went', 'bus bleu'), ('came', 'bus')]
    """
    old, new = WORD.findall(before), WORD.findall(after)
    found: list[Mark] = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for _tag, i, j, k, m in matcher.get_opcodes():
        if old[i:j] == new[k:m]:
            found.append(Mark("same", "".join(new[k:m])))
            continue
        if i < j:
            found.append(Mark("went", "".join(old[i:j])))
        if k < m:
            found.append(Mark("came", "".join(new[k:m])))
    return found


def shortened(marks: Sequence[Mark]) -> list[Mark]:
    """The changes with some words around them: what stays elsewhere is left out.

    >>> same = Mark("same", " ".join("abcdefghijklmnopqrstuvwxyz"))
    >>> [one.text for one in shortened([same, Mark("came", "!")])]
    ['… s t u v w x y z', '!']
    """
    last = len(marks) - 1
    return [
        one
        if one.change != "same"
        else Mark("same", "".join(_cut(one.text, rank > 0, rank < last)))
        for rank, one in enumerate(marks)
    ]


def _cut(text: str, is_after: bool, is_before: bool) -> Iterator[str]:
    """What stands after one change, and before the next one."""
    words = WORD.findall(text)
    if len(words) <= AROUND * (is_after + is_before) + 1:
        yield text
        return
    if is_after:
        yield "".join(words[:AROUND])
    yield "… "
    if is_before:
        yield "".join(words[-AROUND:])
