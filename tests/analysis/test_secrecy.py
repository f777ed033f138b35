from __future__ import annotations

from dataclasses import replace
from itertools import product
from math import inf

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jalons.analysis.disclosure import (
    OTHERS,
    Allowance,
    Background,
    Bounds,
    Equation,
    Key,
    Layout,
    equations,
)
from jalons.analysis.hiding import MISSING, Unprotectable, Unsettled, hide
from jalons.analysis.secrecy import (
    INHABITANTS,
    PROFESSIONALS,
    TOTAL,
    Cell,
    Published,
    protect,
    recoverable,
    tally,
)
from tests.analysis.tables import table

PROFILES = ("technician", "decider", "adviser", "operator")
STAKES = ("inequality", "ecology", "economy")
# Each example is an attack, which solves many small programmes.
SOME = settings.default.max_examples // 3


def crossed(counts, rows=PROFILES, columns=STAKES):
    cells = zip(product(rows, columns), np.ravel(counts).tolist(), strict=False)
    return tally(("profile", "stake"), dict(cells))


def shown(published):
    """Rows of a protected crossing as text, secret cells as a cross."""
    rows, columns = (
        sorted(dict.fromkeys(places), key=TOTAL.__eq__)
        for places in zip(*published.cells, strict=True)
    )
    return [
        {"profile": row} | {c: _text(published.cells[row, c]) for c in columns}
        for row in rows
    ]


def _text(cell):
    return "×" if cell.status == "secret" else str(cell.count)


def name(**categories):
    return Key(categories.items())


def test_a_lone_small_cell_takes_three_others_with_it():
    found = protect(
        [crossed([[20, 10], [12, 3]], PROFILES[:2], STAKES[:2])], PROFESSIONALS
    )

    assert shown(found[0]) == table("""
        profile    | inequality | ecology | *
        technician | ×          | ×       | 30
        decider    | ×          | ×       | 15
        *          | 32         | 13      | 45
    """)


def test_zero_is_shown_and_a_table_without_small_count_is_untouched():
    counts = [[20, 0], [12, 5]]

    found = protect([crossed(counts, PROFILES[:2], STAKES[:2])], PROFESSIONALS)[0]

    assert found.cells["technician", "ecology"] == Cell(0, "shown")
    assert all(cell.status == "shown" for cell in found.cells.values())


@pytest.mark.parametrize(
    ("count", "threshold", "status"),
    [(4, PROFESSIONALS, "secret"), (5, PROFESSIONALS, "shown")]
    + [(10, INHABITANTS, "secret"), (11, INHABITANTS, "shown")],
)
def test_professionals_are_hidden_under_5_and_inhabitants_under_11(
    count, threshold, status
):
    counts = tally(["q"], {("a",): count, ("b",): 40, ("c",): 60})

    found = protect([counts], threshold)[0]

    assert found.cells["a",].status == status


def test_the_number_of_missing_answers_is_no_secret():
    counts = tally(["q"], {("a",): 30, ("b",): 40, (MISSING,): 2})

    found = protect([counts], PROFESSIONALS)[0]

    assert found.cells[MISSING,] == Cell(2, "shown")


def test_a_group_too_small_to_be_counted_hides_its_own_total():
    found = protect(
        [crossed([[20, 10], [2, 1]], PROFILES[:2], STAKES[:2])], PROFESSIONALS
    )

    assert found[0].cells["decider", TOTAL].status == "secret"
    assert found[0].cells[TOTAL, TOTAL] == Cell(33, "shown")


def test_a_lone_hidden_cell_is_found_by_subtraction():
    cells = {
        ("a",): Cell(None, "secret"),
        ("b",): Cell(40, "shown"),
        (TOTAL,): Cell(42, "shown"),
    }

    found = recoverable([Published(("q",), cells)], PROFESSIONALS)

    assert found[name(q="a")].low == found[name(q="a")].high == 2


@pytest.mark.parametrize(
    ("counts", "threshold"),
    [((40, 1, 1), 11), ((40, 30, 2, 1), 11), ((40, 1, 1), 5), ((40, 4, 3, 3), 11)],
)
def test_what_is_left_for_the_hidden_answers_reaches_the_threshold(counts, threshold):
    """42 answered and 40 said "a": the two others would be counted exactly."""
    labels = [(label,) for label in "abcd"[: len(counts)]]

    found = protect([tally(["q"], dict(zip(labels, counts, strict=True)))], threshold)

    hidden = [n for n, at in zip(counts, labels, strict=True) if not told(found, at)]
    assert len(hidden) >= sum(n < threshold for n in counts)
    assert sum(hidden) >= threshold
    assert told(found, (TOTAL,))
    assert recoverable(found, threshold) == {}


def told(published, at):
    return published[0].cells[at].status == "shown"


def test_hidden_answers_that_are_surely_few_are_found():
    cells = {(c,): Cell(None, "secret") for c in "bc"}
    cells |= {("a",): Cell(40, "shown"), (TOTAL,): Cell(50, "shown")}
    published = [Published(("q",), cells)]

    assert {} == recoverable(published, PROFESSIONALS)
    found = recoverable(published, INHABITANTS)

    assert {name(q="b"), name(q="c")} == found.keys()
    assert found[name(q="b")] == Bounds(0, 10)


def test_everybody_minus_a_filter_gives_those_left_out():
    everybody = tally(["stake"], {("inequality",): 30, ("ecology",): 20})
    without = tally(
        ["stake"],
        {("inequality",): 28, ("ecology",): 15},
        within=name(profile="not_operator"),
    )
    groups = {"profile": {"not_operator": PROFILES[:3]}}

    raw = protect([everybody], PROFESSIONALS) + protect([without], PROFESSIONALS)
    together = protect([everybody, without], PROFESSIONALS, groups)

    # Each table alone is safe; their difference is the 7 operators, 2 of them for
    # inequality, although no table of the operators exists.
    operators = name(profile=OTHERS, stake="inequality")
    assert recoverable(raw, PROFESSIONALS, groups)[operators].high == 2
    assert recoverable(together, PROFESSIONALS, groups) == {}


def test_a_filter_by_profile_is_protected_with_the_crossing_it_belongs_to():
    crossing = crossed([[20, 12, 8], [10, 9, 12], [9, 8, 7], [3, 3, 6]])
    operators = tally(
        ["stake"],
        {("inequality",): 3, ("ecology",): 3, ("economy",): 6},
        within=name(profile="operator"),
    )

    first, second = protect([crossing, operators], PROFESSIONALS)

    for stake in STAKES:
        assert first.cells["operator", stake] == second.cells[stake,]


def test_two_questions_are_linked_by_the_profile_they_share():
    stakes = tally(
        ["profile", "stake"],
        {("a", "x"): 20, ("a", "y"): 9, ("b", "x"): 2, ("b", "y"): 30},
    )
    needs = tally(
        ["profile", "need"],
        {("a", "u"): 9, ("a", "v"): 20, ("b", "u"): 16, ("b", "v"): 16},
    )

    found = protect([stakes, needs], PROFESSIONALS)

    assert recoverable(found, PROFESSIONALS) == {}
    assert all(cell.status == "shown" for cell in found[1].cells.values())


def test_tables_that_contradict_each_other_are_refused():
    one = tally(["q"], {("a",): 3, ("b",): 40})
    other = tally(["r"], {("a",): 3, ("b",): 41})

    with pytest.raises(ValueError, match="everybody is 43 and 44"):
        protect([one, other], PROFESSIONALS)


def every_table_that_fits(published, shape):
    """Brute force: all 2-way tables of whole counts with the published cells."""
    limit = published.cells[TOTAL, TOTAL].count
    rows, columns = PROFILES[: shape[0]], STAKES[: shape[1]]
    for values in product(range(limit + 1), repeat=shape[0] * shape[1]):
        if sum(values) != limit:
            continue
        guess = crossed(values, rows, columns).counts
        if all(c.count in (None, guess[at]) for at, c in published.cells.items()):
            yield guess


@given(st.lists(st.integers(0, 3), min_size=4, max_size=4))
@settings(max_examples=SOME)
def test_no_table_that_fits_betrays_a_hidden_cell(counts):
    published = protect([crossed(counts, PROFILES[:2], STAKES[:2])], 3)[0]
    if published.cells[TOTAL, TOTAL].count is None:
        return

    guesses = list(every_table_that_fits(published, (2, 2)))

    assert crossed(counts, PROFILES[:2], STAKES[:2]).counts in guesses
    for place, cell in published.cells.items():
        if cell.status == "secret":
            values = {guess[place] for guess in guesses}
            assert max(values) - min(values) >= 2
            assert max(values) >= 3


COUNTS = st.one_of(st.integers(0, 6), st.integers(0, 40))


@given(st.lists(COUNTS, min_size=12, max_size=12), st.sampled_from([5, 11]))
@settings(max_examples=SOME)
def test_what_is_published_resists_the_attack(counts, threshold):
    whole = crossed(np.reshape(counts, (4, 3)))
    by_stake = np.reshape(counts, (4, 3)).sum(axis=0).tolist()
    others = np.reshape(counts, (4, 3))[:3].sum(axis=0).tolist()
    everybody = tally(
        ["stake"], dict(zip([(s,) for s in STAKES], by_stake, strict=True))
    )
    without = tally(
        ["stake"],
        dict(zip([(s,) for s in STAKES], others, strict=True)),
        within=name(profile="not_operator"),
    )
    groups = {"profile": {"not_operator": PROFILES[:3]}}

    found = protect([whole, everybody, without], threshold, groups)

    assert recoverable(found, threshold, groups) == {}
    for before, after in zip([whole, everybody, without], found, strict=True):
        for place, cell in after.cells.items():
            assert cell.count in (None, before.counts[place])
            small = 0 < before.counts[place] < threshold
            assert not (small and cell.status == "shown")


def by_departement(*counts):
    return tally(["departement"], {(f"d{n}",): c for n, c in enumerate(counts)})


def map_of(*epci):
    """Each EPCI that a map shows as having answered stands for one respondent."""
    cells = {name(departement=f"d{n}"): Bounds(m, inf) for n, m in enumerate(epci)}
    return Background(cells, known=frozenset({name()}))


def hiding(counts, *labels):
    cells = {
        at: Cell(None, "secret") if at[0] in labels else Cell(count, "shown")
        for at, count in counts.counts.items()
    }
    return Published(counts.variables, cells)


def test_respondents_are_found_from_the_epci_of_a_map_and_the_total():
    """2 and 3 are hidden, 5 are missing from 60; the map shows 2 and 3 EPCI."""
    published = hiding(by_departement(30, 25, 2, 3), "d2", "d3")

    alone = recoverable([published], PROFESSIONALS)
    with_map = recoverable([published], PROFESSIONALS, background=map_of(20, 18, 2, 3))

    assert alone == {}
    assert with_map == {
        name(departement="d2"): Bounds(2, 2),
        name(departement="d3"): Bounds(3, 3),
    }


def test_limits_travel_through_the_sums():
    """9 missing from 60, of which 2, 3 and 3 at least: one respondent is left over."""
    published = hiding(by_departement(51, 2, 3, 4), "d1", "d2", "d3")

    found = recoverable([published], PROFESSIONALS, background=map_of(20, 2, 3, 3))

    assert found == {
        name(departement="d1"): Bounds(2, 3),
        name(departement="d2"): Bounds(3, 4),
        name(departement="d3"): Bounds(3, 4),
    }


def test_protection_reckons_with_the_map():
    counts, background = by_departement(30, 25, 2, 3), map_of(20, 18, 2, 3)

    found = protect([counts], PROFESSIONALS, background=background)

    assert found[0].cells["d1",].status == "secret"
    assert recoverable(found, PROFESSIONALS, background=background) == {}


def test_what_the_map_tells_by_itself_is_not_charged_to_the_tables():
    """Five respondents for five EPCI: each answered once, whatever is hidden."""
    published = hiding(by_departement(2, 3), "d0", "d1")

    found = recoverable([published], PROFESSIONALS, background=map_of(2, 3))

    assert found == {}


def test_cells_that_anyone_counts_are_never_hidden():
    counts = crossed([[20, 10], [12, 3]], PROFILES[:2], STAKES[:2])
    rows = frozenset(name(profile=profile) for profile in PROFILES[:2])

    found = protect([counts], PROFESSIONALS, background=Background(known=rows))

    assert found[0].cells["decider", TOTAL] == Cell(15, "shown")
    assert found[0].cells["decider", "inequality"].status == "secret"


def test_a_table_that_no_hiding_protects_is_named():
    """One EPCI stands in the row that anyone counts: yes or no is one of two."""
    counts = crossed([[20, 10], [1, 0]], PROFILES[:2], STAKES[:2])
    known = frozenset(name(profile=profile) for profile in PROFILES[:2])

    with pytest.raises(Unprotectable) as caught:
        protect([counts], PROFESSIONALS, background=Background(known=known))

    assert name(profile="decider", stake="inequality") in caught.value.cells


def test_what_the_background_bounds_is_not_told_better_by_a_table():
    """One or two persons, the map says; the table may not say which."""
    a, b = name(q="a"), name(q="b")
    background = Background(
        {a: Bounds(1, 2), b: Bounds(20, 21)}, (), frozenset({Key()})
    )
    shown = Published(("q",), {("b",): Cell(21, "shown"), (TOTAL,): Cell(22, "shown")})
    hidden = replace(shown, cells={(TOTAL,): Cell(22, "shown")})
    kept = tally(["q"], {("a",): 1, ("b",): 21})

    assert [a] == list(recoverable([kept_secret(shown)], 5, background=background))
    assert {} == recoverable([kept_secret(hidden)], 5, background=background)
    (found,) = protect([kept], PROFESSIONALS, background=background)
    assert Cell(None, "secret") == found.cells["b",]


def kept_secret(published):
    """The same table, what it does not show being secret."""
    places = (("a",), ("b",), (TOTAL,))
    secret = Cell(None, "secret")
    cells = {at: published.cells.get(at, secret) for at in places}
    return replace(published, cells=cells)


def test_cells_shown_beside_stay_shown_and_hidden_ones_hidden():
    """A publication shows b: a small count beside it takes another cell."""
    every, a, b, c = Key(), name(q="a"), name(q="b"), name(q="c")
    sums = [Equation(every, (a, b, c))]
    counts = {every: 43, a: 2, b: 11, c: 30}

    assert {a, b} == hide(counts, sums, 5)
    assert {a, c} == hide(counts, sums, 5, decided={b: 11})
    assert {a, c} == hide(counts, sums, 5, decided={c: None})


def test_two_names_of_one_number_are_hidden_together():
    """Nobody left the question: those who answered are everybody."""
    every, answered, missing = Key(), name(q="answered"), name(q=MISSING)
    a, b = name(q="a"), name(q="b")
    sums = [Equation(every, (answered, missing)), Equation(answered, (a, b))]
    counts = {every: 32, answered: 32, a: 2, b: 30}

    found = hide(counts, sums, 5, decided={every: 32, missing: 0})

    assert {a, b} == found


def test_a_limit_of_answers_bounds_what_is_hidden():
    """Six people ticked one box at least; five ticked a: somebody ticked b."""
    a, b, ticks = name(a="yes"), name(b="yes"), name(ticks="ab")
    background = Background({ticks: Bounds(6, 6)}, [Equation(ticks, (a, b))])
    tables = [
        Published(("a",), {("yes",): Cell(5, "shown"), ("no",): Cell(1, "shown")}),
        Published(("b",), {("yes",): Cell(None, "secret")}),
    ]

    found = recoverable(tables, 3, background=background)

    assert Bounds(1, 1) == found[b]


def test_what_the_allowance_does_not_prove_safe_is_told_apart_from_what_is_found():
    """Two rows, two columns, one count of two: three cells more are hidden with it."""
    counts = {("a", "yes"): 2, ("a", "no"): 30, ("b", "yes"): 30, ("b", "no"): 30}
    one = tally(["row", "q"], counts)
    cells = {
        frozenset((v, c) for v, c in zip(one.variables, at, strict=True) if c != "*"): n
        for at, n in one.counts.items()
    }
    categories = {"row": {"a", "b"}, "q": {"yes", "no"}}
    sums = equations(Layout(frozenset(cells), categories, categories))

    assert 4 == len(hide(cells, sums, PROFESSIONALS, allowance=Allowance(100)))
    with pytest.raises(Unsettled):
        hide(cells, sums, PROFESSIONALS, allowance=Allowance(2))
