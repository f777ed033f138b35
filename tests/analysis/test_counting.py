from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jalons.analysis.counting import FEW, count_tables, count_tables_plain


@given(
    seed=st.integers(0, 10_000),
    n=st.one_of(st.integers(0, 50), st.integers(FEW - 1, FEW + 2)),
    questions=st.integers(1, 4),
    contexts=st.integers(1, 6),
    sizes=st.tuples(st.integers(1, 6), st.integers(1, 13)),
)
def test_the_fast_counts_equal_the_plain_ones(seed, n, questions, contexts, sizes):
    rng = np.random.default_rng(seed)
    answers = rng.integers(0, sizes[0], (questions, n), dtype=np.uint8)
    places = rng.integers(0, sizes[1], (contexts, n), dtype=np.uint8)

    found = count_tables(answers, places, *sizes)

    assert found.shape == (questions, contexts, *sizes)
    assert (found == count_tables_plain(answers, places, *sizes)).all()


def test_a_code_beyond_its_size_is_refused():
    with pytest.raises(ValueError, match="larger than announced"):
        count_tables(np.array([[3]], np.uint8), np.array([[0]], np.uint8), 3, 1)
