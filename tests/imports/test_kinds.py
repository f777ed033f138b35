"""Cells of a file that answer a scale, a ranking, a matrix or a date."""

from __future__ import annotations

import pytest

from jalons.imports.cells import AnswerReader, RefusedCell
from jalons.imports.mapping import Answer
from tests.questionnaires.kinds import kinds


def read(question, answer, row):
    return AnswerReader(kinds().question(question), answer, ("NSP",)).read(row)


def test_cells_of_a_file_are_read():
    lines = Answer(question="grid", columns={"A": "mail", "B": "buy"})
    ranks = Answer(question="order", columns={"A": "money", "B": "time"})
    order = Answer(question="order", ranks=("A", "B"))
    cut = Answer(question="order", column="A", separator=";")
    degree = Answer(question="ease", column="A")

    assert {"grid": {"mail": "alone"}} == read("grid", lines, {"A": "Seul", "B": "NSP"})
    assert {"order": {"money": "2", "time": "1"}} == read(
        "order", ranks, {"A": "2", "B": "1"}
    )
    assert {"order": ["time", "money"]} == read(
        "order", order, {"A": "Temps", "B": "Argent"}
    )
    assert {"order": ["staff", "time"]} == read("order", cut, {"A": "Équipe;Temps"})
    assert {"ease": "some"} == read("ease", degree, {"A": "1"})
    assert {"ease": "not_concerned"} == read("ease", degree, {"A": "Pas concerné"})
    assert {"since": "31/03/2026"} == read(
        "since", Answer(question="since", column="A"), {"A": "31/03/2026"}
    )


def test_a_cell_that_is_no_degree_is_refused():
    lines = Answer(question="grid", columns={"A": "mail", "B": "buy"})

    with pytest.raises(RefusedCell, match="A"):
        read("grid", lines, {"A": "peut-être", "B": ""})
