from __future__ import annotations

import io
import json

import pytest
from django.core.management import CommandError, call_command

from jalons.audit.models import Entry
from jalons.questionnaires.models import AlteredVersion, Version
from jalons.questionnaires.operations import load_definition
from tests.questionnaires.samples import MATURITY, SAMPLE, broken, sample

pytestmark = pytest.mark.django_db


def written(tmp_path, text, name="essai.toml"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def run(*files, **options):
    """What the command reports, and the message it stops with."""
    output = io.StringIO()
    stopped = ""
    try:
        call_command("load_questionnaires", *files, json=True, stdout=output, **options)
    except CommandError as error:
        stopped = str(error)
    return json.loads(output.getvalue()), stopped


def test_the_same_content_is_one_version():
    first = load_definition(sample())
    again = load_definition(sample())

    assert again == first
    assert Version.objects.count() == 1


def test_a_change_makes_the_next_version_and_leaves_the_first_as_it_was():
    first = load_definition(sample())
    second = load_definition(sample(old="Un essai.", new="Un autre."))

    first = Version.objects.get(pk=first.pk)
    assert (first.number, second.number) == (1, 2)
    assert first.read().description.fr == "Un essai."
    assert second.read().description.fr == "Un autre."
    assert Version.objects.latest_of("essai") == second


def test_going_back_to_earlier_words_gives_their_version_again():
    first = load_definition(sample())
    load_definition(sample(old="Un essai.", new="Un autre."))

    assert load_definition(sample()) == first


def test_a_version_is_read_once_and_equals_what_was_loaded(tmp_path):
    version = load_definition(written(tmp_path, SAMPLE))

    assert version.read() == sample()
    assert version.read() is Version.objects.get(pk=version.pk).read()


def test_a_version_altered_in_the_database_refuses_to_be_read():
    version = load_definition(sample(old="Un essai.", new="Un autre essai."))
    content = {**version.definition, "minutes": 99}
    Version.objects.filter(pk=version.pk).update(definition=content)

    with pytest.raises(AlteredVersion):
        Version.objects.get(pk=version.pk).read()


def test_loading_leaves_an_audit_line():
    version = load_definition(sample())

    (entry,) = Entry.objects.about(version)
    assert entry.verb == "version.loaded"


def test_the_command_loads_what_ships_and_again_changes_nothing():
    created, _ = run()
    unchanged, _ = run()

    assert [(row["code"], row["status"]) for row in created] == [
        ("enquete-terrain", "created"),
        ("maturite-numerique", "created"),
    ]
    assert [row["status"] for row in unchanged] == ["unchanged", "unchanged"]
    assert unchanged[1]["version"] == "maturite-numerique v1"


def test_a_dry_run_writes_nothing():
    report, _ = run(MATURITY, dry_run=True)

    assert report[0]["status"] == "new"
    assert Version.objects.count() == 0


def test_one_wrong_file_stops_all_of_them(tmp_path):
    wrong = written(tmp_path, broken(old="minutes = 1", new="minutes = 0"), "faux.toml")

    report, stopped = run(written(tmp_path, SAMPLE), wrong)

    statuses = {row["file"]: row["status"] for row in report}
    assert statuses == {"essai.toml": "new", "faux.toml": "invalid"}
    assert "corrigez" in stopped
    assert Version.objects.count() == 0
    (problem,) = report[1]["problems"]
    assert (problem["line"], problem["key"]) == (4, "minutes")


def test_problems_are_printed_in_plain_lines(tmp_path, capsys):
    wrong = written(tmp_path, broken(old="minutes = 1", new=""))

    with pytest.raises(CommandError):
        call_command("load_questionnaires", wrong)

    assert "essai.toml, ligne 1, minutes" in capsys.readouterr().out
