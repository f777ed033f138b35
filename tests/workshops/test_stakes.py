"""From the matrix to the stakes, and what is withdrawn until the workshop closes."""

from __future__ import annotations

from django.urls import reverse

from jalons.workshops import figures, operations
from jalons.workshops.worktable import table_of
from tests.workshops.rooms import add, comes, make_table, post, votes


def test_critical_items_become_stakes_worded_as_questions_each_once(
    client, workshop, officer, space
):
    client.force_login(officer)
    matrix = add(workshop, "matrix", "Guichets", "Fibre", "Bus", by=officer)
    operations.go_to(matrix, "rate", by=officer)
    amina, _secret = comes(workshop)
    desks, fibre, bus = matrix.items.in_order()
    for item, sent in (
        (desks, "impact=5&mastery=1"),
        (fibre, "impact=2&mastery=4"),
        (bus, "impact=1&mastery=5"),
    ):
        votes(matrix, amina, sent, item)
    page = reverse("workshops:stakes", args=[space.pk, workshop.pk, matrix.pk])

    assert page == client.post(page, {f"stake-{bus.pk}": ""}).url
    assert not workshop.activities.filter(kind="workstreams").exists()
    offered = client.get(page).content.decode()
    assert 1 == offered.count('value="Comment agir sur')
    faulty = client.post(page, {f"stake-{desks.pk}": "Les guichets"})
    assert "en question" in faulty.content.decode()
    asked = "Comment garder des guichets ?"
    found = client.post(page, {f"stake-{desks.pk}": asked, f"stake-{bus.pk}": ""})
    table = workshop.activities.get(kind="workstreams")

    assert reverse("workshops:workstreams", args=[space.pk, workshop.pk, table.pk]) == (
        found.url
    )
    (stake,) = table_of(table, has_grades=False).stakes
    assert (asked, desks) == (stake.item.text, stake.item.origin)
    client.post(
        page, {f"stake-{desks.pk}": asked, f"stake-{bus.pk}": "Comment rouler ?"}
    )
    stakes = table_of(table, has_grades=False).stakes
    assert [asked, "Comment rouler ?"] == [one.item.text for one in stakes]


def test_a_workstream_is_withdrawn_by_who_added_it_or_by_the_team_and_comes_back(
    client, workshop, officer, space
):
    table, stake, _first = make_table(workshop, by=officer)
    operations.go_to(table, "write", by=officer)
    (_amina, secret), (_luc, other) = comes(workshop), comes(workshop, "Luc")
    post(client, secret, act="workstream", item=stake.pk, text="Un bus")
    mine = table.items.get(text="Un bus")

    def titles() -> list[str]:
        found = table_of(table, has_grades=False).workstreams
        return [one.item.text for one in found]

    asked = {"act": "withdraw_workstream", "item": mine.pk}
    assert 400 == post(client, other, **asked).status_code
    assert 302 == post(client, secret, **asked).status_code
    assert ["Des services itinérants"] == titles()
    client.force_login(officer)
    page = reverse("workshops:workstreams", args=[space.pk, workshop.pk, table.pk])
    assert "Un bus" in client.get(page).content.decode()
    client.post(page, {"act": "restore", "item": mine.pk})
    assert ["Des services itinérants", "Un bus"] == titles()
    client.post(page, asked)
    assert ["Des services itinérants"] == titles()
    client.post(page, {"act": "restore", "item": mine.pk})
    operations.close_workshop(workshop, by=officer)
    assert 400 == post(client, secret, **asked).status_code


def test_answers_are_taken_back_after_their_phase_until_the_workshop_closes(
    client, workshop, officer
):
    poll = add(workshop, "poll", "Oui", "Non", by=officer)
    (amina, secret), (luc, other) = comes(workshop), comes(workshop, "Luc")
    for who in (amina, luc):
        votes(poll, who, f"choice={poll.items.first().pk}")
    add(workshop, "wall", by=officer)
    page = client.get(reverse("workshops:pocket", args=[secret])).content.decode()
    assert f'name="activity" value="{poll.pk}"' in page

    back = {"act": "withdraw_vote", "activity": poll.pk}
    assert 302 == post(client, secret, **back).status_code
    assert 1 == figures.results_of(poll).voters
    operations.close_workshop(workshop, by=officer)
    assert 400 == post(client, other, **back).status_code
    assert 1 == figures.results_of(poll).voters


def test_feasibility_counts_who_wrote_the_note_and_not_who_wrote_before(
    client, workshop, officer
):
    table, _stake, item = make_table(workshop, by=officer)
    operations.go_to(table, "write", by=officer)
    (_amina, secret), (_luc, other) = comes(workshop), comes(workshop, "Luc")
    cell = {"act": "cell", "item": item.pk, "base": 0}
    post(client, secret, **cell, column="actions", text="Un bus")
    post(client, other, **cell, column="obstacles", text="La route")
    workshop.refresh_from_db()
    assert 2 == figures.room_of(workshop, workshop.current).answered

    operations.go_to(table, "feasibility", by=officer)
    post(client, secret, **cell, column="feasibility", text="Le bus existe.")
    workshop.refresh_from_db()
    assert 1 == figures.room_of(workshop, workshop.current).answered
