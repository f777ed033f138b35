"""A text message keeps what matters, in the letters that every telephone reads."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jalons.orientation.texting import GSM, LONGEST, Piece, plain, text_message


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("C’est à l’étage", "C'est à l'étage"),
        ("Forêt, garçon, Noël", "Foret, garcon, Noel"),
        ("9 h\u00a0– 12 h", "9 h - 12 h"),
        ("« Le Relais »", '"Le Relais"'),
        ("œuvre 😀", "oeuvre"),
    ],
)
def test_a_letter_that_would_shorten_the_message_is_written_otherwise(text, expected):
    assert expected == plain(text)


def test_the_least_useful_piece_is_left_out_first():
    pieces = [Piece("Lieu", 0), Piece("x" * 10, 5), Piece("Demain", 1)]

    assert "Lieu\nDemain" == text_message(pieces, longest=12)


pieces = st.lists(
    st.builds(Piece, st.text(max_size=200), st.integers(0, 9)), max_size=9
)


@given(pieces)
def test_a_message_always_holds(given_pieces):
    said = text_message(given_pieces)

    assert len(said) <= LONGEST
    assert not set(said) - GSM
