"""Progress reviews: frozen as it stood, a comment that changes, decisions followed."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from django.conf import settings
from django.urls import reverse
from openpyxl import load_workbook

from jalons.followup import operations
from jalons.followup.figures import usual_start
from jalons.followup.models import Progress, ProgressDecision
from tests.roadmaps.plans import make_action, make_stake, make_workstream

FIRST, LAST = date(2026, 1, 1), date(2026, 3, 31)


@pytest.fixture
def action(roadmap, officer):
    stake = make_stake(roadmap, by=officer)
    return make_action(make_workstream(stake, by=officer), "Un bus", by=officer)


def review(roadmap, *, by, **more) -> Progress:
    given = {"since": FIRST, "comment": "Le bus roule.", "on": LAST, **more}
    return operations.keep_progress(roadmap, by=by, **given)


def test_what_was_looked_at_stays_as_it_stood(roadmap, action, officer):
    action.ends_on = date(2026, 2, 1)
    action.save()
    kept = review(roadmap, by=officer)

    action.ends_on = date(2027, 2, 1)
    action.save()

    kept.refresh_from_db()
    assert [one["code"] for one in kept.told["late"]] == ["1.a.1"]


def test_a_period_that_begins_after_its_end_is_refused(roadmap, officer):
    with pytest.raises(operations.NoPeriod):
        review(roadmap, by=officer, since=LAST)

    assert not Progress.objects.exists()


def test_the_next_period_begins_where_the_last_one_ended(roadmap, officer):
    review(roadmap, by=officer)

    assert usual_start(roadmap, on=date(2026, 6, 30)) == LAST


def test_a_review_is_held_on_screen_its_comment_changed_its_decision_followed(
    signed_in, roadmap, action, officer
):
    signed_in.post(
        reverse("followup:add_progress", args=[roadmap.pk]),
        {"since": "2026-01-01", "comment": "Le bus roule."},
    )
    kept = Progress.objects.get()
    at = [roadmap.pk, kept.pk]
    signed_in.post(
        reverse("followup:progress", args=at),
        {"text": "Garder le jeudi", "due_on": "2026-05-01"},
    )
    decision = kept.decisions.get()
    signed_in.post(
        reverse("followup:comment", args=at), {"comment": "Il roule.", "version": "1"}
    )
    signed_in.post(
        reverse("followup:decision", args=[*at, decision.pk]),
        {"state": "done", "note": "Fait en mai"},
    )

    page = signed_in.get(reverse("followup:progress", args=at)).content.decode()

    for words in ("Il roule.", "Garder le jeudi", "Fait en mai"):
        assert words in page


def test_two_people_who_change_a_comment_read_each_other(signed_in, roadmap, officer):
    kept = review(roadmap, by=officer)
    address = reverse("followup:comment", args=[roadmap.pk, kept.pk])
    signed_in.post(address, {"comment": "Le premier", "version": "1"})

    answer = signed_in.post(address, {"comment": "Le second", "version": "1"})

    assert "Le premier" in answer.content.decode()
    kept.refresh_from_db()
    assert kept.comment == "Le premier"


def test_decisions_that_wait_are_told_on_the_dashboard(signed_in, roadmap, officer):
    kept = review(roadmap, by=officer)
    for text, state in (("Ouvrir le mardi", "open"), ("Écrire au maire", "done")):
        row = ProgressDecision(progress=kept, text=text, state=state)
        operations.add_decision(row, by=officer)

    page = signed_in.get(reverse("followup:dashboard", args=[roadmap.pk]))

    assert "Ouvrir le mardi" in page.content.decode()
    assert "Écrire au maire" not in page.content.decode()


def test_a_review_of_another_roadmap_is_not_found(signed_in, roadmap, officer, space):
    kept = review(roadmap, by=officer)
    other = type(roadmap).objects.create(
        space=space, title="Autre", territory_name="Autre"
    )

    answer = signed_in.get(reverse("followup:progress", args=[other.pk, kept.pk]))

    assert answer.status_code == 404


def test_what_was_frozen_in_another_language_says_so_and_its_file_is_in_it(
    signed_in, roadmap, action, officer
):
    kept = review(roadmap, by=officer)
    at = [roadmap.pk, kept.pk]
    signed_in.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"

    page = signed_in.get(reverse("followup:progress", args=at)).content.decode()
    file = signed_in.get(reverse("followup:progress_file", args=[*at, "xlsx"]))

    assert '<html lang="en">' in page
    assert '<dl class="facts" lang="fr"><div><dt>Actions faites</dt>' in page
    book = load_workbook(BytesIO(file.content))
    assert "Sommaire" in book.sheetnames
