"""The minutes: written by what the room gave, changed by the team, naming nobody."""

from __future__ import annotations

import io
import zipfile

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from jalons.documents.model import Document, Table, plain, walk
from jalons.workshops import access, documents, moderating, operations
from jalons.workshops.minutes import draft_minutes
from jalons.workshops.models import Minutes
from tests.workshops.rooms import add, comes, make_table, says, votes


def tables(document: Document) -> dict[str, list[list[str]]]:
    """The rows of each table, by its caption."""
    return {
        one.caption: [[plain(cell) for cell in row] for row in one.rows]
        for one in walk(document.sections)
        if isinstance(one, Table)
    }


def test_the_draft_says_what_the_room_gave_and_names_nobody(workshop, officer):
    amina, _secret = comes(workshop, "Amina")
    luc, _other = comes(workshop, "Luc")
    amina.family = "mediateurs"
    amina.save()
    first = says(workshop.current, amina, "La fibre", direction="change")
    twin = says(workshop.current, luc, "Plus de fibre")
    moderating.merge_ideas(twin, first, by=officer)
    says(workshop.current, luc, "Guichets fermés")
    matrix = workshop.activities.get(kind="matrix")
    moderating.draw_items(matrix, workshop.current, by=officer)
    operations.go_to(matrix, "rate", by=officer)
    fibre, desks = matrix.items.in_order()
    for who, sent in ((amina, "impact=5&mastery=1"), (luc, "impact=4&mastery=2")):
        votes(matrix, who, sent, desks)
        votes(matrix, who, "impact=2&mastery=4", fibre)
    poll = add(workshop, "poll", "Oui", "Non", by=officer)
    votes(poll, amina, f"choice={poll.items.first().pk}")
    make_table(workshop, by=officer)

    found = draft_minutes(workshop, by=officer)
    made = documents.minutes_of(found)

    assert "2 personnes ont participé à" in found.opening
    assert found.decisions.splitlines() == [
        "À confirmer · enjeux critiques\u00a0: investir\u00a0: Guichets fermés",
        "À confirmer · poll\u00a0: Oui",
    ]
    assert (
        "1.a Des services itinérants\u00a0: trouver qui le pilote" == found.next_steps
    )
    read = tables(made)
    assert ["1", "La fibre · Plus de fibre"] == read[
        "Idées, d’abord celles du plus grand nombre"
    ][0][:2]
    # 4 + 3 and 0 + 1 for the counters; 1 + 1 and 3 + 3 for the fibre.
    assert [["2", "7", "1", "2"], ["1", "2", "6", "2"]] == [
        [row[0], *row[2:5]] for row in read["Ordre des items"]
    ]
    assert [["Oui", "1", "1", "1"], ["Non", "2", "0", "0"]] == read["Que choisir ?"]
    (work,) = read["Chantiers clés"]
    assert 7 == len(work)
    said = repr(made)
    assert "Amina" not in said
    assert "Luc" not in said
    assert ["famille non dite", "1"] in read["Participants par famille d’acteurs"]


def test_the_team_changes_the_minutes_one_at_a_time_and_takes_them_as_files(
    client, workshop, officer, space
):
    client.force_login(officer)
    one = [space.pk, workshop.pk]
    here = reverse("workshops:minutes", args=one)
    wall, matrix = workshop.activities.all()

    def file(format: str):
        return client.get(reverse("workshops:minutes_file", args=[*one, format]))

    assert 404 == file("pdf").status_code
    assert 302 == client.post(here, {}).status_code
    # Asked for twice, the draft is there once, and nothing is refused.
    again = client.post(here, {"act": "draft"})
    assert (302, 1) == (again.status_code, Minutes.objects.get().version)
    sent = {"version": 1, "opening": "Une belle salle.", "decisions": "Ouvrir."}
    sent |= {f"said-{wall.pk}": "On a beaucoup parlé.", f"left-{matrix.pk}": "on"}
    assert 302 == client.post(here, sent).status_code
    late = client.post(here, sent | {"opening": "Écrasé"}).content.decode()

    assert "entre-temps" in late
    assert "Écrasé" in late
    found = Minutes.objects.get()
    assert ("Une belle salle.", 2) == (found.opening, found.version)
    with CaptureQueriesContext(connection) as asked:
        titles = [one.title for one in documents.minutes_of(found).sections]
    alone = '"workshops_activity"."id" ='
    assert not [one for one in asked if f"WHERE {alone}" in one["sql"]]
    assert wall.title in titles
    assert matrix.title not in titles
    steer = reverse("workshops:steer", args=one)
    gone = {"act": "remove", "activity": wall.pk}
    page = client.post(steer, gone, follow=True).content.decode()
    assert "le compte rendu en parle" in page
    assert workshop.activities.filter(pk=wall.pk).exists()
    assert b"%PDF" == file("pdf").content[:4]
    with zipfile.ZipFile(io.BytesIO(file("docx").content)) as book:
        text = book.read("word/document.xml").decode()
    assert "On a beaucoup parlé." in text
    assert 404 == file("xlsx").status_code


def test_what_is_pasted_in_the_minutes_reads_as_lists_tables_and_links(
    client, workshop, officer, space
):
    client.force_login(officer)
    draft_minutes(workshop, by=officer)
    one = [space.pk, workshop.pk]
    wall = workshop.activities.first()
    pasted = "<p>Un <b>mot</b></p><table><tr><td>Qui</td></tr><tr><td>CCAS</td></tr>"
    sent = {
        "version": 1,
        "opening": "Une ligne.\nUne autre.",
        "decisions": "- Ouvrir [le plan](https://exemple.fr/)\n- Écrire",
        f"said-{wall.pk}": pasted,
    }

    client.post(reverse("workshops:minutes", args=one), sent)

    found = Minutes.objects.get()
    made = documents.minutes_of(found)
    assert ["CCAS"] == tables(made)[wall.title][0]
    opening = made.sections[0].blocks
    assert ["Une ligne.", "Une autre."] == [one.text for one in opening]
    Minutes.objects.update(sent_at=timezone.now())
    secret = access.secret_of(found)
    page = client.get(reverse("workshops:minutes_read", args=[secret]))
    text = page.content.decode()
    assert '<li>Ouvrir <a href="https://exemple.fr/">le plan</a></li>' in text
    assert "<strong>mot</strong>" in text
    assert '<th scope="row">CCAS</th>' in text


def test_a_stake_without_workstream_is_in_the_minutes_and_no_table_is_empty(
    workshop, officer
):
    add(workshop, "poll", by=officer)
    add(workshop, "workstreams", by=officer)
    add(workshop, "workstreams", "Comment faire ?", by=officer)

    made = documents.minutes_of(draft_minutes(workshop, by=officer))

    read = tables(made)
    assert [["1. Comment faire ?", *["–"] * 6]] == read["Chantiers clés"]
    assert all(read.values())
    assert "Trois qualités" not in read
    said = repr(made)
    assert 2 == said.count("Rien n’a été soumis au vote.")
    assert "Aucun enjeu n’a été formulé." in said
