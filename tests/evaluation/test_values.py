"""Values as they are typed: a wrong unit is told, nothing is guessed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from jalons.evaluation.values import NotAValue, read_value, shown


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("12,5", "percent", "12.5"),
        ("12.5 %", "percent", "12.5"),
        ("1 250", "people", "1250"),
        ("1\u202f250 personnes", "people", "1250"),
        ("-3,25", "points", "-3.25"),
        ("−1", "skills", "-1"),
        ("0", "count", "0"),
        ("2500 €", "euros", "2500"),
    ],
)
def test_a_value_is_read_as_people_write_it(text, unit, value):
    assert Decimal(value) == read_value(text, unit)


@pytest.mark.parametrize(
    ("text", "unit", "why"),
    [
        ("12 ETP", "percent", "autre unité"),
        ("12 %", "people", "autre unité"),
        ("beaucoup", "count", "pas un nombre"),
        ("", "count", "pas un nombre"),
        ("120", "percent", "plus de 100"),
        ("-1", "percent", "moins de zéro"),
        ("2,5", "people", "nombre entier"),
        ("6", "skills", "plus de 5"),
        ("1,2345", "points", "Trois décimales"),
        ("10000000000", "euros", "trop grand"),
    ],
)
def test_what_cannot_be_in_this_unit_is_refused_in_words(text, unit, why):
    with pytest.raises(NotAValue) as refused:
        read_value(text, unit)

    assert why in str(refused.value)


def test_a_value_is_shown_with_its_unit_and_the_unknown_is_no_zero():
    assert "12,5\u202f%" == shown(Decimal("12.500"), "percent")
    assert "1\u00a0250\u00a0€" == shown(Decimal(1250), "euros")
    assert "300 personnes" == shown(Decimal(300), "people")
    assert "–" == shown(None, "count")
    assert "0" == shown(Decimal(0), "count")
