"""Cells of a file that answer a scale, a ranking, a matrix or a date."""

from __future__ import annotations

import pytest

from jalons.imports.cells import AnswerReader, RefusedCell
from jalons.imports.mapping import Answer
from tests.observatory.test_degrees import ours
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


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("why", {"column": "A"}),
        ("people", {"column": "A"}),
        ("since", {"column": "A"}),
        ("order", {"columns": {"A": "money", "B": "time"}}),
        ("order", {"ranks": ("B", "A")}),
        ("order", {"column": "A", "separator": ";"}),
        ("grid", {"columns": {"A": "mail", "B": "buy"}}),
        ("tools", {"columns": {"B": "pc"}, "filled": {"A": "phone"}}),
    ],
)
def test_a_cell_that_leaves_its_row_aside_does_so_whatever_it_answers(question, said):
    answer = Answer(question=question, refused=("Essai",), **said)
    reader = AnswerReader(ours().question(question), answer, ("NSP",))

    with pytest.raises(RefusedCell, match="écarte"):
        reader.read({"A": " essai ", "B": ""})
    assert {} == reader.read({"A": "NSP", "B": ""})


def test_a_cell_that_is_no_degree_is_refused():
    lines = Answer(question="grid", columns={"A": "mail", "B": "buy"})

    with pytest.raises(RefusedCell, match="A"):
        read("grid", lines, {"A": "peut-être", "B": ""})
