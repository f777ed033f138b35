"""Addresses of the library are asked, against a server of our own."""

from __future__ import annotations

import json
import socket
import threading
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.management import call_command
from django.utils import timezone

from jalons.library.models import LinkCheck
from jalons.resources import links
from tests.factories import make_space
from tests.resources.test_initiatives import make_resource

Answer = LinkCheck.Answer
STATUSES = {"/": 200, "/partie": 301, "/morte": 404, "/finie": 410, "/panne": 500}


class Pages(BaseHTTPRequestHandler):
    """Answers what its path says; one path never comes to it."""

    def do_GET(self) -> None:
        self.server.hosts.append(self.headers["Host"])
        if self.path == "/lente":
            with suppress(OSError):
                while not self.server.over.wait(0.05):
                    self.wfile.write(b" ")
            return
        self.send_response(STATUSES.get(self.path.partition("?")[0], 200))
        self.send_header("Location", "http://127.0.0.1:1/")
        self.end_headers()

    def log_message(self, *args: object) -> None:
        """Quiet."""


@pytest.fixture(scope="module")
def site():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    server.hosts, server.over = [], threading.Event()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.over.set()
    server.shutdown()
    server.server_close()


def ask(site, path: str, *, host: str = "127.0.0.1", seconds: float = 5):
    address = f"http://{host}:{site.server_port}{path}"
    return links.probe(address, seconds=seconds, reachable=lambda _machine: True)


@pytest.mark.parametrize(
    ("path", "answer", "detail"),
    [
        ("/", Answer.OK, "200"),
        ("/partie", Answer.OK, "301"),
        ("/morte", Answer.DEAD, "404"),
        ("/finie", Answer.DEAD, "410"),
        ("/panne", Answer.UNSURE, "500"),
        ("/été?mot=à côté", Answer.OK, "200"),
    ],
)
def test_what_a_page_answers_says_whether_it_opens(site, path, answer, detail):
    found = ask(site, path)

    assert (answer, detail) == (found.answer, found.detail)


def test_a_page_that_never_ends_is_given_up(site):
    assert Answer.UNSURE == ask(site, "/lente", seconds=0.3).answer


def test_a_machine_that_does_not_answer_is_not_dead():
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
        found = links.probe(
            f"http://127.0.0.1:{port}/", seconds=1, reachable=lambda _machine: True
        )

    assert Answer.UNSURE == found.answer


def test_a_name_is_asked_once_and_the_address_checked_is_the_one_called(
    site, monkeypatch
):
    """A name that leads elsewhere the second time would reach another machine."""
    told = iter(["127.0.0.1"])

    def resolve(host, port, *args, **kwargs):
        if host == "127.0.0.1":
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (host, port))]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(told), port))]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    found = ask(site, "/", host="ailleurs.exemple")

    assert "200" == found.detail
    assert f"ailleurs.exemple:{site.server_port}" == site.hosts[-1]
    assert next(told, None) is None


def test_a_name_that_leads_to_both_sides_is_not_asked(monkeypatch):
    both = [
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", (machine, 0))
        for machine in ("93.184.215.14", "10.0.0.1")
    ]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: both)

    assert "not asked: inside a network" == links.probe("http://a.exemple/").detail


@pytest.mark.parametrize(
    ("machine", "may_be"),
    [
        ("93.184.215.14", True),
        ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:93.184.215.14", True),
        ("64:ff9b::a00:1", False),
        ("2002:7f00:1::", False),
    ],
)
def test_only_what_everybody_may_reach_is_called(machine, may_be):
    assert may_be == links.is_public(machine)


INSIDE = "not asked: inside a network"


@pytest.mark.parametrize(
    ("address", "detail"),
    [
        ("http://127.0.0.1:1/", INSIDE),
        ("http://[::1]/", INSIDE),
        ("http://10.0.0.1/x", INSIDE),
        ("http://2130706433/", INSIDE),
        ("http://user@127.0.0.1/", INSIDE),
        ("ftp://exemple.fr/", INSIDE),
        ("file:///etc/passwd", INSIDE),
        ("http://", INSIDE),
        ("http://[::1", "ValueError"),
        ("http://exemple.fr:port/", "ValueError"),
    ],
)
def test_an_address_inside_a_network_or_that_is_none_is_not_asked(address, detail):
    found = links.probe(address)

    assert (Answer.UNSURE, detail) == (found.answer, found.detail)


def test_each_address_of_the_site_is_asked_and_a_rehearsal_keeps_nothing(
    db, site, capsys
):
    team = make_space()
    for path in ("/", "/morte", "/morte"):
        make_resource(team, f"http://127.0.0.1:{site.server_port}{path}")

    found = links.check_links(
        timezone.now(),
        dry_run=False,
        asking=lambda one: links.probe(one, reachable=lambda _machine: True),
    )
    kept = set(LinkCheck.objects.values_list("answer", flat=True))
    call_command("check_links", "--dry-run", "--json")

    assert ["200", "404"] == [one.detail for one in found]
    assert {Answer.OK, Answer.DEAD} == kept
    report = json.loads(capsys.readouterr().out)
    assert report["dry_run"]
    # By itself the command does not go inside a network.
    assert {"unsure"} == {one["answer"] for one in report["links"]}
    assert kept == set(LinkCheck.objects.values_list("answer", flat=True))
