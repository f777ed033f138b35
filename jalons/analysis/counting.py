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

from collections.abc import Sequence
from math import prod

import numpy as np

from jalons.analysis.exact import Counts
from jalons.analysis.packing import Small, blocks, packed, packs

FEW = 1_000
"""Answers up to which numbering every cell is the faster way."""
LARGEST_PACK = 2**17
"""Combinations counted together at most: 1 MB of counts stays in fast memory."""


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
    questions: Small, contexts: Small, question_size: int, context_size: int
) -> Counts:
    """Counts of every question by every context, shape (questions, contexts, r, c).

    `questions` and `contexts` have one column per answer; their codes are under
    `question_size` and `context_size`.

    >>> questions = np.array([[0, 1, 1], [2, 2, 0]], dtype=np.uint8)
    >>> contexts = np.array([[0, 0, 1]], dtype=np.uint8)
    >>> count_tables(questions, contexts, 3, 2)[0, 0].tolist()
    [[1, 0], [1, 1], [0, 0]]
    """
    sizes = [_size(row, question_size) for row in questions]
    places = [_size(row, context_size) for row in contexts]
    shape = (len(questions), len(contexts), question_size, context_size)
    if questions.shape[1] <= FEW:
        return _in_one_call(questions, contexts, shape)
    found = np.zeros(shape, dtype=np.int64)
    most = min(LARGEST_PACK, questions.shape[1])
    for columns in packs(places, most):
        width = prod(places[c] for c in columns)
        for rows in packs(sizes, most // width):
            axes = [sizes[q] for q in rows] + [places[c] for c in columns]
            joint = np.zeros(prod(axes), dtype=np.int64)
            for block in blocks(questions.shape[1]):
                cells = packed(questions[rows, block], axes[: len(rows)]) * np.int64(
                    width
                )
                cells += packed(contexts[columns, block], axes[len(rows) :])
                joint += np.bincount(cells, minlength=joint.size)
            _spread(joint.reshape(axes), rows, columns, found)
    return found


def _size(codes: Small, announced: int) -> int:
    size = int(codes.max(initial=0)) + 1
    if size > announced:
        raise ValueError(f"code {size - 1} is larger than announced ({announced})")
    return size


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
