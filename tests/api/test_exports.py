"""Every list as files: the same items, read in pieces, with whose data these are."""

from __future__ import annotations

import csv
import io
import json

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from jalons.adoption.operations import freeze_version
from jalons.api import exports
from jalons.indices import figures as index_figures
from jalons.library.models import Sheet
from jalons.observatory import operations
from jalons.territories.models import Territory
from tests.adoption.versions import publishes
from tests.directory.places import make_place
from tests.factories import make_space, make_user
from tests.indices.conftest import observe, region, shipped  # noqa: F401
from tests.observatory.example import make_example
from tests.roadmaps.plans import make_roadmap

FRENCH = {"accept-language": "fr"}
FORMULA = '=HYPERLINK("http://ailleurs.example")'
LISTS = ("territories", "indicators", "surveys", "place-lists", "library", "roadmaps")


@pytest.fixture
def published(db):
    """Something of each kind."""
    place = make_place()
    observe("poverty_rate", {place.commune_id: 12.5})
    example = make_example()
    operations.publish(example.campaign, public_from=timezone.now(), by=example.officer)
    owner = make_user()
    space = make_space(owner=owner, is_recognised=True)
    version = freeze_version(make_roadmap(space, by=owner), "Envoyée", by=owner)
    publishes(version, by=owner)
    content = {"title": FORMULA, "summary": "Un résumé"}
    Sheet.objects.create(
        code="fiche",
        kind=Sheet.Kind.LANDMARK,
        state=Sheet.State.PUBLISHED,
        edition_number=1,
        published_at=timezone.now(),
        content=content,
        **content,
    )


def _file(client, path: str, format: str) -> str:
    response = client.get(f"/api/v1/{path}.{format}", headers=FRENCH)
    assert (200, True) == (response.status_code, response.streaming)
    assert 'rel="describedby"' in response.headers["Link"]
    text = response.getvalue()
    assert str(len(text)) == response.headers["Content-Length"]
    return text.decode("utf-8-sig")


def _table(client, path: str) -> list[dict[str, str]]:
    text = io.StringIO(_file(client, path, "csv"), newline="")
    return [*csv.DictReader(text, delimiter=";")]


def test_each_list_is_given_whole_as_its_parts_say_it(published, read, client):
    for path in LISTS:
        items = read(path, limit=1000)["items"]
        lines = _file(client, path, "jsonl").splitlines()
        table = _table(client, path)
        told = read(f"{path}.csv-metadata.json")

        assert items, path
        assert items == [json.loads(line) for line in lines], path
        assert len(items) == len(table), path
        columns = [one["name"] for one in told["tableSchema"]["columns"]]
        assert columns == [*table[0]], path


def test_places_and_figures_bear_their_source_and_their_licence(
    published, read, client
):
    (item,) = read("places")["items"]
    (line,) = map(json.loads, _file(client, "places", "jsonl").splitlines())
    (figure,) = _table(client, "indicators/poverty_rate/values")
    (cells,) = _table(client, "places")

    assert item == {name: line[name] for name in item}
    assert line["source"] == cells["source"] != ""
    assert item["place"]["nom"] == cells["place.nom"]
    assert {"vintage", "source", "licence"} <= {*figure}
    assert "" != figure["vintage"]


def test_no_cell_of_a_file_is_a_formula(published, client):
    (cells,) = _table(client, "library")

    assert f"'{FORMULA}" == cells["title"]


def test_a_published_table_says_that_it_is_simulated(published, read, client):
    (survey,) = read("surveys")["items"]
    table = _table(client, f"surveys/{survey['slug']}/tables/classes")
    said = read(f"surveys/{survey['slug']}/tables/classes")

    assert len(said["rows"]) == len(table)
    assert survey["simulated"] == ("avis" in table[0] or "mention" in table[0])


def test_an_index_has_its_intervals_in_its_file(
    region,  # noqa: F811
    shipped,  # noqa: F811
    read,
    client,
):
    cache.clear()
    index_figures._at_hand.clear()
    path = "indices/chiffres-embarques/scores"
    items = read(path, limit=1000)["items"]
    lines = map(json.loads, _file(client, path, "jsonl").splitlines())

    assert items == [*lines]
    assert {"places.low", "places.high", "places.of"} <= {*_table(client, path)[0]}


def test_a_file_is_read_some_lines_at_a_time(db, client, monkeypatch):
    monkeypatch.setattr(exports, "READ_TOGETHER", 10)
    codes = [f"{n:05}" for n in range(35)]
    Territory.objects.bulk_create(
        Territory(code=code, kind="commune", name=code) for code in codes
    )

    with CaptureQueriesContext(
        connection,
    ) as asked:
        lines = _file(client, "territories", "jsonl").splitlines()

    read_in = [one for one in asked if 'FROM "territories_territory"' in one["sql"]]
    assert codes == [json.loads(line)["code"] for line in lines]
    assert 5 == len(read_in)
    assert all("LIMIT 10" in one["sql"] for one in read_in)


def test_a_file_that_did_not_change_is_not_sent_again(published, client):
    path = "/api/v1/places.jsonl"
    first = client.get(path)
    mark = {"if-none-match": first.headers["ETag"]}
    first.getvalue()

    again = client.get(path, headers=mark)
    make_place(ref="autre")
    changed = client.get(path, headers=mark)

    assert (304, b"") == (again.status_code, again.content)
    assert 2 == len(changed.getvalue().splitlines())


def test_another_format_is_refused_in_words(read):
    told = read("territories.xml", 422)

    assert ["format"] == [one["parameter"] for one in told["errors"]]
