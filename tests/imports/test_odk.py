"""Answers collected with ODK or KoboToolbox on our XLSForm come back by the import."""

from __future__ import annotations

import pytest

from jalons.imports.guessing import Choice, guess_separator

DEVICES = [Choice(code, (code.title(),)) for code in ("computer", "smartphone", "none")]


@pytest.mark.parametrize(
    ("values", "found"),
    [
        (["computer smartphone", "none"], " "),
        (["computer", "none"], None),
        (["computer fridge", "none"], None),
        (["computer; smartphone"], ";"),
    ],
)
def test_spaces_part_codes_and_never_words(values, found):
    assert found == guess_separator(values, DEVICES)
