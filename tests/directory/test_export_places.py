from __future__ import annotations

import csv
import json

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from jalons.directory.exporting import csv_blocks, json_blocks, rows_of
from jalons.directory.models import Place, PlaceList
from jalons.directory.operations import Order, import_places
from jalons.directory.records import open_records
from tests.directory.places import LIBOURNE, WHOLE, make_commune, write_csv

pytestmark = pytest.mark.django_db
ODD = WHOLE | {
    "id": "lieu-2",
    "nom": "=HYPERLINK(1)",
    "adresse": "-1 rue d’en bas",
    "commune": "Libourne",
    "code_insee": "33243",
    "code_postal": "33",
    "latitude": "",
    "longitude": "",
    "telephone": "+33600000000",
    "courriels": "accueil@exemple.fr|camille.martin@exemple.fr",
    "horaires": "sur rendez-vous",
    "services": "Réparer des ordinateurs",
    "typologie": "",
    "presentation_detail": "Demandez Camille au 06 00 00 00 00.",
}


@pytest.fixture(autouse=True)
def _communes():
    make_commune()
    make_commune(*LIBOURNE)


@pytest.fixture
def place_list(tmp_path) -> PlaceList:
    path = write_csv(tmp_path / "lieux.csv", WHOLE, ODD)
    import_places(open_records(path), Order("Liste"), by=None)
    return PlaceList.objects.get()


def in_csv(place_list, path, **options):
    text = "".join(csv_blocks(rows_of(place_list, **options)))
    path.write_text(text, "utf-8", newline="")
    return path


def table(path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_persons_are_refused_beside_data_inclusion_rather_than_left_out(tmp_path):
    PlaceList.objects.create(name="Liste", is_simulated=False)
    file, services = tmp_path / "structures.json", tmp_path / "services.json"

    with pytest.raises(CommandError, match="--with-persons"):
        call_command(
            "export_places", "Liste", file, services=services, with_persons=True
        )

    assert not file.exists()
    assert not services.exists()


def test_what_was_imported_comes_out_column_by_column(place_list, tmp_path):
    first, _second = table(in_csv(place_list, tmp_path / "sortie.csv"))

    expected = WHOLE | {"latitude": "44.84", "longitude": "-0.58"}
    expected["typologie"] = "EPN|TIERS_LIEUX"
    assert expected == first


@pytest.mark.parametrize("form", ["csv", "json"])
def test_an_export_imported_again_changes_nothing(place_list, tmp_path, form):
    path = tmp_path / f"sortie.{form}"
    if form == "csv":
        in_csv(place_list, path, with_persons=True)
    else:
        rows = rows_of(place_list, with_persons=True)
        path.write_text("".join(json_blocks(rows)), "utf-8")

    report = import_places(open_records(path), Order("Liste"), by=None)

    assert (report.created, report.updated, report.unchanged) == (0, 0, 2)
    assert report.refused == []


def test_a_text_that_a_spreadsheet_would_run_is_guarded(place_list, tmp_path):
    _first, second = table(in_csv(place_list, tmp_path / "sortie.csv"))

    assert second["nom"] == "'=HYPERLINK(1)"
    assert second["adresse"] == "'-1 rue d’en bas"
    assert Place.objects.get(ref="lieu-2").name == "=HYPERLINK(1)"


def test_what_reaches_a_person_is_left_out_by_default(place_list, tmp_path):
    text = in_csv(place_list, tmp_path / "sortie.csv").read_text("utf-8")

    assert "camille.martin" not in text
    assert "33600000000" not in text
    assert "06 00" not in text
    assert "accueil@exemple.fr" in text


def test_whoever_answers_for_the_list_may_have_the_contacts(place_list, tmp_path):
    path = in_csv(place_list, tmp_path / "sortie.csv", with_persons=True)

    assert "camille.martin@exemple.fr" in path.read_text("utf-8")


def test_a_simulated_list_says_so_on_every_line(tmp_path):
    path = write_csv(tmp_path / "lieux.csv", WHOLE)
    order = Order("Essai", is_simulated=True)
    import_places(open_records(path), order, by=None)

    rows = table(in_csv(PlaceList.objects.get(), tmp_path / "sortie.csv"))

    assert [row["mention"] for row in rows] == ["SIMULÉ"]


@pytest.mark.parametrize("name", ["list_csv", "list_json"])
def test_a_list_is_downloaded_without_anybody_s_own_contact(client, place_list, name):
    response = client.get(reverse(f"directory:{name}", args=[place_list.pk]))

    text = response.getvalue().decode()
    assert "attachment" in response["Content-Disposition"]
    assert "lieu-2" in text
    assert "camille.martin" not in text
    assert "33600000000" not in text
    assert "06 00" not in text


def test_an_empty_list_is_still_json(place_list):
    Place.objects.all().delete()

    assert json.loads("".join(json_blocks(rows_of(place_list)))) == []


def test_the_command_writes_the_file(place_list, tmp_path):
    call_command("export_places", "Liste", tmp_path / "sortie.json")

    rows = json.loads((tmp_path / "sortie.json").read_text("utf-8"))
    assert [row["id"] for row in rows] == ["lieu-1", "lieu-2"]
    assert rows[0]["latitude"] == 44.84


def test_a_dry_run_writes_no_file(place_list, tmp_path):
    call_command("export_places", "Liste", tmp_path / "sortie.csv", dry_run=True)

    assert not (tmp_path / "sortie.csv").exists()


def test_an_unknown_list_is_answered_with_those_known(place_list, tmp_path):
    with pytest.raises(CommandError, match="Liste"):
        call_command("export_places", "Inconnue", tmp_path / "sortie.csv")


def test_contacts_that_could_not_be_read_leave_with_persons_only(tmp_path):
    unread = WHOLE | {
        "telephone": "06 12 34 56 78 ou 05 56 00 00 00",
        "courriels": "camille(at)exemple.fr",
        "autres_formations_labels": "Camille, 06 12 34 56 78",
    }
    path = write_csv(tmp_path / "lieux.csv", unread)
    import_places(open_records(path), Order("Liste"), by=None)
    place_list = PlaceList.objects.get()

    (public,) = rows_of(place_list)
    (whole,) = rows_of(place_list, with_persons=True)

    assert ("", "") == (public["telephone"], public["courriels"])
    assert "06 12" not in public["autres_formations_labels"]
    assert all(unread[one] == whole[one] for one in ("telephone", "courriels"))
