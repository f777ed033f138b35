"""A weighted table beside its weights: a count and a share are two equations."""

from __future__ import annotations

import pytest

from jalons.tabulations.protection import Withheld, order, release
from jalons.tabulations.query import CarriedMargin, Query, TypedMargin
from tests.factories import make_campaign, make_response, make_territory

STAKES = ("inequalities", "security")
HALF = TypedMargin(
    "profile",
    (
        ("decision_maker", 50.0),
        ("digital_adviser", 50.0),
        ("local_operator", 0.0),
        ("territorial_engineering", 0.0),
    ),
)
WEIGHTED = Query("main_stake", "P2", margins=(HALF,))
LAYERED = Query("main_stake", "P2", layers="profile")
FEW_ADVISERS = {
    "decision_maker": ((24, 16), (12, 18)),
    "digital_adviser": ((10, 8), (2, 10)),
}
MANY = {"decision_maker": ((12, 8), (6, 9)), "digital_adviser": ((5, 7), (6, 5))}


def survey(said):
    """So many of each profile who chose each stake and have a sponsor, or not."""
    every = [
        {"profile": profile, "main_stake": stake, "P2": sponsor}
        for profile, rows in said.items()
        for stake, counts in zip(STAKES, rows, strict=True)
        for sponsor, n in zip(("yes", "no"), counts, strict=True)
        for _n in range(n)
    ]
    places = [make_territory(f"CC {n}") for n in range(20)]
    campaign = make_campaign(*places)
    for number, answers in enumerate(every):
        make_response(campaign, places[number % 20], **answers)
    return campaign


def test_weights_do_not_give_the_counts_that_a_table_beside_hides(db):
    """Two of the hundred are advisers for security with a sponsor, and are hidden."""
    queries = [Query("profile", "P2"), LAYERED, WEIGHTED]

    found = release(order(survey(FEW_ADVISERS), queries))

    _profiles, layered, weighted = found.tables
    assert any(layer.has_secrets for layer in layered.layers)
    assert Withheld(WEIGHTED, "weighted") == weighted
    assert 0 == found.exposed_cells


@pytest.mark.parametrize("beside", [(), (LAYERED,)])
def test_a_weighted_table_leaves_when_all_that_its_weights_tell_may_be_told(db, beside):
    found = release(order(survey(MANY), [*beside, WEIGHTED]))

    weighted = found.tables[-1]
    rows = {line.code: line for line in weighted.layers[0].lines if line.n}
    assert [15, 17] == [one.count for one in rows["inequalities"].parts if one.count]
    assert 0 == found.exposed_cells
    told = {dict(key).get("profile") for key in found.checked.cells}
    assert {"decision_maker", "digital_adviser"} <= told


def test_one_adviser_among_rows_and_columns_that_are_large_withholds_the_table(db):
    few = MANY | {"digital_adviser": ((5, 7), (6, 1))}

    (plain,) = release(order(survey(few), [Query("main_stake", "P2")])).tables
    (found,) = release(order(survey(few), [WEIGHTED])).tables

    assert not isinstance(plain, Withheld)
    assert Withheld(WEIGHTED, "weighted") == found


def test_a_filter_on_the_variable_of_the_weights_leaves_no_other_category(db):
    chosen = tuple(("profile", one) for one in ("decision_maker", "digital_adviser"))
    query = Query("main_stake", "P2", margins=(HALF,), filters=chosen)

    (found,) = release(order(survey(MANY), [query])).tables

    assert not isinstance(found, Withheld)


@pytest.mark.parametrize(("apart", "is_told"), [(1, False), (10, True)])
def test_the_weights_of_a_file_tell_of_those_who_weigh_alike(db, apart, is_told):
    """Forty answers; in each cell `apart` weigh double, unless it is all of them."""
    campaign = survey({"decision_maker": ((10, 10), (10, 10))})
    rows = list(campaign.responses.order_by("pk"))
    for number, response in enumerate(rows):
        response.given_weight = 2 if number % 10 < apart and number < 20 else 1
        response.weight_file = 1
        response.save()
    query = Query("main_stake", "P2", is_given=True)

    (found,) = release(order(campaign, [query])).tables

    assert is_told is not isinstance(found, Withheld)


def test_weights_by_territory_are_no_less_telling(db):
    campaign = survey(MANY)
    margin = CarriedMargin("contexte-densite", "epci")
    query = Query("main_stake", "P2", margins=(margin,))

    (found,) = release(order(campaign, [query])).tables

    assert isinstance(found, Withheld)
