"""The answers of a whole campaign as small integers, read again only where they change.

Reading a hundred thousand JSON answers takes seconds; counting them must take
milliseconds, whatever their number. So the answers sent to a campaign are encoded
(`surveys.encoding`) and kept in the cache, with a *mark* for each territory: the number
of its answers and the moment of the last change, both read from an index without
opening any answer. A new, changed or erased answer moves the mark of its territory, and
nothing ever has to be invalidated:

* where a mark moved, the answers changed since are read and put in their place;
* when these do not explain the number now counted (one was erased, or written late),
  the answers about that territory are all read again.

Answers are read some thousand at a time: memory does not grow with their number, but
for the few bytes of each. Drafts are never encoded: they count nowhere.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice

import numpy as np
from django.core.cache import cache
from django.db.models import Count, Max, QuerySet

from jalons.surveys.encoding import AnswerMatrix, encode_rows, joined, renewed
from jalons.surveys.models import Campaign, Response

KEPT_SECONDS = 30 * 24 * 3600
FORMAT = 5
"""To be raised when the shape of what is kept changes."""
BLOCK = 2_000
"""Answers opened at a time."""
MOST_FRESH = 200
"""Answers read again before all is written to the cache anew, which costs more."""
MOST_AT_HAND = 2
"""Surveys whose answers each process keeps at hand, some megabytes each."""
LATE = timedelta(minutes=10)
"""A change may be written so long after the moment it bears, never longer."""


@dataclass(frozen=True, slots=True)
class Mark:
    """The answers about one territory: how many, and the last change among them."""

    count: int
    last: datetime


@dataclass(frozen=True, slots=True)
class Known:
    """The answers as they were read, and the marks they bore then."""

    marks: Mapping[str, Mark]
    matrix: AnswerMatrix
    # Answers read again since all this was last kept in the cache.
    fresh_count: int = 0

    @property
    def revision(self) -> str:
        """What `revision_of` gives for these answers."""
        count = sum(mark.count for mark in self.marks.values())
        last = max((mark.last for mark in self.marks.values()), default=None)
        return _revision(count, last)


_at_hand: dict[str, Known] = {}


def marks_of(campaign: Campaign) -> dict[str, Mark]:
    """What moves, territory by territory, whenever an answer that counts changes."""
    rows = campaign.responses.submitted().order_by().values_list("territory")
    found = rows.annotate(count=Count("pk"), last=Max("updated_at"))
    return {code: Mark(count, last) for code, count, last in found}


def revision_of(campaign: Campaign) -> str:
    """Changes whenever an answer that counts is added, changed or erased."""
    return revisions_of([campaign])[campaign.pk]


def revisions_of(campaigns: Collection[Campaign]) -> dict[int, str]:
    """The same for each, by its key, asked once for all."""
    sent = Response.objects.submitted().filter(campaign__in=campaigns).order_by()
    rows = sent.values_list("campaign").annotate(Count("pk"), Max("updated_at"))
    found = {pk: (count, last) for pk, count, last in rows}
    return {one.pk: _revision(*found.get(one.pk, (0, None))) for one in campaigns}


def _revision(count: int, last: datetime | None) -> str:
    return f"{count}-{last.timestamp() if last else 0:.6f}"


def matrix_of(campaign: Campaign) -> AnswerMatrix:
    """The encoded answers of the campaign, those that changed read again."""
    return known_of(campaign).matrix


def known_of(campaign: Campaign) -> Known:
    """The same, with the marks they bear: one page need not count them twice."""
    # No answer outlives a change of version, nor does what is kept of them.
    key = f"surveys:matrix:{FORMAT}:{campaign.pk}:{campaign.version.checksum}"
    known: Known | None = _at_hand.get(key) or cache.get(key)
    marks = marks_of(campaign)
    if known is None:
        known = Known(marks, read(campaign))
        cache.set(key, known, KEPT_SECONDS)
    elif known.marks != marks:
        known = _read_again(campaign, known, marks)
        if known.fresh_count > MOST_FRESH:
            known = replace(known, fresh_count=0)
            cache.set(key, known, KEPT_SECONDS)
    _keep_at_hand(key, known)
    return known


def _keep_at_hand(key: str, known: Known) -> None:
    if key not in _at_hand and len(_at_hand) >= MOST_AT_HAND:
        _at_hand.clear()
    _at_hand[key] = known


def read(campaign: Campaign) -> AnswerMatrix:
    """Every answer sent to the campaign, encoded anew."""
    return _encoded(campaign, campaign.responses.submitted())


def _read_again(campaign: Campaign, known: Known, marks: Mapping[str, Mark]) -> Known:
    before = {**marks, **known.marks}
    moved = {code for code in before if known.marks.get(code) != marks.get(code)}
    about = campaign.responses.submitted().filter(territory__in=moved)
    since = min(before[code].last for code in moved)
    fresh = _encoded(campaign, about.filter(updated_at__gte=since - LATE))
    matrix, count = renewed(known.matrix, fresh), known.fresh_count + len(fresh)
    if unexplained := _miscounted(matrix, moved, marks):
        whole = _encoded(campaign, about.filter(territory__in=unexplained))
        matrix = renewed(matrix.take(~_about(matrix, unexplained)), whole)
        # Erased answers leave what is kept at once, in every process.
        count = MOST_FRESH + 1
    return Known(marks, matrix, count)


def _miscounted(
    matrix: AnswerMatrix, codes: Collection[str], marks: Mapping[str, Mark]
) -> set[str]:
    names, positions = matrix.territories.names, matrix.territories.positions
    counts = np.bincount(positions, minlength=len(names)).tolist()
    found = dict(zip(names, counts, strict=True))
    return {
        code
        for code in codes
        if found.get(code, 0) != (marks[code].count if code in marks else 0)
    }


def _about(matrix: AnswerMatrix, codes: Collection[str]) -> np.ndarray:
    inside = np.array([name in codes for name in matrix.territories.names], dtype=bool)
    return inside[matrix.territories.positions]


def _encoded(campaign: Campaign, sent: QuerySet[Response]) -> AnswerMatrix:
    """These answers, opened a block at a time."""
    definition = campaign.version.read()
    first = ("pk", "territory", "profile", "channel", "given_weight", "weight_file")
    rows = sent.order_by("pk").values_list(*first, "answers")
    batches = _batches(rows.iterator(chunk_size=BLOCK))
    blocks = [encode_rows(definition, batch) for batch in batches]
    return joined(blocks or [encode_rows(definition, [])])


def _batches(rows: Iterator[tuple]) -> Iterator[list[tuple]]:
    while batch := list(islice(rows, BLOCK)):
        yield batch
