"""A catalogue filled from a file: every line told, nothing half-written."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from jalons.funding.models import Scheme
from tests.funding.money import FILE, HEAD

pytestmark = pytest.mark.django_db
WRONG = (
    HEAD
    + ";Ateliers;Région;;;;;;;;;Site;2026-01-05;;\n"
    + "B1;<b>A</b>;Région;;;;;;;;;Site;2026-01-05;;\n"
    + "B2;Aide;Région;;;Nulle part;;;;;;Site;2026-01-05;;\n"
    + "B3;Aide;Région;;;;120;;;;;Site;2026-01-05;;\n"
    + "B4;Aide;Région;;;;;beaucoup;;;;Site;2026-01-05;;\n"
    + "B5;Aide;Région;;;;;;2026-03-01;2026-02-01;;Site;2026-01-05;;\n"
    + "B6;Aide;Région;;;;;;;bientôt;;Site;2026-01-05;;\n"
    + "B7;Aide;Région;;;;;;;;javascript:x;Site;2026-01-05;;\n"
    + "B8;Aide;Région;;;;;;;;;;2026-01-05;;\n"
    + "B9;Aide;Région;;;;;;;;;Site;2026-01-05;peut-être;\n"
    + "B10;Aide;Région;;;;;;;;;Site;2026-01-05;;\n"
    + "B10;Aide;Région;;;;;;;;;Site;2026-01-05;;\n"
)
FIELDS = "code title territories rate ceiling closes_on closes_on address source"


def send(client, space, text: str, **more: str):
    file = SimpleUploadedFile("aides.csv", text.encode(), content_type="text/csv")
    address = reverse("funding:load", args=[space.pk])
    return client.post(address, {"file": file, **more})


def test_a_file_fills_the_catalogue_and_the_same_code_replaces(signed_in, space):
    tried = send(signed_in, space, FILE, **{"try": "1"}).content.decode()
    assert "1 aide peut être lue." in tried
    assert "Remarque" in tried
    assert not Scheme.objects.exists()

    send(signed_in, space, FILE)
    first = Scheme.objects.get()
    send(signed_in, space, FILE.replace("80 %", "50"))

    scheme = Scheme.objects.get()
    assert (first.pk, 50, Decimal(10000)) == (scheme.pk, scheme.rate, scheme.ceiling)
    assert (date(2027, 12, 31), date(2026, 1, 5)) == (scheme.closes_on, scheme.read_on)
    page = signed_in.get(reverse("funding:schemes", args=[space.pk])).content.decode()
    assert "Site de la Région" in page
    assert "5 janvier 2026" in page
    assert "inventé, à titre d’exemple" in page


def test_one_line_refused_and_nothing_is_written(signed_in, space, tmp_path, capsys):
    page = send(signed_in, space, WRONG).content.decode()
    assert "Ligne 4, territoires, «\u00a0Nulle part\u00a0»" in page
    assert not Scheme.objects.exists()

    path = tmp_path / "aides.csv"
    path.write_text(WRONG, encoding="utf-8")
    asked = [str(path), f"--space={space.pk}", "--by=officer@exemple.fr"]
    space.members.update(email="officer@exemple.fr")
    with pytest.raises(CommandError):
        call_command("load_schemes", *asked)
    told = json.loads(capsys.readouterr().out)
    assert [*FIELDS.split(), "is_example", "code"] == [
        one["field"] for one in told["refused"]
    ]
    assert [*range(2, 12), 13] == [one["line"] for one in told["refused"]]
    path.write_text(FILE, encoding="utf-8")
    call_command("load_schemes", *asked, "--dry-run")
    assert not Scheme.objects.exists()
    call_command("load_schemes", *asked)
    assert "A1" == Scheme.objects.get().code


def test_a_file_without_its_columns_says_which(signed_in, space):
    page = send(signed_in, space, "Titre;Financeur\nA;B\n").content.decode()

    assert "aides.csv, ligne 1" in page
    assert "colonnes\u00a0: code, source, source lue le." in page
