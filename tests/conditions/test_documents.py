"""The conditions of success in a document: what was said last, and by whom."""

from __future__ import annotations

from datetime import date

import pytest

from jalons.conditions.documents import conditions_blocks
from jalons.conditions.models import Appraisal
from jalons.conditions.operations import appraise_condition
from jalons.documents.model import Paragraph, Table
from tests.factories import make_space, make_user
from tests.roadmaps.plans import make_roadmap

pytestmark = pytest.mark.django_db
NOT_YET, PARTLY, MET = Appraisal.State
FIRST, LAST = date(2026, 1, 10), date(2026, 3, 2)


@pytest.fixture
def officer():
    return make_user("Chargée de mission")


@pytest.fixture
def roadmap(officer):
    return make_roadmap(make_space(owner=officer), by=officer)


def say(roadmap, code: str, state: str, words: str, day: date, officer) -> None:
    row = Appraisal(roadmap=roadmap, condition=code, state=state)
    row.evidence, row.made_on = words, day
    appraise_condition(row, [], by=officer)


def test_the_last_word_on_each_condition_stands_with_its_day_and_what_shows_it(
    roadmap, officer
):
    say(roadmap, "deciders", NOT_YET, "Le bureau l’ignore.", FIRST, officer)
    say(
        roadmap,
        "deciders",
        MET,
        "La vice-présidence ouvre chaque séance.",
        LAST,
        officer,
    )
    say(roadmap, "time", PARTLY, "Une demi-journée par mois.", LAST, officer)

    told, table = conditions_blocks(roadmap)

    assert isinstance(told, Paragraph)
    counts = "réunies : 1, en partie : 1, pas encore : 0 ; sans réponse : 7."
    assert counts in str(told).replace("\\xa0", " ").replace("\\u202f", " ")
    assert isinstance(table, Table)
    assert 9 == len(table.rows)
    by_number = {row[0]: row[2:] for row in table.rows}
    assert [
        "● réunie (2 mars 2026)",
        "La vice-présidence ouvre chaque séance.",
    ] == by_number["3"]
    assert [
        "◐ réunie en partie (2 mars 2026)",
        "Une demi-journée par mois.",
    ] == by_number["5"]
    assert 7 == sum(row[2] == row[3] for row in table.rows)
    assert "Le bureau l’ignore." not in str(table)


def test_nothing_stands_before_one_was_looked_at(roadmap):
    assert [] == list(conditions_blocks(roadmap))
