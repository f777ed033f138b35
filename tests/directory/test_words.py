"""Hours as they are said to somebody, and not as a list writes them."""

from __future__ import annotations

import pytest
from django.utils import translation

from jalons.directory.words import opening_said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Mo-Fr 09:00-12:00", "Du lundi au vendredi : 9 h – 12 h"),
        (
            "Mo,Tu 09:00-12:00,14:00-18:30; Sa 10:00-12:00; PH off",
            "Lundi et mardi : 9 h – 12 h, 14 h – 18 h 30 · Samedi : 10 h – 12 h"
            " · fermé les jours fériés",
        ),
        # More than a week, or nothing certain: what is written stays.
        ("Mo[1] 09:00-12:00", "Mo[1] 09:00-12:00"),
        ("Jul-Aug Mo 09:00-12:00", "Jul-Aug Mo 09:00-12:00"),
        ("Fr 08:00-12:00; Fr 14:00-18:00", "Fr 08:00-12:00; Fr 14:00-18:00"),
        ("sur rendez-vous", "sur rendez-vous"),
        ("", ""),
    ],
)
def test_hours_of_every_week_are_said_in_words_and_others_left(written, said):
    with translation.override("fr"):
        assert said == opening_said(written).replace("\u00a0", " ")


def test_hours_are_said_in_english_too():
    with translation.override("en"):
        said = opening_said("Mo-Th 14:00-18:00; PH off").replace("\u00a0", " ")

    assert "From Monday to Thursday: 14:00 – 18:00 · closed on bank holidays" == said
