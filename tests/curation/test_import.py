"""A team gives a file of places on a page: columns, report, record, undo."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from jalons.curation import operations
from jalons.curation.models import ImportedPlace, PlaceImport
from jalons.curation.putting_back import forget_contact
from jalons.directory.models import (
    LISTS,
    Objection,
    Place,
    PlaceList,
    ProfessionalContact,
    print_of,
)
from jalons.directory.records import open_records
from jalons.files.models import StoredFile
from tests.directory.places import LIBOURNE, WHOLE, make_commune, make_place, write_csv
from tests.factories import make_space, make_user

pytestmark = pytest.mark.django_db
State = PlaceImport.State


@pytest.fixture(autouse=True)
def _communes(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    make_commune()
    make_commune(*LIBOURNE)


@pytest.fixture
def team(client):
    editor = make_user()
    space = make_space(editor=editor)
    client.force_login(editor)
    return space


def upload(path, name: str = "lieux.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, path.read_bytes())


def given(client, space, file, **said) -> PlaceImport:
    """The page of the file, once it was given."""
    form = {"file": file, "list_name": "Liste d’Exemple"} | said
    response = client.post(reverse("curation:create", args=[space.pk]), form)
    assert response.status_code == 302, response.context["form"].errors
    return PlaceImport.objects.latest("pk")


def confirmed(client, batch) -> PlaceImport:
    client.post(reverse("curation:confirm", args=[batch.space_id, batch.pk]))
    batch.refresh_from_db()
    return batch


def test_nothing_is_recorded_before_the_report_is_read(client, team, tmp_path):
    path = write_csv(tmp_path / "l.csv", WHOLE, WHOLE | {"id": "2", "nom": ""})

    batch = given(client, team, upload(path))

    assert (batch.state, Place.objects.count(), PlaceList.objects.count()) == (
        *(State.CHECKED, 0, 0),
    )
    page = client.get(reverse("curation:show", args=[team.pk, batch.pk]))
    text = page.content.decode()
    assert "Enregistrer ce lieu" in text
    assert "Ligne 3, colonne nom" in text


def test_what_is_confirmed_is_recorded_in_the_list_of_the_team(client, team, tmp_path):
    path = write_csv(tmp_path / "l.csv", WHOLE, WHOLE | {"id": "2", "nom": ""})

    batch = confirmed(client, given(client, team, upload(path), licence="LO 2.0"))

    place = Place.objects.get()
    assert batch.state == State.RECORDED
    assert (place.place_list.space, place.place_list.licence) == (team, "LO 2.0")
    assert batch.stored is None
    refused = client.get(reverse("curation:quarantine", args=[team.pk, batch.pk]))
    assert "nom" in b"".join(refused.streaming_content).decode()
    assert StoredFile.objects.count() == 1


def test_undoing_puts_every_place_back_as_it_was(client, team, tmp_path):
    first = write_csv(tmp_path / "a.csv", WHOLE, WHOLE | {"id": "parti"})
    confirmed(client, given(client, team, upload(first)))
    before = {one.pk: vars(one) for one in Place.objects.order_by("pk")}
    kinds = sorted(Place.objects.get(ref="lieu-1").services.values_list("kind"))
    second = write_csv(
        tmp_path / "b.csv",
        WHOLE
        | {
            "horaires": "",
            "services": "",
            "telephone": "+33600000000",
            "date_maj": "2026-07-01",
            "structure_parente": "Autre",
        },
        WHOLE | {"id": "nouveau"},
    )
    batch = confirmed(client, given(client, team, upload(second), is_whole="on"))
    assert Place.objects.open_to_all().count() == 2
    assert Place.objects.get(ref="lieu-1").opening == ""

    client.post(reverse("curation:undo", args=[team.pk, batch.pk]))

    after = {one.pk: vars(one) for one in Place.objects.order_by("pk")}
    for one in (*before.values(), *after.values()):
        one.pop("_state")
    assert after == before
    place = Place.objects.get(ref="lieu-1")
    assert sorted(place.services.values_list("kind")) == kinds
    assert not place.contacts.exists()
    assert not ImportedPlace.objects.filter(batch=batch).exists()


def test_undoing_does_not_bring_back_somebody_who_asked_to_be_left_out(
    client, team, tmp_path
):
    mobile = "+33600000000"
    first = write_csv(tmp_path / "a.csv", WHOLE | {"telephone": mobile})
    confirmed(client, given(client, team, upload(first)))
    assert mobile == ProfessionalContact.objects.get().value
    second = write_csv(tmp_path / "b.csv", WHOLE | {"telephone": ""})
    batch = confirmed(client, given(client, team, upload(second)))
    Objection.objects.create(digest=print_of(LISTS, mobile))

    client.post(reverse("curation:undo", args=[team.pk, batch.pk]))

    assert not ImportedPlace.objects.filter(batch=batch).exists()
    assert not ProfessionalContact.objects.exists()


def test_an_earlier_file_is_undone_after_the_later_one(client, team, tmp_path):
    path = write_csv(tmp_path / "a.csv", WHOLE)
    first = confirmed(client, given(client, team, upload(path)))
    other = write_csv(tmp_path / "b.csv", WHOLE | {"horaires": "Mo 09:00-10:00"})
    confirmed(client, given(client, team, upload(other)))

    with pytest.raises(operations.LaterImport):
        operations.undo_import(first, by=make_user())

    assert Place.objects.count() == 1


def test_a_file_cut_in_the_middle_leaves_nothing(client, team, tmp_path):
    rows = [WHOLE | {"id": f"lieu-{n}"} for n in range(1200)]
    batch = given(client, team, upload(write_csv(tmp_path / "l.csv", *rows)))
    stored = batch.stored
    with stored.file.storage.open(stored.file.name, "ab") as file:
        file.write(b'"une ligne, jamais finie')

    batch = confirmed(client, batch)

    assert (batch.state, Place.objects.count()) == (State.FAILED, 0)
    assert not ImportedPlace.objects.exists()


def test_columns_are_proposed_with_how_sure_it_is_and_never_chosen(
    client, team, tmp_path
):
    file = SimpleUploadedFile(
        "t.csv",
        "Nom de la structure;Ville;N°;Horaire ouverture;Divers\n"
        "Espace d’Exemple;Bordeaux;7;Mo 09:00-12:00;x\n".encode(),
    )
    batch = given(client, team, file)
    url = reverse("curation:columns", args=[team.pk, batch.pk])

    page = client.get(url)
    text = page.content.decode()
    assert "Proposition\u202f: nom (presque certain)" in text
    assert "(probable)" in text
    assert "selected>nom" not in text
    sure = client.post(url, {"sure": "1"}).content.decode()
    assert '<option value="nom" selected>' in sure
    missing = client.post(url, {"c0": "nom"}).content.decode()
    assert "Dites quelle colonne est «\u00a0commune\u00a0»" in missing

    chosen = {"c0": "nom", "c1": "commune", "c2": "id", "c3": "horaires"}
    client.post(url, chosen | {"separator": "", "title": "Tableau d’Exemple"})
    batch.refresh_from_db()
    confirmed(client, batch)

    place = Place.objects.get()
    assert (place.ref, place.name, place.hours is not None) == (
        *("7", "Espace d’Exemple", True),
    )
    assert batch.report["unknown_columns"] == ["Divers"]
    assert team.saved_columns.get().content["columns"]["nom"] == "Nom de la structure"


def test_columns_kept_read_the_next_file_of_the_same_shape(client, team, tmp_path):
    content = "Lieu;Ville;N°\nEspace;Bordeaux;7\n".encode()
    saved = team.saved_columns.create(
        title="Tableau",
        content={
            "id": "columns",
            "title": "t",
            "columns": {"nom": "Lieu", "commune": "Ville", "id": "N°"},
        },
    )
    batch = given(client, team, SimpleUploadedFile("t.csv", content))

    url = reverse("curation:columns", args=[team.pk, batch.pk])
    client.post(url, {"saved": saved.pk})

    batch.refresh_from_db()
    assert (batch.state, batch.report["created"]) == (State.CHECKED, 1)


def test_values_are_proposed_with_how_sure_it_is_and_never_matched_alone(
    client, team, tmp_path
):
    content = (
        "Nom;Ville;N°;Aides;Tarif\n"
        "A;Bordeaux;1;Aide aux démarche administratives/Coutûre;gratuit\n"
        "B;Bordeaux;2;Aide aux démarche administratives/-;non gratuit\n"
    )
    batch = given(client, team, SimpleUploadedFile("t.csv", content.encode()))
    columns = {"c0": "nom", "c1": "commune", "c2": "id", "c3": "services"}
    client.post(
        reverse("curation:columns", args=[team.pk, batch.pk]),
        columns | {"c4": "frais_a_charge", "separator": "/"},
    )
    report = reverse("curation:show", args=[team.pk, batch.pk])
    assert "4 valeurs ne sont pas celles" in client.get(report).content.decode()

    url = reverse("curation:values", args=[team.pk, batch.pk])
    form = client.get(url).context["form"]
    asked = [(one.text, one.rows, one.code, one.level) for one in form.asked.values()]
    assert asked == [
        ("Aide aux démarche administratives", 2, "demarches", "sure"),
        ("Coutûre", 1, "", ""),
        ("-", 1, "", ""),
        # Its contrary is not proposed.
        ("non gratuit", 1, "", ""),
    ]
    assert not any(field.value() for _column, fields in form.groups for field in fields)
    sure = client.post(url, {"sure": "1", "v1": "loisirs"}).context["form"]
    assert [sure["v0"].value(), sure["v1"].value()] == ["demarches", "loisirs"]

    said = {"v0": "demarches", "v1": "loisirs", "v2": "-", "title": "Tableau"}
    client.post(url, said)
    batch.refresh_from_db()
    assert [one["value"] for one in batch.report["unknown_values"]] == ["non gratuit"]
    assert "3 valeurs du fichier sont lues comme" in batch.report["notes"][-1]
    # What was said can be changed until the file is recorded.
    again = client.get(url).context["form"]
    assert again["v1"].value() == "loisirs"
    confirmed(client, batch)

    first, second = Place.objects.order_by("ref")
    kinds = [sorted(one.kind for one in p.services.all()) for p in (first, second)]
    assert kinds == [["demarches", "loisirs"], ["demarches"]]
    assert second.unread == {"frais_a_charge": ["non gratuit"]}
    kept = team.saved_columns.get().content["values"]["services"]
    assert kept["Coutûre"] == "Loisirs et créations numériques"


def test_what_is_added_to_an_invented_list_is_marked_as_it_is(client, team, tmp_path):
    team.place_lists.create(name="Liste d’Exemple", is_simulated=True)
    batch = given(client, team, upload(write_csv(tmp_path / "l.csv", WHOLE)))

    assert State.RECORDED == confirmed(client, batch).state
    assert Place.objects.get().place_list.is_simulated


def test_values_of_the_national_schema_are_matched_too(client, team, tmp_path):
    path = write_csv(tmp_path / "a.csv", WHOLE | {"services": "Aide au démarche"})
    batch = given(client, team, upload(path))
    url = reverse("curation:values", args=[team.pk, batch.pk])
    assert "title" not in client.get(url).context["form"].fields

    client.post(url, {"v0": "demarches"})
    batch.refresh_from_db()
    assert batch.report["unknown_values"] == []
    confirmed(client, batch)
    client.post(url, {"v0": ""})

    assert Place.objects.get().services.get().kind == "demarches"
    batch.refresh_from_db()
    assert batch.state == State.RECORDED


def test_the_list_of_another_team_is_not_written_in(client, team, tmp_path):
    theirs = PlaceList.objects.create(
        name="Liste d’Exemple", is_simulated=False, space=make_space()
    )

    batch = given(client, team, upload(write_csv(tmp_path / "l.csv", WHOLE)))

    assert batch.state == State.FAILED
    assert "appartient à une autre équipe" in batch.problem
    assert not theirs.places.exists()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("l.pdf", b"%PDF", "ne peut pas être lu"),
        ("l.csv", b"", "vide"),
        ("l.json", b'[{"nom": ', "JSON"),
    ],
)
def test_what_cannot_be_read_is_told_and_nothing_is_kept(
    client, team, name, content, said
):
    form = {"file": SimpleUploadedFile(name, content), "list_name": "Liste"}

    response = client.post(reverse("curation:create", args=[team.pk]), form)

    assert response.status_code == 200
    assert said in response.content.decode()
    assert not PlaceImport.objects.exists()
    assert not StoredFile.objects.exists()


def test_a_file_that_cannot_be_read_is_told_with_what_else_is_missing(client, team):
    form = {"file": SimpleUploadedFile("photo.jpg", b"JFIF")}

    response = client.post(reverse("curation:create", args=[team.pk]), form)

    assert {"file", "list_name"} == {*response.context["form"].errors}
    assert "ne peut pas être lu" in response.content.decode()


def test_swapped_coordinates_html_and_a_former_commune_are_told(client, team, tmp_path):
    path = write_csv(
        tmp_path / "l.csv",
        WHOLE | {"latitude": "-0.58", "longitude": "44.84"},
        WHOLE | {"id": "2", "nom": "<b>Espace</b>"},
        WHOLE | {"id": "3", "code_insee": "99999"},
        WHOLE | {"id": "4", "nom": "=HYPERLINK(1)"},
    )

    batch = confirmed(client, given(client, team, upload(path)))

    columns = [one["column"] for one in batch.report["refused"]]
    assert "nom" in columns
    assert "code_insee" in columns
    exported = client.get(
        reverse("directory:list_csv", args=[team.place_lists.get().pk])
    )
    text = b"".join(exported.streaming_content).decode()
    assert "'=HYPERLINK(1)" in text
    assert open_records(path).columns


def test_a_file_that_waits_is_forgotten_with_its_content(client, team, tmp_path):
    batch = given(client, team, upload(write_csv(tmp_path / "l.csv", WHOLE)))

    client.post(reverse("curation:forget", args=[team.pk, batch.pk]))

    assert not PlaceImport.objects.exists()
    assert not StoredFile.objects.exists()


def test_a_file_confirmed_meanwhile_is_not_forgotten(client, team, tmp_path):
    seen = given(client, team, upload(write_csv(tmp_path / "l.csv", WHOLE)))
    PlaceImport.objects.update(state=State.TO_RECORD)

    with pytest.raises(operations.NotReady):
        operations.drop_import(seen)

    assert PlaceImport.objects.exists()


def test_what_the_team_corrected_survives_the_next_import(client, team, tmp_path):
    path = write_csv(tmp_path / "l.csv", WHOLE)
    confirmed(client, given(client, team, upload(path)))
    place = Place.objects.get()
    form = {
        "name": "Nom corrigé",
        "address": place.address,
        "address_more": place.address_more,
        "phone": "05 56 11 11 11",
        "opening": "Mo-Fr 08:00-12:00",
        "summary": place.summary,
        "services": ["loisirs"],
    }
    client.post(reverse("curation:correct", args=[team.pk, place.pk]), form)

    again = confirmed(client, given(client, team, upload(path)))

    place.refresh_from_db()
    assert place.opening == "Mo-Fr 08:00-12:00"
    assert (place.name, place.phone) == ("Nom corrigé", "+33556111111")
    assert [one.kind for one in place.services.all()] == ["loisirs"]
    assert again.report["updated"] <= 1


def test_a_mobile_number_is_refused_as_the_telephone_of_a_place(client, team):
    space_list = PlaceList.objects.create(name="Liste", is_simulated=False, space=team)
    place = make_place(place_list=space_list)
    form = {"name": place.name, "phone": "06 00 00 00 00", "services": []}

    page = client.post(reverse("curation:correct", args=[team.pk, place.pk]), form)

    assert "numéro de mobile" in page.content.decode()


def test_an_import_is_undone_by_command_once_tried(client, team, tmp_path, capsys):
    path = write_csv(tmp_path / "a.csv", WHOLE)
    batch = confirmed(client, given(client, team, upload(path)))

    call_command("undo_places")
    (line,) = json.loads(capsys.readouterr().out)["imports"]
    assert (line["import"], line["list"]) == (batch.pk, "Liste d’Exemple")
    call_command("undo_places", str(batch.pk), "--dry-run")
    assert json.loads(capsys.readouterr().out)["places_put_back"] == 1
    assert Place.objects.count() == 1
    call_command("undo_places", str(batch.pk))

    assert not Place.objects.exists()
    with pytest.raises(CommandError, match="Aucun import"):
        call_command("undo_places", str(batch.pk))


def test_an_import_made_by_command_is_undone_by_command(tmp_path, capsys):
    first = write_csv(tmp_path / "a.csv", WHOLE)
    second = write_csv(
        tmp_path / "b.csv", WHOLE | {"nom": "Autre"}, WHOLE | {"id": "lieu-2"}
    )

    def run(*arguments: str) -> dict:
        call_command(*arguments)
        return json.loads(capsys.readouterr().out)

    to = ("--list", "Liste", "--report", "json")
    assert run("import_places", str(first), *to, "--dry-run")["import"] is None
    assert not PlaceImport.objects.exists()
    assert run("import_places", str(first), *to)["import"]
    # Nothing changes: there is nothing to undo.
    assert run("import_places", str(first), *to)["import"] is None
    later = run("import_places", str(second), *to)["import"]
    assert [one["space"] for one in run("undo_places")["imports"]] == [None, None]

    assert run("undo_places", str(later))["places_put_back"] == 2
    assert Place.objects.get().name == WHOLE["nom"]
    make_space().place_lists.create(name="Leur liste", is_simulated=False)
    with pytest.raises(CommandError, match="appartient à une autre équipe"):
        run("import_places", str(first), "--list", "Leur liste")


def test_what_undoes_a_file_forgets_a_contact_withdrawn_at_once(client, team, tmp_path):
    mobile = "+33600000000"
    first = write_csv(tmp_path / "a.csv", WHOLE | {"telephone": mobile})
    confirmed(client, given(client, team, upload(first)))
    second = write_csv(tmp_path / "b.csv", WHOLE | {"telephone": ""})
    batch = confirmed(client, given(client, team, upload(second)))
    assert mobile in str(batch.rows.get().before)

    forget_contact(mobile)

    assert batch.rows.get().before["contacts"] == []
