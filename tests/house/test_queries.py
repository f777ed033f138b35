"""What a page asks of the database and sends over the line: no more than it must.

Every page is opened in a world where each row stands three times. Whoever asks thrice
the same question is opened again, first at once, since what it computed is kept, then
in the world as it was: asking as often then is a habit, asking less is a question for
each row.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from tests.house.costs import Cost, cost_of, grades
from tests.house.growth import COPIES, multiply
from tests.house.matrix import COLUMNS, ROWS, Row
from tests.house.visits import client_of, put_away, send, undone, visit, visit_again
from tests.house.world import World

pytestmark = [
    pytest.mark.django_db,
    # The package warns of a function that it calls itself.
    pytest.mark.filterwarnings("ignore:Use compute_ecoindex"),
]
# A copy of these would be another site or another letter: they have one row.
ALONE = {"hosts.Host", "gazette.Edition", "gazette.Article"}
# Pages that ask for each of something that is few, and why.
FEW = {
    "front:space": "five diagnoses and five roadmaps at most, each with its next step",
    "pairing:show": "a pairing has two sides",
}
# Blocks and forms meant for the pages of another site.
FRAMED = {"diagnosis:block", "directory:embed"}
# Files to keep say what a page says; drawing them takes longer than all pages.
FILES = ("file", "pdf")
# To find that a page has not changed; those of a portrait gather all that is public.
MOST_ASKED = 25
A_MOMENT = timedelta(seconds=90)
# What a page may cost (rule 32 of the project): bytes on the line, all told.
QUESTIONS = {
    *("surveys:notice", "surveys:resume", "surveys:territory", "surveys:answer"),
    *("surveys:review", "embedded:notice", "embedded:resume", "embedded:territory"),
    *("embedded:answer", "embedded:review", "workshops:code", "workshops:join"),
    *("workshops:pocket", "workshops:neighbour", "panels:enter", "panels:answer"),
}
QUESTION_BYTES, PAGE_BYTES, MAP_BYTES = 30_000, 100_000, 300_000
# Their subject is a map of communes.
MAPS = {"diagnosis:communes", "indices:nation", "indices:departement"}
# Everything asked of the database by one page, each row standing three times and
# nothing kept from before.
MOST_QUESTIONS = 100
# The first reading composes a whole synthesis, that is kept afterwards.
COMPOSED, MOST_TO_COMPOSE = "synthesis:", 130
PAGES = [
    row
    for row in ROWS
    if row.method == "GET"
    and row.cells["owner"] == "200"
    and not row.url.endswith(FILES)
]


@dataclass(frozen=True, slots=True)
class Opened:
    """What one page asked, what it lets a browser keep, run and be framed by, and what
    it costs; `cost` is None for what is no page."""

    questions: Counter[str]
    keeping: str
    policy: str
    cost: Cost | None


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


def opened(world: World, row: Row, column: str = "owner") -> Opened:
    with undone():
        with asked() as found:
            response = visit(world, row, column)
            put_away(response)
        if found and max(found.values()) > COPIES:
            with asked() as found:
                put_away(visit_again(world, row, column))
    assert response.status_code == 200, row
    said = response.headers
    is_page = said["Content-Type"].startswith("text/html")
    cost = cost_of(response) if is_page and not response.streaming else None
    policy = said["Content-Security-Policy"]
    return Opened(found, said["Cache-Control"], policy, cost)


@pytest.fixture(scope="module")
def full(world: World) -> tuple[dict[str, Opened], set[str]]:
    """Every page, read by an owner where each row stands three times."""
    with undone():
        refused = multiply()
        return {row.url: opened(world, row) for row in PAGES}, refused


@pytest.fixture(scope="module")
def by_others(world: World) -> dict[str, Opened]:
    """The pages that an owner does not read, or reads otherwise than everybody."""
    found = {}
    for row in ROWS:
        readers = [one for one in COLUMNS if row.cells[one] == "200"]
        is_public = row.is_public or "owner" not in readers
        if row.method == "GET" and readers and is_public and not _is_file(row):
            found[row.url] = opened(world, row, readers[0])
    return found


def _is_file(row: Row) -> bool:
    return row.url.endswith(FILES)


def costs_of(pages: dict[str, Opened]) -> dict[str, Cost]:
    return {url: page.cost for url, page in pages.items() if page.cost}


def budget_of(url: str) -> int:
    if url in QUESTIONS:
        return QUESTION_BYTES
    return MAP_BYTES if url in MAPS else PAGE_BYTES


def test_no_page_weighs_more_than_its_budget(full, by_others):
    costs = [*costs_of(full[0]).items(), *costs_of(by_others).items()]

    heavy = {url: one for url, one in costs if one.size > budget_of(url)}

    assert len(costs) > len(PAGES) / 2
    assert not heavy
    assert {url for url, _one in costs} >= QUESTIONS


def test_every_page_has_grade_a(full, by_others):
    """As it opens: the whole of a long page has an address of its own."""
    costs = [*costs_of(full[0]).items(), *costs_of(by_others).items()]

    letters = grades(one for _url, one in costs)

    graded = zip(costs, letters, strict=True)
    assert not {url: mark for (url, _cost), mark in graded if mark != "A"}


def test_a_heavy_page_is_graded_and_found_heavy():
    heavy = Cost(size=PAGE_BYTES + 1, nodes=3_000, requests=40)

    assert heavy.size > budget_of("front:home")
    assert ["A", "D"] == grades([Cost(8_000, 120, 7), heavy])


def test_no_page_asks_the_database_without_end(full, by_others):
    pages = [*full[0].items(), *by_others.items()]
    asked_by = {url: one.questions.total() for url, one in pages}

    most = {
        url: MOST_TO_COMPOSE if url.startswith(COMPOSED) else MOST_QUESTIONS
        for url in asked_by
    }
    assert not {url: n for url, n in asked_by.items() if n > most[url]}


def test_no_page_asks_more_when_there_are_more_rows(world: World, full):
    pages, refused = full
    often = {
        url: [sql for sql, n in page.questions.items() if n > COPIES]
        for url, page in pages.items()
        if url not in FEW
    }
    before = {row.url: opened(world, row) for row in PAGES if often.get(row.url)}
    grown = {
        (url, sql.partition(" FROM ")[2][:90])
        for url, page in before.items()
        for sql in often[url]
        if pages[url].questions[sql] > page.questions[sql]
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


def test_a_browser_keeps_nothing_that_somebody_known_reads(full):
    pages, _refused = full

    assert not [
        url
        for url, page in pages.items()
        if "no-store" not in page.keeping and not url.startswith(("api:", "pocket:"))
    ]


def test_every_page_runs_what_is_of_the_site_and_few_are_framed(full):
    pages, _refused = full
    said = {
        url: {one.strip() for one in page.policy.split(";")}
        for url, page in pages.items()
    }

    assert not [
        url
        for url, policy in said.items()
        if not policy >= {"default-src 'self'", "object-src 'none'", "base-uri 'none'"}
        or any("unsafe" in one for one in policy)
    ]
    assert {
        url for url, policy in said.items() if "frame-ancestors 'none'" not in policy
    } == FRAMED


def test_a_public_page_that_has_not_changed_is_not_sent_again(world: World):
    sent_again = []
    for row in ROWS:
        if row.method != "GET" or row.cells["anonymous"] != "200":
            continue
        if row.url.endswith(FILES):
            continue
        client, call = client_of(world, "anonymous"), world.call(row.url)
        address = call.url(row.url)
        with undone():
            put_away(send(client, "GET", address, call))
            # Known now by its cookie of forms, as a browser is.
            first = send(client, "GET", address, call)
            put_away(first)
            if "no-store" in first.headers["Cache-Control"] or first.streaming:
                continue
            mark = {"If-None-Match": first.headers["ETag"]}
            with asked() as found, time_machine.travel(timezone.now() + A_MOMENT):
                again = client.get(address, headers=mark)
        if again.status_code != 304 or again.content or found.total() > MOST_ASKED:
            sent_again.append(row.url)

    assert not sent_again
