from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from jalons.audit.models import Entry
from jalons.directory.models import Organisation, Place, PlaceList
from jalons.directory.operations import MixedList, Order, import_places
from jalons.directory.records import open_records
from jalons.files.tables import UnreadableFile
from tests.directory.places import LIBOURNE, WHOLE, make_commune, write_csv

pytestmark = pytest.mark.django_db
ORDER = Order("Liste d’Exemple")


@pytest.fixture(autouse=True)
def _communes():
    make_commune()
    make_commune(*LIBOURNE)


def imported(path, order=ORDER, **options):
    return import_places(open_records(path), order, by=None, **options)


def test_every_column_of_the_schema_is_read(tmp_path):
    report = imported(write_csv(tmp_path / "lieux.csv", WHOLE))

    place = Place.objects.get()
    assert (report.rows, report.created, report.refused, report.told) == (1, 1, [], {})
    assert place.commune_id == "33063"
    assert place.kinds == ["epn", "third_place"]
    assert {one.kind for one in place.services.all()} == {"demarches", "acces"}
    assert (place.publics, place.costs) == (["jeunes", "seniors"], ["gratuit"])
    assert place.organisation == Organisation.objects.get(pivot="43493312300029")
    assert place.hours is not None
    assert place.unread == {}


def test_the_same_file_once_more_changes_nothing(tmp_path):
    path = write_csv(tmp_path / "lieux.csv", WHOLE, WHOLE | {"id": "lieu-2"})
    imported(path)

    again = imported(path)

    assert (again.created, again.updated, again.unchanged) == (0, 0, 2)


def test_a_change_of_hours_is_one_place_updated_in_place(tmp_path):
    imported(write_csv(tmp_path / "lieux.csv", WHOLE))
    pk = Place.objects.get().pk

    report = imported(
        write_csv(tmp_path / "b.csv", WHOLE | {"horaires": "Mo 10:00-12:00"})
    )

    place = Place.objects.get()
    assert (report.updated, place.pk, place.opening) == (1, pk, "Mo 10:00-12:00")


def test_two_lists_may_use_the_same_identifier(tmp_path):
    path = write_csv(tmp_path / "lieux.csv", WHOLE)
    imported(path)
    imported(path, Order("Une autre liste"))

    assert Place.objects.count() == 2


def test_a_dry_run_tells_everything_and_writes_nothing(tmp_path):
    report = imported(write_csv(tmp_path / "lieux.csv", WHOLE), dry_run=True)

    assert report.created == 1
    assert not Place.objects.exists()
    assert not PlaceList.objects.exists()
    assert not Entry.objects.exists()


def test_an_import_leaves_one_line_in_the_journal(tmp_path):
    imported(write_csv(tmp_path / "lieux.csv", WHOLE))

    entry = Entry.objects.get()
    assert (entry.verb, entry.details) == (
        "places.imported",
        {"created": 1, "updated": 0},
    )


def test_a_part_of_a_list_leaves_the_other_places(tmp_path):
    imported(write_csv(tmp_path / "a.csv", WHOLE, WHOLE | {"id": "lieu-2"}))

    report = imported(write_csv(tmp_path / "b.csv", WHOLE))

    assert (report.absent, report.left) == (1, 0)
    assert Place.objects.open_to_all().count() == 2


def test_a_whole_list_closes_the_places_it_lost_and_opens_them_again(tmp_path):
    both = write_csv(tmp_path / "a.csv", WHOLE, WHOLE | {"id": "lieu-2"})
    imported(both)
    whole = Order(ORDER.name, is_whole=True)

    report = imported(write_csv(tmp_path / "b.csv", WHOLE), whole)
    assert (report.absent, report.left) == (0, 1)
    assert [one.ref for one in Place.objects.open_to_all()] == ["lieu-1"]

    assert imported(both, whole).updated == 1
    assert Place.objects.open_to_all().count() == 2


def test_a_place_whose_row_is_refused_does_not_leave_a_whole_list(tmp_path):
    other = WHOLE | {"id": "lieu-2"}
    imported(write_csv(tmp_path / "a.csv", WHOLE, other))
    wrong = write_csv(tmp_path / "b.csv", WHOLE, other | {"code_insee": "00000"})

    report = imported(wrong, Order(ORDER.name, is_whole=True))

    assert (len(report.refused), report.left) == (1, 0)
    assert Place.objects.open_to_all().count() == 2


def test_json_is_read_as_the_csv_is(tmp_path):
    rows = [
        WHOLE | {"latitude": 44.84, "services": WHOLE["services"].split("|")},
        {"id": "lieu-2", "nom": "B", "commune": "Libourne", "pivot": None},
    ]
    path = tmp_path / "lieux.json"
    path.write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")

    report = imported(path)

    assert report.created == 2
    first, second = Place.objects.order_by("ref")
    assert {one.kind for one in first.services.all()} == {"demarches", "acces"}
    assert (second.commune_id, second.position) == ("33243", Place.Position.COMMUNE)


def test_json_that_was_cut_keeps_nothing_and_says_the_line(tmp_path):
    path = tmp_path / "lieux.json"
    path.write_text("[\n" + json.dumps(WHOLE) + ',\n{"id": "lieu-2", "no', "utf-8")

    with pytest.raises(UnreadableFile, match="3"):
        imported(path)

    assert not Place.objects.exists()


def test_a_file_cut_in_the_middle_keeps_nothing(tmp_path):
    path = write_csv(tmp_path / "lieux.csv", WHOLE)
    path.write_text(path.read_text("utf-8") + '"lieu-2","sans fin', "utf-8")

    with pytest.raises(UnreadableFile):
        imported(path)

    assert not Place.objects.exists()


def test_a_former_version_of_the_schema_is_named_with_the_mend(tmp_path):
    path = tmp_path / "lieux.csv"
    path.write_text("id,nom,commune,publics_accueillis\n1,A,Bordeaux,Jeunes\n", "utf-8")

    with pytest.raises(UnreadableFile) as error:
        imported(path)

    assert "publics_specifiquement_adresses" in str(error.value)
    assert "1.0.2" in str(error.value)


def test_another_table_is_not_taken_for_a_list_of_places(tmp_path):
    path = tmp_path / "autre.csv"
    path.write_text("code;valeur\n33063;12\n", "utf-8")

    with pytest.raises(UnreadableFile, match="nom"):
        imported(path)


def test_the_command_gives_its_report_as_json(tmp_path):
    path = write_csv(tmp_path / "lieux.csv", WHOLE, WHOLE | {"id": "", "nom": "Sans"})
    out = StringIO()

    call_command("import_places", path, report="json", licence="LO 2.0", stdout=out)

    said = json.loads(out.getvalue())
    assert (said["list"], said["created"], said["dry_run"]) == ("lieux", 1, False)
    assert [(one["line"], one["column"]) for one in said["refused"]] == [(3, "id")]
    assert PlaceList.objects.get().licence == "LO 2.0"
    kept = Path(said["quarantine"]).read_text("utf-8-sig")
    assert "Sans" in kept
    assert "Exemple\r\n" not in kept


def test_the_rows_set_aside_can_be_mended_and_imported(tmp_path):
    path = write_csv(tmp_path / "lieux.csv", WHOLE | {"id": ""})
    out = StringIO()
    call_command("import_places", path, report="json", stdout=out)
    kept = json.loads(out.getvalue())["quarantine"]

    report = imported(Path(kept), Order("lieux", makes_ids=True))

    assert (report.created, report.refused) == (1, [])


def test_a_missing_file_is_said_in_a_sentence(tmp_path):
    with pytest.raises(CommandError, match="rien.csv"):
        call_command("import_places", tmp_path / "rien.csv")


def test_identifiers_are_made_on_request_and_stay_the_same(tmp_path):
    order = Order(ORDER.name, makes_ids=True)
    path = write_csv(tmp_path / "lieux.csv", WHOLE, leave_out="id")
    imported(path, order)

    again = imported(path, order)

    assert (again.created, again.unchanged) == (0, 1)


def test_reading_a_list_takes_a_number_of_queries_that_places_do_not_change(
    tmp_path, django_assert_max_num_queries
):
    rows = [WHOLE | {"id": f"lieu-{n}"} for n in range(60)]
    path = write_csv(tmp_path / "lieux.csv", *rows)

    with django_assert_max_num_queries(25):
        imported(path)


def test_invented_places_never_join_a_list_of_real_ones(tmp_path):
    path = write_csv(tmp_path / "lieux.csv", WHOLE)
    imported(path)

    with pytest.raises(MixedList):
        imported(path, Order(ORDER.name, is_simulated=True))

    assert not PlaceList.objects.get().is_simulated


def test_an_export_marked_simulated_is_not_taken_for_real(tmp_path):
    path = tmp_path / "lieux.csv"
    path.write_text("mention,id,nom,commune\nSIMULÉ,1,A,Bordeaux\n", "utf-8")

    with pytest.raises(CommandError, match="--simulated"):
        call_command("import_places", path)
    call_command("import_places", path, simulated=True, stdout=StringIO())

    assert PlaceList.objects.get().is_simulated


def test_the_command_tells_in_words_what_it_would_do(tmp_path):
    path = write_csv(tmp_path / "lieux.csv", WHOLE | {"telephone": "+33600000000"})
    out = StringIO()

    call_command("import_places", path, dry_run=True, stdout=out, stderr=StringIO())

    said = out.getvalue().replace("\u00a0", " ")
    assert "Essai à blanc" in said
    assert "Lieux nouveaux : 1" in said
    assert "celles d’une personne : 1" in said
