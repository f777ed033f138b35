"""No page asks the database a question for each row that it shows.

Every page is opened in a world where each row stands three times. Whoever asks thrice
the same question is opened again in the world as it was: asking as often then is a
habit, asking less is a question for each row.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection

from tests.house.growth import COPIES, multiply
from tests.house.matrix import ROWS, Row
from tests.house.visits import put_away, undone, visit
from tests.house.world import World

pytestmark = pytest.mark.django_db
# A copy of these would be another site or another letter: they have one row.
ALONE = {"hosts.Host", "gazette.Edition", "gazette.Article"}
# Pages that ask for each of something that is few, and why.
FEW = {
    "front:space": "five diagnoses and five roadmaps at most, each with its next step",
    "pairing:show": "a pairing has two sides",
}
# Files to keep say what a page says; drawing them takes longer than all pages.
FILES = ("file", "pdf")
PAGES = [
    row
    for row in ROWS
    if row.method == "GET"
    and row.cells["owner"] == "200"
    and row.url not in FEW
    and not row.url.endswith(FILES)
]


@contextmanager
def asked() -> Iterator[Counter[str]]:
    """What is asked of the database meanwhile, and how often, whatever the values."""
    found: Counter[str] = Counter()

    def note(execute, sql, params, many, context):
        if sql.startswith("SELECT"):
            found[sql] += 1
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield found


def questions_of(world: World, row: Row) -> Counter[str]:
    with undone(), asked() as found:
        response = visit(world, row, "owner")
        put_away(response)
    assert response.status_code == 200, row
    return found


def test_no_page_asks_more_when_there_are_more_rows(world: World):
    with undone():
        refused = multiply()
        full = {row.url: questions_of(world, row) for row in PAGES}
    often = {
        url: [sql for sql, n in found.items() if n > COPIES]
        for url, found in full.items()
    }
    before = {row.url: questions_of(world, row) for row in PAGES if often[row.url]}
    grown = {
        (url, sql.partition(" FROM ")[2][:90])
        for url, found in before.items()
        for sql in often[url]
        if full[url][sql] > found[sql]
    }

    assert not grown
    assert refused == ALONE


def test_a_question_for_each_row_is_seen(world: World):
    with undone():
        before = world.ours.space.memberships.count()
        multiply()
        with asked() as found:
            names = [str(one.user) for one in world.ours.space.memberships.all()]

    assert len(names) > before
    assert max(found.values()) == len(names)
