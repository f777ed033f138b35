"""What is open here, for the catalogues of data: DCAT-AP, read as others read it."""

from __future__ import annotations

import json

import pytest
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from rdflib import Graph
from rdflib.compare import graph_diff, to_isomorphic
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF

from jalons.adoption.models import Publication
from jalons.adoption.operations import freeze_version
from jalons.hosts import figures as hosts
from jalons.observatory import operations
from tests.adoption.versions import publishes
from tests.directory.places import make_place
from tests.factories import make_space, make_user
from tests.indices.conftest import observe, region, shipped  # noqa: F401
from tests.observatory.example import make_example
from tests.roadmaps.plans import make_roadmap

# Said by the reader of JSON-LD of what it does itself.
pytestmark = pytest.mark.filterwarnings("ignore:.*ConjunctiveGraph.*")
FRENCH = {"accept-language": "fr"}
# What DCAT-AP 2 and 3 ask for, then what they recommend and is always known here.
OF_CATALOGUE = (
    *(DCTERMS.title, DCTERMS.description, DCTERMS.publisher, DCAT.dataset),
    *(FOAF.homepage, DCTERMS.language, DCTERMS.spatial),
)
OF_DATASET = (
    *(DCTERMS.title, DCTERMS.description),
    *(DCTERMS.publisher, DCTERMS.identifier, DCAT.contactPoint, DCAT.theme),
    *(DCTERMS.spatial, DCTERMS.accrualPeriodicity, DCAT.distribution),
)
OF_DISTRIBUTION = (DCAT.accessURL, DCTERMS.title, DCTERMS.format, DCTERMS.conformsTo)


@pytest.fixture
def place(db):
    hosts.forget()
    return make_place()


def _graph(client, form: str) -> Graph:
    ending, parser = {"json": ("jsonld", "json-ld"), "turtle": ("ttl", "turtle")}[form]
    answer = client.get(f"/api/v1/catalogue.{ending}", headers=FRENCH)
    assert answer.status_code == 200
    return Graph().parse(data=answer.content.decode(), format=parser)


def _titles(told: dict) -> list[str]:
    return [one["dct:title"] for one in told["dcat:dataset"]]


def _publishes_a_roadmap() -> None:
    owner = make_user()
    space = make_space(owner=owner, is_recognised=True)
    roadmap = make_roadmap(space, by=owner)
    publishes(freeze_version(roadmap, "Envoyée", by=owner), by=owner)


def _publishes_a_survey() -> str:
    example = make_example()
    operations.publish(example.campaign, public_from=timezone.now(), by=example.officer)
    return example.campaign.slug


def test_each_thing_says_all_that_dcat_ap_asks(shipped, region, place, client):  # noqa: F811
    observe("poverty_rate", {place.commune_id: 12.5})
    _publishes_a_roadmap()
    _publishes_a_survey()
    graph = _graph(client, "json")

    asked = {
        DCAT.Catalog: OF_CATALOGUE,
        DCAT.Dataset: OF_DATASET,
        DCAT.Distribution: OF_DISTRIBUTION,
    }
    for kind, properties in asked.items():
        found = [*graph.subjects(RDF.type, kind)]
        assert found, kind
        for one in found:
            assert not [each for each in properties if not graph.value(one, each)], one
    for agent in graph.objects(None, DCTERMS.publisher):
        assert graph.value(agent, FOAF.name)


def test_both_forms_say_the_same(place, client):
    place.place_list.name = 'Liste "A"\n\\ de l’été'
    place.place_list.save()
    observe("poverty_rate", {place.commune_id: 12.5})
    _publishes_a_survey()
    forms = [to_isomorphic(_graph(client, one)) for one in ("json", "turtle")]

    _both, *apart = graph_diff(*forms)

    assert len(forms[0]) > 100
    assert [[*one] for one in apart] == [[], []]


def test_each_address_of_the_catalogue_answers(shipped, region, place, client, read):  # noqa: F811
    observe("poverty_rate", {place.commune_id: 12.5})
    _publishes_a_roadmap()
    slug = _publishes_a_survey()
    told = read("catalogue.jsonld")
    files = [one for each in told["dcat:dataset"] for one in each["dcat:distribution"]]

    assert "Territoires" in _titles(told)
    assert f"surveys/{slug}/tables/" in json.dumps(files)
    shapes = {one["dct:conformsTo"]["@id"] for one in files}
    for address in {one["dcat:accessURL"]["@id"] for one in files} | shapes:
        answer = client.get(address)
        # Read whole: what is left open is still at the database.
        assert isinstance(answer.getvalue(), bytes)
        assert answer.status_code == 200, address


def test_the_licence_is_the_one_that_the_files_say(place, read):
    place.place_list.licence = "Licence Ouverte 2.0"
    place.place_list.save()
    listed = f"place-lists/{place.place_list_id}/places"
    told = read("catalogue.jsonld")["dcat:dataset"]
    found = next(one for one in told if listed in json.dumps(one))

    licences = {one["dct:license"]["rdfs:label"] for one in found["dcat:distribution"]}

    assert licences == {read(f"{listed}.csv-metadata.json")["dc:license"]}


def test_a_list_without_licence_is_given_none(place, read):
    place.place_list.licence = ""
    place.place_list.save()
    told = read("catalogue.jsonld")["dcat:dataset"]
    found = next(one for one in told if "place-lists/" in json.dumps(one))

    assert not [one for one in found["dcat:distribution"] if "dct:license" in one]


def test_a_survey_says_the_licence_that_its_team_gave(read):
    example = make_example()
    asks = {"public_from": timezone.now(), "by": example.officer}
    slug = example.campaign.slug

    def told() -> dict:
        every = read("catalogue.jsonld")["dcat:dataset"]
        found = next(one for one in every if f"surveys/{slug}" in json.dumps(one))
        return found["dcat:distribution"][-1]

    made = operations.publish(example.campaign, **asks)
    unsaid = told()
    operations.say_licence(made, licence="CC-BY-4.0", by=example.officer)
    given = told()
    table = f"surveys/{slug}/tables/classes"
    shown = read(f"{table}.csv-metadata.json"), read(table), read("surveys")
    operations.say_licence(made, licence="reserved", by=example.officer)
    kept = told()

    assert not {"dct:license", "dct:rights"} & {*unsaid}
    assert given["dct:license"]["@id"] == "https://spdx.org/licenses/CC-BY-4.0"
    described, table, listed = shown
    assert described["dc:license"] == table["about"]["licence"] == "CC BY 4.0"
    assert listed["about"]["licence"] == listed["items"][0]["licence"] == "CC BY 4.0"
    # To keep all rights is to give no licence.
    assert "dct:license" not in kept
    assert kept["dct:rights"]["rdfs:label"] == "Tous droits réservés"


def test_a_list_has_a_licence_when_all_that_it_holds_has_it(read):
    _publishes_a_roadmap()
    first = Publication.objects.get()
    first.licence = "etalab-2.0"
    first.save()

    def told() -> object:
        every = read("catalogue.jsonld")["dcat:dataset"]
        found = next(one for one in every if "roadmaps" in one["@id"])
        return [one.get("dct:license") for one in found["dcat:distribution"]]

    alone, listed = told(), read("roadmaps")["about"]["licence"]
    _publishes_a_roadmap()

    assert listed == "Licence Ouverte 2.0"
    assert {one["rdfs:label"] for one in alone} == {listed}
    assert told() == [None, None, None]
    assert [one["licence"] for one in read("roadmaps")["items"]] == [listed, None]


def test_whoever_answers_for_the_site_publishes(place, read):
    said = {"publisher": "Centre d’Exemple", "publication_director": ""}
    with override_settings(LEGAL_IDENTITY=said | {"hosting": "", "contact": ""}):
        hosts.forget()
        told = read("catalogue.jsonld")
    hosts.forget()

    every = [told, *told["dcat:dataset"]]
    assert {one["dct:publisher"]["foaf:name"] for one in every} == {"Centre d’Exemple"}
    assert {one["dcat:contactPoint"]["vcard:fn"] for one in every} == {
        "Centre d’Exemple"
    }


def test_many_surveys_are_asked_of_the_database_as_one_is(client):
    def asked_with_one_more() -> int:
        example = make_example()
        officer = example.officer
        operations.publish(example.campaign, public_from=timezone.now(), by=officer)
        # What is shown is counted again without it, once: the rest is kept.
        example.campaign.validations.get(territory=example.places[9]).delete()
        told = client.get("/api/v1/catalogue.jsonld", headers=FRENCH)
        with CaptureQueriesContext(connection) as found:
            again = client.get("/api/v1/catalogue.jsonld", headers=FRENCH)
        assert example.campaign.slug in again.content.decode()
        assert told.content == again.content
        return len(found)

    assert asked_with_one_more() == asked_with_one_more()


def test_only_what_is_public_is_listed(read):
    example = make_example()
    title = example.campaign.title
    before = _titles(read("catalogue.jsonld"))
    operations.publish(example.campaign, public_from=timezone.now(), by=example.officer)

    after = _titles(read("catalogue.jsonld"))

    assert not any(title in one for one in before)
    assert any(title in one for one in after)
