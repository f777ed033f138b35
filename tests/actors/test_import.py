from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from jalons.actors import loaders
from jalons.actors.lines import guess_columns
from jalons.files.models import StoredFile
from jalons.files.tables import read_table
from jalons.territories.models import Membership, Territory
from tests.actors.people import make_actor
from tests.directory.places import make_place
from tests.factories import make_territory

FILE = """Structure;Type;Ville;Site;Courriel
CCAS d’Exemple;CCAS;Bourg-Exemple;ccas.exemple.fr;agent@exemple.fr
ccas d'exemple;CCAS;;;
Agence postale;La Poste;;;
Fabrique;tiers-lieu;Nulle-Part;;
Groupe;inconnu;;;
;mairie;;;
Site faux;mairie;;pas une adresse;
"""


@pytest.fixture
def commune(space):
    found = make_territory("Bourg-Exemple", Territory.Kind.COMMUNE, "99001")
    Membership.objects.create(member=found, group=space.territory, since=2026)
    return found


@pytest.fixture
def path(tmp_path, commune):
    path = tmp_path / "acteurs.csv"
    path.write_text(FILE, encoding="utf-8")
    return path


def read(space, path):
    table = read_table(path, name=path.name)
    columns = guess_columns(table.columns, loaders.HEADINGS)
    return loaders.sort_out(space, table, columns, name=path.name)


def test_each_line_is_added_known_or_refused_with_its_reason(space, officer, path):
    make_actor(space, "Agence Postale", by=officer)

    found = read(space, path)

    assert [one.name for one in found.actors] == ["CCAS d’Exemple"]
    assert found.actors[0].website == "https://ccas.exemple.fr"
    assert found.actors[0].commune_id == "99001"
    assert [one.line for one in found.known] == [3, 4]
    assert [(one.line, one.field) for one in found.refused] == [
        (5, "commune"),
        (6, "family"),
        (7, "name"),
        (8, "website"),
    ]
    assert found.unread_columns == ["Courriel"]
    assert found.line_count == 7


def test_a_file_is_read_then_added_on_the_page(desk, space, path):
    upload = SimpleUploadedFile("acteurs.csv", FILE.encode())
    there = desk.post(reverse("actors:load", args=[space.pk]), {"file": upload})
    columns = {"name": "Structure", "family": "Type", "commune": "Ville"}

    report = desk.post(there.url, columns).content.decode()
    assert "À ajouter\xa0: 2" not in report
    assert "À ajouter\xa0: 3" in report
    assert "Ligne 6, famille" in report
    assert not space.actors.exists()
    desk.post(there.url, columns | {"ajouter": "1"})

    assert space.actors.count() == 3
    assert not StoredFile.objects.exists()


def test_a_column_that_is_missing_is_asked_for(desk, space):
    upload = SimpleUploadedFile("acteurs.csv", b"A;B\nCCAS;ccas\n")
    there = desk.post(reverse("actors:load", args=[space.pk]), {"file": upload})

    answer = desk.post(there.url, {"name": "A", "family": "", "ajouter": "1"})

    assert answer.status_code == 200
    assert not space.actors.exists()


def test_a_file_that_is_no_table_is_refused_in_words(desk, space):
    upload = SimpleUploadedFile("acteurs.xlsx", b"PK\x03\x04 rien")
    there = desk.post(reverse("actors:load", args=[space.pk]), {"file": upload})

    answer = desk.get(there.url)

    assert "rien n’a été ajouté" in answer.content.decode()


def run(space, path, *options):
    call_command(
        "import_actors",
        str(path),
        "--space",
        str(space.pk),
        "--by",
        "officer@exemple.fr",
        *options,
    )


def test_the_command_says_what_it_would_do_and_writes_nothing(space, path, capsys):
    run(space, path, "--dry-run", "--json")

    told = json.loads(capsys.readouterr().out)
    assert (told["lines"], told["added"], len(told["refused"])) == (7, 2, 4)
    assert told["columns"]["name"] == "Structure"
    assert not space.actors.exists()


def test_the_command_adds_once(space, path, capsys):
    run(space, path)
    run(space, path)

    assert space.actors.count() == 2


@pytest.mark.parametrize("given", ["name", "name=Rien", "age=Type"])
def test_the_command_refuses_a_column_it_does_not_know(space, path, given):
    with pytest.raises(CommandError, match="FIELD=COLUMN"):
        run(space, path, "--column", given)


def test_the_command_refuses_whoever_is_no_editor(space, path):
    with pytest.raises(CommandError, match="membre|éditeur"):
        call_command(
            "import_actors", str(path), "--space", str(space.pk), "--by", "x@exemple.fr"
        )


def test_an_organisation_of_the_directory_is_taken_once_with_its_family(
    desk, space, commune
):
    place = make_place(name="EPN du Bourg", commune=commune, kinds=["epn"])
    address = reverse("actors:directory", args=[space.pk])
    page = desk.get(address).content.decode()
    assert '<option value="mediateurs" selected>' in page

    sent = {f"pris-p{place.pk}": "on", f"famille-p{place.pk}": "mediateurs"}
    desk.post(address, sent)
    desk.post(address, sent)

    assert [one.name for one in space.actors.all()] == ["EPN du Bourg"]
    assert "déjà dans le tableau" in desk.get(address).content.decode()


def test_an_organisation_ticked_without_a_family_stops_the_whole(desk, space, commune):
    place = make_place(name="Lieu sans type", commune=commune)
    address = reverse("actors:directory", args=[space.pk])

    answer = desk.post(address, {f"pris-p{place.pk}": "on"})

    assert "Lieu sans type" in answer.content.decode()
    assert not space.actors.exists()


def test_a_place_elsewhere_is_not_proposed(desk, space, commune):
    make_place(name="Lieu de Bordeaux")

    page = desk.get(reverse("actors:directory", args=[space.pk])).content.decode()

    assert "Lieu de Bordeaux" not in page
