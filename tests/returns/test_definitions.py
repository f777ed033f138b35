"""The files of proposals: those shipped hold, and a wrong one says what to mend."""

from __future__ import annotations

import pytest
from django.conf import settings

from jalons.indicators.problems import InvalidFile
from jalons.questionnaires.definitions import read_file
from jalons.returns.definitions import check, proposals_for

FOLDER = settings.REFERENCE_DIR / "returns"
DEFINITION = read_file(
    settings.REFERENCE_DIR / "questionnaires/maturite-numerique.toml"
)

FILE = """questionnaire = "maturite-numerique"
author = "Essai"

[[proposals]]
code = "one"
conditions = [{ question = "P2", any_of = ["no"] }]
stake.fr = "Comment ?"
stake.en = "How?"
title.fr = "Un"
title.en = "One"
text.fr = "Texte"
text.en = "Text"
"""


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.toml")), ids=lambda p: p.stem)
def test_the_files_shipped_ask_for_answers_that_exist(path):
    found = check(path, DEFINITION)

    assert len({one.code for one in found.proposals}) == len(found.proposals) > 0
    assert "" == found.reviewer, "nobody is invented as a reviewer"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('"P2"', '"P9"', "“P9”"),
        ('["no"]', '["non"]', "“non”"),
        (', any_of = ["no"] ', " ", "any_of"),
        ('[{ question = "P2", any_of = ["no"] }]', "[]", "condition"),
    ],
)
def test_a_wrong_file_names_its_line_and_the_mend(tmp_path, old, new, told):
    path = tmp_path / "faux.toml"
    path.write_text(FILE.replace(old, new), encoding="utf-8")

    with pytest.raises(InvalidFile) as refused:
        check(path, DEFINITION)

    (problem,) = refused.value.problems
    assert ("faux.toml", 5) == (problem.file, problem.line)
    assert told in problem.message.replace("«\u00a0", "“").replace("\u00a0»", "”")


def test_a_questionnaire_without_a_file_proposes_nothing():
    other = DEFINITION.model_copy(update={"code": "autre"})

    assert proposals_for(DEFINITION)
    assert () == proposals_for(other)


def test_a_copy_is_proposed_what_its_origin_is_where_questions_kept_their_meaning():
    def copied(question):
        meaning = DEFINITION.meaning_of(question)
        changes = {"P2": {"code": "lead"}, "R1": {"meaning": "copie.R1.2"}}
        kept = {"meaning": meaning, **changes.get(question.code, {})}
        return question.model_copy(update=kept)

    sections = tuple(
        one.model_copy(update={"questions": tuple(map(copied, one.questions))})
        for one in DEFINITION.sections
    )
    copy = DEFINITION.model_copy(update={"code": "copie", "sections": sections})

    origin = {one.code for one in proposals_for(DEFINITION)}
    found = {one.code: one for one in proposals_for(copy)}

    assert "lead" == found["name_a_lead"].conditions[0].question
    assert {"bring_actors_together", "steady_meetings"} <= origin - set(found)
    assert {"write_a_roadmap", "find_support_time"} <= set(found)


@pytest.mark.parametrize(
    ("role", "answer"), [("difficulties", "rain"), ("weather", "funding")]
)
def test_a_stake_of_an_answer_that_nobody_may_give_is_refused(tmp_path, role, answer):
    path = tmp_path / "faux.toml"
    lines = [f'role = "{role}"', f'answer = "{answer}"', 'text.fr = "A"']
    stake = "\n".join(["[[stakes]]", *lines, 'text.en = "B"'])
    path.write_text(f"{FILE}\n{stake}\n", encoding="utf-8")

    with pytest.raises(InvalidFile):
        check(path, DEFINITION)
