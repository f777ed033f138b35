"""Tables of a workshop: who sits where, who reports, what each retains, the plenary."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest
from django.urls import reverse

from jalons.audit.models import Entry
from jalons.documents.model import Table, walk
from jalons.workshops import figures, joining, moderating, operations, seating
from jalons.workshops.documents import minutes_of
from jalons.workshops.minutes import draft_minutes
from jalons.workshops.models import Synthesis
from jalons.workshops.plenary import sides_of
from tests.workshops.rooms import comes, post, says


def seat_all(workshop, officer, *titles: str):
    seating.set_tables(workshop, titles or ["Table 1", "Table 2"], by=officer)
    return list(workshop.tables.all())


def test_one_telephone_speaks_for_a_table_that_its_code_joins(
    client, workshop, officer
):
    first, second = seat_all(workshop, officer)
    code = reverse("workshops:join", args=[workshop.code])
    form = client.get(f"{code}?table={second.pk}").content.decode()
    assert f'value="{second.pk}" selected' in form
    sent = client.post(code, {"alias": "Amina", "table": second.pk})
    secret = sent.url.strip("/").split("/")[-1]
    amina = workshop.participants.get()
    near = reverse("workshops:neighbour", args=[secret])
    client.post(near, {"alias": "Rose"})
    rose = amina.hosted.get()

    post(client, secret, act="device")
    post(client, secret, act="report", personne=rose.pk)
    post(client, secret, act="synthesis", personne=rose.pk, text="Les guichets", base=0)

    assert (second, second) == (amina.table, rose.table)
    second.refresh_from_db()
    assert (amina, rose) == (second.device, second.reporter)
    kept = Synthesis.objects.get()
    assert ("Les guichets", rose) == (kept.text, kept.author)
    # The neighbour comes along, and who leaves reports no longer.
    post(client, secret, act="sit", table=first.pk)
    rose.refresh_from_db()
    second.refresh_from_db()
    assert (first, None) == (rose.table, second.device)
    # Rose reported for the table that she left along with Amina.
    assert second.reporter is None


def test_only_who_reports_writes_and_what_was_written_before_stays(
    client, workshop, officer
):
    first, _second = seat_all(workshop, officer)
    people = {}
    for alias in ("Amina", "Luc", "Jean"):
        person, secret = joining.join(workshop, alias, "", first)
        people[alias] = secret
    lost, alone = comes(workshop, "Nadia")

    def writes(alias: str, text: str, base: int):
        told = {"act": "synthesis", "text": text, "base": base}
        return post(client, people[alias], **told)

    writes("Amina", "Un guichet", 0)
    crossed = client.get(writes("Luc", "Un bus", 0).url).content.decode()
    post(client, people["Jean"], act="report")
    refused = writes("Luc", "Un train", 2)
    writes("Jean", "Un guichet et un bus", 2)

    assert "Amina venait d’écrire «\u00a0Un guichet\u00a0»" in crossed
    assert 400 == refused.status_code
    assert "Un train</textarea>" not in refused.content.decode()
    assert ["Un guichet", "Un bus", "Un guichet et un bus"] == list(
        first.syntheses.order_by("number").values_list("text", flat=True)
    )
    told = {"act": "synthesis", "text": "Moi", "base": 0}
    assert 400 == post(client, alone, **told).status_code
    assert 400 == post(client, people["Jean"], **told | {"base": "x"}).status_code
    assert 404 == post(client, alone, act="sit", table="9" * 5000).status_code
    operations.close_workshop(workshop, by=officer)
    assert 400 == writes("Jean", "Trop tard", 3).status_code
    assert 400 == post(client, alone, act="sit", table=first.pk).status_code


def test_the_room_sees_the_tables_side_by_side_once_the_plenary_is_open(
    client, workshop, officer, space
):
    first, second = seat_all(workshop, officer)
    wall = workshop.current
    (amina, hers), (luc, _his) = (
        joining.join(workshop, alias, "", table)
        for alias, table in (("Amina", first), ("Luc", second))
    )
    twin = says(wall, luc, "Plus de guichet")
    idea = says(wall, amina, "Fermeture de guichets")
    moderating.merge_ideas(twin, idea, by=officer)
    for table, text in ((first, "Garder des guichets"), (second, "Un bus <b>")):
        said = seating.Retained(text, 0, uuid4())
        seating.retain(table, wall, said, by=officer)
    client.force_login(officer)
    one = [space.pk, workshop.pk]
    steer = reverse("workshops:steer", args=one)

    def stage() -> str:
        return client.get(reverse("workshops:stage", args=one)).content.decode()

    def phone() -> str:
        return client.get(reverse("workshops:pocket", args=[hers])).content.decode()

    hidden = stage() + phone()
    client.post(steer, {"act": "plenary", "activity": wall.pk})
    shown, kept = stage(), phone()
    client.post(steer, {"act": "leave_plenary", "activity": wall.pk})

    assert "Un bus" not in hidden
    assert "Garder des guichets" in hidden  # on the telephone of their own table
    assert "Un bus &lt;b&gt;" in shown
    assert shown.index("Garder des guichets") < shown.index("Un bus")
    assert "Un bus" not in kept
    assert "Un bus" not in stage()
    (found,) = figures.ideas_of(wall)
    assert (2, ["Amina", "Luc"]) == (found.voices, found.aliases)
    assert ["Table 1", "Table 2"] == found.tables


def test_the_minutes_and_the_files_say_what_each_table_retains(
    client, workshop, officer, space
):
    first, _second = seat_all(workshop, officer)
    amina, hers = joining.join(workshop, "Amina", "", first)
    says(workshop.current, amina, "Fermeture de guichets")
    post(client, hers, act="synthesis", text="Garder des guichets", base=0)
    document = minutes_of(draft_minutes(workshop, by=officer))
    client.force_login(officer)

    found = client.get(reverse("workshops:export_json", args=[space.pk, workshop.pk]))
    lines = json.loads(b"".join(found.streaming_content))["contributions"]

    (table,) = [
        one
        for one in walk(document.sections)
        if isinstance(one, Table) and one.caption == "Ce que retient chaque table"
    ]
    assert [["Table 1", "Garder des guichets"], ["Table 2", "–"]] == [
        [row[0], row[2]] for row in table.rows
    ]
    assert [("idée", "Table 1"), ("synthèse d’une table", "Table 1")] == [
        (list(one.values())[1], one["Table"]) for one in lines
    ]


def test_the_team_chooses_tables_shares_people_out_and_takes_no_used_table_away(
    client, workshop, officer, space
):
    for alias in ("Amina", "Luc", "Jean"):
        comes(workshop, alias)
    client.force_login(officer)
    here = reverse("workshops:tables", args=[space.pk, workshop.pk])

    client.post(here, {"act": "tables", "titles": "Table 1\nTable 2\nTable 1\n"})
    client.post(here, {"act": "share"})
    used = client.post(here, {"act": "tables", "titles": "Table 1"})
    many = "\n".join(f"Table {n}" for n in range(21))
    too_many = client.post(here, {"act": "tables", "titles": many})
    other = client.post(here, {"act": "reporter", "table": "1", "person": "x"})

    sides = sides_of(workshop, workshop.current)
    assert [2, 1] == [len(one.people) for one in sides]
    assert "«\u00a0Table 2\u00a0» reste" in used.content.decode()
    assert "Vingt tables au plus" in too_many.content.decode()
    assert 404 == other.status_code
    (luc,) = sides[1].people
    client.post(here, {"act": "sit", "person": luc.pk, "table": sides[0].table.pk})
    client.post(here, {"act": "tables", "titles": "Table 1"})
    assert [3] == [len(one.people) for one in sides_of(workshop, None)]
    page = client.get(here).content.decode()
    assert "Code pour rejoindre" in page


def test_the_room_is_shown_as_many_ideas_as_asked_and_those_equal(
    client, workshop, officer, space
):
    wall = workshop.current
    people = [comes(workshop, alias)[0] for alias in ("Amina", "Luc", "Jean")]
    one, two, three, four = (
        says(wall, people[n % 3], text) for n, text in enumerate("abcd")
    )
    moderating.merge_ideas(two, one, by=officer)
    moderating.merge_ideas(three, one, by=officer)
    last = says(wall, people[1], "e")

    def shown(top: int) -> list[str]:
        wall.top = top
        return [found.item.text for found in figures.results_of(wall).foremost]

    assert ["a"] == shown(1)
    # The second and the third are equal: the room sees both.
    assert ["a", "d", "e"] == shown(2)
    assert ["a", "d", "e"] == shown(0)
    assert last.stands


def test_what_a_table_retains_is_kept_under_any_key_and_refused_is_shown_again(
    client, workshop, officer, space
):
    first, second = seat_all(workshop, officer)
    wall = workshop.current
    client.force_login(officer)
    page = reverse("workshops:tables", args=[space.pk, workshop.pk])
    sent = {"act": "synthesis", "activity": wall.pk, "base": 0, "key": uuid4()}

    def keeps(table, text: str, **fields: object) -> int:
        told = sent | {"table": table.pk, "text": text} | fields
        return client.post(page, told).status_code

    for table, text in ((first, "Un bus"), (first, "Un bus"), (second, "Un train")):
        assert 302 == keeps(table, text)
    # The same form sent again with another text: another wording.
    assert 302 == keeps(first, "Deux bus")
    assert [
        ("Table 1", "Un bus"),
        ("Table 1", "Deux bus"),
        ("Table 2", "Un train"),
    ] == [
        (one.table.title, one.text)
        for one in Synthesis.objects.order_by("table", "number")
    ]
    told = sent | {"table": first.pk, "text": "Trois bus", "base": "x"}
    refused = client.post(page, told)
    assert 400 == refused.status_code
    assert "Trois bus</textarea>" in refused.content.decode()
    assert f"{page}?activite={wall.pk}" in refused.content.decode()
    with pytest.raises(operations.HasContributions):
        operations.remove_activity(wall, by=officer)


def test_the_code_of_a_table_proposes_it_to_who_has_joined_already(
    client, workshop, officer
):
    _first, second = seat_all(workshop, officer)
    code = reverse("workshops:join", args=[workshop.code])
    client.post(code, {"alias": "Amina"})

    page = client.get(f"{code}?table={second.pk}", follow=True).content.decode()

    assert f'<option value="{second.pk}" selected>' in page
    assert 200 == client.get(f"{code}?table=x", follow=True).status_code
    assert workshop.participants.get().table is None


def test_the_team_seats_one_person_and_names_who_reports(
    client, workshop, officer, space
):
    first, _second = seat_all(workshop, officer)
    amina, _hers = comes(workshop)
    comes(workshop, "Luc")
    client.force_login(officer)
    page = reverse("workshops:tables", args=[space.pk, workshop.pk])
    assert 1 == client.get(page).content.decode().count('value="sit"')

    client.post(page, {"act": "sit", "person": amina.pk, "table": first.pk})
    client.post(page, {"act": "reporter", "person": amina.pk, "table": first.pk})

    first.refresh_from_db()
    assert amina == first.reporter
    assert officer.pk == Entry.objects.get(verb="table.reporter").actor_id
