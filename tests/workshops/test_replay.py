from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import reverse

from jalons.workshops import contributing, operations, screens, seating
from jalons.workshops.models import Ballot, Moment
from jalons.workshops.replay import moments_of, scene_of
from tests.factories import make_user
from tests.workshops.rooms import add, comes, make_workshop, says, votes


@pytest.fixture
def played(workshop, officer):
    """A wall shown, a poll shown then hidden, votes changed and taken back, closed."""
    wall = workshop.current
    (amina, _hers), (luc, _his) = comes(workshop), comes(workshop, "Luc")
    says(wall, amina, "La fibre")
    taken = says(wall, luc, "Repris par Luc")
    contributing.withdraw_idea(taken, author=luc)
    operations.show_results(wall, by=officer)
    poll = add(workshop, "poll", "Oui", "Non", by=officer)
    yes, no = (one.pk for one in poll.items.in_order())
    votes(poll, amina, f"choice={yes}")
    votes(poll, luc, f"choice={yes}")
    poll.workshop.refresh_from_db()
    operations.show_results(poll, by=officer)
    # One changes, another takes it back: only the first is a vote of then.
    votes(poll, amina, f"choice={no}")
    operations.hide_results(poll, by=officer)
    contributing.withdraw_vote(poll, luc)
    operations.close_workshop(poll.workshop, by=officer)
    return poll


def test_a_workshop_is_played_again_with_the_votes_of_each_moment(workshop, played):
    moments = moments_of(workshop)

    def chosen(number: int) -> list[tuple[str, int]] | None:
        results = scene_of(workshop, moments_of(workshop), number).board.results
        found = results.lines if results else None
        return found and [(one.item.text, one.counted.total) for one in found]

    shown = [one.results_shown for one in moments]
    assert [False, True, False, True, False, False] == shown
    ideas = scene_of(workshop, moments, 2).board.results.ideas
    assert ["La fibre"] == [one.item.text for one in ideas]
    # Hidden at that moment, the results are hidden again, whoever reads.
    assert chosen(3) is None
    assert [("Non", 1), ("Oui", 0)] == chosen(4)
    assert chosen(5) is None
    assert moments[-1].is_closed

    # As the room saw it when the results were first shown.
    played.seen_at = moments[3].began_at
    then = Ballot.objects.counted(played).values_list("participant__alias", "marks")
    yes = played.items.get(text="Oui").pk
    assert [("Amina", {"choices": [yes]})] == list(then)


def test_replaying_writes_nothing_and_hides_what_was_hidden(
    client, space, workshop, officer, played
):
    client.force_login(officer)
    page = reverse("workshops:replay", args=[space.pk, workshop.pk])
    before = Moment.objects.count(), Ballot.objects.count()
    assert "Moment 1 sur 6" in client.get(page).content.decode()
    hidden = client.get(page, {"moment": 3}).content.decode()
    assert "cachés" in hidden
    assert 'class="bars"' not in hidden
    assert 'class="bars"' in client.get(page, {"moment": 4}).content.decode()
    for wrong in ("0", "7", "x", "9" * 5000):
        assert 404 == client.get(page, {"moment": wrong}).status_code
    assert 405 == client.post(page).status_code
    assert before == (Moment.objects.count(), Ballot.objects.count())
    client.force_login(make_user("Ailleurs"))
    assert 404 == client.get(page).status_code


def test_what_tables_retain_is_replayed_as_the_room_saw_it(
    client, space, workshop, officer
):
    wall = workshop.current
    seating.set_tables(workshop, ["Table 1"], by=officer)
    said = seating.Retained("Garder des guichets", 0, uuid4())
    seating.retain(workshop.tables.get(), wall, said, by=officer)
    client.force_login(officer)
    steer = reverse("workshops:steer", args=[space.pk, workshop.pk])
    for act in ("plenary", "leave_plenary", "plenary"):
        client.post(steer, {"act": act, "activity": wall.pk})
    page = reverse("workshops:replay", args=[space.pk, workshop.pk])

    seen = [
        "Garder des guichets" in client.get(page, {"moment": one}).content.decode()
        for one in (1, 2, 3, 4)
    ]

    # Open today, the plenary was not at first.
    assert [False, True, False, True] == seen


def test_a_change_is_left_out_of_what_is_played_again(space, officer):
    workshop = make_workshop(space, "restitution", by=officer)
    first, *_others, last = workshop.activities.all()
    amina, _secret = comes(workshop)
    for activity in (first, last):
        operations.go_to(activity, "rate", by=officer)
        votes(activity, amina, "grade=3")
        operations.show_results(activity, by=officer)
    operations.close_workshop(workshop, by=officer)
    moments = moments_of(workshop)

    results = scene_of(workshop, moments, len(moments) - 1).board.results

    assert (last, 3) == (results.activity, results.scale.mean)
    assert results.learning is None
    assert screens.projected(workshop, last, screens.Listening("", 0)).results.learning
