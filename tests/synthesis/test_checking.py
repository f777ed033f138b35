"""The tables of a synthesis are checked in the background before anything is shown."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from jalons.indicators.models import Indicator, Source
from jalons.synthesis import checking
from jalons.synthesis.composition import order_of
from jalons.synthesis.models import Check, Edition
from jalons.tabulations import operations as tabulations
from jalons.tabulations.protection import release, released
from jalons.tabulations.query import Query
from tests.synthesis.conftest import add, url

PAGES = [
    ("publish", {}),
    ("preview", {}),
    ("preview_chapter", {"number": 1}),
    ("preview_method", {}),
    ("preview_table", {"code": "classes"}),
    ("preview_file", {"format": "pdf"}),
]


@pytest.fixture
def under_way(synthesis, crowd, client):
    """A check that another worker is at."""
    client.force_login(crowd.officer)
    check, is_to_start = checking.ask_check(synthesis, at=timezone.now())
    assert is_to_start
    return check


@pytest.mark.parametrize(("name", "more"), PAGES)
def test_nothing_is_shown_before_the_check_has_ended(
    synthesis, under_way, client, name, more
):
    page = client.get(url(name, synthesis, **more)).content.decode()

    assert "sont en cours de contrôle" in page
    assert "0 sur 1" in page
    assert "data-refresh" in page


def test_nothing_is_published_before_the_check_has_ended(synthesis, under_way, client):
    today = synthesis.campaign.today().isoformat()

    client.post(url("publish", synthesis), {"public_on": today})
    assert not Edition.objects.exists()

    checking.run(synthesis, under_way.digest)
    client.post(url("publish", synthesis), {"public_on": today})
    assert Edition.objects.exists()


def test_the_plan_is_read_meanwhile(synthesis, under_way, client):
    page = client.get(url("show", synthesis)).content.decode()

    assert "sont en cours de contrôle" in page
    assert synthesis.chapters.first().title in page


def test_a_page_asks_for_the_check_and_opens_once_it_has_ended(
    synthesis, crowd, client
):
    client.force_login(crowd.officer)

    page = client.get(url("publish", synthesis)).content.decode()

    assert 'name="public_on"' in page
    assert (1, 1) == Check.objects.values_list("done_count", "table_count").get()
    assert released(order_of(synthesis)) is not None


def test_a_check_that_gives_no_sign_of_life_is_begun_again(synthesis, under_way):
    soon = under_way.moved_at + timedelta(minutes=1)
    late = under_way.moved_at + timedelta(minutes=6)

    assert not checking.ask_check(synthesis, at=soon)[1]
    assert checking.ask_check(synthesis, at=late)[1]


def test_a_check_whose_tables_changed_stops_by_itself(synthesis, crowd, under_way):
    kept = tabulations.keep_table(
        crowd.campaign, Query("P2", "R1"), title="Autre", by=crowd.officer
    )
    add(synthesis, f"kept:{kept.pk}", crowd.officer)

    checking.run(synthesis, under_way.digest)
    newer, is_to_start = checking.ask_check(synthesis, at=timezone.now())

    assert is_to_start
    assert 2 == newer.table_count
    assert released(order_of(synthesis)) is None


def test_a_check_goes_on_from_the_tables_already_settled(synthesis, crowd):
    first = release(order_of(synthesis))
    kept = tabulations.keep_table(
        crowd.campaign, Query("P2", "R1"), title="Autre", by=crowd.officer
    )
    add(synthesis, f"kept:{kept.pk}", crowd.officer)
    order, seen = order_of(synthesis), []

    both = release(order, seen.append)
    cache.clear()
    again = release(order)

    assert [1] == seen
    assert first.tables[0].query == both.tables[0].query
    assert again == both


def test_figures_that_it_does_not_read_leave_a_check_as_it_is(synthesis):
    """Another team's figures, loaded later, once made each synthesis wait again."""
    release(order_of(synthesis))
    own = Source.objects.create(code="own-1", title="Nos chiffres")
    read = Indicator.objects.get(code="median_income").source

    own.releases.create(vintage="2025", file="any/own-1")
    assert released(order_of(synthesis)) is not None

    read.releases.create(vintage="2030", file="any/median_income")
    assert released(order_of(synthesis)) is None
