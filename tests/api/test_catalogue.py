"""What is open here, for the catalogues of data."""

from __future__ import annotations

from django.utils import timezone

from jalons.observatory import operations
from tests.directory.places import make_place
from tests.observatory.example import make_example


def _titles(told: dict) -> list[str]:
    return [one["dct:title"] for one in told["dcat:dataset"]]


def test_each_address_of_the_catalogue_answers(read, client):
    make_place()

    told = read("catalogue.jsonld")

    assert told["@type"] == "dcat:Catalog"
    assert "Territoires" in _titles(told)
    for data_set in told["dcat:dataset"]:
        for file in data_set["dcat:distribution"]:
            assert client.get(file["dcat:accessURL"]["@id"]).getvalue()


def test_only_what_is_public_is_listed(read):
    example = make_example()
    title = example.campaign.title
    before = _titles(read("catalogue.jsonld"))
    operations.publish(example.campaign, public_from=timezone.now(), by=example.officer)

    after = _titles(read("catalogue.jsonld"))

    assert not any(title in one for one in before)
    assert any(title in one for one in after)
