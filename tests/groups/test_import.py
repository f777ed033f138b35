"""Members from a file: read first, each line left out told with its mend."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from jalons.files.models import StoredFile
from tests.actors.people import make_actor
from tests.factories import make_user
from tests.groups.gatherings import join
from tests.professionals.staff import make_professional

pytestmark = pytest.mark.django_db
FILE = """Structure;Personne;Rôle;Entrée;Sortie;Courriel
CCAS d’Exemple;;préside;10/01/2025;;a@exemple.fr
ccas d'exemple;;;2025-03-01;;
Médiathèque;Dominique Exemple;;2025-02-01;31/12/2025;
Médiathèque;Personne Inconnue;;2025-02-01;;
Nulle part;;;2025-02-01;;
Médiathèque;;;2025-05-01;2025-04-01;
Médiathèque;;<b>x</b>;2025-02-01;;
Médiathèque;;;un jour;;
Médiathèque;;;2024-01-01;;
Médiathèque;Dominique Exemple;;2025-02-01;2025-12-31;
"""
COLUMNS = {
    "actor": "Structure",
    "person": "Personne",
    "role": "Rôle",
    "since": "Entrée",
    "until": "Sortie",
}


@pytest.fixture
def path(tmp_path, group, actor, officer):
    library = make_actor(group.space, "Médiathèque", by=officer, family="mediatheques")
    make_professional(library, by=officer, name="Dominique Exemple")
    path = tmp_path / "membres.csv"
    path.write_text(FILE, encoding="utf-8")
    return path


def run(path, group, capsys, *options):
    call_command(
        "import_members",
        str(path),
        f"--group={group.pk}",
        "--by=officer@exemple.fr",
        "--json",
        *options,
    )
    return json.loads(capsys.readouterr().out)


def test_a_dry_run_tells_every_line_and_writes_nothing(path, group, capsys):
    told = run(path, group, capsys, "--dry-run")

    assert (10, 2) == (told["lines"], told["added"])
    assert [11] == [one["line"] for one in told["known"]]
    assert [
        (3, "since"),
        (5, "person"),
        (6, "actor"),
        (7, "until"),
        (8, "role"),
        (9, "since"),
        (10, "since"),
    ] == [(one["line"], one["field"]) for one in told["refused"]]
    assert ["Courriel"] == told["unread_columns"]
    assert not group.seats.exists()


def test_the_same_file_twice_adds_nothing_more(path, group, capsys):
    run(path, group, capsys)
    told = run(path, group, capsys)

    assert 0 == told["added"]
    assert 2 == group.seats.count()
    assert 1 == group.seats.filter(is_person=True).count()


def test_a_member_of_a_day_that_has_not_come_is_refused_as_on_the_page(
    tmp_path, group, actor, capsys
):
    path = tmp_path / "membres.csv"
    path.write_text("Structure;Entrée\nCCAS d’Exemple;01/01/2999\n", encoding="utf-8")

    told = run(path, group, capsys)

    assert [(2, "since")] == [(one["line"], one["field"]) for one in told["refused"]]
    assert "pas encore venu" in told["refused"][0]["reason"]
    assert not group.seats.exists()


def test_a_file_is_read_then_added_on_the_page(desk, path, group):
    of = [group.space_id, group.pk]
    upload = SimpleUploadedFile("membres.csv", FILE.encode())

    there = desk.post(reverse("groups:load", args=of), {"file": upload})
    report = desk.get(there.url).content.decode()
    assert "À ajouter\xa0: 2\u202f; déjà là\xa0: 1" in report
    assert "Ligne 6, organisation" in report
    assert not group.seats.exists()
    desk.post(there.url, COLUMNS | {"ajouter": "1"})

    assert 2 == group.seats.count()
    assert not StoredFile.objects.exists()


def test_columns_that_are_not_ours_are_named_by_the_team(desk, group, actor):
    text = "Qui;Arrivée;Remarque\nCCAS d’Exemple;15/01/2025;à rappeler\n"
    upload = SimpleUploadedFile("liste.csv", text.encode())
    url = reverse("groups:load", args=[group.space_id, group.pk])

    there = desk.post(url, {"file": upload}).url
    asked = desk.get(there).content.decode()
    missing = desk.post(there, {"actor": "Qui", "ajouter": "1"}).content.decode()
    chosen = {"actor": "Qui", "since": "Arrivée"}
    shown = desk.post(there, chosen | {"lire": "1"}).content.decode()

    assert '<option value="Arrivée">' in asked
    assert "À ajouter\xa0: 0" not in asked
    assert "obligatoire" in missing
    assert "À ajouter\xa0: 1" in shown
    assert "Remarque" in shown
    assert not group.seats.exists()
    desk.post(there, chosen | {"ajouter": "1"})
    assert date(2025, 1, 15) == group.seats.get().since


def test_columns_that_their_names_do_not_tell_are_said(path, group, capsys, officer):
    make_actor(group.space, "CCAS du Val", by=officer)
    path.write_text("Adhérent;Arrivée\nCCAS du Val;01/02/2026\n", encoding="utf-8")
    said = ("--column", "actor=Adhérent", "--column", "since=Arrivée")

    assert 1 == run(path, group, capsys, *said)["added"]
    assert date(2026, 2, 1) == group.seats.latest("pk").since
    for wrong in ("since=Nulle", "nothing=Arrivée"):
        with pytest.raises(CommandError, match="Nulle|nothing"):
            run(path, group, capsys, *said, "--column", wrong)


def test_a_column_said_for_one_field_is_not_guessed_for_another(
    path, group, capsys, actor
):
    path.write_text(
        f"Structure;Fonction;Depuis\n{actor.name};10/01/2025;x\n", encoding="utf-8"
    )

    told = run(path, group, capsys, "--column", "since=Fonction")

    assert (1, ["Depuis"]) == (told["added"], told["unread_columns"])
    assert ("", date(2025, 1, 10)) == (
        group.seats.get().role,
        group.seats.get().since,
    )


def test_only_an_editor_of_the_space_may_import(path, group, actor, officer):
    join(group, actor, by=officer)
    make_user("Passant", "passant@exemple.fr")

    with pytest.raises(CommandError, match="pas celle"):
        call_command(
            "import_members",
            str(path),
            f"--group={group.pk}",
            "--by=passant@exemple.fr",
        )
    assert 1 == group.seats.count()
