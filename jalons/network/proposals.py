"""What a centre may propose to a territory: reviewed rules, each with its reasons."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from pydantic import Field

from jalons.conditions.definitions import is_english
from jalons.indicators.definitions import Code, Shape, Words, read_shape
from jalons.network.cockpit import Cockpit, Row
from jalons.network.models import Amendment, Exchange
from jalons.network.said import said_words
from jalons.network.words import LEVELS

OWN = "own-"
"""How the code of a proposal of the centre itself begins."""
Support = Literal[
    "none",
    "knowledge",
    "tools",
    "strategy",
    "funding",
    "governance",
    "awareness",
    "pairing",
]


class When(Shape):
    """The conditions of a rule; those it does not say are always true."""

    level: list[int] = Field(default_factory=list)
    answered: bool | None = None
    vulnerability: list[Literal["high", "middle", "low"]] = Field(default_factory=list)
    fragile: bool | None = None
    strand: list[Literal["none", "planned", "active"]] = Field(default_factory=list)
    posts_ending: bool | None = None
    has_roadmap: bool | None = None
    # One of these answers at least, as `role:option`.
    said: list[str] = Field(default_factory=list)


class Rule(Shape):
    """A proposal, and when it is made."""

    id: Code
    when: When
    support: Support
    fr: Words
    en: Words

    def __str__(self) -> str:
        return self.en if is_english() else self.fr


class Rules(Shape):
    """The whole file."""

    id: Code
    author: Words
    reviewer: str
    seed: Words
    rule: list[Rule]


@dataclass(frozen=True, slots=True)
class Proposal:
    """What may be proposed to a territory, and what led to it, in words.

    `rule` is its code; `amendment` what the centre made of it, if anything.
    """

    rule: str
    words: str
    kind: str
    reasons: tuple[str, ...]
    amendment: Amendment | None = None

    def __str__(self) -> str:
        return self.words

    @property
    def support(self) -> str:
        return str(Exchange.Support(self.kind).label)

    @property
    def is_set_aside(self) -> bool:
        return self.amendment is not None and self.amendment.is_set_aside


@lru_cache(maxsize=1)
def read_rules() -> Rules:
    """The rules that come with the project; raises InvalidFile."""
    return read_shape(settings.REFERENCE_DIR / "support" / "proposals.toml", Rules)


def proposals_for(row: Row, cockpit: Cockpit) -> list[Proposal]:
    """What is proposed: the rules that apply, as the centre amended them, and its own.

    In the order of the file.
    """
    return [one for one in every_proposal(row, cockpit) if not one.is_set_aside]


def every_proposal(row: Row, cockpit: Cockpit) -> list[Proposal]:
    """The same, with those that the centre set aside."""
    amended = {one.rule: one for one in row.amended}
    found = (_read(rule, row, cockpit) for rule in read_rules().rule)
    known = [_amended(one, amended.get(one.rule)) for one in found if one is not None]
    own = [one for one in row.amended if one.rule.startswith(OWN)]
    return [*known, *(Proposal(o.rule, o.words, o.support, (), o) for o in own)]


def _amended(found: Proposal, by: Amendment | None) -> Proposal:
    if by is None:
        return found
    return replace(found, words=by.words, kind=by.support, amendment=by)


def _read(rule: Rule, row: Row, cockpit: Cockpit) -> Proposal | None:
    reasons = []
    for applies, words in _conditions(rule.when, row, cockpit):
        if not applies:
            return None
        reasons.append(words)
    return Proposal(rule.id, str(rule), rule.support, tuple(reasons))


def _conditions(when: When, row: Row, cockpit: Cockpit) -> Iterator[tuple[bool, str]]:
    """Whether each condition said is true, and the answer that makes it so."""
    if when.level:
        yield _level(row, cockpit) in when.level, _level_words(row, cockpit)
    if when.answered is not None:
        yield (row.class_code is not None) == when.answered, _answer_words(row, cockpit)
    if when.said:
        codes = [one for one in when.said if one in row.said]
        yield bool(codes), _said_words(codes, cockpit)
    if when.vulnerability:
        yield row.vulnerability in when.vulnerability, _vulnerability_words(row)
    if when.fragile is not None:
        yield (
            row.rank is not None and row.is_fragile == when.fragile,
            _("Fragility by the index: among the most fragile third of the région.")
            if row.is_fragile
            else _("Fragility by the index: not among the most fragile third."),
        )
    if when.strand:
        state = row.follow_up.get_strand_display() if row.follow_up else ""
        yield row.strand in when.strand, _("Inclusion strand: %s.") % state
    if when.posts_ending is not None:
        yield (row.posts_ending > 0) == when.posts_ending, _posts_words(row)
    if when.has_roadmap is not None:
        words = _("A roadmap is shared with you.") if row.progress else ""
        no = _("No roadmap is shared with you.")
        yield bool(row.progress) == when.has_roadmap, words or no


def _level(row: Row, cockpit: Cockpit) -> int | None:
    """The rank of its class among those of the survey, from 1; None without answer."""
    if row.class_code is None or row.class_code not in cockpit.classes:
        return None
    return list(cockpit.classes).index(row.class_code) + 1


def _level_words(row: Row, cockpit: Cockpit) -> str:
    return _("Level of progress: %s.") % cockpit.class_words(row)


def _answer_words(row: Row, cockpit: Cockpit) -> str:
    if cockpit.survey is None:
        return _("You have no survey that gives a level of progress.")
    if row.class_code is None:
        return _("No answer to “%s”.") % cockpit.survey.campaign.title
    return _("Answered “%s”.") % cockpit.survey.campaign.title


def _said_words(codes: list[str], cockpit: Cockpit) -> str:
    if cockpit.survey is None:
        return ""
    definition = cockpit.survey.campaign.version.read()
    said = said_words(codes, cockpit.survey.words, definition)
    return _("Half of its respondents or more say: “%s”.") % said


def _vulnerability_words(row: Row) -> str:
    level = LEVELS.get(row.vulnerability or "", _("unknown"))
    return _("By income: %s.") % str(level).lower()


def _posts_words(row: Row) -> str:
    n = row.posts_ending
    return ngettext(
        "%(n)s post ends within six months.", "%(n)s posts end within six months.", n
    ) % {"n": n}
