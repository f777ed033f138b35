"""Many crossings at once: every question against every context, from codes.

Answers are small integers, one row of codes per question; contexts likewise, one row
per context variable (profile, density…). The result holds one table of counts per
pair. `count_tables_plain` counts pair by pair and is the readable reference.

Two ways give the same counts. With few answers, calling NumPy once per pair costs more
than the counting: the cells of all tables are numbered and counted in one call. With
many, several questions and all contexts are packed into one number per answer, counted
once, and the counts are summed into one table per pair.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import prod

import numpy as np

from jalons.analysis.exact import Counts
from jalons.analysis.fast import Loop, compiled
from jalons.analysis.packing import (
    Packed,
    Small,
    are_bytes,
    blocks,
    largest,
    packed,
    packs,
    shares_of,
)
from jalons.analysis.ranking import in_threads

FEW = 1_000
"""Answers up to which numbering every cell is the faster way."""
LARGEST_PACK = 2**17
"""Combinations counted together at most: 1 MB of counts stays in fast memory."""
NEAR = 2**15
"""The same for `counting.c`, which counts every pack at once: all stay there."""

Rows = Small | Sequence[Small]


def count_tables_plain(
    questions: Small, contexts: Small, question_size: int, context_size: int
) -> Counts:
    """Counts [question, context, answer code, context code], pair by pair."""
    found = np.zeros(
        (len(questions), len(contexts), question_size, context_size), dtype=np.int64
    )
    for q, answers in enumerate(questions):
        for c, places in enumerate(contexts):
            np.add.at(found[q, c], (answers, places), 1)
    return found


def count_tables(
    questions: Rows, contexts: Rows, question_size: int, context_size: int
) -> Counts:
    """Counts of every question by every context, shape (questions, contexts, r, c).

    Rows have one code per answer, under `question_size` and `context_size`.

    >>> questions = np.array([[0, 1, 1], [2, 2, 0]], dtype=np.uint8)
    >>> contexts = np.array([[0, 0, 1]], dtype=np.uint8)
    >>> count_tables(questions, contexts, 3, 2)[0, 0].tolist()
    [[1, 0], [1, 1], [0, 0]]
    """
    answers, around = list(questions), list(contexts)
    n = len(answers[0]) if answers else 0
    greatest = largest([*answers, *around])
    sizes = _sizes(greatest[: len(answers)], question_size)
    places = _sizes(greatest[len(answers) :], context_size)
    shape = (len(answers), len(around), question_size, context_size)
    if n <= FEW:
        return _in_one_call(np.array(answers), np.array(around), shape)
    found = np.zeros(shape, dtype=np.int64)
    loop = compiled("count_packs", n) if are_bytes([*answers, *around]) else None
    most = min(LARGEST_PACK, n)
    for columns in packs(places, most):
        width = prod(places[c] for c in columns)
        beside = [around[c] for c in columns], [places[c] for c in columns]
        joints = (
            _joint_counts(answers, sizes, *beside, most // width)
            if loop is None
            else _joint_counts_in_c(loop, answers, sizes, *beside, NEAR // width)
        )
        for rows, joint in joints:
            _spread(joint, rows, columns, found)
    return found


Joints = Iterator[tuple[list[int], Counts]]
"""Some questions, and their counts by all the contexts together, an axis for each."""


def _joint_counts(
    questions: Sequence[Small],
    sizes: Sequence[int],
    contexts: Sequence[Small],
    places: Sequence[int],
    most: int,
) -> Joints:
    for rows in packs(sizes, most):
        axes = [*(sizes[q] for q in rows), *places]
        joint = np.zeros(prod(axes), dtype=np.int64)
        for block in blocks(len(contexts[0])):
            given = [questions[q][block] for q in rows]
            cells = packed(given, axes[: len(rows)]) * np.int64(prod(places))
            cells += packed([row[block] for row in contexts], places)
            joint += np.bincount(cells, minlength=joint.size)
        yield rows, joint.reshape(axes)


def _joint_counts_in_c(
    loop: Loop,
    questions: Sequence[Small],
    sizes: Sequence[int],
    contexts: Sequence[Small],
    places: Sequence[int],
    most: int,
) -> Joints:
    """The same, each processor counting its share of the answers."""
    width = prod(places)
    given, around = (
        Packed.of(questions, sizes, most, width),
        Packed.of(contexts, places, width),
    )
    shares = shares_of(len(contexts[0]))
    counts = np.zeros((len(shares), given.offsets[-1]), dtype=np.uint32)

    def count(number: slice) -> None:
        part = shares[number.start]
        loop(
            *(given.addresses, given.sizes, given.ends, given.offsets, len(given)),
            *(around.addresses, around.sizes, len(places), width),
            *(part.start, part.stop, counts[number.start]),
        )

    in_threads(count, [slice(at, at + 1) for at in range(len(shares))])
    whole = counts.sum(axis=0, dtype=np.int64)
    for number, rows in enumerate(packs(sizes, most)):
        start, stop = given.offsets[number : number + 2]
        yield rows, whole[start:stop].reshape([*(sizes[q] for q in rows), *places])


def _sizes(greatest: Sequence[int], announced: int) -> list[int]:
    for code in greatest:
        if code >= announced:
            raise ValueError(f"code {code} is larger than announced ({announced})")
    return [code + 1 for code in greatest]


def _in_one_call(
    questions: Small, contexts: Small, shape: tuple[int, int, int, int]
) -> Counts:
    """Each pair of codes as the number of its cell among all tables, counted once."""
    table = np.arange(shape[0] * shape[1]).reshape(shape[0], shape[1], 1)
    rows = table * shape[2] + questions[:, None, :]
    cells = rows * shape[3] + contexts[None, :, :]
    counts: Counts = np.bincount(cells.ravel(), minlength=prod(shape))
    return counts.reshape(shape)


def _spread(
    joint: Counts, rows: Sequence[int], columns: Sequence[int], found: Counts
) -> None:
    """Sum joint counts into the table of each pair."""
    context_axes = range(len(rows), joint.ndim)
    for i, q in enumerate(rows):
        one = joint.sum(axis=tuple(axis for axis in range(len(rows)) if axis != i))
        for j, c in enumerate(columns):
            others = tuple(1 + k for k in range(len(context_axes)) if k != j)
            table = one.sum(axis=others)
            found[q, c, : table.shape[0], : table.shape[1]] = table
