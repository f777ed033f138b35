"""The rules of the server on the table of cases; the telephone's are in the browser."""

from __future__ import annotations

import pytest

from jalons.questionnaires.answers import asked, clean_answers
from jalons.questionnaires.definitions import restore
from tests.pocket.cases import CASES


@pytest.mark.parametrize(
    ("content", "answers", "questions", "kept"),
    [case[1:] for case in CASES],
    ids=[case[0] for case in CASES],
)
def test_the_server_asks_and_keeps_what_the_table_says(
    content, answers, questions, kept
):
    definition = restore(content)

    found, problems = clean_answers(definition, answers)

    assert [] == list(problems)
    assert kept == found
    assert questions == [one.code for one in asked(definition, found)]
