from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from jalons.audit.models import Entry
from jalons.indicators.problems import InvalidFile
from jalons.indices.models import AlteredDefinition, IndexDefinition
from jalons.indices.operations import load_definitions, shipped_files

pytestmark = pytest.mark.django_db


def changed(tmp_path, old: str, new: str):
    """The file of the index of 2024, with one text replaced by another."""
    path = next(one for one in shipped_files() if one.stem == "ifn-2024")
    text = path.read_text(encoding="utf-8")
    assert old in text
    copy = tmp_path / "ifn-2024.toml"
    copy.write_text(text.replace(old, new, 1), encoding="utf-8")
    return copy


def test_the_shipped_indices_load_and_loading_again_changes_nothing():
    first = load_definitions(shipped_files())
    second = load_definitions(shipped_files())

    assert ["new"] * 4 == [one.status for one in first]
    assert ["unchanged"] * 4 == [one.status for one in second]
    assert 4 == IndexDefinition.objects.count()
    assert 4 == Entry.objects.filter(verb="definition.loaded").count()


def test_a_changed_file_is_the_next_version_and_the_first_stays(tmp_path):
    load_definitions(shipped_files())

    (found,) = load_definitions([changed(tmp_path, "high = 10", "high = 5")])

    assert ("changed", 2) == (found.status, found.number)
    versions = IndexDefinition.objects.filter(code="ifn-2024").order_by("number")
    assert [10, 5] == [one.read().scale.high for one in versions]
    assert [2] == [
        one.number for one in versions.latest_each() if one.code == "ifn-2024"
    ]


def test_a_comment_makes_no_version(tmp_path):
    load_definitions(shipped_files())

    path = changed(tmp_path, "# Empty until", "# Still empty until")

    assert "unchanged" == load_definitions([path])[0].status


@pytest.mark.parametrize(
    ("old", "new", "line", "field"),
    [
        ('formula = "percentile"', 'formula = "rank"', 40, "scale.formula"),
        ('author = "Projet Jalons"', "", 1, "author"),
        ("weight = 1", "weight = 11", 53, "axis.0.weight"),
        ('id = "no_4g"', 'id = "no_thd"', 1, "axis"),
    ],
)
def test_a_wrong_file_is_refused_with_its_line_and_nothing_is_loaded(
    tmp_path, old, new, line, field
):
    with pytest.raises(InvalidFile) as caught:
        load_definitions([*shipped_files(), changed(tmp_path, old, new)])

    (problem,) = caught.value.problems
    assert ("ifn-2024.toml", field) == (problem.file, problem.field)
    assert abs(problem.line - line) <= 4
    assert not IndexDefinition.objects.exists()


def test_a_dry_run_reports_and_writes_nothing():
    out = StringIO()

    call_command("load_indices", "--dry-run", "--json", stdout=out)

    report = json.loads(out.getvalue())
    assert report["dry_run"]
    assert {"new"} == {one["status"] for one in report["indices"]}
    assert not IndexDefinition.objects.exists()


def test_the_command_says_what_to_mend(tmp_path):
    path = changed(tmp_path, 'formula = "percentile"', 'formula = "rank"')

    with pytest.raises(CommandError, match=r"ifn-2024\.toml.*scale\.formula"):
        call_command("load_indices", str(path))


def test_a_version_that_someone_altered_is_not_read():
    load_definitions(shipped_files())
    version = IndexDefinition.objects.get(code="ifn-2024")
    version.content["author"] = "Quelqu’un d’autre"
    version.checksum = "0" * 64

    with pytest.raises(AlteredDefinition):
        version.read()
