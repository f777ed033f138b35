from __future__ import annotations

import pytest
from django.utils.translation import override

from jalons.front.templatetags.components import signed


@pytest.mark.parametrize(
    ("value", "words"),
    [(1.5, "+1,5"), (-1.5, "−1,5"), (-12, "−12"), (0, "0"), (-0.04, "0"), (0.04, "0")],
)
def test_a_change_has_its_sign_and_nothing_is_said_of_a_rounded_zero(value, words):
    with override("fr"):
        assert words == signed(value)
