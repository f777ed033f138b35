"""Aides-territoires, played on loopback with the form of its public answers."""

from __future__ import annotations

import json
import threading
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from jalons.funding import aides_territoires
from jalons.funding.aides_territoires import Question, Unavailable
from jalons.funding.models import Offer, Reading, Scheme
from tests.roadmaps.plans import make_action, make_stake, make_workstream

pytestmark = pytest.mark.django_db
KEY, TOKEN = "une-cle", "un-jeton"


def aid(number: int, **more: object) -> dict[str, object]:
    """A scheme with the fields of the public answer, those not read included."""
    return {
        "id": number,
        "slug": f"fonds-{number}",
        "url": f"/aides/fonds-{number}/",
        "name": f"Fonds &amp; <b>numérique</b> {number}",
        "name_initial": None,
        "short_title": None,
        "financers": ["Région", "Département"],
        "instructors": [],
        "programs": [],
        "description": "<p>Texte long</p>",
        "eligibility": "",
        "perimeter": "Nouvelle-Aquitaine",
        "perimeter_scale": "Région",
        "mobilization_steps": ["Mise en œuvre"],
        "origin_url": "https://exemple.fr",
        "categories": ["Culture / Numérique", "Social / Jeunesse"],
        "is_call_for_project": True,
        "application_url": None,
        "targeted_audiences": ["Commune", "EPCI"],
        "aid_types": ["Subvention"],
        "start_date": "2026-01-10",
        "predeposit_date": None,
        "submission_deadline": "2027-06-30",
        "subvention_rate_lower_bound": 10,
        "subvention_rate_upper_bound": 80,
        "contact": "<p>Jeanne Martin, 05 55 00 00 00</p>",
        "recurrence": "Ponctuelle",
        "date_updated": "2026-02-01T10:00:00+01:00",
        "is_live": True,
        **more,
    }


class Played(BaseHTTPRequestHandler):
    """Answers as the service does; what it holds and heard is in `server.made`."""

    server: Loopback

    def do_POST(self):
        self.server.made["asked"].append(("connexion", {}))
        known = self.headers["X-AUTH-TOKEN"] == KEY
        self._tell({"token": TOKEN} if known else {}, 200 if known else 401)

    def do_GET(self):
        parts, made = urlsplit(self.path), self.server.made
        asked = parse_qs(parts.query)
        made["asked"].append((parts.path, asked))
        if self.headers["Authorization"] != f"Bearer {TOKEN}":
            self._tell({}, 401)
        elif parts.path == "/api/perimeters/":
            found = made["perimeters"]
            more = {"count": len(found), "previous": None, "next": None}
            self._tell({**more, "results": found})
        elif made["raw"] is not None:
            self._write(made["raw"], made["status"])
        else:
            self._tell(self._page(asked), made["status"])

    def _page(self, asked):
        number, size = (int(asked[name][0]) for name in ("page", "itemsPerPage"))
        start, found = (number - 1) * size, self.server.made["aids"]
        more = f"http://ailleurs.exemple.fr/?page={number + 1}"
        return {
            "count": len(found),
            "previous": None,
            "next": more if start + size < len(found) else None,
            "results": found[start : start + size],
        }

    def _tell(self, said, status=200):
        self._write(json.dumps(said), status)

    def _write(self, text, status):
        self.send_response(status)
        if status == 302:
            self.send_header("Location", self.server.made["elsewhere"])
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *args):
        pass


class Loopback(HTTPServer):
    made: dict


@pytest.fixture
def service(settings, space):
    """What it holds, what it was asked, and how it fails."""
    place = {"id": 777, "name": space.territory.name, "code": space.territory_id}
    made = {"aids": [aid(1), aid(2)], "asked": [], "status": 200, "raw": None}
    # A région has the code of a département: the code alone would not do.
    made["perimeters"] = [{"id": 5, "name": "Autre", "code": "24"}, place]
    server = Loopback(("127.0.0.1", 0), Played)
    server.made = made
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    settings.AIDES_TERRITOIRES_URL = f"http://127.0.0.1:{server.server_port}/api"
    settings.AIDES_TERRITOIRES_KEY = KEY
    yield made
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def action(roadmap, officer):
    stream = make_workstream(make_stake(roadmap, by=officer), by=officer)
    stream.tags = "Numérique"
    stream.save()
    return make_action(stream, "Un bus", by=officer)


@pytest.fixture
def address(roadmap, action):
    return reverse("funding:search", args=[roadmap.pk, action.pk])


def ask(client, address: str, space, **more: str) -> str:
    asked = {"territory": space.territory_id, "words": "mobilité", "applicant": "epci"}
    sent = client.post(address, asked | more, follow=True)
    return sent.content.decode()


def test_what_it_offers_is_kept_with_its_day_and_stays_out_of_the_catalogue(
    signed_in, address, service, space, settings
):
    begun = signed_in.get(address).content.decode()
    assert 'value="Numérique"' in begun

    page = ask(signed_in, address, space)

    assert "2 lues sur 2 aides trouvées" in page
    assert "Fonds &amp; numérique 1" in page
    assert "Source\u00a0: Aides-territoires." in page
    offer = Offer.objects.first()
    assert ("1", "Région, Département", 80) == (offer.code, offer.funders, offer.rate)
    assert ("Numérique, Jeunesse", "Commune, EPCI") == (offer.themes, offer.applicants)
    assert date(2027, 6, 30) == offer.closes_on
    site = settings.AIDES_TERRITOIRES_URL.removesuffix("/api")
    assert f"{site}/aides/fonds-1/" == offer.address
    assert not Scheme.objects.exists()


def test_only_the_territory_the_words_and_who_asks_leave(
    signed_in, address, service, space
):
    ask(signed_in, address, space)

    assert service["asked"] == [
        ("connexion", {}),
        ("/api/perimeters/", {"q": [space.territory.name], "scale": ["epci"]}),
        (
            "/api/aids/",
            {
                "perimeter_id": ["777"],
                "keyword": ["mobilité"],
                "organization_type_slugs[]": ["epci"],
                "itemsPerPage": ["50"],
                "page": ["1"],
            },
        ),
    ]
    page = ask(signed_in, address, space, words="Mme Martin, 05 55 12 34 56")
    assert "field faulty" in page
    assert 3 == len(service["asked"])


def test_pages_are_read_until_the_fourth_on_the_same_site(service, space):
    service["aids"] = [aid(number) for number in range(60)]
    read = aides_territoires.search(Question(space.territory))
    assert (60, 60) == (len(read.aids), read.count)

    service["aids"] = [aid(number) for number in range(230)]
    read = aides_territoires.search(Question(space.territory))

    assert (200, 230) == (len(read.aids), read.count)
    pages = [asked["page"] for path, asked in service["asked"] if "aids" in path]
    assert [["1"], ["2"], ["1"], ["2"], ["3"], ["4"]] == pages


@pytest.mark.parametrize(
    ("failure", "told"),
    [
        ({"status": 502, "raw": "<html>"}, "Aides-territoires n’a pas répondu"),
        ({"status": 401, "raw": "{}"}, "Aides-territoires a refusé la clé"),
        ({"status": 429, "raw": "{}"}, "trop souvent"),
        ({"raw": "<html>"}, "sous une forme inconnue"),
        ({"raw": "[]"}, "sous une forme inconnue"),
        ({"aids": [aid(1), aid(2, submission_deadline="bientôt")]}, "forme inconnue"),
        ({"aids": [aid(1), {"id": 2}]}, "forme inconnue"),
        ({"perimeters": []}, "Aides-territoires ne connaît pas ce territoire"),
    ],
)
def test_when_it_fails_it_is_said_and_what_was_kept_stays(
    signed_in, address, service, space, failure, told
):
    ask(signed_in, address, space)
    service |= failure

    page = ask(signed_in, address, space, words="autre")

    assert told in page
    reading = Reading.objects.get()
    assert ("mobilité", 2) == (reading.words, reading.offers.count())
    assert "Fonds &amp; numérique 1" in page


def test_the_key_does_not_follow_to_another_site(service, space):
    service |= {"status": 302, "raw": "", "elsewhere": "/api/aids/?page=1"}

    with pytest.raises(Unavailable):
        aides_territoires.search(Question(space.territory))

    assert 3 == len(service["asked"])


def test_nobody_listens_and_it_is_said(signed_in, address, service, space, settings):
    settings.AIDES_TERRITOIRES_URL = "http://127.0.0.1:1/api"

    assert "n’a pas répondu" in ask(signed_in, address, space)
    assert not Reading.objects.exists()


def test_without_a_key_nothing_leaves_the_machine(
    signed_in, address, service, space, settings, roadmap, action
):
    settings.AIDES_TERRITOIRES_KEY = ""

    page = ask(signed_in, address, space)

    assert "n’a pas de clé pour Aides-territoires" in page
    assert not service["asked"]
    funding = reverse("funding:action", args=[roadmap.pk, action.pk])
    assert address not in signed_in.get(funding).content.decode()


def test_another_answer_takes_the_place_of_the_first(
    signed_in, address, service, space
):
    ask(signed_in, address, space)
    service["aids"] = [aid(3)]

    ask(signed_in, address, space, words="")

    assert ["3"] == list(Offer.objects.values_list("code", flat=True))


def test_one_is_put_in_the_catalogue_with_its_source(
    signed_in, address, service, space, roadmap, action
):
    ask(signed_in, address, space)
    offer = Offer.objects.first()

    keep = reverse("funding:keep", args=[roadmap.pk, action.pk, offer.pk])
    page = signed_in.post(keep, follow=True).content.decode()

    scheme = Scheme.objects.get()
    assert ("aides-territoires-1", "Aides-territoires") == (scheme.code, scheme.source)
    assert [space.territory] == list(scheme.territories.all())
    assert "dans votre catalogue" in page
    assert keep not in page
    funding = reverse("funding:action", args=[roadmap.pk, action.pk])
    assert "Source\u00a0: Aides-territoires, lue le" in (
        signed_in.get(funding).content.decode()
    )


def test_the_command_asks_the_same_and_writes_only_when_told(
    service, space, action, capsys
):
    space.members.update(email="officer@exemple.fr")
    asked = [str(action.pk), "--by=officer@exemple.fr", "--applicant=commune"]
    call_command("search_schemes", *asked, "--dry-run")
    told = json.loads(capsys.readouterr().out)
    assert (False, 2, "2027-06-30") == (
        *(told["written"], told["found"]),
        told["schemes"][0]["closes_on"],
    )
    assert not Reading.objects.exists()

    call_command("search_schemes", *asked)

    assert "commune" == Reading.objects.get().applicant
    for wrong in (
        ["0", "--by=officer@exemple.fr"],
        [str(action.pk), "--by=autre@exemple.fr"],
        [*asked, "--territory=99999"],
    ):
        with pytest.raises(CommandError):
            call_command("search_schemes", *wrong)
    service["status"] = 500
    with pytest.raises(CommandError, match="n’a pas répondu"):
        call_command("search_schemes", *asked)
