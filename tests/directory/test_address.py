"""An address is asked of a service on loopback that answers as the real one does."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlparse

import pytest
from django.urls import reverse

from jalons.directory import geocoding
from jalons.directory.models import Place
from jalons.directory.operations import Order, import_places
from jalons.directory.records import open_records
from tests.directory.places import (
    BORDEAUX,
    WHOLE,
    make_commune,
    make_place,
    write_csv,
)

pytestmark = pytest.mark.django_db
FIND = reverse("directory:find")
ORDER = Order("Liste")
STREET = "12 rue des Tilleuls, Bordeaux"
# The form of an answer of the service *Géocodage* of the Géoplateforme.
ANSWER = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [-0.60, 44.80]},
            "properties": {
                "label": "12 Rue des Tilleuls 33000 Bordeaux",
                "score": 0.93,
                "citycode": "33063",
                "city": "Bordeaux",
                "postcode": "33000",
                "type": "housenumber",
            },
        }
    ],
    "query": STREET,
}


@pytest.fixture
def service(settings):
    """What the service answers, and the questions it was asked."""
    made = {"answer": json.dumps(ANSWER), "status": 200, "asked": []}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            made["asked"].append(parse_qs(urlparse(self.path).query))
            self.send_response(made["status"])
            self.end_headers()
            self.wfile.write(made["answer"].encode())

        def log_message(self, *args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    settings.GEOCODER_URL = f"http://127.0.0.1:{server.server_port}/search"
    yield made
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(autouse=True)
def _bordeaux():
    make_commune()
    make_place(name="Centre", longitude=BORDEAUX[2], latitude=BORDEAUX[3])
    make_place(name="Tilleuls", longitude=-0.60, latitude=44.80)


def page_of(client, text: str) -> str:
    return client.get(FIND, {"pres": text, "km": 20}).content.decode()


def test_an_address_is_where_distances_begin(client, service):
    page = page_of(client, STREET)

    assert page.index("Tilleuls</a>") < page.index("Centre</a>")
    assert "12 Rue des Tilleuls 33000 Bordeaux" in page
    assert service["asked"] == [{"q": [STREET], "limit": ["1"]}]


def test_a_commune_is_not_asked_of_the_service(client, service):
    page_of(client, "Bordeaux")

    assert service["asked"] == []


@pytest.mark.parametrize(
    ("answer", "status"),
    [("", 200), ("{}", 200), ('{"features": [{}]}', 200), ("<html>", 502)],
)
def test_when_the_service_fails_the_commune_is_used_and_it_is_said(
    client, service, answer, status
):
    service["answer"], service["status"] = answer, status

    page = page_of(client, STREET)

    assert "Cette adresse n’a pas pu être cherchée" in page
    assert page.index("Centre</a>") < page.index("Tilleuls</a>")


def test_an_address_the_service_is_not_sure_of_is_not_used(service):
    unsure = json.loads(json.dumps(ANSWER))
    unsure["features"][0]["properties"]["score"] = 0.3
    service["answer"] = json.dumps(unsure)

    assert geocoding.find_address(STREET) is None


def test_without_a_service_nothing_leaves_the_machine(client, settings):
    settings.GEOCODER_URL = ""

    assert "Cette adresse n’a pas pu être cherchée" in page_of(client, STREET)


def test_a_place_without_a_point_is_put_where_its_address_lies(service, tmp_path):
    rows = [
        WHOLE | {"id": "a", "latitude": "", "longitude": ""},
        WHOLE | {"id": "b", "latitude": "", "longitude": "", "adresse": "Le bourg"},
        WHOLE | {"id": "c", "latitude": "44.84", "longitude": "-0.58"},
    ]
    path = write_csv(tmp_path / "lieux.csv", *rows)

    checked = import_places(open_records(path), ORDER, by=None, dry_run=True)
    assert (checked.created, service["asked"]) == (3, [])
    import_places(open_records(path), ORDER, by=None)

    places = {one.ref: one for one in Place.objects.filter(place_list__name="Liste")}
    assert {ref: one.position for ref, one in places.items()} == {
        "a": "address",
        "b": "commune",
        "c": "given",
    }
    assert (places["a"].longitude, places["a"].latitude) == (-0.60, 44.80)
    (asked,) = service["asked"]
    assert asked["q"] == ["12 bis rue d’Exemple 33000 Bordeaux"]
    again = import_places(open_records(path), ORDER, by=None)
    assert (again.unchanged, len(service["asked"])) == (3, 1)


def test_a_check_does_not_take_a_place_found_by_its_address_for_a_moved_one(
    service, tmp_path
):
    path = write_csv(tmp_path / "lieux.csv", WHOLE | {"latitude": "", "longitude": ""})
    import_places(open_records(path), ORDER, by=None)

    checked = import_places(open_records(path), ORDER, by=None, dry_run=True)

    assert (checked.updated, checked.unchanged) == (0, 1)
    assert len(service["asked"]) == 1


def test_a_place_found_by_its_address_is_not_said_to_be_in_the_centre(
    service, tmp_path
):
    rows = [
        WHOLE | {"id": "a", "latitude": "", "longitude": ""},
        WHOLE | {"id": "b", "latitude": "48.85", "longitude": "2.35"},
        WHOLE | {"id": "c", "latitude": "", "longitude": "", "adresse": "Le bourg"},
    ]
    path = write_csv(tmp_path / "lieux.csv", *rows)

    report = import_places(open_records(path), ORDER, by=None)

    centre = [
        told.lines for (_column, said), told in report.told.items() if "centre" in said
    ]
    assert centre == [[4]]


def test_whoever_watches_over_a_file_hears_of_it_between_look_ups(service, tmp_path):
    row = WHOLE | {"latitude": "", "longitude": ""}
    rows = [row | {"id": f"{n}", "adresse": f"{n} rue des Tilleuls"} for n in range(45)]
    path = write_csv(tmp_path / "lieux.csv", *rows)
    heard = []

    import_places(
        open_records(path),
        ORDER,
        by=None,
        on_progress=lambda rows: heard.append(len(service["asked"])),
    )

    assert all(b - a <= 20 for a, b in zip([0, *heard], heard, strict=False))
    assert heard[-1] == 45


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        ("oops", 500),
        (json.dumps(ANSWER).replace("33063", "33243"), 200),
        ('{"features": []}', 200),
    ],
)
def test_without_a_sure_answer_the_centre_of_the_commune_is_used_and_flagged(
    service, tmp_path, answer, status
):
    service["answer"], service["status"] = answer, status
    row = WHOLE | {"latitude": "", "longitude": ""}

    path = write_csv(tmp_path / "lieux.csv", row | {"id": "a"}, row | {"id": "b"})
    import_places(open_records(path), ORDER, by=None)

    places = Place.objects.filter(place_list__name="Liste")
    assert all(one.is_approximate for one in places)
    # Once it has failed, the service is left in peace for this file.
    assert len(service["asked"]) == (1 if status == 500 else 2)
