from __future__ import annotations

import pytest
from django.utils.translation import override

from jalons.observatory.words import decimal, p_value


@pytest.mark.parametrize(
    ("p", "said"),
    [
        (0.769, "p = 0,77"),
        (0.448, "p = 0,45"),
        (0.0077, "p = 0,008"),
        (0.0499, "p = 0,05"),
        (0.0004, "p < 0,001"),
    ],
)
def test_a_p_value_is_rounded_and_not_cut(p, said):
    with override("fr"):
        assert said == p_value(p).replace("\xa0", " ").replace("\u202f", " ")


def test_a_size_of_link_is_rounded_too():
    with override("fr"):
        assert decimal(0.139, 2) == "0,14"
