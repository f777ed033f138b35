"""Two machines that share a database and a store, and nothing else: no file is lost.

Each has its run-time folder, its web process and its memory; a person goes from one to
the other without seeing it.
"""

from __future__ import annotations

import re
import shutil
import urllib.error

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from tests.cli.centre import OWNER
from tests.cli.store import ACCESS, BUCKET, SECRET, server
from tests.deployment import until
from tests.directory.places import WHOLE, write_csv
from tests.visitors import Visitor

__all__ = ["server"]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        connection.vendor == "sqlite", reason="several machines share PostgreSQL"
    ),
]
TASK_WORKERS = 0
CODE = re.compile(rb"^ {4}(\d{4}-\d{4})\r?$", re.MULTILINE)
# What a run-time folder may hold: counts of this machine; mails where none is sent;
# the static files that it made.
OF_ONE_MACHINE = {"durations", "mail", "maps", "static"}
WRITTEN = {
    "name": "Centre d’Exemple",
    "about": "Nous aidons les communes.",
    "missions": "Informer",
    "contact_function": "Chargée d’inclusion numérique",
    "contact_email": "inclusion@exemple.fr",
    "publication_director": "La présidente d’Exemple",
    "address": "1 rue d’Exemple",
}


@pytest.fixture(scope="module")
def extra(server):
    """The store that both machines are told of."""
    given = {"BUCKET": BUCKET, "URL": server, "KEY": ACCESS, "SECRET": SECRET}
    said = {f"JALONS_S3_{name}": value for name, value in given.items()}
    return said | {"JALONS_S3_REGION": "us-east-1"}


@pytest.fixture(scope="module")
def ports(deployment):
    return [one.port for one in deployment.machines]


@pytest.fixture(scope="module")
def space(deployment):
    return int(deployment.run("-m", "tests.cli.centre"))


@pytest.fixture(scope="module")
def amina(deployment, ports, space):
    """She asks one machine for her code, and types it on the other."""
    visitor = Visitor()
    first, second = ports
    visitor.get(first, "/connexion/")
    visitor.post(first, "/connexion/", {"email": OWNER})
    (mail,) = (deployment.machines[0].var / "mail").glob("*.log")
    code = CODE.findall(mail.read_bytes())[0].decode()
    visitor.post(second, "/connexion/code/", {"code": code})
    return visitor


def test_a_code_asked_of_one_machine_signs_in_on_the_other_and_on_both(
    amina, ports, space
):
    stranger = Visitor()

    for port in ports:
        assert f"/espaces/{space}/" in amina.get(port, "/espaces/").text
        assert "/connexion/" == stranger.get(port, f"/espaces/{space}/").path


def test_a_file_given_to_one_is_read_recorded_and_given_back_by_the_other(
    deployment, amina, ports, space, tmp_path
):
    first, second = ports
    path = write_csv(tmp_path / "l.csv", WHOLE, WHOLE | {"id": "2", "nom": ""})
    file = SimpleUploadedFile("lieux.csv", path.read_bytes())
    address = f"/espaces/{space}/lieux/importer/"

    amina.get(first, address)
    given = amina.post(first, address, {"file": file, "list_name": "Liste d’Exemple"})
    # Nobody works on the machine that received it.
    deployment.machines[1].start("tasks 1")
    until(lambda: "Ligne 3" in amina.get(first, given.path).text)
    amina.post(second, f"{given.path}confirmer/", {})
    refused = f"{given.path}lignes-ecartees.csv"
    until(lambda: refused in amina.get(second, given.path).text)

    assert "12 bis rue d’Exemple" in amina.get(first, refused).text
    stranger = Visitor()
    for port in ports:
        assert "/connexion/" == stranger.get(port, refused).path


def test_what_the_host_of_the_site_says_on_one_is_read_on_the_other_within_seconds(
    amina, ports
):
    first, second = ports
    reader = Visitor()
    assert "Centre d’Exemple" not in reader.get(second, "/qui-sommes-nous/").text

    amina.get(first, "/hote/")
    amina.post(first, "/hote/", WRITTEN)
    said = amina.post(first, "/hote/publier/", {})

    assert "/qui-sommes-nous/" == said.path
    assert "Centre d’Exemple" in said.text
    until(lambda: "Centre d’Exemple" in reader.get(second, said.path).text)


def test_a_machine_that_is_lost_with_its_folder_takes_nothing_away(
    deployment, amina, ports, space
):
    first, second = deployment.machines
    for one in (first, second):
        assert {path.name for path in one.var.iterdir()} <= OF_ONE_MACHINE

    first.end("web")
    shutil.rmtree(first.var)

    with pytest.raises(urllib.error.URLError):
        amina.get(first.port, "/espaces/")
    # Whoever comes by the proxy is sent to the one that is left.
    for port in (second.port, deployment.port, deployment.port):
        assert f"/espaces/{space}/" in amina.get(port, "/espaces/").text
