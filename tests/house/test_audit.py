"""A known fault of what the site stands on is refused; what cannot be asked is said."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.house.audit import BASE, KNOWN_FAULTY, ROOT, judge

OF_ALL_TIME = {KNOWN_FAULTY[0]: ("PYSEC-2014-8", "2.7.2")}
PINNED = dict(re.findall(r"^([\w.-]+)(?:\[.*\])?==(\S+)", BASE.read_text(), re.M))


@contextmanager
def listed(faults: dict[str, tuple[str, str]]) -> Iterator[tuple[str, set[str]]]:
    """A list of faults that speaks OSV: its address, and what it was asked about."""
    asked: set[str] = set()

    class List(BaseHTTPRequestHandler):
        def do_POST(self):
            size = int(self.headers["Content-Length"])
            name = json.loads(self.rfile.read(size))["package"]["name"]
            asked.add(name)
            said = {"vulns": [osv(name, *faults[name])]} if name in faults else {}
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps(said).encode())

        def log_message(self, *_words):
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), List)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/", asked
    server.shutdown()
    server.server_close()


def osv(name: str, number: str, mended: str) -> dict[str, object]:
    events = [{"introduced": "0"}, {"fixed": mended}]
    ranges = [{"type": "ECOSYSTEM", "events": events}]
    package = {"name": name, "ecosystem": "PyPI"}
    return {"id": number, "affected": [{"package": package, "ranges": ranges}]}


def audited(address: str, *options: str) -> tuple[int, list[str]]:
    """What the step of `make check` returns and says, of the list at this address."""
    told = {"PIP_AUDIT_VULNERABILITY_SERVICE": "osv", "PIP_AUDIT_OSV_URL": address}
    done = subprocess.run(
        [sys.executable, "-m", "tests.house.audit", *options],
        cwd=ROOT,
        env=os.environ | told,
        stdout=subprocess.PIPE,
        text=True,
    )
    return done.returncode, done.stdout.splitlines()


def test_a_known_fault_refuses_and_says_which_version_mends_it():
    with listed(OF_ALL_TIME | {"django": ("CVE-2099-1", "99.1")}) as (address, asked):
        code, lines = audited(address)
        excused, _lines = audited(address, "--ignore-vuln", "CVE-2099-1")

    assert (1, f"django {PINNED['django']}: CVE-2099-1, mended by 99.1") == (
        code,
        lines[0],
    )
    assert lines[-1] == "refused: 1 known"
    assert asked == {*PINNED, KNOWN_FAULTY[0]}
    assert excused == 0


def test_a_list_that_knows_the_faults_of_others_and_none_of_ours_is_proof():
    with listed(OF_ALL_TIME) as (address, _asked):
        assert audited(address) == (
            0,
            [f"none known: {len(PINNED)} packages asked about"],
        )


def test_a_list_that_knows_nothing_is_no_proof_and_refuses_nothing():
    with listed({}) as (address, _asked):
        code, [line] = audited(address)

    assert code == 0
    assert line.startswith("not proven: the list asked does not know")


def test_a_list_that_is_away_is_no_proof_and_refuses_nothing():
    with listed({}) as (address, _asked):
        pass

    code, [line] = audited(address)

    assert code == 0
    assert line.startswith("not proven: the list of known faults could not be asked")


def test_a_package_that_the_list_passed_over_is_told():
    """As an index answers that has only some of them."""
    faulty = {"id": "PYSEC-2014-8", "fix_versions": ["2.7.2"]}
    known = {"name": KNOWN_FAULTY[0], "version": KNOWN_FAULTY[1], "vulns": [faulty]}
    found = {"name": "django", "version": "5.2", "vulns": []}
    absent = {"name": "ours", "skip_reason": "not found"}

    assert judge([known, found, absent]) == (
        [],
        "not proven: the list asked has no ours",
    )
    assert judge([known, found]) == ([], "none known: 1 packages asked about")


@pytest.mark.parametrize("step", ["hadolint deploy/Containerfile", "tests.house.audit"])
def test_both_readings_are_part_of_the_checks(step):
    makefile = (ROOT / "Makefile").read_text()
    rules = dict(re.findall(r"^(\w+):.*\n((?:\t.*\n)+)", makefile, re.M))

    assert step in rules["audit"]
    assert "audit" in rules["check"]
    assert "make check" in (ROOT / ".ci/run").read_text()
