"""Likeness of two descriptions; each number is worked out by hand beside it."""

from __future__ import annotations

import pytest

from jalons.analysis.matching import (
    LIKELY,
    Described,
    compare,
    likely_pairs,
    words,
)

HERE = (0.0, 45.0)


def described(key: str = "1", name: str = "Atelier Giono", **said: object) -> Described:
    return Described(key, name, **said)


def test_what_both_say_alike_is_one():
    one = described(address="12 rue de l’Est", point=HERE)
    other = described("2", "ATELIER GIONO", address="12, Rue de l'Est", point=HERE)

    likeness = compare(one, other)

    assert (likeness.score, likeness.name, likeness.address) == (1.0, 1.0, 1.0)
    assert likeness.km == 0.0


def test_what_is_not_said_leaves_its_weight_to_the_rest():
    # Name 1 × 0.45 and address 1 × 0.30, over 0.75.
    one = described(address="12 rue de l’Est", point=HERE)

    assert compare(one, described("2", address="12 rue de l’Est")).score == 1.0
    assert compare(one, described("2")).score == 1.0


def test_nearness_goes_from_fifty_metres_to_one_kilometre():
    # 0.005° of latitude is 0.556 km: (1 − 0.556) / 0.95 = 0.467;
    # (0.45 + 0.25 × 0.467) / 0.70 = 0.810.
    one, other = described(point=HERE), described("2", point=(0.0, 45.005))

    likeness = compare(one, other)

    assert likeness.km == pytest.approx(0.556)
    assert likeness.score == pytest.approx(0.810)


def test_two_street_numbers_halve_the_likeness_of_addresses():
    # The same street, 12 and 14: words alike, then halved; a street without a
    # number says nothing against.
    one = described(address="12 rue Hoche")

    halved = compare(one, described("2", address="14 rue Hoche")).address
    whole = compare(one, described("2", address="rue Hoche")).address

    assert halved == pytest.approx(0.9 / 2, abs=0.02)
    assert whole >= 0.9


def test_two_names_that_share_nothing_are_not_proposed():
    one = described(name="Mission locale", address="4 place Foch", point=HERE)
    other = described("2", "Cyber Bazar", address="4 place Foch", point=HERE)

    assert compare(one, other).score < LIKELY


def test_a_bus_is_not_the_house_it_starts_from():
    said = {"address": "4 place Foch", "point": HERE, "commune": "Ambazac"}
    one = described(name="France services Pimms Médiation Ambazac", **said)
    other = described("2", "Bus France services Pimms Médiation Ambazac", **said)

    assert compare(one, other).score < LIKELY


def test_the_name_of_a_commune_alone_needs_its_address():
    one = described(name="Gouzon", commune="Gouzon", point=HERE)
    told = {"commune": "Gouzon", "point": HERE}

    other_street = described("2", "France services Gouzon", address="1 rue A", **told)
    assert compare(one, other_street).score < LIKELY


def test_a_shared_siret_adds_a_tenth_and_proves_nothing_alone():
    one = described(siret="43493312300029", address="1 rue Hoche", point=HERE)
    far = (0.0, 45.2)
    other = described(
        "2", "Cyber Bazar", siret="43493312300029", address="9 quai Nord", point=far
    )

    assert compare(one, other).same_siret
    assert compare(one, other).score < LIKELY


def test_a_pair_is_found_across_the_edge_of_a_square_and_within_a_commune():
    edge = [
        described(point=(0.0099, 45.0)),
        described("2", point=(0.0101, 45.0)),
        described("3", point=(0.5, 45.0)),
    ]
    without_point = [
        described(commune_code="23096"),
        described("2", commune_code="23096"),
        described("3", commune_code="33063"),
    ]

    assert [(one.first, one.second) for one in likely_pairs(edge)] == [(0, 1)]
    assert [(one.first, one.second) for one in likely_pairs(without_point)] == [(0, 1)]


def test_the_order_of_the_two_does_not_matter():
    one = described(address="12 rue Hoche", point=HERE)
    other = described("2", "Giono, atelier", address="rue Hoche", point=(0.0, 45.003))

    assert compare(one, other) == compare(other, one)


def test_abbreviations_are_written_in_full():
    assert words("CCAS St-Médard") == (
        *("centre", "communal", "action", "sociale", "saint", "medard"),
    )
