"""Places sent by a program: those of a list of the team, undone as a file is."""

from __future__ import annotations

import pytest
from django.utils import timezone

from jalons.curation.models import PlaceImport
from jalons.curation.operations import undo_import
from jalons.directory.models import Place, PlaceList
from jalons.tokens.models import Scope
from tests.api.writing import make_program
from tests.directory.places import WHOLE, make_commune
from tests.factories import make_space, make_user


@pytest.fixture
def owner(db):
    make_commune()
    return make_user("Claude")


@pytest.fixture
def place_list(owner):
    return PlaceList.objects.create(
        name="Lieux d’Exemple",
        space=make_space(owner=owner),
        is_simulated=False,
        imported_at=timezone.now(),
    )


@pytest.fixture
def program(place_list, owner):
    return make_program(place_list.space, owner, Scope.PLACES)


@pytest.fixture
def path(place_list):
    return f"own-lists/{place_list.pk}/places"


def test_places_are_written_then_changed_then_left(program, path, place_list):
    other = WHOLE | {"id": "lieu-2", "nom": "Autre lieu"}
    first = program.send(path, [WHOLE, other])
    second = program.send(path, [WHOLE | {"nom": "Nouveau nom"}, other])

    assert [one["state"] for one in first["lines"]] == ["created", "created"]
    assert [one["state"] for one in second["lines"]] == ["updated", "unchanged"]
    assert Place.objects.get(ref="lieu-1").name == "Nouveau nom"
    assert place_list.places.count() == 2


def test_a_wrong_place_is_told_with_its_column_and_nothing_is_written(program, path):
    told = program.send(path, [WHOLE, WHOLE | {"id": "2", "nom": ""}], 422)

    (one,) = told["errors"]
    assert (one["line"], one["field"]) == (2, "nom")
    assert "nom" in one["reason"]
    assert not Place.objects.exists()
    assert not PlaceImport.objects.exists()


def test_values_may_be_lists_and_numbers(program, path):
    told = WHOLE | {"services": WHOLE["services"].split("|"), "latitude": 44.84}

    program.send(path, [told])

    assert Place.objects.get().services.count() == 2


def test_a_dry_run_writes_nothing(program, path):
    told = program.send(path, [WHOLE], dry_run=True)

    assert told["lines"] == [{"line": 1, "state": "created"}]
    assert not Place.objects.exists()


def test_what_a_program_wrote_is_undone_as_a_file(program, path, owner):
    program.send(path, [WHOLE])

    undo_import(PlaceImport.objects.get(), by=owner)

    assert not Place.objects.open_to_all().exists()


def test_lists_of_others_do_not_exist(program, owner):
    space = make_space(owner=owner)
    for kept_by in (space, None):
        other = PlaceList.objects.create(
            name=f"Autre {kept_by}", space=kept_by, is_simulated=False
        )
        program.send(f"own-lists/{other.pk}/places", [WHOLE], 404)

    assert not Place.objects.exists()


def test_a_file_of_another_kind_is_refused_whole(program, path):
    told = program.send(path, [{"titre": "Autre chose"}], 422)

    assert "nom" in told["detail"]
