"""What a facilitator changes during a workshop: no vote is lost, nothing breaks."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import reverse

from jalons.analysis.prospective import NOBODY, OnPaper
from jalons.audit.models import Entry
from jalons.live.operations import last_number
from jalons.live.reading import events_after
from jalons.workshops import figures, moderating, operations
from jalons.workshops.models import Activity, Item, PaperCount
from jalons.workshops.operations import NotThere
from jalons.workshops.paper import keep_paper_counts
from tests.workshops.rooms import add, comes, says, votes


def test_the_form_of_a_poll_no_longer_changes_once_people_have_voted(
    client, workshop, officer, space
):
    poll = add(workshop, "poll", "Oui", "Non", by=officer)
    amina, _secret = comes(workshop)
    client.force_login(officer)
    one = [space.pk, workshop.pk]
    address = reverse("workshops:edit_activity", args=[*one, poll.pk])
    sent = {"title": "Titre", "question": "Que faire ?", "minutes": 5}
    sent |= {"options": "Oui\nNon", "form": "multiple"}
    assert 302 == client.post(address, sent).status_code
    poll.refresh_from_db()
    votes(poll, amina, f"choice={poll.items.first().pk}")

    refused = client.post(address, sent | {"form": "ranking", "title": "Autre"})
    assert "ont déjà voté" in refused.content.decode()
    assert 200 == client.get(reverse("workshops:console", args=one)).status_code
    assert 302 == client.post(address, sent | {"title": "Autre"}).status_code
    poll.refresh_from_db()
    assert ("multiple", "Autre") == (poll.form, poll.title)


def test_a_vote_put_back_is_a_new_one_and_undone_is_the_former_one(workshop, officer):
    poll = add(workshop, "poll", "Oui", "Non", by=officer)
    amina, _secret = comes(workshop)
    yes, no = poll.items.in_order()

    def counts() -> tuple[int, int]:
        poll.refresh_from_db()
        lines = {one.item: one.counted.voters for one in figures.results_of(poll).lines}
        return lines[yes], lines[no]

    with pytest.raises(NotThere):
        operations.undo_reset(poll, by=officer)
    votes(poll, amina, f"choice={yes.pk}")
    operations.reset_votes(poll, by=officer)
    votes(poll, amina, f"choice={no.pk}")
    operations.undo_reset(poll, by=officer)
    assert (1, 0) == counts()
    # The votes of the second round do not come back as those of a third.
    operations.reset_votes(poll, by=officer)
    assert (0, 0) == counts()
    # Put back twice with no vote between, it is undone once.
    operations.reset_votes(poll, by=officer)
    operations.undo_reset(poll, by=officer)
    assert (0, 1) == counts()


def test_an_idea_joins_only_one_that_is_shown(workshop, officer):
    wall = workshop.current
    amina, _secret = comes(workshop)
    first, second, third = (says(wall, amina, text) for text in ("A", "B", "C"))
    moderating.set_aside(second, by=officer)
    third.withdrawn_at = third.added_at
    third.save()

    for gone in (second, third):
        with pytest.raises(NotThere):
            moderating.merge_ideas(first, gone, by=officer)
    assert [first] == [one.item for one in figures.ideas_of(wall)]


def test_what_becomes_of_an_idea_is_told_to_telephones_and_what_is_written_is_not(
    workshop, officer
):
    wall, channel = workshop.current, workshop.channel
    amina, _secret = comes(workshop)
    operations.show_results(wall, by=officer)

    def reaches_telephones(change: Callable[[], object]) -> bool:
        before = last_number(channel)
        change()
        return any(one.is_for("pocket") for one in events_after(channel, before))

    assert not reaches_telephones(lambda: says(wall, amina, "La fibre"))
    first, twin = wall.items.get(), says(wall, amina, "Plus de fibre")
    changes = (
        lambda: moderating.merge_ideas(twin, first, by=officer),
        lambda: moderating.split_idea(twin, by=officer),
        lambda: moderating.set_aside(twin, by=officer),
        lambda: moderating.restore(twin, by=officer),
    )
    assert all(reaches_telephones(one) for one in changes)


def test_a_matrix_of_many_ideas_of_any_words_takes_an_option_more(
    client, workshop, officer, space
):
    amina, _secret = comes(workshop)
    for place in range(31):
        says(workshop.current, amina, f"Idée <b>{place}</b>")
    # Two ideas of the same words are two items.
    says(workshop.current, amina, "Idée <b>0</b>")
    matrix = workshop.activities.get(kind="matrix")
    moderating.draw_items(matrix, workshop.current, by=officer)
    client.force_login(officer)
    args = [space.pk, workshop.pk, matrix.pk]
    address = reverse("workshops:edit_activity", args=args)
    texts = [*matrix.items.in_order().values_list("text", flat=True), "Réemploi"]
    sent = {"title": "Titre", "question": "Que faire ?", "minutes": 5}
    sent |= {"order": "number"}

    kept = client.post(address, sent | {"options": "\n".join(texts)})
    refused = client.post(address, sent | {"options": "<b>Neuf</b>"})

    assert 302 == kept.status_code
    assert "HTML" in refused.content.decode()
    assert 33 == matrix.items.standing().count()
    assert 33 == Item.objects.get(activity=matrix, text="Réemploi").number


def test_places_are_counted_among_the_options_that_stand(workshop, officer):
    ranking = add(workshop, "poll", "A", "B", "C", by=officer, form="ranking")
    amina, _secret = comes(workshop)
    a, b, c = ranking.items.in_order()
    votes(ranking, amina, f"place-{a.pk}=1&place-{b.pk}=2&place-{c.pk}=3")
    operations.save_activity(ranking, ["B", "C"], by=officer)

    lines = figures.results_of(ranking).lines

    # B before C, once A is set aside: places 1 and 2; points 1 and 0.
    assert [(b, 1.0, 1), (c, 2.0, 0)] == [
        (one.item, one.mean_rank, one.counted.total) for one in lines
    ]


def test_the_journal_says_who_set_the_clock(client, workshop, officer, space):
    client.force_login(officer)
    steer = reverse("workshops:steer", args=[space.pk, workshop.pk])

    client.post(steer, {"act": "timer", "minutes": 8})

    line = Entry.objects.get(verb="workshop.timer")
    assert (officer.pk, {"minutes": 8}) == (line.actor_id, line.details)


def test_points_counted_on_paper_join_those_of_phones_and_impossible_ones_do_not(
    client, workshop, officer, space
):
    matrix = add(workshop, "matrix", "Guichets fermés", "Fibre", by=officer)
    amina, _secret = comes(workshop)
    first, second = matrix.items.in_order()
    votes(matrix, amina, "impact=5&mastery=1", first)
    client.force_login(officer)
    address = reverse("workshops:paper", args=[space.pk, workshop.pk, matrix.pk])
    sent = {f"people-{second.pk}": 3, f"impact-{second.pk}": 13}

    refused = client.post(address, sent).content.decode()
    kept = client.post(
        address, sent | {f"impact-{second.pk}": 12, f"mastery-{second.pk}": 0}
    )

    assert "Au plus 12" in refused
    assert "même 0" in refused
    assert 302 == kept.status_code
    rated = figures.results_of(matrix).rated
    assert [(second, 12, 0, 3), (first, 4, 0, 1)] == [
        (one.item, one.rated.impact_points, one.rated.mastery_points, one.rated.n)
        for one in rated
    ]
    page = client.get(reverse("workshops:console", args=[space.pk, workshop.pk]))
    assert "dont 3 sur papier" in page.content.decode()
    # They belong to the round: put back to the vote, they leave; undone, they return.
    operations.reset_votes(matrix, by=officer)
    assert [0, 0] == [one.rated.n for one in figures.results_of(matrix).rated]
    operations.undo_reset(matrix, by=officer)
    matrix.order = "number"
    assert [first, second] == [one.item for one in figures.results_of(matrix).rated]
    with pytest.raises(operations.HasContributions):
        operations.remove_activity(matrix, by=officer)


def test_points_of_an_item_set_aside_are_kept_but_not_counted(
    client, workshop, officer, space
):
    matrix = add(workshop, "matrix", "Guichets fermés", "Fibre", by=officer)
    aside, shown = matrix.items.in_order()
    client.force_login(officer)
    address = reverse("workshops:paper", args=[space.pk, workshop.pk, matrix.pk])

    def count(item: Item, people: object) -> None:
        fields = {"people": people, "impact": 4, "mastery": 2}
        sent = {f"{name}-{item.pk}": value for name, value in fields.items()}
        assert 302 == client.post(address, sent).status_code

    count(aside, 9)
    moderating.set_aside(aside, by=officer)
    count(shown, 3)

    assert [9, 3] == list(
        PaperCount.objects.order_by("pk").values_list("people", flat=True)
    )
    found = figures.results_of(matrix)
    assert (3, 3) == (found.voters, found.on_paper)
    moderating.restore(aside, by=officer)
    assert [9, 3] == [one.rated.n for one in figures.results_of(matrix).rated]
    # What is emptied in the form goes; a round put back meanwhile is the one read.
    former = Activity.objects.get(pk=matrix.pk)
    operations.reset_votes(matrix, by=officer)
    keep_paper_counts(former, {shown: OnPaper(2, 2, 2)}, by=officer)
    assert [2] == list(
        PaperCount.objects.filter(round=2).values_list("people", flat=True)
    )
    keep_paper_counts(matrix, {shown: NOBODY}, by=officer)
    assert not PaperCount.objects.filter(round=2).exists()


def test_an_option_written_with_no_break_spaces_is_the_same_once_its_form_is_sent(
    client, workshop, officer, space
):
    stake = "Comment aller vers les habitants\u202f?"
    activity = add(workshop, "workstreams", stake, "Autre\u00a0: non", by=officer)
    before = list(activity.items.values_list("pk", "set_aside_at"))
    client.force_login(officer)
    one = [space.pk, workshop.pk, activity.pk]
    fields = {"title": "Chantiers", "question": "Lesquels ?", "minutes": 20}
    fields["options"] = f"{stake}\r\nAutre\u00a0: non"

    sent = client.post(reverse("workshops:edit_activity", args=one), fields)

    assert 302 == sent.status_code
    assert before == list(activity.items.values_list("pk", "set_aside_at"))
