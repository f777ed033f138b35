"""A catalogue filled from a file: every line told, nothing half-written."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from jalons.funding.models import Scheme
from jalons.spaces.models import Space
from jalons.territories.models import Membership, Territory
from tests.factories import make_space, make_territory
from tests.funding.money import FILE, HEAD, make_scheme

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


def make_centre(code: str) -> Space:
    region = make_territory(f"Région {code}", Territory.Kind.REGION, code)
    centre = make_space(territory=region, is_recognised=False)
    centre.kind, centre.name = Space.Kind.RESOURCE_CENTRE, f"Centre {code}"
    centre.save()
    return centre


def test_schemes_of_the_resource_centre_are_offered_to_the_teams_of_its_region(
    signed_in, space, officer
):
    centre, elsewhere = make_centre("R98"), make_centre("R99")
    Membership.objects.create(
        member=space.territory, group=centre.territory, since=2021
    )
    scheme = make_scheme(centre, "Fonds du centre", by=officer)
    make_scheme(elsewhere, "Fonds d’ailleurs", by=officer)
    page = reverse("funding:schemes", args=[space.pk])
    assert "Fonds du centre" not in signed_in.get(page).content.decode()

    for one in (centre, elsewhere):
        one.recognised_at, one.recognised_by = timezone.now(), officer
        one.save()
    shown = signed_in.get(page).content.decode()

    assert "Fonds du centre" in shown
    assert f"proposée par {centre.name}" in shown
    assert "Fonds d’ailleurs" not in shown
    drop = reverse("funding:drop", args=[space.pk, scheme.pk])
    assert drop not in shown
    assert 404 == signed_in.post(drop).status_code
