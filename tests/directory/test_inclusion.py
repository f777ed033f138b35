"""A list leaves as data·inclusion v1, and comes back as it was."""

from __future__ import annotations

import json

import pytest
from django.core.management import call_command
from django.urls import reverse

from jalons.directory.models import Place, PlaceList
from jalons.directory.opening import open_places
from jalons.directory.operations import FIELDS, Order, import_places
from tests.directory.places import LIBOURNE, WHOLE, make_commune, write_csv

pytestmark = pytest.mark.django_db
# What version 1 of the schema has no word for.
NOT_SAID = {
    *("ref", "summary", "mobility", "care", "programmes", "labels", "other_labels"),
    *("booking_page", "websites"),
}
SAYABLE = WHOLE | {
    "id": "dora--lieu-1",
    "typologie": "CCAS",
    "services": "Aide aux démarches administratives|Accès internet et matériel "
    "informatique",
    "modalites_accompagnement": "À distance",
}


@pytest.fixture
def place_list():
    make_commune()
    make_commune(*LIBOURNE)


def imported(tmp_path, **said) -> PlaceList:
    path = write_csv(tmp_path / "lieux.csv", SAYABLE | said)
    import_places(open_places(path), Order("Liste"), by=None)
    return PlaceList.objects.get(name="Liste")


def test_what_the_schema_can_say_comes_back_as_it_left(place_list, tmp_path):
    imported(tmp_path)
    structures, services = tmp_path / "structures.json", tmp_path / "services.json"

    call_command("export_places", "Liste", str(structures), services=services)
    records = open_places(structures, services=services)
    report = import_places(records, Order("Retour"), by=None)

    before, after = Place.objects.order_by("pk")
    assert report.unknown_values == {}
    same = [name for name in FIELDS if name not in NOT_SAID]
    assert [getattr(before, name) for name in same] == [
        getattr(after, name) for name in same
    ]
    assert after.organisation.pivot == before.organisation.pivot
    kinds = [sorted(one.kind for one in p.services.all()) for p in (before, after)]
    assert kinds[0] == kinds[1] == ["acces", "demarches"]


def test_nobodys_own_contact_leaves_and_nothing_near_is_said(
    client, place_list, tmp_path
):
    found = imported(
        tmp_path,
        courriels="jeanne.exemple@exemple.fr",
        frais_a_charge="Gratuit sous condition",
        services="Loisirs et créations numériques",
    )

    structures, services = (
        client.get(reverse(f"directory:{name}", args=[found.pk])).getvalue().decode()
        for name in ("structures", "services")
    )

    (structure,) = json.loads(structures)
    assert "jeanne" not in structures
    assert (structure["id"], structure["siret"]) == ("dora--lieu-1", WHOLE["pivot"])
    assert json.loads(services) == []


def test_an_invented_list_says_so_on_every_line(client, place_list, tmp_path):
    found = imported(tmp_path)
    PlaceList.objects.update(is_simulated=True)

    for name in ("structures", "services"):
        answer = client.get(reverse(f"directory:{name}", args=[found.pk]))
        rows = json.loads(answer.getvalue().decode())
        assert rows
        assert {row["mention"] for row in rows} == {"SIMULÉ"}
