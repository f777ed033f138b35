"""A territory written by a person: its name, its code, or both as a field shows it."""

from __future__ import annotations

import pytest

from jalons.territories.models import Territory
from jalons.territories.naming import Places, UnknownPlace, named
from tests.factories import make_territory

pytestmark = pytest.mark.django_db


def test_what_a_field_shows_is_found_again_though_two_bear_the_name():
    around = make_territory("Saint-Martin")
    other = make_territory("Saint-Martin", Territory.Kind.COMMUNE)
    places = Places(around)

    assert f"Saint-Martin ({around.pk})" == named(around)
    assert around.pk == places.code_of(named(around))
    assert other.pk == places.code_of(named(other))


def test_a_number_in_brackets_that_is_not_the_code_of_this_name_is_not_read():
    around, other = make_territory("Saint-Denis"), make_territory("Ailleurs")

    with pytest.raises(UnknownPlace):
        Places(around).code_of(f"Saint-Denis ({other.pk})")
