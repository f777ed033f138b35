from __future__ import annotations

import pytest
from django.urls import reverse

from jalons.territories.models import Contour, Membership, Territory

pytestmark = pytest.mark.django_db


@pytest.fixture
def creuse():
    """A département of one EPCI with a square contour, in its région."""
    kind = Territory.Kind
    region = Territory.objects.create(code="R75", kind=kind.REGION, name="Région")
    departement = Territory.objects.create(
        code="23", kind=kind.DEPARTEMENT, name="Creuse"
    )
    epci = Territory.objects.create(
        code="200034825",
        kind=kind.EPCI,
        name="CA du Grand Guéret",
        population=27_500,
        area_km2=434.2,
    )
    for member, group in ((departement, region), (epci, departement), (epci, region)):
        Membership.objects.create(member=member, group=group, since=2026)
    Contour.objects.create(
        territory=epci,
        vintage=2026,
        frame="metropole",
        path="M0 0h10v10h-10z",
        min_x=0,
        min_y=0,
        max_x=10,
        max_y=10,
    )
    return departement


def _page(client, code: str) -> str:
    response = client.get(
        reverse("front:territory", args=[code]), headers={"accept-language": "fr"}
    )
    assert response.status_code == 200
    return response.content.decode()


def test_an_epci_states_its_population_and_area_with_their_source(client, creuse):
    page = _page(client, "200034825")

    assert "27\u202f500" in page or "27\xa0500" in page
    assert "434" in page
    assert "INSEE, DGCL, 2026" in page


def test_an_epci_is_placed_in_its_region_and_departement(client, creuse):
    page = _page(client, "200034825")

    assert page.index("Région") < page.index("Creuse") < page.index("<h1>")
    assert "Situation de CA du Grand Guéret" in page


def test_a_departement_lists_its_epci(client, creuse):
    page = _page(client, "23")

    assert "CA du Grand Guéret" in page
    assert "1 territoire à l’intérieur" in page


def test_a_territory_without_population_says_nothing_rather_than_zero(client, creuse):
    page = _page(client, "23")

    assert "Habitants" not in page


def test_an_unknown_code_is_not_found(client, creuse):
    response = client.get(reverse("front:territory", args=["99999"]))

    assert response.status_code == 404
