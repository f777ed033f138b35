from __future__ import annotations

import random
from dataclasses import replace

import pytest

from jalons.analysis.secrecy import PROFESSIONALS
from jalons.observatory.figures import public_figures
from jalons.tabulations import figures
from jalons.tabulations.protection import Withheld, release
from jalons.tabulations.query import Query
from tests.factories import make_campaign, make_response, make_territory
from tests.observatory.crowd import make_crowd


@pytest.fixture
def crowd(db):
    return make_crowd(validated=0.9).campaign


def beside(campaign):
    return public_figures(campaign).beside


def parts(table):
    return [
        part
        for layer in table.layers
        for line in (*layer.lines, layer.total)
        for part in line.parts
    ]


def test_a_small_count_is_hidden_and_so_is_what_would_give_it(db):
    places = [make_territory(f"CC {n}") for n in range(30)]
    campaign = make_campaign(*places)
    said = ["yes"] * 3 + ["no"] * 17
    for number, answer in enumerate(said + said[::-1]):
        profile = "decision_maker" if number < 20 else "digital_adviser"
        make_response(campaign, places[number % 30], profile=profile, P2=answer)

    (table,) = release(campaign, [Query("profile", "P2")]).tables

    # Three of twenty in both rows: nothing of a row may be left, total included.
    yes, no = (table.columns.index(code) for code in ("yes", "no"))
    for line in table.layers[0].lines:
        if line.n != 0:
            assert line.parts[yes].is_secret
            assert line.parts[no].is_secret
    assert () == table.layers[0].tests


def test_large_counts_are_left_as_they_are(db):
    places = [make_territory(f"CC {n}") for n in range(40)]
    campaign = make_campaign(*places)
    for number in range(80):
        profile = "decision_maker" if number % 2 else "digital_adviser"
        answer = "yes" if number % 4 < 2 else "no"
        make_response(campaign, places[number % 40], profile=profile, P2=answer)

    (table,) = release(campaign, [Query("profile", "P2")]).tables

    assert table == figures.tabulated(campaign, Query("profile", "P2"))


QUERIES = [
    Query("profile", "P2"),
    Query("profile", "main_stake"),
    Query("P2", "themes"),
    Query("profile", "P2", filters=(("main_stake", "inequalities"),)),
    Query("main_stake", "P2", filters=(("profile", "decision_maker"),)),
    Query("contexte-densite", "P2"),
]


def test_nothing_is_found_from_the_tables_beside_the_restitution(crowd):
    found = release(crowd, QUERIES, beside(crowd))

    assert 0 == found.exposed_cells
    shown = [one for one in found.tables if not isinstance(one, Withheld)]
    assert shown
    small = [
        part
        for table in shown
        for part in parts(table)
        if part.count is not None and 0 < part.count < PROFESSIONALS
    ]
    assert [] == small


def test_the_check_would_find_a_cell_that_was_not_hidden(crowd):
    """The attack is worth something: shown as they are, these tables give cells."""
    found = release(crowd, QUERIES[:2], beside(crowd))
    hidden = [
        (at, place, cell)
        for at, one in enumerate(found.published)
        for place, cell in one.cells.items()
        if cell.status == "secret"
    ]
    at, place, cell = hidden[0]
    opened = replace(
        found.published[at],
        cells={
            **found.published[at].cells,
            place: replace(cell, count=2, status="shown"),
        },
    )
    published = [*found.published]
    published[at] = opened

    assert replace(found, published=tuple(published)).exposed_cells


def test_persons_are_not_published_by_the_level_of_their_territory(crowd):
    (found,) = release(crowd, [Query("contexte-niveau", "P2")]).tables

    assert Withheld(Query("contexte-niveau", "P2"), "level") == found


def test_two_questions_with_several_answers_are_not_published(crowd):
    (found,) = release(crowd, [Query("themes", "sectors")]).tables

    assert "several" == found.reason


@pytest.mark.parametrize("seed", range(3))
def test_what_a_reader_subtracts_stays_at_least_five(db, seed):
    """Filters and totals subtracted from one another give no group under five."""
    draw = random.Random(seed)
    campaign = make_crowd(validated=0.5, seed=seed).campaign
    queries = draw.sample(QUERIES, 4)

    found = release(campaign, queries, beside(campaign))

    assert 0 == found.exposed_cells
