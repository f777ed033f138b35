"""Answers as small integers, a block at a time, and blocks put together.

* points: the matrix of `analysis.scoring.encode`, which survives a change of points;
* other questions with options: one bit per option and per answer, packed; each line
  of a matrix is such a question, under `question.line`;
* rankings: beside these bits, the rank of each option, 0 when it was not ranked;
* numbers, days and weights given by a file as they are, NaN and NaT when not given;
  beside a weight, the number of its file, 0 when there is none;
* territory, profile and channel: the position of each answer's in a short list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jalons.analysis.scoring import Codes, encode
from jalons.questionnaires.answers import Answers
from jalons.questionnaires.definitions import Definition, Question
from jalons.questionnaires.grids import grid_of

Kept = NDArray[np.bool_] | NDArray[np.intp]
"""The answers kept, as a mask or as positions, which also put them in order."""
Column = NDArray[Any]
Put = Callable[[Sequence[Column]], Column]
"""Makes one column of several blocks of answers: one array a block, answers last."""


@dataclass(frozen=True, slots=True)
class Labels:
    """One label an answer, as positions in the sorted list of different labels."""

    names: tuple[str, ...]
    positions: NDArray[np.int32]

    def where(self, name: str) -> NDArray[np.bool_]:
        """The answers that bear this label, as a mask."""
        if name not in self.names:
            return np.zeros(len(self.positions), dtype=bool)
        return self.positions == self.names.index(name)

    def take(self, kept: Kept) -> Labels:
        return Labels(self.names, self.positions[kept]).without_idle()

    def without_idle(self) -> Labels:
        """The same, without the labels that no answer bears."""
        counts = np.bincount(self.positions, minlength=len(self.names))
        if counts.all():
            return self
        used = np.flatnonzero(counts)
        places = np.zeros(len(self.names), np.int32)
        places[used] = np.arange(len(used))
        names = tuple(self.names[at] for at in used.tolist())
        return Labels(names, places[self.positions])


@dataclass(frozen=True, slots=True)
class Ticks:
    """What was ticked in one question: one row per option, one column per answer."""

    options: tuple[str, ...]
    packed: NDArray[np.uint8]
    count: int

    @property
    def ticked(self) -> NDArray[np.bool_]:
        bits = np.unpackbits(self.packed, axis=1, count=self.count)
        return bits.view(bool)

    @classmethod
    def of(cls, options: tuple[str, ...], ticked: NDArray[np.bool_]) -> Ticks:
        return cls(options, np.packbits(ticked, axis=1), ticked.shape[1])


@dataclass(frozen=True, slots=True)
class AnswerMatrix:
    """The answers sent to a campaign, in the order of their primary keys."""

    pks: NDArray[np.int64]
    territories: Labels
    profiles: Labels
    channels: Labels
    weights: NDArray[np.float64]
    weight_files: NDArray[np.int64]
    points: Codes | None
    ticks: Mapping[str, Ticks]
    ranks: Mapping[str, NDArray[np.uint8]]
    numbers: Mapping[str, NDArray[np.float64]]
    days: Mapping[str, NDArray[np.datetime64]]

    def __len__(self) -> int:
        return len(self.pks)

    def take(self, kept: Kept) -> AnswerMatrix:
        """Some of these answers, as a mask or in the order of the positions given."""
        points = self.points
        return AnswerMatrix(
            pks=self.pks[kept],
            territories=self.territories.take(kept),
            profiles=self.profiles.take(kept),
            channels=self.channels.take(kept),
            weights=self.weights[kept],
            weight_files=self.weight_files[kept],
            points=Codes(points.questions, points.matrix[:, kept])
            if points is not None
            else None,
            ticks={
                code: Ticks.of(one.options, one.ticked[:, kept])
                for code, one in self.ticks.items()
            },
            ranks={code: one[:, kept] for code, one in self.ranks.items()},
            numbers={code: one[kept] for code, one in self.numbers.items()},
            days={code: one[kept] for code, one in self.days.items()},
        )


Row = tuple[int, str, str, str, float | None, int | None, Answers]
"""Primary key, territory, profile, channel, weight given and its file, answers."""


def encode_rows(definition: Definition, rows: Sequence[Row]) -> AnswerMatrix:
    columns = list(zip(*rows, strict=True)) if rows else [()] * 7
    pks, territories, profiles, channels, weights, files, answers = columns
    return AnswerMatrix(
        pks=np.array(pks, dtype=np.int64),
        territories=_labels(territories),
        profiles=_labels(profiles),
        channels=_labels(channels),
        weights=np.array([np.nan if w is None else w for w in weights], np.float64),
        weight_files=np.array([file or 0 for file in files], np.int64),
        points=encode(grid_of(definition), answers) if definition.grid else None,
        ticks=_ticks(definition, answers),
        ranks={q.code: _ranks_of(q, answers) for q in _of_type(definition, "ranking")},
        numbers={
            q.code: _numbers_of(q, answers) for q in _of_type(definition, "number")
        },
        days={q.code: _days_of(q, answers) for q in _of_type(definition, "date")},
    )


def joined(blocks: Sequence[AnswerMatrix]) -> AnswerMatrix:
    """Blocks of different answers to one version, in the order of their keys."""
    return _together(blocks, lambda arrays: np.concatenate(arrays, axis=-1))


def renewed(known: AnswerMatrix, fresh: AnswerMatrix) -> AnswerMatrix:
    """The known answers with the fresh ones, put in the place of the same or added."""
    places = np.searchsorted(known.pks, fresh.pks)
    is_known = np.isin(fresh.pks, known.pks)

    def put(arrays: Sequence[Column]) -> Column:
        old, new = arrays
        found = np.concatenate([old, new[..., ~is_known]], axis=-1)
        found[..., places[is_known]] = new[..., is_known]
        return found

    found = _together([known, fresh], put)
    if np.all(found.pks[:-1] < found.pks[1:]):
        return found
    return found.take(np.argsort(found.pks, kind="stable"))


def _together(blocks: Sequence[AnswerMatrix], put: Put) -> AnswerMatrix:
    """Each column of several blocks made into one, all in the same way."""
    first, codes = blocks[0], [one.points for one in blocks if one.points is not None]
    return AnswerMatrix(
        pks=put([one.pks for one in blocks]),
        territories=_put_labels([one.territories for one in blocks], put),
        profiles=_put_labels([one.profiles for one in blocks], put),
        channels=_put_labels([one.channels for one in blocks], put),
        weights=put([one.weights for one in blocks]),
        weight_files=put([one.weight_files for one in blocks]),
        points=Codes(codes[0].questions, put([one.matrix for one in codes]))
        if codes
        else None,
        ticks={
            code: Ticks.of(
                ticks.options, put([one.ticks[code].ticked for one in blocks])
            )
            for code, ticks in first.ticks.items()
        },
        ranks={c: put([one.ranks[c] for one in blocks]) for c in first.ranks},
        numbers={c: put([one.numbers[c] for one in blocks]) for c in first.numbers},
        days={c: put([one.days[c] for one in blocks]) for c in first.days},
    )


def _put_labels(blocks: Sequence[Labels], put: Put) -> Labels:
    names = tuple(sorted({name for one in blocks for name in one.names}))
    places = {name: place for place, name in enumerate(names)}
    moved = (np.array([places[name] for name in one.names], np.int32) for one in blocks)
    both = zip(moved, blocks, strict=True)
    return Labels(names, put([new[one.positions] for new, one in both])).without_idle()


def _labels(labels: Sequence[str]) -> Labels:
    names = tuple(sorted(set(labels)))
    places = {name: place for place, name in enumerate(names)}
    positions = np.fromiter((places[label] for label in labels), np.int32, len(labels))
    return Labels(names, positions)


def _of_type(definition: Definition, kind: str) -> Iterator[Question]:
    return (question for question in definition.questions if question.type == kind)


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
