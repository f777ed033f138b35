from __future__ import annotations

import os
import random
import subprocess
import sys
from copy import deepcopy
from dataclasses import replace

import pytest

from jalons.analysis.secrecy import PROFESSIONALS, TOTAL, Cell, Published
from jalons.observatory.figures import public_figures
from jalons.questionnaires.definitions import ShowIf
from jalons.questionnaires.drafting import replace_question, replace_section
from jalons.questionnaires.operations import load_definition
from jalons.tabulations import figures
from jalons.tabulations.axes import answers_of
from jalons.tabulations.naming import Names, numbers
from jalons.tabulations.protection import Withheld, order, release
from jalons.tabulations.query import CarriedMargin, Query, TypedMargin
from tests.factories import make_campaign, make_response, make_territory
from tests.observatory.crowd import make_crowd

DENSITY = "contexte-densite"


@pytest.fixture(scope="module")
def answered(module_rows):
    """Sixty answers, and their public figures in the cache."""
    campaign = make_crowd(validated=0.9).campaign
    public_figures(campaign)
    return campaign


@pytest.fixture
def crowd(answered, db):
    return deepcopy(answered)


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

    (table,) = release(order(campaign, [Query("profile", "P2")])).tables

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

    (table,) = release(order(campaign, [Query("profile", "P2")])).tables

    assert table == figures.tabulated(campaign, Query("profile", "P2"))


def make_sponsors(**without: int):
    """Twenty people of each profile have a sponsor; so many `without` have none."""
    places = [make_territory(f"CC {n}") for n in range(20)]
    campaign = make_campaign(*places)
    for profile, count in without.items():
        for number in range(20 + count):
            said = {"P2": "yes", "P3": ["voted"]} if number < 20 else {"P2": "no"}
            make_response(campaign, places[number % 20], profile=profile, **said)
    return campaign


@pytest.mark.parametrize(("none", "is_told"), [(3, False), (8, True)])
@pytest.mark.parametrize("put", [(), ("decision_maker", "local_operator")])
def test_who_is_spared_a_question_is_counted_as_who_gave_the_answer(
    db, none, is_told, put
):
    """Twenty of twenty-three were asked: three have no sponsor.

    A second condition, that all of them meet, spares nobody.
    """
    campaign = make_sponsors(decision_maker=none)
    if put:
        definition = campaign.version.read()
        section = definition.section("political")
        told = ShowIf(question="profile", any_of=put)
        changed = section.model_copy(update={"show_if": told})
        campaign.version = load_definition(replace_section(definition, changed))
        campaign.save()

    (table,) = release(order(campaign, [Query("profile", "P3")])).tables

    told = None if isinstance(table, Withheld) else table.layers[0].total.n
    assert (20 if is_told else None) == told


def test_the_base_of_a_question_does_not_give_the_answer_that_opens_it(db):
    """Three advisers without a sponsor are hidden with the twenty who have one."""
    campaign = make_sponsors(decision_maker=20, digital_adviser=3)
    queries = [Query("profile", "P2"), Query("profile", "P3")]

    first, second = release(order(campaign, queries)).tables

    (alone,) = release(order(campaign, queries[1:])).tables

    assert [40, 23] == [line.n for line in first.layers[0].lines if line.n]
    told = [part.count for line in first.layers[0].lines for part in line.parts]
    assert {None, 0} == {*told}
    assert [20, 20] == [line.n for line in alone.layers[0].lines if line.n]
    assert {None, 0} == {line.n for line in second.layers[0].lines}


def test_a_base_less_those_who_did_not_know_does_not_give_an_answer(db):
    """Asked of those who do not know whether they have a sponsor, too."""
    campaign = make_campaign(*(make_territory(f"CC {n}") for n in range(20)))
    definition = campaign.version.read()
    actions = definition.question("P3")
    told = ShowIf(question="P2", any_of=("yes", "dont_know"))
    changed = actions.model_copy(update={"show_if": told})
    campaign.version = load_definition(replace_question(definition, changed))
    campaign.save()
    said = {"yes": 20, "dont_know": 1, "no": 3}
    for profile in ("decision_maker", "digital_adviser"):
        for answer, count in said.items():
            more = {} if answer == "no" else {"P3": ["voted"]}
            for number in range(count * (5 if profile == "decision_maker" else 1)):
                place = campaign.territories.all()[number % 20]
                make_response(campaign, place, profile=profile, P2=answer, **more)

    queries = [Query("profile", "P2"), Query("profile", "P3")]
    first, second = release(order(campaign, queries)).tables

    by_code = {line.code: line for line in first.layers[0].lines}
    assert {None} == {part.count for part in by_code["digital_adviser"].parts}
    assert isinstance(second, Withheld) or 21 not in {
        line.n for line in second.layers[0].lines
    }


QUERIES = [
    Query("profile", "P2"),
    Query("profile", "main_stake"),
    Query("P2", "themes"),
    Query("profile", "P2", filters=(("main_stake", "inequalities"),)),
    Query("main_stake", "P2", filters=(("profile", "decision_maker"),)),
    Query("contexte-densite", "P2"),
]


def test_nothing_is_found_from_the_tables_beside_the_restitution(crowd):
    found = release(order(crowd, QUERIES, beside(crowd)))

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
    found = release(order(crowd, QUERIES[:2], beside(crowd)))
    hidden = min(found.checked.hidden, key=sorted)
    opened = {**found.checked.cells, hidden: 2}

    assert replace(found.checked, cells=opened).exposed_cells


def test_persons_are_not_published_by_the_level_of_their_territory(crowd):
    (found,) = release(order(crowd, [Query("contexte-niveau", "P2")])).tables

    assert Withheld(Query("contexte-niveau", "P2"), "level") == found


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        (Query("themes", "sectors"), "several"),
        (
            Query(
                "profile",
                "P2",
                filters=(("themes", "inclusion"), ("themes", "security")),
            ),
            "boxes",
        ),
        (
            Query("profile", "P2", margins=(CarriedMargin(DENSITY, "epci"),)),
            "weighted",
        ),
        (Query("main_stake", "P2", filters=(("profile", "local_operator"),)), "few"),
    ],
)
def test_a_table_that_cannot_be_made_safe_is_withheld_with_its_reason(
    crowd, query, reason
):
    (found,) = release(order(crowd, [query], beside(crowd))).tables

    assert Withheld(query, reason) == found


def test_tables_whose_counts_cannot_both_hold_are_withheld_and_not_an_error(crowd):
    """The restitution says of a question asked at the desk what nobody answered."""
    said = {("yes",): Cell(30, "shown"), ("no",): Cell(400, "shown")}
    contrary = Published(("P2",), {**said, (TOTAL,): Cell(430, "shown")})

    (found,) = release(order(crowd, [Query("profile", "P2")], [contrary])).tables

    assert Withheld(Query("profile", "P2"), "contrary") == found


def test_a_filter_on_an_answer_that_nobody_gave_is_not_an_error(crowd):
    query = Query("profile", "P2", filters=(("contexte-canal", "phone"),))

    (found,) = release(order(crowd, [query], beside(crowd))).tables

    assert Withheld(query, "few") == found


def test_a_table_whose_shares_contradict_each_other_does_not_leave(crowd):
    shares = (("yes", 90.0), ("no", 10.0)), (("yes", 10.0), ("no", 90.0))
    margins = tuple(TypedMargin("P2", one) for one in shares)
    query = Query("profile", "P2", margins=margins, is_trimmed=True)

    (found,) = release(order(crowd, [query], beside(crowd))).tables

    assert Withheld(query, "margins") == found


def test_a_table_by_territory_leaves_without_its_small_counts(crowd):
    (found,) = release(order(crowd, [Query(DENSITY, "P2")], beside(crowd))).tables

    assert any(part.is_secret for part in parts(found))
    assert any(part.count for part in parts(found))


@pytest.mark.parametrize(
    "query",
    [
        *(Query("profile", code) for code in ("P2", "themes")),
        Query("difficulties", "profile"),
        Query(DENSITY, "P2", layers="profile"),
        Query("profile", "themes", filters=(("themes", "inclusion"),)),
        Query("profile", "P2", filters=(("profile", "decision_maker"),)),
        Query("P2", "R1", margins=(CarriedMargin(DENSITY, "epci"),)),
    ],
)
def test_every_number_of_a_table_is_named_by_those_it_counts(crowd, query):
    answers = answers_of(crowd)
    table = figures.tabulated(crowd, query)
    names = Names(answers, "profile")
    named = numbers(names, query, is_weighted=table.is_weighted)

    def count(key):
        return 0 if key is None else names.count(key)

    for layer in table.layers:
        assert count(named.kept(layer.code)) == layer.n + layer.left_out
        for line in (*layer.lines, layer.total):
            assert count(named.base(layer.code, line.code)) == line.n
            for column, part in zip(table.columns, line.parts, strict=True):
                key = named.part(layer.code, line.code, column)
                assert count(key) == part.count


@pytest.mark.parametrize("seed", range(3))
def test_what_a_reader_subtracts_stays_at_least_five(db, seed):
    """Filters and totals subtracted from one another give no group under five."""
    draw = random.Random(seed)
    campaign = make_crowd(validated=0.5, seed=seed).campaign
    queries = draw.sample(QUERIES, 4)

    found = release(order(campaign, queries, beside(campaign)))

    assert 0 == found.exposed_cells


def test_an_order_has_the_same_name_in_every_process():
    """The web process asks, the worker answers: sets are not written in one order."""
    code = (
        "import django; django.setup();"
        "from jalons.analysis.secrecy import Cell, Published;"
        "from jalons.surveys.models import Campaign;"
        "from jalons.tabulations.protection import Order;"
        "within = frozenset((str(n), 'x') for n in range(9));"
        "one = Published(('q',), {('a',): Cell(7, 'shown')}, within);"
        "print(Order(Campaign(pk=1), (), (one,), 'r').key())"
    )
    names = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }

    assert 1 == len(names)
