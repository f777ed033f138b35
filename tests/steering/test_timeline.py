"""A roadmap over time: what is late in words, what waits, no action for itself."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine
from django.urls import reverse
from django.utils.translation import override

from jalons.audit.models import Entry
from jalons.documents.model import Figure, Table
from jalons.roadmaps.figures import plan_of
from jalons.roadmaps.models import Action
from jalons.steering import operations, words
from jalons.steering.documents import ROWS_A_PAGE, timeline_blocks
from jalons.steering.models import Wait
from jalons.steering.timeline import timeline_of
from tests.factories import make_space, make_user
from tests.roadmaps.plans import make_action, make_roadmap, make_stake, make_workstream

TODAY = date(2027, 3, 10)


def dated(workstream, text, officer, *days, **more):
    starts_on, ends_on = days
    return make_action(
        workstream, text, by=officer, starts_on=starts_on, ends_on=ends_on, **more
    )


@time_machine.travel(TODAY, tick=False)
def test_the_page_says_in_words_what_is_late_and_what_contradicts_itself(
    client, roadmap, workstream, officer, django_assert_max_num_queries
):
    client.force_login(officer)
    late = dated(workstream, "Recruter", officer, date(2027, 1, 1), date(2027, 3, 1))
    then = dated(workstream, "Former", officer, date(2027, 2, 1), None)
    make_action(workstream, "Ouvrir", by=officer)
    operations.wait_for(then, late, by=officer)
    address = reverse("steering:timeline", args=[roadmap.pk])

    with django_assert_max_num_queries(25):
        page = client.get(address).content.decode()

    assert "2 actions sont en retard. 1 n’a pas encore de date." in page
    assert "1.a.2 commence le 1er février 2027, avant la fin de 1.a.1" in page
    assert 'class="timeline"' in page
    assert "aujourd’hui" in page
    assert "sans date" in page


def test_an_action_that_would_wait_for_itself_is_refused_and_the_cycle_is_named(
    signed_in, roadmap, workstream, officer
):
    one, two, three = (
        make_action(workstream, text, by=officer) for text in ("Un", "Deux", "Trois")
    )

    def wait(action, awaited):
        address = reverse("steering:waits", args=[roadmap.pk, action.pk])
        return signed_in.post(address, {"awaited": awaited.pk})

    assert 302 == wait(two, one).status_code
    assert 302 == wait(three, two).status_code
    refused = wait(one, three)

    told = "1.a.1 attendrait 1.a.3, 1.a.3 attend 1.a.2, 1.a.2 attend 1.a.1."
    assert told in refused.content.decode()
    assert 200 == wait(one, one).status_code
    assert 2 == Wait.objects.count()
    # Once the way is open again, the same wait is kept.
    address = reverse("steering:waits", args=[roadmap.pk, two.pk])
    signed_in.post(address, {"no_more": one.pk})
    assert 302 == wait(one, three).status_code
    assert 3 == Entry.objects.filter(verb="action.waits").count()
    with pytest.raises(operations.Cyclic) as cyclic:
        operations.wait_for(two, one, by=officer)
    assert [two.pk, one.pk, three.pk, two.pk] == cyclic.value.chain


def test_an_action_never_waits_for_one_of_another_roadmap(
    signed_in, roadmap, workstream, officer
):
    mine = make_action(workstream, by=officer)
    stranger = make_user("Autre")
    other = make_roadmap(make_space(owner=stranger), by=stranger)
    stream = make_workstream(make_stake(other, by=stranger), by=stranger)
    theirs = make_action(stream, by=stranger)
    address = reverse("steering:waits", args=[roadmap.pk, mine.pk])

    page = signed_in.post(address, {"awaited": theirs.pk})

    assert "aucune autre action à attendre" in page.content.decode()
    assert 404 == signed_in.post(address, {"no_more": theirs.pk}).status_code
    assert 404 == signed_in.post(address, {"no_more": "x"}).status_code
    with pytest.raises(ValueError, match="its own roadmap"):
        operations.wait_for(mine, theirs, by=officer)
    assert not Wait.objects.exists()


def test_what_waits_for_an_action_given_up_is_told(roadmap, workstream, officer):
    dropped = make_action(workstream, by=officer, status=Action.Status.DROPPED)
    then = make_action(workstream, by=officer)
    operations.wait_for(then, dropped, by=officer)

    bar = timeline_of(plan_of(roadmap)).told[0]

    assert ["1.a.2 attend 1.a.1, qui est à l’état «\u00a0abandonnée\u00a0»."] == list(
        words.contradictions(bar)
    )


@pytest.mark.parametrize(
    ("first", "last", "ticks"),
    [
        # From a month to a century: at most eight words, whole months, no overlap.
        (date(2027, 3, 1), date(2027, 3, 31), ["mars 2027"]),
        (date(2027, 1, 5), date(2027, 12, 30), 6),
        (date(2026, 1, 1), date(2029, 12, 31), 8),
        (date(2000, 1, 1), date(2100, 12, 31), 5),
    ],
)
def test_the_axis_has_few_words_whatever_its_length(
    roadmap, workstream, officer, first, last, ticks
):
    dated(workstream, "Un", officer, first, last)

    with override("fr"):
        axis = words.axis_of(timeline_of(plan_of(roadmap), on=TODAY))

    said = [text for _day, text in axis.ticks]
    assert ticks == (said if isinstance(ticks, list) else len(said))
    assert axis.first <= min(first, TODAY)
    assert axis.last > max(last, TODAY)


def test_in_a_document_a_long_timeline_goes_on_over_several_drawings(
    roadmap, workstream, officer
):
    assert [] == list(timeline_blocks(plan_of(roadmap)))
    for rank in range(ROWS_A_PAGE + 3):
        dated(workstream, f"Action {rank}", officer, TODAY, None)

    blocks = list(timeline_blocks(plan_of(roadmap)))

    drawings = [one for one in blocks if isinstance(one, Figure)]
    (table,) = [one for one in blocks if isinstance(one, Table)]
    assert ROWS_A_PAGE + 3 == len(table.rows)
    assert [True, False] == ["Action 0" in one.svg for one in drawings]
    assert "(2/2)" in drawings[1].caption


def test_an_english_drawing_says_simulated_in_english(roadmap, officer):
    roadmap.is_simulated = True
    roadmap.save()
    stream = make_workstream(make_stake(roadmap, by=officer), by=officer)
    make_action(stream, by=officer, starts_on=date(2027, 1, 1))

    with override("en"):
        drawn = words.draw(timeline_of(plan_of(roadmap), on=TODAY))

    assert "SIMULATED" in drawn
    assert "SIMULÉ" not in drawn
