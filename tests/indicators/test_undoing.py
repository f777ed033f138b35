"""A file of figures is taken back, and what it had replaced returns as it was."""

from __future__ import annotations

import json

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from jalons.audit.models import Entry
from jalons.indicators.figures import revision
from jalons.indicators.models import (
    Indicator,
    Observation,
    Release,
    Replaced,
    Source,
)
from jalons.indicators.undoing import CannotBeUndone, undo_release, undoing_of
from tests.factories import make_space, make_user
from tests.indicators.places import COMMUNES, load_definitions, load_text, make_places

pytestmark = pytest.mark.django_db


def incomes(median: str) -> str:
    rows = (f"{code};1000;{median};s\n" for code in COMMUNES)
    return "CODGEO;NBPERSMENFISC21;MED21;TP6021\n" + "".join(rows)


def stored() -> list[tuple[object, ...]]:
    columns = ("territory", "indicator", "value", "status", "numerator", "base")
    return list(Observation.objects.order_by(*columns).values_list(*columns))


@pytest.fixture(autouse=True)
def _ground(settings, tmp_path):
    make_places()
    load_definitions(settings.REFERENCE_DIR, tmp_path / "definitions")


def test_what_a_file_replaced_returns_then_nothing_is_left(client):
    load_text("filosofi", incomes("20000"))
    first, name = stored(), Release.objects.get().counts
    load_text("filosofi", incomes("21500"))
    assert first != stored()
    before = revision()
    user = make_user()
    user.is_staff = True
    user.save()
    client.force_login(user)
    release = Release.objects.get()
    address = reverse("indicators:undo", args=[release.pk])

    asked = client.get(address).content.decode()
    assert stored() != first
    assert "5 chiffres de 2021" not in asked
    assert "10 chiffres de 2021 disparaissent" in asked
    assert "Les 10 chiffres de «\N{NO-BREAK SPACE}essai.csv" in asked
    client.post(address)

    assert first == stored()
    back = Release.objects.get()
    assert (name, "essai.csv") == (back.counts, back.name)
    assert before != revision()
    assert "release.undone" in Entry.objects.values_list("verb", flat=True)
    # The page of the file taken back is gone: twice is once.
    assert 404 == client.post(address).status_code
    assert undo_release(release, by=None) is None
    assert first == stored()

    undo_release(back, by=None)

    assert [] == stored()
    assert not Replaced.objects.exists()
    # The file may be loaded again: it is not taken for one already there.
    load_text("filosofi", incomes("20000"))
    assert first == stored()


def test_the_command_tells_what_it_would_do_and_does_it_once(capsys):
    load_text("filosofi", incomes("20000"))

    def unload(*more: str) -> dict:
        call_command("unload", "filosofi", "--vintage", "2021", "--json", *more)
        return json.loads(capsys.readouterr().out)

    (would,) = unload("--dry-run")["files"]
    assert (10, 5, "") == (would["figures"], would["territories"], would["returns"])
    assert stored()
    assert 1 == len(unload()["files"])
    assert [] == stored()
    assert [] == unload()["files"]


def test_the_command_run_twice_leaves_what_came_back(capsys):
    load_text("filosofi", incomes("20000"))
    first = stored()
    load_text("filosofi", incomes("21500"))

    def unload(*more: str) -> str:
        call_command("unload", "filosofi", "--vintage", "2021", *more)
        return capsys.readouterr().out

    would = unload("--dry-run")
    assert "Rien n’est changé" in would
    assert "10 chiffres retirés" in would
    assert stored() != first
    assert "essai.csv revient" in unload()
    assert first == stored()

    for more in ((), ("--file", "essai.csv")):
        again = unload(*more)
        assert "Aucun chargement à annuler" in again
        assert "essai.csv reste" in again
        assert first == stored()
    assert ["essai.csv"] == json.loads(unload("--json"))["stay"]
    # Another file replaces what came back: that one is taken back as any other.
    load_text("filosofi", incomes("22000"))
    unload()
    assert first == stored()


def test_what_comes_with_the_project_stays():
    release = Release.objects.create(source_id="filosofi", vintage="2021", file="x.csv")

    with pytest.raises(CannotBeUndone, match="Jalons"):
        undoing_of(release)


def test_the_indicator_of_a_team_goes_with_its_last_file():
    space = make_space(owner=make_user())
    source = Source.objects.create(code="own-1", title="Enquête", space=space)
    texts = {"fr": "Adhérents"}
    Indicator.objects.create(
        code="own-1", source=source, title=texts, question=texts, limits=texts
    )
    last = Release.objects.create(
        source=source, vintage="2025", file="any/own-1", retrieved_at=timezone.now()
    )

    undo_release(last, by=None)

    assert not Source.objects.filter(pk="own-1").exists()
    assert not Indicator.objects.filter(pk="own-1").exists()
