"""The evaluation in the document of a roadmap and alone: one and the same."""

from __future__ import annotations

from datetime import date

from jalons.adoption.composition import compose
from jalons.documents.model import Block, Figure, Items, Table, walk
from jalons.evaluation.documents import evaluation_blocks
from jalons.evaluation.figures import read_evaluation
from jalons.evaluation.models import Followed
from jalons.evaluation.report import evaluation_document
from jalons.roadmaps.models import Roadmap
from tests.evaluation.plans import fill, make_evaluation
from tests.roadmaps.plans import make_stake, make_workstream


def tables_of(blocks: list[Block]) -> dict[str, Table]:
    return {one.caption: one for one in blocks if isinstance(one, Table)}


def test_it_says_what_is_asked_followed_measured_and_decided(
    roadmap, evaluation, officer
):
    fill(evaluation, officer)
    helped = Followed.objects.get(code="O1")
    helped.target, helped.target_on, helped.keeper = 2000, date(2028, 1, 31), "CCAS"
    helped.save()

    blocks = list(evaluation_blocks(roadmap))
    said = "\n".join(str(one) for one in blocks)
    questions, plan, measured = tables_of(blocks).values()

    for words in ("Garder le jeudi", "J’ose enfin.", "pas une preuve"):
        assert words in said
    assert ["Qui vient ?"] == [row[0] for row in questions.rows]
    first = plan.rows[0]
    assert (120.0, 2000.0) == (first[1].value, first[2].value)
    assert ["tous les trois mois", "CCAS"] == first[3:]
    assert "–" == plan.rows[1][1]
    assert 1305.0 == measured.rows[0][2].value


def test_a_plan_without_a_measure_has_no_table_of_measures(roadmap, evaluation):
    blocks = list(evaluation_blocks(roadmap))

    assert 1 == len(tables_of(blocks))
    assert "tous les trois mois" in str(blocks)


def test_the_list_says_what_the_drawings_show(roadmap, officer):
    stake = make_stake(roadmap, by=officer)
    make_workstream(stake, "Un bus", by=officer)
    make_evaluation(roadmap, "O1", by=officer)

    blocks = list(evaluation_blocks(roadmap))

    assert [one for one in blocks if isinstance(one, Figure)]
    listed = next(one for one in blocks if isinstance(one, Items))
    assert "Un bus" in str(listed)
    assert stake.text in str(listed)


def test_the_roadmap_holds_what_the_evaluation_alone_holds(
    roadmap, evaluation, officer
):
    fill(evaluation, officer)
    read = read_evaluation(roadmap)

    alone = list(walk(evaluation_document(roadmap, read).sections))
    whole = list(walk(compose(roadmap).document.sections))

    ours = tables_of(alone)
    assert 3 == len(ours)
    assert ours == {name: tables_of(whole)[name] for name in ours}


def test_nothing_is_said_before_it_is_begun(roadmap: Roadmap):
    assert [] == list(evaluation_blocks(roadmap))
