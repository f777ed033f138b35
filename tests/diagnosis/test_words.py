"""A figure and its unit, by the rule of each language."""

from __future__ import annotations

from django.utils import translation

from jalons.diagnosis.words import text


def test_a_sign_stands_where_the_language_wants_it():
    with translation.override("fr"):
        french = text(51.0, "percent"), text(20500, "euros")
    with translation.override("en"):
        english = text(51.0, "percent"), text(20500, "euros")

    assert ("51,0\u202f%", "20\u00a0500\u202f€") == french
    assert ("51.0%", "€20,500") == english
