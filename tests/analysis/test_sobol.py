from __future__ import annotations

from math import pi, sin

import numpy as np
import pytest

from jalons.analysis.sobol import sobol, sobol_plainly


def runs(model, a, b):
    """The model on A, on B, and on A with each choice of B in turn."""
    mixed = []
    for choice in range(a.shape[1]):
        both = a.copy()
        both[:, choice] = b[:, choice]
        mixed.append(model(*both.T))
    return model(*a.T), model(*b.T), mixed


def samples(n: int, choices: int, seed: int = 3):
    drawn = np.random.default_rng(seed).random((2, n, choices))
    return drawn[0], drawn[1]


def columns(*results):
    return np.column_stack(results)


def test_by_hand_on_two_runs():
    # f = x + 2y on A = (0,0) (1,1) and B = (1,0) (0,1): f(A) = 0 3, f(B) = 1 2.
    # Mean 1.5, variance 1.25. With x of B: 1 2, moved 1 -1; with y of B: not moved.
    # First order of x: mean(-0.5 × 1, 0.5 × -1) / 1.25 = -0.4; total: 0.5 / 1.25 = 0.4.
    a, b = np.array([[0.0], [3.0]]), np.array([[1.0], [2.0]])
    found = sobol(a, b, [np.array([[1.0], [2.0]]), a], resamples=0)

    assert [-0.4, 0.0] == pytest.approx(found.first.value.ravel().tolist())
    assert [0.4, 0.0] == pytest.approx(found.total.value.ravel().tolist())


def test_shares_of_a_sum_are_those_of_the_variances():
    # Variances of x, 2y and 4z are as 1, 4 and 16: 1/21, 4/21 and 16/21.
    a, b = samples(20_000, 3)
    fa, fb, mixed = runs(lambda x, y, z: x + 2 * y + 4 * z, a, b)

    found = sobol(columns(fa), columns(fb), [columns(one) for one in mixed], 0)

    expected = pytest.approx([1 / 21, 4 / 21, 16 / 21], abs=0.02)
    assert expected == found.first.value.ravel()
    assert expected == found.total.value.ravel()


def ishigami(x, y, z):
    x, y, z = (2 * pi * each - pi for each in (x, y, z))
    return np.sin(x) + 7 * np.sin(y) ** 2 + 0.1 * z**4 * np.sin(x)


def test_the_known_indices_of_ishigami_lie_in_the_intervals():
    # T. Ishigami and T. Homma, 1990; a = 7, b = 0.1.
    fa, fb, mixed = runs(ishigami, *samples(8_192, 3))

    found = sobol(columns(fa), columns(fb), [columns(one) for one in mixed])

    first, total = (0.3139, 0.4424, 0.0), (0.5576, 0.4424, 0.2437)
    for shares, known in ((found.first, first), (found.total, total)):
        assert known == pytest.approx(shares.value.ravel().tolist(), abs=0.03)
        wider = 0.01
        assert (shares.low.ravel() - wider <= known).all()
        assert (known <= shares.high.ravel() + wider).all()


def test_many_results_at_once_are_what_one_at_a_time_gives_plainly():
    a, b = samples(60, 2)
    models = [
        lambda x, y: x * y,
        lambda x, y: 30_000 + x,
        lambda x, y: sin(3 * x) + y * y,
    ]
    results = [runs(np.vectorize(model, otypes=[float]), a, b) for model in models]
    found = sobol(
        columns(*(one[0] for one in results)),
        columns(*(one[1] for one in results)),
        [columns(*(one[2][choice] for one in results)) for choice in (0, 1)],
    )

    for at, model in enumerate(models):
        plain = sobol_plainly(model, a.tolist(), b.tolist())
        fast = list(
            zip(found.first.value[:, at], found.total.value[:, at], strict=True)
        )
        assert [pytest.approx(each, abs=1e-9) for each in plain] == fast


def test_a_result_that_never_varies_owes_nothing_to_any_choice():
    still = np.full((10, 1), 7.0)

    found = sobol(still, still, [still])

    assert [[0.0]] == found.first.value.tolist() == found.total.high.tolist()


def test_the_same_seed_gives_the_same_intervals():
    fa, fb, mixed = runs(ishigami, *samples(200, 3))
    given = columns(fa), columns(fb), [columns(one) for one in mixed]

    assert (sobol(*given).total.low == sobol(*given).total.low).all()
