from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jalons.tabulations import coding, figures, operations
from jalons.tabulations.models import CodeBook, Coding
from jalons.tabulations.operations import Line, UnknownCode
from tests.factories import make_campaign, make_response, make_space, make_user
from tests.tabulations.conftest import now, url


@pytest.fixture
def officer(survey, client):
    officer = make_user("Ana")
    survey.space = make_space(owner=officer)
    survey.save()
    client.force_login(officer)
    return officer


@pytest.fixture
def book(survey, officer):
    lines = [Line("Association", "loi 1901"), Line("Commune")]
    return operations.create_book(
        survey, question="operators", title="Qui agit", lines=lines, by=officer
    )


def codes(book):
    return [code.pk for code in book.codes.all()]


def answers(survey):
    return list(survey.responses.order_by("pk").values_list("pk", flat=True))


def test_a_book_is_opened_with_a_code_a_line(survey, officer, client):
    said = "Moyens : faute de temps\n\nTemps"
    client.post(
        url("books", survey),
        {"question": "operators", "title": "Freins", "codes": said},
    )

    book = CodeBook.objects.get()
    assert [("Moyens", "faute de temps"), ("Temps", "")] == list(
        book.codes.values_list("label", "definition")
    )


@pytest.mark.parametrize(
    ("said", "told"), [("A\nA", "deux fois"), (f"A\n{'x' * 90}", "Ligne 2")]
)
def test_codes_badly_typed_are_told_by_line(survey, officer, client, said, told):
    page = client.post(
        url("books", survey), {"question": "operators", "title": "F", "codes": said}
    )

    assert told in page.content.decode()
    assert not CodeBook.objects.exists()


def test_a_page_of_answers_is_coded_at_once(survey, book, officer, client):
    first, second, *_others = answers(survey)

    client.post(
        url("code", survey, book.pk),
        {"read": [first, second], f"codes-{first}": codes(book)[:1]},
    )

    given = {
        one.response_id: [code.label for code in one.codes.all()]
        for one in Coding.objects.filter(coder=officer)
    }
    assert {first: ["Association"], second: []} == given


def test_coding_again_replaces_ones_own_codes_and_no_one_elses(survey, book, officer):
    other = make_user("Bea")
    first, *_others = answers(survey)
    for coder in (officer, other):
        operations.code_answers(book, {first: codes(book)[:1]}, by=coder)

    operations.code_answers(book, {first: codes(book)[1:]}, by=officer)

    labels = {one.coder: one.codes.get().label for one in Coding.objects.all()}
    assert {officer: "Commune", other: "Association"} == labels


def test_a_code_of_another_book_or_an_answer_of_another_survey_is_refused(
    survey, book, officer
):
    other = operations.create_book(
        survey, question="quote", title="Autre", lines=[Line("Autre")], by=officer
    )
    stranger = make_response(make_campaign())

    with pytest.raises(UnknownCode):
        operations.code_answers(book, {answers(survey)[0]: codes(other)}, by=officer)
    with pytest.raises(UnknownCode):
        operations.code_answers(book, {stranger.pk: []}, by=officer)
    assert not Coding.objects.exists()


def test_a_code_that_keeps_its_name_keeps_its_answers(survey, book, officer):
    first, *_others = answers(survey)
    operations.code_answers(book, {first: codes(book)}, by=officer)

    lines = [Line("Commune", "et EPCI"), Line("État")]
    operations.change_codes(book, lines, by=officer)

    assert ["Commune", "État"] == [code.label for code in book.codes.all()]
    assert ["Commune"] == [c.label for c in Coding.objects.get().codes.all()]


def test_two_coders_see_how_far_they_agree(survey, book, officer, client):
    other = make_user("Bea")
    association, commune = codes(book)
    one, two, three, four, *_others = answers(survey)
    ours = {one: [association], two: [association], three: [commune], four: [commune]}
    theirs = {one: [association], two: [commune], three: [commune], four: [commune]}
    operations.code_answers(book, ours, by=officer)
    operations.code_answers(book, theirs, by=other)

    (pair,) = coding.pairs(book)
    page = client.get(url("agreement", survey, book.pk)).content.decode()

    # Both 1, neither 2, one of four differs: 0.75; expected (2×1 + 2×3)/16 = 0.5.
    assert 4 == pair.n
    assert (0.75, 0.5) == (pair.lines[0].found.share, pair.lines[0].found.kappa)
    assert "0,50" in page


def test_only_written_answers_are_shown_to_code(survey, book, officer):
    make_response(survey)
    make_response(survey, operators="")

    assert 8 == coding.answers(book, officer, "1").paginator.count


def test_the_page_asked_for_is_shown(survey, book, officer, client):
    for number in range(30):
        make_response(survey, operators=f"Réponse {number}")

    page = client.get(url("code", survey, book.pk), {"page": 2}).content.decode()

    assert "Réponse 29" in page
    assert "Réponse 1<" not in page


def test_the_list_of_tables_kept_makes_their_weights_and_not_their_tables(
    survey, book, officer, django_assert_num_queries
):
    title, half = "T", "marges=profile: decision_maker 50, digital_adviser 50"
    half += ", local_operator 0, territorial_engineering 0"

    def kept(rows):
        return survey.tabulations.create(
            title=title,
            address=f"lignes={rows}&colonnes=P2&{half}",
            kept_by=officer,
            kept_at=now(),
        )

    by_question = [kept("themes")]
    by_code = [kept(f"livre-{book.pk}")]
    figures.out_of_reach(survey, by_question)
    with CaptureQueriesContext(connection) as plain:
        assert not figures.out_of_reach(survey, by_question)

    with django_assert_num_queries(len(plain)):
        assert not figures.out_of_reach(survey, by_code)
