from __future__ import annotations

from jalons.analysis.crosstab import wilson
from jalons.analysis.headline import Base, headline
from tests.analysis.tables import table

OPTIONS = ("inequality", "ecology", "economy")


def counts(found):
    return {line.option: line.share.count for line in found.lines}


def test_missing_answers_leave_the_base_and_are_counted():
    rows = table("""
        id | stake
        1  | inequality
        2  | inequality
        3  | ecology
        4  | dont_know
        5  |
    """)

    found = headline([r.get("stake") for r in rows], OPTIONS, Base("respondents"))

    assert (found.n, found.missing) == (3, 2)
    assert counts(found) == {"inequality": 2, "ecology": 1, "economy": 0}
    assert found.lines[0].share.share == 2 / 3


def test_boxes_ticked_twice_count_for_each_option():
    found = headline(
        [["ecology", "economy"], ["ecology"], []], OPTIONS, Base("respondents")
    )

    assert (found.n, found.missing) == (2, 1)
    assert counts(found) == {"inequality": 0, "ecology": 2, "economy": 1}


def test_one_answer_per_epci_has_wilsons_interval_in_a_finite_population():
    base = Base("epci", territories=["a", "b", "c"], population=154)

    found = headline(["ecology", "ecology", "economy"], OPTIONS, base)

    assert not found.is_clustered
    assert found.lines[1].share.interval == wilson(2, 3, 154)


def test_several_respondents_of_one_epci_are_clustered():
    names = ["a"] * 10 + ["b"] * 10 + ["c", "d", "e", "f"]
    stakes = ["ecology"] * 10 + ["economy"] * 10 + ["ecology", "economy"] * 2

    found = headline(stakes, OPTIONS, Base("respondents", territories=names))

    interval = found.lines[1].share.interval
    assert found.is_clustered
    assert interval.high - interval.low > wilson(12, 24).high - wilson(12, 24).low


def test_nobody_answered_is_not_zero_percent():
    found = headline([None, "dont_know"], OPTIONS, Base("respondents"))

    assert (found.n, found.missing) == (0, 2)
    assert found.lines[0].share.share is None
    assert found.lines[0].share.interval is None
