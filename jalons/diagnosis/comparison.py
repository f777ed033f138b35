"""Side by side: which territories, chosen by the reader or because they resemble."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict
from django.utils.functional import Promise

from jalons.accounts.models import User
from jalons.diagnosis import sentences
from jalons.diagnosis.figures import kept_portrait
from jalons.diagnosis.portrait import Portrait
from jalons.diagnosis.reading import Origin, origins_of
from jalons.diagnosis.tables import side_by_side
from jalons.indicators.resemblance import CHOICES, Peer, resembling, words_of
from jalons.observatory.sheets import Sheet
from jalons.search.figures import Hit, find
from jalons.territories.models import Territory

MOST = 4
"""More columns than this no longer fit a phone, nor a reader's memory."""
BESIDE = 2
"""How many that resemble are put beside one's own territory, when none is chosen."""
CANDIDATES = 8
FOUND = 6
LONGEST = 20
"""Letters of an unknown code that are said again."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A territory that may be put beside; `reason` is why it is offered."""

    code: str
    name: str
    reason: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Criterion:
    code: str
    label: str | Promise
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Sources:
    """Where the figures of one territory come from."""

    name: str
    source: str
    origins: tuple[Origin, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the page shows; without territory, only the search.

    `left_out` are the names of those beyond four, `unknown` the codes of no territory.
    """

    portraits: tuple[Portrait, ...]
    sheet: Sheet | None
    candidates: tuple[Candidate, ...]
    criteria: tuple[Criterion, ...]
    query: str
    hits: tuple[Hit, ...]
    left_out: tuple[str, ...]
    unknown: tuple[str, ...]

    @property
    def sources(self) -> list[Sources]:
        return [
            Sources(
                one.territory.name,
                sentences.source_line(one),
                tuple(origins_of(one)),
            )
            for one in self.portraits
        ]

    @property
    def first(self) -> Portrait | None:
        return self.portraits[0] if self.portraits else None


def comparison_of(query: QueryDict, reader: User | AnonymousUser) -> Comparison:
    """Read the choice from the address; one's own territory when nothing is chosen."""
    codes = list(dict.fromkeys(query.getlist("avec"))) or _own(reader)
    known = Territory.objects.in_bulk(codes)
    chosen = [known[code] for code in codes if code in known]
    criteria = words_of(query.getlist("critere"))
    portraits = [kept_portrait(one) for one in chosen[:MOST]]
    alike = _alike(portraits, criteria)
    if len(portraits) == 1:
        beside = Territory.objects.in_bulk([one.code for one in alike[:BESIDE]])
        portraits += [kept_portrait(beside[one.code]) for one in alike[:BESIDE]]
    words = query.get("q", "").strip()
    return Comparison(
        portraits=tuple(portraits),
        sheet=side_by_side(portraits) if portraits else None,
        candidates=tuple(_candidates(portraits, alike)),
        criteria=tuple(
            Criterion(one.word, one.label, one.word in criteria) for one in CHOICES
        ),
        query=words,
        hits=tuple(find(words, kinds=list(Territory.Kind), limit=FOUND)),
        left_out=tuple(one.name for one in chosen[MOST:]),
        unknown=tuple(code[:LONGEST] for code in codes if code not in known),
    )


def _own(reader: User | AnonymousUser) -> list[str]:
    """The territory of the reader's first space, if any."""
    if not isinstance(reader, User):
        return []
    spaces = reader.memberships.order_by("joined_at")
    return list(spaces.values_list("space__territory", flat=True)[:1])


def _alike(portraits: Sequence[Portrait], criteria: Sequence[str]) -> Sequence[Peer]:
    if not portraits:
        return ()
    return resembling(portraits[0].described, criteria, CANDIDATES).peers


def _candidates(
    portraits: Sequence[Portrait], alike: Sequence[Peer]
) -> list[Candidate]:
    """Those on the page first, then those that resemble the first one."""
    reasons = {one.code: one.reason for one in alike}
    shown = [
        Candidate(
            one.territory.code,
            one.territory.name,
            reasons.get(one.territory.code, ""),
            True,
        )
        for one in portraits
    ]
    codes = {one.code for one in shown}
    return shown + [
        Candidate(one.code, one.name, one.reason, False)
        for one in alike
        if one.code not in codes
    ]
