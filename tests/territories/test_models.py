from __future__ import annotations

import pytest
from django.db import IntegrityError

from jalons.territories.models import Contour, Membership, Territory
from tests.factories import make_territory

pytestmark = pytest.mark.django_db
Kind = Territory.Kind


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (Kind.COMMUNE, "2A004"),
        (Kind.EPCI, "200040392"),
        (Kind.DEPARTEMENT, "24"),
        (Kind.DEPARTEMENT, "971"),
        (Kind.REGION, "R75"),
    ],
)
def test_a_code_has_the_shape_of_its_kind(kind, code):
    assert make_territory(kind=kind, code=code).pk == code


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (Kind.COMMUNE, "1001"),
        (Kind.EPCI, "20004039"),
        (Kind.DEPARTEMENT, "R75"),
        (Kind.REGION, "75"),
        (Kind.REGION, "975"),
    ],
)
def test_a_code_of_another_kind_is_refused(kind, code):
    with pytest.raises(IntegrityError, match="territory_code_of_its_kind"):
        make_territory(kind=kind, code=code)


def test_a_longitude_without_latitude_is_refused():
    with pytest.raises(IntegrityError, match="territory_longitude_and_latitude"):
        Territory.objects.create(
            code="24322", kind=Kind.COMMUNE, name="Périgueux", longitude=0.7
        )


def test_within_follows_the_year_in_which_a_commune_moved():
    commune = make_territory("Aubie", Kind.COMMUNE, "33018")
    before, after = make_territory(), make_territory()
    Membership.objects.create(member=commune, group=before, since=2021, until=2023)
    Membership.objects.create(member=commune, group=after, since=2024)

    def in_year(year: int) -> list[bool]:
        within = Territory.objects.within
        return [commune in within(group, year=year) for group in (before, after)]

    assert in_year(2020) == [False, False]
    assert in_year(2023) == [True, False]
    assert in_year(2024) == [False, True]
    assert in_year(2026) == [False, True]


def test_a_membership_cannot_end_before_it_begins():
    commune, epci = make_territory("A", Kind.COMMUNE, "33018"), make_territory()

    with pytest.raises(IntegrityError, match="membership_until_not_before_since"):
        Membership.objects.create(member=commune, group=epci, since=2024, until=2023)


def test_a_territory_is_not_part_of_itself():
    epci = make_territory()

    with pytest.raises(IntegrityError, match="membership_not_of_itself"):
        Membership.objects.create(member=epci, group=epci, since=2026)


def test_a_territory_has_one_contour_by_vintage():
    contour = {"frame": "metropole", "path": "M0 0l1 0 0 1Z", "min_x": 0, "min_y": 0}
    epci = make_territory()
    Contour.objects.create(territory=epci, vintage=2025, max_x=1, max_y=1, **contour)
    Contour.objects.create(territory=epci, vintage=2026, max_x=1, max_y=1, **contour)

    with pytest.raises(IntegrityError):
        Contour.objects.create(
            territory=epci, vintage=2026, max_x=1, max_y=1, **contour
        )
