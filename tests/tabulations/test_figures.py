from __future__ import annotations

from dataclasses import replace

import pytest

from jalons.tabulations import operations
from jalons.tabulations.axes import answers_of, variables_of
from jalons.tabulations.figures import judged_together, tabulated_from
from jalons.tabulations.operations import Line
from jalons.tabulations.query import CarriedMargin, Query, TypedMargin
from tests.factories import make_response, make_user
from tests.tabulations.conftest import table

ALIKE = (TypedMargin("profile", (("decision_maker", 25.0), ("digital_adviser", 75.0))),)


def counts(found, layer=0):
    return {
        line.code: [part.count for part in line.parts]
        for line in found.layers[layer].lines
        if line.n
    }


def margins(found):
    return [(part.count, part.n) for part in found.layers[0].total.parts]


def test_counts_are_those_of_a_hand(survey):
    found = table(survey, "profile", "P2")

    at = [found.columns.index(code) for code in ("yes", "no")]
    by_hand = {"decision_maker": [2, 2], "digital_adviser": [1, 3]}
    assert by_hand == {
        code: [row[one] for one in at] for code, row in counts(found).items()
    }
    assert (8, 8) == (found.responses, found.layers[0].n)


def test_rows_add_up_to_everybody(survey):
    found = table(survey, "profile", "P2")

    rows = [line.parts for line in found.layers[0].lines]
    sums = [sum(row[at].count for row in rows) for at in range(len(found.columns))]
    assert sums == [count for count, _n in margins(found)]


def test_boxes_to_tick_are_shares_of_those_who_answered(survey):
    found = table(survey, "profile", "themes")

    security = found.columns.index("security")
    part = found.layers[0].total.parts[security]
    assert (4, 8, 0.5) == (part.count, part.n, part.share)
    assert found.has_multiple_columns


def test_a_filter_keeps_either_choice_of_a_variable_and_both_variables(survey):
    either = table(
        survey,
        "profile",
        "P2",
        filters=(("profile", "decision_maker"), ("profile", "digital_adviser")),
    )
    both = table(
        survey,
        "profile",
        "P2",
        filters=(("profile", "decision_maker"), ("themes", "security")),
    )

    assert 8 == either.kept
    assert 2 == both.kept


def test_a_third_variable_makes_a_table_for_each_of_its_categories(survey):
    found = table(survey, "profile", "P2", layers="themes")

    assert {"inclusion": 8, "security": 4} == {one.code: one.n for one in found.layers}


def test_weights_bring_the_profiles_to_the_shares_typed(survey):
    found = table(survey, "profile", "P2", margins=ALIKE)

    yes = found.columns.index("yes")
    # A quarter of 2 in 4 and three quarters of 1 in 4.
    assert 0.3125 == pytest.approx(found.layers[0].total.parts[yes].share)
    assert 3 == found.layers[0].total.parts[yes].count
    # Four weights of 0.5 and four of 1.5: 8² / (4 × 0.25 + 4 × 2.25).
    assert 6.4 == pytest.approx(found.calibration.effective_n)
    assert found.is_weighted


def test_margins_that_nobody_can_reach_leave_the_table_unweighted(survey):
    impossible = (TypedMargin("profile", (("decision_maker", 100.0),)),)

    found = table(survey, "profile", "P2", margins=impossible)

    assert not found.is_weighted
    assert found.calibration.problems
    assert counts(found) == counts(table(survey, "profile", "P2"))


@pytest.mark.parametrize("is_trimmed", [False, True])
def test_shares_that_contradict_each_other_are_told_even_with_bounds(
    survey, is_trimmed
):
    """The two columns of one question, asked for at 25 % and at 75 %."""
    yes = (TypedMargin("P2", (("yes", 75.0), ("no", 25.0))),)
    answers = answers_of(survey)
    again = replace(yes[0], shares=(("yes", 25.0), ("no", 75.0)))

    reached = table(survey, "profile", "P2", margins=yes, is_trimmed=is_trimmed)
    missed = tabulated_from(
        answers, Query("profile", "P2", margins=(*yes, again), is_trimmed=is_trimmed)
    )

    assert reached.reaches_margins
    assert missed.calibration.is_possible
    assert not missed.reaches_margins


def test_tables_read_together_share_the_adjustment_of_their_tests(survey):
    found = [table(survey, "profile", "P2"), table(survey, "P2", "profile")]
    chances = (0.04, 0.03)
    apart = []
    for one, chance in zip(found, chances, strict=True):
        (layer,) = one.layers
        (judged,) = layer.tests
        test = replace(judged.test, p_value=chance)
        alone = replace(judged, test=test, p_adjusted=chance)
        apart.append(replace(one, layers=(replace(layer, tests=(alone,)),)))
    third = replace(alone, test=replace(test, p_value=0.5), p_adjusted=0.5)
    apart.append(replace(one, layers=(replace(layer, tests=(third,)),)))

    together = [one.layers[0].tests[0] for one in judged_together(apart)]

    # Benjamini and Hochberg, three tests: 0.04 × 3/2 = 0.06, which caps 0.03 × 3.
    assert [0.06, 0.06, 0.5] == pytest.approx([one.p_adjusted for one in together])
    assert [3, 3, 3] == [one.comparisons for one in together]
    assert not any(one.is_difference for one in together)


def test_answers_are_weighed_like_every_territory_surveyed(example):
    margin = (CarriedMargin("contexte-vulnerabilite", "epci"),)

    found = table(example.campaign, "contexte-vulnerabilite", "P2", margins=margin)

    assert found.is_weighted
    assert found.calibration.converged
    # Four EPCI in each third, whoever answered.
    weighted = found.calibration.weights
    axis = [0.0] * 3
    for line in found.layers[0].lines:
        axis[[one.code for one in found.layers[0].lines].index(line.code)] = line.n
    assert weighted.sum() == pytest.approx(len(weighted))


def test_the_context_is_that_of_the_territory_answered_about(example):
    found = table(example.campaign, "contexte-departement", "contexte-niveau")

    assert sum(line.n for line in found.layers[0].lines) == found.layers[0].n
    assert {"91", "92"} == {line.code[-2:] for line in found.layers[0].lines}


def test_several_answers_about_a_territory_are_drawn_together(survey):
    assert table(survey, "profile", "P2").layers[0].is_clustered


def test_tests_of_several_tables_are_judged_together(survey):
    alone = [
        table(survey, "profile", "P2", layers="themes"),
        table(survey, "P2", "themes"),
    ]

    tables = judged_together(alone)

    judged = [
        one for found in tables for layer in found.layers for one in layer.tests if one
    ]
    assert [1, 1] == [found.comparisons for found in alone]
    assert 2 == len(judged)
    assert all(one.comparisons == 2 for one in judged)


def test_a_new_answer_changes_the_table(survey):
    before = table(survey, "profile", "P2").responses

    make_response(survey, P2="yes")

    assert before + 1 == table(survey, "profile", "P2").responses


def make_book(survey, by):
    lines = [Line("Association"), Line("Commune")]
    return operations.create_book(
        survey, question="operators", title="Qui agit", lines=lines, by=by
    )


def test_coded_answers_are_counted_when_every_coder_agrees(survey):
    first, second = make_user("Ana"), make_user("Bea")
    book = make_book(survey, first)
    association, commune = book.codes.all()
    pks = list(survey.responses.order_by("pk").values_list("pk", flat=True))
    one, two, three = pks[:3]
    operations.code_answers(
        book, {one: [association.pk], two: [commune.pk], three: []}, by=first
    )
    operations.code_answers(
        book, {one: [association.pk], two: [association.pk]}, by=second
    )

    found = table(survey, "profile", f"livre-{book.pk}")

    total = found.layers[0].total
    assert [(1, 2), (0, 2)] == [(part.count, part.n) for part in total.parts]
    assert answers_of(survey).question("livre-0") is None


def test_coded_words_are_put_to_those_who_were_asked(survey):
    """ "Another difficulty" opens the words that say which one."""
    by, lines = make_user(), [Line("Temps")]
    for question in ("operators", "difficulties_other"):
        operations.create_book(
            survey, question=question, title=question, lines=lines, by=by
        )

    found = variables_of(answers_of(survey), "fr").values()

    assert [True, False] == [
        one.is_put_to_some for one in found if one.group == "coded"
    ]
