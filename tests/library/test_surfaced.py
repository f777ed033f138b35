"""Sheets stand where they are needed: step, stake, finding, answer on maturity.

The sheets of each page are read by one query.
"""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from jalons.diagnosis import operations as diagnosis
from jalons.diagnosis.models import Finding
from jalons.library.models import Sheet
from jalons.steps.definitions import read_method
from tests.factories import make_space, make_user
from tests.library.test_pages import make_sheet
from tests.returns.made import address as write_to
from tests.returns.made import link_of, make_returns, send
from tests.roadmaps.plans import make_roadmap, make_stake

pytestmark = pytest.mark.django_db
BUS = {"title": "Un bus de village en village", "tags": ["stake:visibility", "step:4"]}
CARE = {"title": "Des soignants formés", "tags": ["theme:health", "step:2"]}


@pytest.fixture
def officer():
    return make_user("Chargée de mission")


@pytest.fixture
def space(officer):
    return make_space(owner=officer)


@pytest.fixture(autouse=True)
def _sheets():
    for one in (BUS, CARE):
        make_sheet(kind=Sheet.Kind.TOOL, **one)


def shown(client, url: str, user=None) -> str:
    """The page, its sheets read once."""
    if user:
        client.force_login(user)
    with CaptureQueriesContext(connection) as asked:
        page = client.get(url)
    assert page.status_code == 200
    assert 1 == sum('"library_sheet"' in one["sql"] for one in asked.captured_queries)
    return page.content.decode()


def test_a_step_shows_its_own_sheets_and_those_of_no_other(client, space, officer):
    roadmap = make_roadmap(space, by=officer)
    step = read_method().step[3]

    page = shown(client, reverse("steps:step", args=[roadmap.pk, step.id]), officer)

    assert BUS["title"] in page
    assert CARE["title"] not in page


def test_a_stake_shows_the_sheets_of_its_words(client, space, officer):
    roadmap = make_roadmap(space, by=officer)
    stake = make_stake(roadmap, "Comment faire connaître l’aide ?", by=officer)

    page = shown(
        client, reverse("roadmaps:stake", args=[roadmap.pk, stake.pk]), officer
    )

    assert BUS["title"] in page
    assert CARE["title"] not in page


def test_a_finding_shows_the_sheets_of_its_words(client, space, officer):
    started = diagnosis.start_diagnosis(space, space.territory, by=officer)
    finding = diagnosis.add_finding(
        started,
        kind=Finding.Kind.WEAKNESS,
        wording="La santé en ligne est loin des habitants",
        by=officer,
    )

    page = shown(
        client, reverse("diagnosis:finding", args=[started.pk, finding.pk]), officer
    )

    assert CARE["title"] in page
    assert BUS["title"] not in page


def test_an_answer_on_maturity_shows_the_sheets_of_what_it_proposes(
    client, django_capture_on_commit_callbacks
):
    make_sheet(
        title="Un élu qui porte le sujet",
        tags=["public:elected", "stake:governance"],
        kind=Sheet.Kind.LANDMARK,
    )
    with django_capture_on_commit_callbacks(execute=False):
        made = make_returns()
        write_to(made, made.whole)
        send(made)

    page = shown(client, link_of(made.whole))

    assert "Chercher une personne élue" in page
    assert "Un élu qui porte le sujet" in page
    assert CARE["title"] not in page
