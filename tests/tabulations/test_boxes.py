"""A question opened by several boxes: the reader's attack, with a solver of its own.

The reader knows what the two tables show and how many of those asked said nothing
(decision 0048). Nothing of the check is used: every set of boxes that a person may have
ticked is one unknown, and each shown number is a sum of them.

    ticked        inclusion  security  both  responsible  none
    advisers             20        15    10            3    12

45 were asked the next question, 48 ticked something: the last three ticked the box
that is hidden.
"""

from __future__ import annotations

from itertools import chain, combinations

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from jalons.questionnaires.definitions import ShowIf
from jalons.questionnaires.drafting import replace_question
from jalons.questionnaires.operations import load_definition
from jalons.tabulations import figures
from jalons.tabulations.axes import answers_of
from jalons.tabulations.figures import tabulated_from
from jalons.tabulations.protection import Withheld, order, release
from jalons.tabulations.query import Query
from tests.factories import make_campaign, make_response, make_territory

pytestmark = pytest.mark.django_db
OPENING = ("inclusion", "security")
THEMES, STAKE = Query("profile", "themes"), Query("profile", "main_stake")
INSIDE = Query("profile", "main_stake", filters=(("themes", "inclusion"),))
CROSSED = Query("themes", "main_stake")
HAND = {
    ("inclusion",): 20,
    ("security",): 15,
    ("inclusion", "security"): 10,
    ("responsible",): 3,
    (): 12,
}


def survey(ticked, profile="digital_adviser"):
    """The main stake is asked of who ticked inclusion or security, who all answer."""
    campaign = make_campaign(*(make_territory(f"CC {n}") for n in range(20)))
    definition = campaign.version.read()
    told = ShowIf(question="themes", any_of=OPENING)
    stake = definition.question("main_stake").model_copy(update={"show_if": told})
    campaign.version = load_definition(replace_question(definition, stake))
    campaign.save()
    places = [*campaign.territories.all()]
    for boxes, count in ticked.items():
        for number in range(count):
            said = {"themes": [*boxes]} if boxes else {}
            if {*boxes} & {*OPENING}:
                said["main_stake"] = "inequalities" if number % 2 else "economy"
            make_response(campaign, places[number % 20], profile=profile, **said)
    return campaign


class Reader:
    """What fits the numbers shown: the least and the greatest number of a group."""

    def __init__(self, boxes: list[str]) -> None:
        every = chain.from_iterable(
            combinations(boxes, n) for n in range(1, min(3, len(boxes)) + 1)
        )
        self.sets = [frozenset(one) for one in every]
        self.rows: list[np.ndarray] = []
        self.counts: list[int] = []

    def learns(self, count: int | None, chosen) -> None:
        if count is not None:
            self.rows.append(self._row(chosen))
            self.counts.append(count)

    def range_of(self, chosen) -> tuple[int, int]:
        row = self._row(chosen)
        exact = LinearConstraint(np.array(self.rows), self.counts, self.counts)
        found = []
        for sign in (1, -1):
            solved = milp(
                sign * row,
                constraints=exact,
                integrality=np.ones(len(row)),
                bounds=Bounds(0, 200),
            )
            assert solved.x is not None, solved.message
            found.append(round(float(row @ solved.x)))
        return found[0], found[1]

    def _row(self, chosen) -> np.ndarray:
        return np.array([float(chosen(one)) for one in self.sets])


def reader_of(tables: dict[Query, object]) -> Reader:
    """The reader of what leaves, of the one profile that answered."""
    themes = tables[THEMES]
    line = next(one for one in themes.layers[0].lines if one.code == "digital_adviser")
    reader = Reader([*themes.columns])
    reader.learns(line.n, lambda _boxes: True)
    for box, part in zip(themes.columns, line.parts, strict=True):
        reader.learns(part.count, lambda boxes, box=box: box in boxes)
    if isinstance(stake := tables.get(STAKE), figures.Tabulated):
        reader.learns(base(stake), lambda boxes: bool(boxes & {*OPENING}))
    if isinstance(inside := tables.get(INSIDE), figures.Tabulated):
        reader.learns(base(inside), lambda boxes: "inclusion" in boxes)
    if isinstance(crossed := tables.get(CROSSED), figures.Tabulated):
        for one in crossed.layers[0].lines:
            reader.learns(
                one.n,
                lambda boxes, code=one.code: code in boxes and bool(boxes & {*OPENING}),
            )
    return reader


def base(table) -> int | None:
    (line,) = [one for one in table.layers[0].lines if one.code == "digital_adviser"]
    return line.n


def is_found(bounds: tuple[int, int]) -> bool:
    """A group surely of one to four persons, or a number known to within one."""
    low, high = bounds
    return 0 < low and high < 5


def test_the_attack_finds_the_hidden_box_when_nothing_is_hidden_elsewhere(db):
    """The two tables protected one without the other: the attack can succeed."""
    campaign = survey(HAND)
    (themes,) = release(order(campaign, [THEMES])).tables
    stake = tabulated_from(answers_of(campaign), STAKE)

    reader = reader_of({THEMES: themes, STAKE: stake})

    assert (3, 3) == reader.range_of(lambda boxes: not boxes & {*OPENING})


def publishable(campaign, queries) -> dict[Query, object]:
    tables = release(order(campaign, queries)).tables
    return {
        query: table
        for query, table in zip(queries, tables, strict=True)
        if not isinstance(table, Withheld)
    }


OTHER_CASES = [
    HAND,
    # Two who ticked both are found from the boxes and those asked.
    {("inclusion",): 20, ("security",): 15, OPENING: 2, ("responsible",): 9, (): 12},
    # Everybody ticked one of the boxes but one person.
    {("inclusion",): 30, ("security",): 8, OPENING: 9, ("education",): 1, (): 30},
    {
        ("inclusion", "responsible"): 12,
        ("security", "responsible"): 6,
        ("responsible",): 4,
        ("education",): 6,
        OPENING: 7,
        (): 5,
    },
]


@pytest.mark.parametrize("ticked", OTHER_CASES)
@pytest.mark.parametrize(
    "queries",
    [
        [THEMES, STAKE],
        [STAKE, THEMES],
        [THEMES, STAKE, INSIDE],
        [THEMES, CROSSED],
    ],
)
def test_no_reader_finds_a_small_group_from_who_was_asked(db, ticked, queries):
    tables = publishable(survey(ticked), queries)
    if THEMES not in tables:
        return

    reader = reader_of(tables)

    for box in tables[THEMES].columns:
        assert not is_found(reader.range_of(lambda boxes, box=box: box in boxes)), box
    assert not is_found(reader.range_of(lambda boxes: not boxes & {*OPENING}))
    assert not is_found(reader.range_of(lambda boxes: boxes >= {*OPENING}))


def test_the_table_that_would_give_the_hidden_box_is_withheld_and_says_why(db):
    themes, stake = release(order(survey(HAND), [THEMES, STAKE])).tables

    assert 48 == base(themes)
    assert isinstance(stake, Withheld)
    assert "exposed" == stake.reason


def test_large_groups_leave_as_they_are(db):
    ticked = {("inclusion",): 20, ("security",): 15, OPENING: 10, ("education",): 9}
    campaign = survey(ticked)

    tables = publishable(campaign, [THEMES, STAKE])

    assert 45 == base(tables[STAKE])
    assert 54 == base(tables[THEMES])
