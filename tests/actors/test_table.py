from __future__ import annotations

import csv
import io

import pytest
from django.urls import reverse

from jalons.actors import operations
from jalons.actors.figures import table_of
from jalons.actors.models import Actor
from jalons.audit.models import Entry
from tests.actors.people import make_actor, state
from tests.factories import make_space

FORM = {"name": "CCAS d’Exemple", "family": "action_sociale", "college": ""}


def url(name, space, *args):
    return reverse(f"actors:{name}", args=[space.pk, *args])


def test_an_actor_takes_the_college_of_its_family_unless_told(desk, space):
    desk.post(url("add", space), FORM)
    desk.post(url("add", space), FORM | {"name": "Autre", "college": "prive"})

    found = dict(space.actors.values_list("name", "college"))
    assert found == {"CCAS d’Exemple": "institutionnel", "Autre": "prive"}
    assert Entry.objects.filter(verb="actor.added").count() == 2


def test_the_same_name_is_refused_whatever_its_accents(desk, space, officer):
    make_actor(space, "Médiathèque d'Exemple", by=officer)

    answer = desk.post(url("add", space), FORM | {"name": "MEDIATHEQUE D’EXEMPLE"})

    assert "porte déjà ce nom" in answer.content.decode()
    assert space.actors.count() == 1


def test_the_same_name_in_another_space_is_another_actor(space, officer):
    make_actor(space, "CCAS", by=officer)

    make_actor(make_space(owner=officer), "CCAS", by=officer)

    assert Actor.objects.count() == 2


@pytest.mark.parametrize("name", ["<b>CCAS</b>", "…"])
def test_a_name_that_is_none_is_refused(desk, space, name):
    answer = desk.post(url("add", space), FORM | {"name": name})

    assert answer.status_code == 200
    assert not space.actors.exists()


def test_a_commune_of_another_name_is_refused_beside_its_field(desk, space):
    answer = desk.post(url("add", space), FORM | {"place": "Nulle-Part"})

    assert "Aucune commune d’ici" in answer.content.decode()


def test_the_table_says_the_colleges_and_families_that_nobody_is_of(space, officer):
    make_actor(space, by=officer, family="associations")
    make_actor(space, by=officer, family="communes")

    table = table_of(space)

    assert [one.id for one in table.absent_colleges] == ["prive"]
    assert (table.family_count, table.expected_count, table.count) == (2, 14, 2)


def test_an_actor_of_a_family_that_left_the_file_stays_in_the_table(space, officer):
    actor = make_actor(space, by=officer)
    space.actors.filter(pk=actor.pk).update(family="disparue")

    table = table_of(space)

    assert [one.title for one in table.families] == ["disparue"]
    assert table.count == 1


def test_an_actor_put_aside_leaves_the_table_and_comes_back(desk, space, officer):
    actor = make_actor(space, by=officer)
    state(actor, by=officer, former="does")

    desk.post(url("archive", space, actor.pk))
    assert (table_of(space).count, len(table_of(space).archived)) == (0, 1)
    desk.post(url("restore", space, actor.pk))

    assert table_of(space).count == 1
    assert actor.roles.count() == 1


def test_archiving_twice_keeps_the_first_date_and_one_line(space, officer):
    actor = make_actor(space, by=officer)
    operations.archive_actor(actor, by=officer)
    first = actor.archived_at

    operations.archive_actor(actor, by=officer)

    assert actor.archived_at == first
    assert Entry.objects.filter(verb="actor.archived").count() == 1


def test_the_table_asks_as_many_questions_whatever_its_size(
    desk, space, officer, django_assert_max_num_queries
):
    for _n in range(12):
        make_actor(space, by=officer)

    with django_assert_max_num_queries(8):
        desk.get(url("list", space))


def test_the_csv_has_one_line_an_actor_and_runs_no_formula(desk, space, officer):
    actor = make_actor(space, "=CCAS", by=officer, family="action_sociale")
    state(actor, by=officer, reperer="does", former="refers")

    answer = desk.get(url("file", space, "csv"))

    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    [line] = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert line["Acteur"] == "'=CCAS"
    assert (line["Repérer"], line["Former"]) == ("fait", "renvoie ailleurs")
    assert line["Orienter"] == ""


def test_a_table_that_holds_an_invented_actor_says_so_everywhere(desk, space, officer):
    make_actor(space, by=officer, is_simulated=True)

    page = desk.get(url("list", space)).content.decode()
    file = b"".join(desk.get(url("file", space, "csv")).streaming_content)

    assert "SIMULÉ" in page
    assert "SIMULÉ" in file.decode("utf-8-sig").splitlines()[1]


def test_the_workbook_is_one_and_another_format_is_not_found(desk, space, officer):
    make_actor(space, by=officer)

    assert desk.get(url("file", space, "xlsx")).content[:2] == b"PK"
    assert desk.get(url("file", space, "docx")).status_code == 404
