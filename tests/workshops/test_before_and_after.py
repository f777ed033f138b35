"""Indicator R11: what people say they know, before and after, on the same people."""

from __future__ import annotations

from django.urls import reverse

from jalons.analysis.change import change
from jalons.workshops import documents, figures, operations
from jalons.workshops.learning import Learning
from jalons.workshops.minutes import draft_minutes
from jalons.workshops.words import learning_words
from tests.workshops.rooms import comes, make_workshop, votes

# Their family, then the grade before and after; none when they did not answer.
ROOM = (
    ("communes", 1, 3),
    ("communes", 2, 3),
    ("communes", 2, 2),
    ("communes", 3, 4),
    ("departement_region", 2, 5),
    ("associations", 4, 4),
    ("associations", 5, 4),
    ("communes", 1, None),
    ("communes", None, 5),
)
OTHERS = (("associations", 3, 3),) * 3


def play(space, officer, room=ROOM):
    workshop = make_workshop(space, "restitution", by=officer)
    first, _themes, _questions, last = workshop.activities.all()
    people = []
    for family, *_grades in room:
        person, secret = comes(workshop)
        person.family = family
        person.save()
        people.append((person, secret))
    for activity, place in ((first, 1), (last, 2)):
        operations.go_to(activity, "rate", by=officer)
        for (person, _secret), row in zip(people, room, strict=True):
            if row[place]:
                votes(activity, person, f"grade={row[place]}")
    return workshop, first, last, people[0][1]


def test_the_change_is_that_of_those_who_answered_twice(space, officer):
    workshop, _first, last, _secret = play(space, officer)

    found = figures.results_of(last).learning

    # Changes +2 +1 0 +1 +3 0 −1: 6 over 7; means 19/7 and 25/7.
    everybody = found.everybody
    assert (7, 4, 2, 1) == (everybody.n, everybody.up, everybody.same, everybody.down)
    assert (1, 1) == (everybody.only_before, everybody.only_after)
    assert 0.86 == round(everybody.mean, 2)
    assert (2.71, 3.57) == (
        round(everybody.mean_before, 2),
        round(everybody.mean_after, 2),
    )
    assert everybody.interval.low < everybody.mean < everybody.interval.high
    # Two others only: taking the five of an authority away would tell of them.
    assert found.authorities is None
    said = learning_words(found)
    assert "n = 7\u202f; moyenne 2,7 avant, 3,6 après" in said[0]
    made = repr(documents.minutes_of(draft_minutes(workshop, by=officer)))
    assert repr(said[0])[1:-1] in made


def test_those_of_an_authority_are_told_apart_when_as_many_others_answered(
    space, officer
):
    _workshop, _first, last, _secret = play(space, officer, ROOM + OTHERS)

    found = figures.results_of(last).learning

    # Five of an authority: +2 +1 0 +1 +3 is 7 over 5; five others, −1 over 5.
    assert (10, 0.6) == (found.everybody.n, found.everybody.mean)
    assert (5, 1.4) == (found.authorities.n, found.authorities.mean)
    assert "Parmi les élus et agents" in learning_words(found)[1]


def test_scales_worded_otherwise_since_are_not_paired(space, officer):
    _workshop, first, last, _secret = play(space, officer)
    first.question = f"{first.question} "
    first.save()
    assert figures.results_of(last).learning is not None
    first.question = "Tout autre chose ?"
    first.save()
    last.refresh_from_db()
    assert figures.results_of(last).learning is None


def test_a_change_never_tells_what_is_still_hidden(client, space, officer):
    _workshop, first, last, secret = play(space, officer)
    page = reverse("workshops:pocket", args=[secret])
    told = "Réponses aux deux moments"

    operations.show_results(last, by=officer)
    assert told not in client.get(page).content.decode()
    operations.show_results(first, by=officer)
    assert told in client.get(page).content.decode()


def test_a_scale_is_put_again_in_the_same_words_or_refused(client, space, officer):
    workshop, first, last, _secret = play(space, officer)
    client.force_login(officer)
    here = reverse("workshops:edit_activity", args=[space.pk, workshop.pk, last.pk])
    sent = {"title": "Fin", "minutes": 5, "form": "scale", "asks_again": first.pk}

    other = client.post(here, sent | {"question": "Tout autre chose ?"})
    assert "mot pour mot" in other.content.decode()
    assert 302 == client.post(here, sent | {"question": first.question}).status_code
    last.refresh_from_db()
    assert first == last.asks_again
    choice = sent | {"question": first.question, "form": "single"}
    assert 200 == client.post(here, choice).status_code


def test_a_room_that_moved_alike_has_no_interval_and_five_do_not_conclude():
    def told(n):
        before = {f"{one}": 1 for one in range(n)}
        after = {f"{one}": 2 for one in range(n)}
        return learning_words(Learning(change(before, after), None))[0]

    assert "aucun intervalle ne peut être donné" in told(5)
    assert "On ne peut pas conclure" in told(5)
    assert "aucun intervalle ne peut être donné" in told(6)
    assert "On ne peut pas conclure" not in told(6)
