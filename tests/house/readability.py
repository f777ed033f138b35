"""How easily French is read: the formula of Kandel and Moles (1958).

Flesch's reading ease fitted to French: 207 − 1.015 × words a sentence − 73.6 ×
syllables a word. 100 is very easy, 60 to 70 is what most people read, 30 is a law. It
counts lengths and understands nothing: it finds sentences to rewrite, not good ones.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser

EASY = 70
"""From there on the formula says “fairly easy”, a step above what its authors call
standard (60 to 70): about B1. The step more is for the long words that no page of ours
does without, such as *intercommunalité* and *accessibilité*."""

LONGEST = 32
"""Words in a sentence: beyond, its beginning is forgotten before its end."""

# Those of inhabitants, participants, respondents and people whose data are kept.
PAGES = (
    "account_login",
    "callbacks:leave",
    "directory:find",
    "events:register",
    "front:home",
    "front:legal",
    "gazette:subscribe",
    "impact:take_back",
    "invitations:opt_out",
    "library:agreement",
    "orientation:answer",
    "panels:enter",
    "privacy:register",
    "reception:tell",
    "reception:write",
    "resources:propose_place",
    "statements:accessibility",
    "surveys:notice",
    "workshops:join",
)

VOWELS = "aeiouyàâäéèêëîïôöùûüÿœæ"
GROUPS = re.compile(f"[{VOWELS}]+")
# Vowels that meet and are heard apart: "réa-liser", "thé-âtre", "na-ïf", "cré-er".
APART = re.compile("éa|éâ|éo|aï|oï|éé|ée(?=r|z)|ao(?!û)")
SILENT = re.compile(f"(?<=[^{VOWELS}])(?:e|es)$")
MUTE_U = re.compile("qu|gu(?=[eéèi])")
WORDS = re.compile(r"[a-zA-ZÀ-ÿœŒæÆ]+")
ENDS = re.compile(r"[.!?…;:]+(?=\s|$)")

# What is read as sentences; titles, buttons and lists of links are not.
READ = {"p", "dd", "li"}
ALONE = {"nav", "table", "svg", "select"}
SHORTEST = 4
"""Fewer words are a name or a link, which no formula judges."""


def syllables(word: str) -> int:
    """Groups of vowels; a final e is silent, but in words of one syllable.

    >>> [syllables(word) for word in ("le", "aide", "commune", "réalité", "numérique")]
    [1, 1, 2, 4, 3]
    """
    heard = SILENT.sub("", MUTE_U.sub("k", word.lower()))
    found = len(GROUPS.findall(heard)) + len(APART.findall(heard))
    return max(1, found)


@dataclass(frozen=True, slots=True)
class Sentence:
    text: str

    @property
    def words(self) -> list[str]:
        return WORDS.findall(self.text)


def sentences(text: str) -> list[Sentence]:
    found = (Sentence(" ".join(one.split())) for one in ENDS.split(text))
    return [one for one in found if len(one.words) >= SHORTEST]


def ease(read: list[Sentence]) -> float:
    """The score of these sentences together.

    >>> round(ease(sentences("Vous êtes chez vous. Nous lisons votre message.")))
    111
    """
    words = [word for one in read for word in one.words]
    heard = sum(syllables(word) for word in words)
    return 207 - 1.015 * len(words) / len(read) - 73.6 * heard / len(words)


class Prose(HTMLParser):
    """The sentences that a page tells, whatever the marks inside them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self._open: list[str] = []
        self._told: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if dict(attrs).get("class") == "links":
            return
        if tag in READ | ALONE | {"main"}:
            self._open.append(tag)
        if tag in READ:
            self._told.append("")
        if tag == "a" and self._open[-1:] == ["li"]:
            self._told[-1] = ""
            self._open.append("a")

    def handle_endtag(self, tag: str) -> None:
        # What follows a link in a line of a list is about the link.
        if tag != "a" and tag in self._open:
            while self._open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        is_read = "main" in self._open and self._open[-1] in READ
        if is_read and not ALONE & {*self._open}:
            self._told[-1] += data

    @property
    def sentences(self) -> list[Sentence]:
        return [one for text in self._told for one in sentences(text)]
