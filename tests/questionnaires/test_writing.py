"""A questionnaire written back as TOML is the one that was read."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from jalons.questionnaires.definitions import parse
from jalons.questionnaires.library import shipped
from jalons.questionnaires.schema import Text
from jalons.questionnaires.writing import toml_of
from tests.factories import make_version
from tests.questionnaires.kinds import kinds
from tests.questionnaires.samples import maturity, sample

ALL = [maturity(), sample(), kinds(), *shipped()]


@pytest.mark.parametrize("definition", ALL, ids=lambda d: d.code)
def test_what_is_written_is_read_back_the_same(definition):
    assert definition == parse(toml_of(definition), "again.toml")


@given(st.text(min_size=1, alphabet=st.characters(exclude_categories=["Cs", "Cc"])))
def test_any_text_survives(words):
    if not words.strip():
        return
    title = Text(fr=words.strip(), en='"\\')
    definition = sample().model_copy(update={"title": title})

    assert definition == parse(toml_of(definition), "again.toml")


@pytest.mark.django_db
def test_the_command_writes_a_file_that_the_other_command_loads(tmp_path: Path):
    version = make_version()
    out = io.StringIO()

    call_command("export_questionnaire", version.questionnaire.code, stdout=out)
    file = tmp_path / "again.toml"
    file.write_text(out.getvalue())
    told = io.StringIO()
    call_command("load_questionnaires", str(file), stdout=told)

    assert "unchanged" in told.getvalue()


@pytest.mark.django_db
def test_a_version_that_does_not_exist_is_told(tmp_path):
    make_version()

    with pytest.raises(CommandError, match="maturite-numerique v1"):
        call_command("export_questionnaire", "maturite-numerique", "--version", "7")
