"""A short code: a wrong sign is always noticed, two swapped nearly always."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from jalons.analysis.checked_code import ALPHABET, LENGTH, check_of, is_whole, typed

BODIES = st.text(ALPHABET, min_size=LENGTH - 1, max_size=LENGTH - 1)


def test_a_check_worked_by_hand():
    # ISO 7064, MOD 3 1,30, "22": 2 is worth 0. (30 + 0) mod 30 is taken as 30;
    # 30 × 2 mod 31 = 29; (29 + 0) × 2 mod 31 = 27; (1 - 27) mod 30 = 4, the sign "6".
    assert "6" == check_of("22")


@given(BODIES, st.integers(0, LENGTH - 1), st.sampled_from(ALPHABET))
def test_one_wrong_sign_is_always_noticed(body, place, sign):
    code = body + check_of(body)
    wrong = code[:place] + sign + code[place + 1 :]

    assert is_whole(code)
    assert is_whole(wrong) == (wrong == code)


def test_two_neighbours_swapped_are_nearly_always_noticed():
    missed = pairs = 0
    for first in ALPHABET:
        for second in ALPHABET:
            if first == second:
                continue
            body = f"K7{first}{second}M3F"
            swapped = f"K7{second}{first}M3F" + check_of(body)
            pairs += 1
            missed += is_whole(swapped)

    assert missed / pairs < 0.01


def test_a_code_is_read_however_it_is_typed_and_nothing_else_is_one():
    assert "K7QM3FX9" == typed(" k7qm – 3fx9 ")
    for wrong in ("", "K7QM3FX", "K7QM3FX99", "K7QM3FO9", "١٢٣٤٥٦٧٨"):
        assert not is_whole(wrong)
