"""The answers of a whole campaign as small integers, kept until an answer changes.

Reading ten thousand JSON answers takes about a second; counting them must take
milliseconds, whatever their number. So the answers sent to a campaign are encoded
once per *revision*, and the result is kept in the cache:

* the revision is the number of answers sent and the moment of the last change, read
  from an index without opening any answer; a new, changed or erased answer gives
  another revision, hence another cache key, and nothing ever has to be invalidated;
* points: the matrix of `analysis.scoring.encode`, which survives a change of points;
* other questions with options: one bit per option and per answer, packed;
* territory and profile: the position of each answer's in a short list.

Drafts are never encoded: they count nowhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from django.core.cache import cache
from django.db.models import Count, Max
from numpy.typing import NDArray

from jalons.analysis.scoring import Codes, encode
from jalons.questionnaires.answers import Answers
from jalons.questionnaires.definitions import Definition, Question
from jalons.questionnaires.grids import grid_of
from jalons.surveys.models import Campaign

KEPT_SECONDS = 30 * 24 * 3600
FORMAT = 1
"""To be raised when the shape of `AnswerMatrix` changes."""


@dataclass(frozen=True, slots=True)
class Labels:
    """One label an answer, as positions in the list of different labels."""

    names: tuple[str, ...]
    positions: NDArray[np.int32]

    def where(self, name: str) -> NDArray[np.bool_]:
        """The answers that bear this label, as a mask."""
        if name not in self.names:
            return np.zeros(len(self.positions), dtype=bool)
        return self.positions == self.names.index(name)


@dataclass(frozen=True, slots=True)
class Ticks:
    """What was ticked in one question: one row per option, one column per answer."""

    options: tuple[str, ...]
    packed: NDArray[np.uint8]
    count: int

    @property
    def ticked(self) -> NDArray[np.bool_]:
        bits = np.unpackbits(self.packed, axis=1, count=self.count)
        return bits.astype(bool)


@dataclass(frozen=True, slots=True)
class AnswerMatrix:
    """The answers sent to a campaign, in the order of their primary keys."""

    pks: NDArray[np.int64]
    territories: Labels
    profiles: Labels
    points: Codes | None
    ticks: Mapping[str, Ticks]

    def __len__(self) -> int:
        return len(self.pks)


def revision_of(campaign: Campaign) -> str:
    """Changes whenever an answer that counts is added, changed or erased."""
    sent = campaign.responses.submitted()
    found = sent.aggregate(count=Count("pk"), last=Max("updated_at"))
    moment = found["last"].timestamp() if found["last"] else 0
    return f"{found['count']}-{moment:.6f}"


def cache_key(campaign: Campaign, name: str, revision: str) -> str:
    return f"surveys:{name}:{FORMAT}:{campaign.pk}:{revision}"


def matrix_of(campaign: Campaign, *, revision: str = "") -> AnswerMatrix:
    """The encoded answers of the campaign, from the cache when nothing changed."""
    key = cache_key(campaign, "matrix", revision or revision_of(campaign))
    found: AnswerMatrix | None = cache.get(key)
    if found is None:
        found = _encode(campaign)
        cache.set(key, found, KEPT_SECONDS)
    return found


def _encode(campaign: Campaign) -> AnswerMatrix:
    definition = campaign.version.read()
    rows = campaign.responses.submitted().order_by("pk")
    columns = list(
        zip(*rows.values_list("pk", "territory_id", "profile", "answers"), strict=True)
    )
    pks, territories, profiles, answers = columns or ((), (), (), ())
    return AnswerMatrix(
        pks=np.array(pks, dtype=np.int64),
        territories=_labels(territories),
        profiles=_labels(profiles),
        points=encode(grid_of(definition), answers) if definition.grid else None,
        ticks=_ticks(definition, answers),
    )


def _labels(labels: tuple[str, ...]) -> Labels:
    names = tuple(sorted(set(labels)))
    places = {name: place for place, name in enumerate(names)}
    positions = np.fromiter((places[label] for label in labels), np.int32, len(labels))
    return Labels(names, positions)


def _ticks(definition: Definition, answers: tuple[Answers, ...]) -> dict[str, Ticks]:
    return {
        question.code: _ticks_of(question, answers)
        for question in definition.questions
        if question.has_options
    }


def _ticks_of(question: Question, answers: tuple[Answers, ...]) -> Ticks:
    options = question.option_codes
    rows = {option: row for row, option in enumerate(options)}
    bits = np.zeros((len(options), len(answers)), dtype=bool)
    for column, one in enumerate(answers):
        chosen = one.get(question.code)
        for option in chosen if isinstance(chosen, list) else [chosen]:
            if option in rows:
                bits[rows[option], column] = True
    return Ticks(options, np.packbits(bits, axis=1), len(answers))
