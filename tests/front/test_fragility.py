"""What the index says on the page of a territory: never a place without interval."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from jalons.front.fragility import fragility_of
from jalons.indices import figures
from jalons.territories.models import Membership, Territory
from tests.indices.conftest import region, shipped

__all__ = ["region", "shipped"]
pytestmark = pytest.mark.django_db
GUERET = "200034825"


@pytest.fixture(autouse=True)
def _nothing_at_hand():
    figures._at_hand.clear()


def _page(client, code: str) -> str:
    url = reverse("front:territory", args=[code])
    page = client.get(url, headers={"accept-language": "en"}).content.decode()
    found = re.search(
        r"Which fragility, by the index\?</h3>(.*?)</section>", page, re.S
    )
    return " ".join(found[1].split())


def test_an_epci_reads_its_interval_the_ways_and_the_sources(client, region, shipped):
    told = _page(client, GUERET)

    assert re.search(r"between \d+ and \d+ of 154 EPCI", told)
    assert "1,000 ways" in told
    assert "INSEE" in told
    assert f"?territoire={GUERET}" in told


def test_a_departement_and_a_region_count_the_most_fragile(client, region, shipped):
    assert "Of 154 EPCI with a score" in _page(client, "R75")

    told = _page(client, "23")

    assert re.search(r"Of \d+ EPCI with a score", told)
    assert "reference: Nouvelle-Aquitaine" in told


def test_a_commune_without_figures_reads_its_epci_and_is_told_so(region, shipped):
    epci = Territory.objects.get(code=GUERET)
    commune = Territory.objects.create(
        code="23096", kind=Territory.Kind.COMMUNE, name="Guéret"
    )
    for group in (epci, region):
        Membership.objects.create(member=commune, group=group, since=2026)

    found = fragility_of(commune, [epci, region])

    assert epci.name in found.lines[0]
    assert fragility_of(epci, [region]).lines == found.lines[1:]


def test_the_block_asks_the_same_of_the_database_whatever_the_territory(
    region, shipped, django_assert_num_queries
):
    epci = Territory.objects.get(code=GUERET)
    fragility_of(epci, [region])

    with django_assert_num_queries(8):
        fragility_of(epci, [region])
