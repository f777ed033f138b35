"""One figure of each kind: the API says what the page and its file say."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from jalons.adoption.models import Publication
from jalons.adoption.operations import freeze_version
from jalons.directory.operations import Order, import_places
from jalons.directory.records import open_records
from jalons.indicators.models import Source
from jalons.indices import figures as index_figures
from jalons.indices.tables import COLUMNS
from jalons.observatory import operations
from jalons.territories.models import Territory
from tests.adoption.versions import publishes
from tests.directory.places import WHOLE, make_commune, write_csv
from tests.factories import make_space, make_user
from tests.indices.conftest import observe, region, shipped  # noqa: F401
from tests.observatory.example import make_example
from tests.roadmaps.plans import make_roadmap, make_stake

FRENCH = {"accept-language": "fr"}
PERIGUEUX = "200040392"


def _csv(client, path: str, delimiter: str = ";", **query) -> list[dict[str, str]]:
    response = client.get(path, query, headers=FRENCH)
    text = response.getvalue().decode("utf-8-sig")
    return [*csv.DictReader(io.StringIO(text), delimiter=delimiter)]


@pytest.fixture
def communes(db):
    Territory.objects.bulk_create(
        Territory(code=code, kind="commune", name=code) for code in ("33001", "33002")
    )
    observe("poverty_rate", {"33001": 14.25, "33002": None})


def test_a_figure_is_that_of_its_files(communes, read, client):
    items = read("indicators/poverty_rate/values")["items"]
    lines = _csv(client, "/api/v1/indicators/poverty_rate/values.csv")
    response = client.get("/api/v1/indicators/poverty_rate/values.jsonl")

    assert items == [json.loads(line) for line in response.getvalue().splitlines()]
    assert [("33001", 14.25, "published"), ("33002", None, "secret")] == [
        (one["territory"], one["value"], one["status"]) for one in items
    ]
    assert [("14,25", "2022"), ("", "2022")] == [
        (one["value"], one["vintage"]) for one in lines
    ]


def test_a_figure_is_that_of_the_page_of_its_territory(communes, read, client):
    (one,) = read("territories/33001/figures")["items"]
    page = client.get(reverse("front:territory", args=["33001"]), headers=FRENCH)

    assert one["value"] == 14.25
    assert one["source"] == "Fichier d’essai, Producteur"
    assert f"{one['value']:.1f}".replace(".", ",") in page.content.decode()


def test_the_figures_of_a_team_stay_with_it(communes, read, client):
    Source.objects.update(space=make_space())

    read("indicators/poverty_rate", 404)
    read("indicators/poverty_rate/values", 404)
    assert read("indicators")["items"] == []
    assert read("territories/33001/figures")["items"] == []
    assert client.get("/api/v1/indicators/poverty_rate/values.csv").status_code == 404


def test_a_score_is_that_of_the_table_with_its_interval(
    region,  # noqa: F811
    shipped,  # noqa: F811
    read,
    client,
):
    cache.clear()
    index_figures._at_hand.clear()
    items = read("indices/chiffres-embarques/scores", limit=1000)["items"]
    page = reverse("indices:territories_csv", args=["chiffres-embarques"])
    given = (
        dict(zip(COLUMNS, one.values(), strict=True)) for one in _csv(client, page)
    )
    lines = {one["code"]: one for one in given}

    assert len(items) == len(lines) == 154
    assert [one["code"] for one in items] == sorted(lines)
    one = next(one for one in items if one["code"] == PERIGUEUX)
    line = lines[PERIGUEUX]
    assert f"{one['score']}".replace(".", ",") == line["score"]
    assert (line["rank_low"], line["rank_high"], line["ranked"]) == tuple(
        str(one["places"][name]) for name in ("low", "high", "of")
    )
    assert {"low", "high", "of"} == set(one["places"])


def test_a_table_of_results_is_that_of_the_public_page(read, client):
    example = make_example()
    operations.publish(example.campaign, public_from=timezone.now(), by=example.officer)
    slug = example.campaign.slug
    told = read(f"surveys/{slug}")

    assert told["about"]["simulated"] is example.campaign.is_simulated
    for code in told["tables"]:
        table = read(f"surveys/{slug}/tables/{code}")
        page = reverse("observatory:public_table", args=[slug, code])
        response = client.get(page, headers=FRENCH)
        text = response.getvalue().decode("utf-8-sig")
        lines = [*csv.reader(io.StringIO(text), delimiter=";")]
        assert table["header"] == lines[0][-len(table["header"]) :]
        assert len(table["rows"]) == len(lines) - 1
        for row, line in zip(table["rows"], lines[1:], strict=True):
            assert [_written(cell) for cell in row] == line[-len(row) :]


def _written(cell: object) -> str:
    if cell is None:
        return ""
    text = str(cell)
    if isinstance(cell, float):
        return text.replace(".", ",")
    return f"'{text}" if isinstance(cell, str) and text[:1] in "=+-@" else text


def test_a_place_is_that_of_its_list_without_the_contact_of_anybody(
    read, client, tmp_path
):
    make_commune()
    mine = WHOLE | {"courriels": "contact@exemple.fr|camille.martin@exemple.fr"}
    import_places(
        open_records(write_csv(tmp_path / "l.csv", mine)), Order("L"), by=None
    )
    (one,) = read("places", within="33063")["items"]
    page = reverse("directory:list_json", args=[one["list"]])

    (same,) = json.loads(client.get(page).getvalue())
    lines = client.get(f"/api/v1/place-lists/{one['list']}/places.jsonl")

    assert one["place"] == same == json.loads(lines.getvalue())
    assert read(f"places/{one['id']}")["place"] == one
    assert "camille" not in json.dumps(one)


def _published(**options: bool) -> Publication:
    owner = make_user("Cheffe de projet")
    space = make_space(owner=owner, **options)
    roadmap = make_roadmap(space, by=owner, title="Cap commun")
    make_stake(roadmap, "Comment aider ?", by=owner)
    return publishes(freeze_version(roadmap, "Envoyée", by=owner), by=owner)


def test_a_roadmap_is_what_was_adopted(read):
    public = _published()

    told = read(f"roadmaps/{public.slug}")["roadmap"]

    assert date(2026, 3, 12).isoformat() == told["adopted_on"]
    assert ("Conseil communautaire", "2026-12") == (told["body"], told["deliberation"])
    assert read("roadmaps")["items"] == [told]


def test_a_team_not_recognised_keeps_its_address_and_is_not_listed(read):
    public = _published(is_recognised=False)

    assert read("roadmaps")["items"] == []
    assert read(f"roadmaps/{public.slug}")["roadmap"]["title"] == "Cap commun"
