"""A mapping that cannot be used says the file, the line, the key and the mend."""

from __future__ import annotations

import pytest
from django.conf import settings

from jalons.imports.mapping import InvalidMapping, parse_mapping, read_mapping
from jalons.questionnaires.definitions import read_file

EXAMPLE = settings.REFERENCE_DIR / "mappings/limesurvey-maturite.toml"
DEFINITION = read_file(
    settings.REFERENCE_DIR / "questionnaires/maturite-numerique.toml"
)


def _problems(text: str | bytes):
    content = text if isinstance(text, bytes) else text.encode()
    with pytest.raises(InvalidMapping) as refusal:
        parse_mapping(content, "m.toml", DEFINITION)
    return refusal.value.problems


def _changed(before: str, after: str) -> str:
    text = EXAMPLE.read_text(encoding="utf-8")
    assert before in text
    return text.replace(before, after, 1)


@pytest.mark.parametrize(
    "path", sorted((settings.REFERENCE_DIR / "mappings").glob("*.toml"))
)
def test_every_mapping_shipped_can_be_used(path):
    assert read_mapping(path, DEFINITION).answers


def test_a_question_that_does_not_exist_is_named_with_its_line():
    text = _changed('question = "P1b"', 'question = "P9"')

    (problem,) = _problems(text)

    line = text.splitlines().index('question = "P9"') + 1
    assert ("m.toml", line) == (problem.file, problem.line)
    assert "P9" in problem.message


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('Y = "yes"', 'Y = "oui"', "oui"),
        ('question = "P1b"', 'question = "P1a"', ""),
        ('question = "P1b"', 'question = "territory"', "[territory]"),
        ('questionnaire = "maturite-numerique"', 'questionnaire = "autre"', "autre"),
        ('column = "P1b"\n', "", "column"),
        ('column = "R3"', 'columns = { R3 = "zero" }', ""),
        ('submitted_at = "submitdate"\n', "", "submitted_on"),
        ('column = "R3"', 'column = "R3"\nconsent_column = "OK"', "R3"),
        ('by = "code"', 'by = "siren"', "siren"),
        ('key = "id"', 'clef = "id"', ""),
        ('key = "id"', "", "by_content"),
        ('key = "id"', 'key = "id"\nby_content = true', "by_content"),
    ],
)
def test_a_mapping_that_contradicts_the_questionnaire_is_refused(before, after, said):
    problems = _problems(_changed(before, after))

    assert any(said in str(problem) for problem in problems)


def test_a_mapping_that_is_not_toml_says_the_line():
    (problem,) = _problems('title = "Sans fin\nsource = 3')

    assert 1 == problem.line


def test_a_mapping_in_another_encoding_says_so():
    (problem,) = _problems('title = "Enquête"'.encode("latin-1"))

    assert "UTF-8" in problem.message


def test_a_file_too_large_to_be_a_mapping_is_not_read():
    (problem,) = _problems(b"#" * 600_000)

    assert 1 == problem.line


def test_a_mapping_that_is_not_there_is_said(tmp_path):
    with pytest.raises(InvalidMapping):
        read_mapping(tmp_path / "absent.toml", DEFINITION)
