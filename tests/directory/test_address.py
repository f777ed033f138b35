"""An address is asked of a service on loopback that answers as the real one does."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlparse

import pytest
from django.urls import reverse

from jalons.directory import geocoding
from tests.directory.places import BORDEAUX, make_commune, make_place

pytestmark = pytest.mark.django_db
FIND = reverse("directory:find")
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
