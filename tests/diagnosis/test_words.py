"""A figure and its unit, by the rule of each language."""

from __future__ import annotations

from django.utils import translation

from jalons.diagnosis.words import bound, finer, text


def test_a_sign_stands_where_the_language_wants_it():
    with translation.override("fr"):
        french = text(51.0, "percent"), text(20500, "euros")
    with translation.override("en"):
        english = text(51.0, "percent"), text(20500, "euros")

    assert ("51,0\u202f%", "20\u00a0500\u202f€") == french
    assert ("51.0%", "€20,500") == english


def test_a_value_is_never_told_equal_to_what_it_lies_beyond():
    half = (32.61, 38.37)

    assert 1 == finer(38.40, "high", half, "percent")
    assert 1 == finer(32.58, "lowest", half, "percent")
    assert 0 == finer(38.36, "middle", half, "percent")
    assert 0 == finer(39.0, "high", half, "percent")
    with translation.override("fr"):
        told = text(38.4, "percent", 1), bound(38.37, "percent", 1)
    assert ("38,40\u202f%", "38,37") == told
