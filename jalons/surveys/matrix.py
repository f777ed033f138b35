"""The answers of a whole campaign as small integers, kept until an answer changes.

Reading ten thousand JSON answers takes about a second; counting them must take
milliseconds, whatever their number. So the answers sent to a campaign are encoded
once per *revision*, and the result is kept in the cache:

* the revision is the number of answers sent and the moment of the last change, read
  from an index without opening any answer; a new, changed or erased answer gives
  another revision, hence another cache key, and nothing ever has to be invalidated;
* points: the matrix of `analysis.scoring.encode`, which survives a change of points;
* other questions with options: one bit per option and per answer, packed; each line
  of a matrix is such a question, under `question.line`;
* rankings: beside these bits, the rank of each option, 0 when it was not ranked;
* numbers and days as they are, NaN and NaT when not given;
* territory and profile: the position of each answer's in a short list.

Drafts are never encoded: they count nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
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
FORMAT = 3
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
    ranks: Mapping[str, NDArray[np.uint8]]
    numbers: Mapping[str, NDArray[np.float64]]
    days: Mapping[str, NDArray[np.datetime64]]

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
        ranks={
            question.code: _ranks_of(question, answers)
            for question in definition.questions
            if question.type == "ranking"
        },
        numbers={
            question.code: _numbers_of(question, answers)
            for question in definition.questions
            if question.type == "number"
        },
        days={
            question.code: _days_of(question, answers)
            for question in definition.questions
            if question.type == "date"
        },
    )


def _labels(labels: tuple[str, ...]) -> Labels:
    names = tuple(sorted(set(labels)))
    places = {name: place for place, name in enumerate(names)}
    positions = np.fromiter((places[label] for label in labels), np.int32, len(labels))
    return Labels(names, positions)


@dataclass(frozen=True, slots=True)
class _Column:
    code: str
    question: Question
    row: str = ""

    def chosen(self, answers: Sequence[Answers]) -> Iterator[Sequence[str | None]]:
        """What each answer ticks; a code no longer offered is nobody's choice."""
        for one in answers:
            found = one.get(self.question.code)
            if isinstance(found, dict):
                found = found.get(self.row)
            if isinstance(found, list):
                yield found
            else:
                yield [found if isinstance(found, str) else None]


def _ticks(definition: Definition, answers: tuple[Answers, ...]) -> dict[str, Ticks]:
    return {
        column.code: _ticks_of(question.option_codes, column.chosen(answers))
        for question in definition.questions
        if question.has_options
        for column in _columns(question)
    }


def _columns(question: Question) -> list[_Column]:
    """A question, or each line of a matrix."""
    if question.type != "matrix":
        return [_Column(question.code, question)]
    return [
        _Column(question.part_code(row), question, row) for row in question.row_codes
    ]


def _ticks_of(
    options: tuple[str, ...], chosen: Iterator[Sequence[str | None]]
) -> Ticks:
    rows = {option: row for row, option in enumerate(options)}
    said = list(chosen)
    bits = np.zeros((len(options), len(said)), dtype=bool)
    for column, codes in enumerate(said):
        for option in codes:
            if option in rows:
                bits[rows[option], column] = True
    return Ticks(options, np.packbits(bits, axis=1), len(said))


def _ranks_of(question: Question, answers: Sequence[Answers]) -> NDArray[np.uint8]:
    """One row an option, one column an answer: 1 for the first, 0 if not ranked."""
    options = [option.code for option in question.options]
    ranks = np.zeros((len(options), len(answers)), dtype=np.uint8)
    for column, one in enumerate(answers):
        found = one.get(question.code)
        for rank, code in enumerate(found if isinstance(found, list) else [], start=1):
            if code in options:
                ranks[options.index(code), column] = rank
    return ranks


def _numbers_of(question: Question, answers: Sequence[Answers]) -> NDArray[np.float64]:
    said = (one.get(question.code) for one in answers)
    known = (one if isinstance(one, int | float) else np.nan for one in said)
    return np.fromiter(known, np.float64, len(answers))


def _days_of(question: Question, answers: Sequence[Answers]) -> NDArray[np.datetime64]:
    said = (one.get(question.code) for one in answers)
    known = [one if isinstance(one, str) else "NaT" for one in said]
    return np.array(known, dtype="datetime64[D]")
