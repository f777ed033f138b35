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
