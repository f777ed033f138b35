"""People of a file are noted as the page notes one, told at once, or given back."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from jalons.directory.models import Objection, print_of
from jalons.files.models import StoredFile
from jalons.mail.models import Message
from jalons.professionals.models import Professional
from jalons.spaces.models import Membership, Role
from tests.factories import make_user

FILE = """Acteur;Nom;Fonction;Courriel;Téléphone;Source;Informé le
ccas d'exemple;Camille Exemple;Conseil;Camille@exemple.fr;;Atelier;
CCAS d’Exemple;Sacha Exemple;;;05 56 00 00 00;Atelier;20/11/2026
Inconnu;Alex Exemple;;alex@exemple.fr;;Atelier;
CCAS d’Exemple;Sans contact;;;;Atelier;
CCAS d’Exemple;Dominique Exemple;;refus@exemple.fr;;Atelier;
"""


@pytest.fixture
def page(space):
    return reverse("professionals:load", args=[space.pk])


def upload(text: str = FILE) -> SimpleUploadedFile:
    return SimpleUploadedFile("personnes.csv", text.encode())


def test_people_of_a_file_are_noted_told_or_given_back(desk, space, actor, page):
    digest = print_of(f"space-{space.pk}", "refus@exemple.fr")
    Objection.objects.create(digest=digest)

    tried = desk.post(page, {"file": upload()}).content.decode()
    assert "2 personnes seraient notées" in tried
    assert not Professional.objects.exists()
    assert not Message.objects.exists()
    text = desk.post(page, {"file": upload(), "write": "1"}).content.decode()

    assert "2 personnes sont notées" in text
    for line in ("Ligne 4", "Ligne 5", "Ligne 6"):
        assert line in text
    camille, sacha = Professional.objects.order_by("pk")
    assert camille.told_on is not None
    assert Message.objects.get().recipient == "camille@exemple.fr"
    assert (sacha.phone, str(sacha.informed_on)) == ("0556000000", "2026-11-20")


def test_a_file_without_its_columns_notes_nobody_and_says_which(desk, actor, page):
    answer = desk.post(page, {"file": upload("Nom;Ville\nX;Y\n"), "write": "1"})

    assert "acteur" in answer.content.decode()
    assert not Professional.objects.exists()


def test_a_file_given_twice_notes_nobody_again(desk, actor, page):
    desk.post(page, {"file": upload(), "write": "1"})
    assert 3 == Professional.objects.count()

    text = desk.post(page, {"file": upload(), "write": "1"}).content.decode()

    assert "0 personne" in text
    assert "déjà notée" in text
    assert 3 == Professional.objects.count()
    named = Professional.objects.exclude(phone="").get().name
    other = FILE.replace(named, "Quelqu’un d’autre")
    desk.post(page, {"file": upload(other), "write": "1"})
    assert 2 == Professional.objects.filter(phone="0556000000").count()


def test_a_file_too_large_or_of_another_kind_is_refused_and_not_kept(
    desk, actor, page, settings
):
    settings.MAX_UPLOAD_BYTES = 100
    large = desk.post(page, {"file": upload(), "write": "1"}).content.decode()
    other = SimpleUploadedFile("personnes.exe", b"MZ")
    wrong = desk.post(page, {"file": other, "write": "1"}).content.decode()

    assert "personnes.csv" in large
    assert "personnes.exe" in wrong
    assert not Professional.objects.exists()
    assert not StoredFile.objects.exists()


def test_only_an_editor_of_the_space_may_note_people_from_a_file(
    space, actor, tmp_path
):
    path = tmp_path / "personnes.csv"
    path.write_text(FILE, encoding="utf-8")
    reader = make_user("Élue", "elue@exemple.fr")
    Membership.objects.create(space=space, user=reader, role=Role.READER)

    with pytest.raises(CommandError, match="pas celle"):
        call_command("import_professionals", str(path), space=space.pk, by=reader.email)
    assert not Professional.objects.exists()


def test_the_command_does_the_same(space, actor, officer, tmp_path, capsys):
    path = tmp_path / "personnes.csv"
    path.write_text(FILE, encoding="utf-8")
    options = {"space": space.pk, "by": officer.email}

    call_command("import_professionals", str(path), "--dry-run", **options)
    assert json.loads(capsys.readouterr().out)["added"] == 3
    assert not Professional.objects.exists()
    call_command("import_professionals", str(path), **options)

    said = json.loads(capsys.readouterr().out)
    assert (said["added"], said["told_by_mail"]) == (3, 2)
    assert [one["line"] for one in said["refused"]] == [4, 5]
