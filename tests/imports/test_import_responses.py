"""`jalons import-responses`: what it writes, once, what it reports, what it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from jalons.files.tables import read_table
from jalons.imports.models import ImportBatch, ImportedRow
from jalons.surveys import operations
from jalons.surveys.models import Contact, Response
from tests.factories import make_campaign, make_user
from tests.files.workbooks import make_xlsx
from tests.imports.limesurvey import AS_CODES, HEADINGS, csv_file

pytestmark = pytest.mark.django_db

EXAMPLE = settings.REFERENCE_DIR / "mappings/limesurvey-maturite.toml"


def _row(campaign, number: int, **cells):
    place = {"EPCI": campaign.territories.first().pk}
    return {**AS_CODES, **place, "id": str(number), **cells}


def _write(folder: Path, content: bytes, name: str = "export.csv") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def _run(path: Path, campaign, *options: str, mapping: Path = EXAMPLE, capsys=None):
    arguments = [str(path), "--campaign", campaign.slug, "--mapping", str(mapping)]
    call_command("import_responses", *arguments, *options)
    return capsys.readouterr().out if capsys else ""


def _report(path: Path, campaign, capsys, *options: str) -> dict:
    said = _run(path, campaign, "--report", "json", *options, capsys=capsys)
    return json.loads(said)


def test_a_file_is_imported_and_reported(tmp_path, capsys):
    campaign = make_campaign()
    path = _write(tmp_path, csv_file(*(_row(campaign, n) for n in (1, 2, 3))))

    report = _report(path, campaign, capsys)

    assert {"rows": 3, "created": 3, "unchanged": 0}.items() <= report.items()
    assert 3 == campaign.responses.submitted().count()
    assert 3 == Contact.objects.count()
    assert {Response.Channel.IMPORT} == {r.channel for r in campaign.responses.all()}


def test_the_same_file_twice_is_imported_once(tmp_path, capsys):
    campaign = make_campaign()
    path = _write(tmp_path, csv_file(_row(campaign, 1), _row(campaign, 2)))
    _run(path, campaign, capsys=capsys)
    before = list(Response.objects.order_by("pk").values())

    report = _report(path, campaign, capsys)

    assert (0, 0, 2) == (report["created"], report["updated"], report["unchanged"])
    assert before == list(Response.objects.order_by("pk").values())


def test_a_dry_run_reports_and_writes_nothing(tmp_path, capsys):
    campaign = make_campaign()
    rows = [_row(campaign, 1), _row(campaign, 2, EPCI="999999999")]
    path = _write(tmp_path, csv_file(*rows))

    report = _report(path, campaign, capsys, "--dry-run")

    assert (1, 1) == (report["created"], report["refused"])
    assert not ImportBatch.objects.exists()
    assert not Response.objects.exists()
    assert not (settings.VAR_DIR / "quarantine").exists()


def test_values_read_as_no_answer_are_listed_and_the_others_counted(tmp_path, capsys):
    campaign = make_campaign()
    words = [*(f"mot {number}" for number in range(63)), "mot 0"]
    rows = [_row(campaign, number, P2=word) for number, word in enumerate(words)]
    path = _write(tmp_path, csv_file(*rows))
    said = EXAMPLE.read_text()
    mapping = tmp_path / "mapping.toml"
    listed = f'question = "P2"\nmissing = {json.dumps(words[:63])}\n'
    mapping.write_text(said.replace('question = "P2"\n', listed))

    told = _run(path, campaign, "--dry-run", mapping=mapping, capsys=capsys)

    assert "« mot 0 » (colonne « P2 », 2 fois)" in told.replace("\u00a0", " ")
    assert "et d’autres, 3 fois" in told
    assert "mot 60" not in told


def test_refused_rows_are_set_aside_whole_and_can_be_mended(tmp_path, capsys):
    campaign = make_campaign()
    rows = [_row(campaign, 1), _row(campaign, 2, P2="peut-être")]
    path = _write(tmp_path, csv_file(*rows))

    report = _report(path, campaign, capsys)

    aside = Path(report["quarantine"])
    (reason,) = report["reasons"]
    assert {"column": "P2", "lines": [3], "count": 1}.items() <= reason.items()
    table = read_table(aside)
    ((_line, kept),) = table.rows
    assert "peut-être" == kept["P2"]
    assert set(HEADINGS) < set(table.columns)

    mended = aside.read_text(encoding="utf-8").replace(";peut-être;", ";Y;")
    _run(_write(tmp_path, mended.encode(), "corrige.csv"), campaign)
    assert 2 == campaign.responses.count()


def test_the_report_is_also_written_in_words(tmp_path, capsys):
    campaign = make_campaign()
    path = _write(tmp_path, csv_file(_row(campaign, 1, EPCI="999999999")))

    said = _run(path, campaign, capsys=capsys)

    assert "999999999" in said
    assert "quarantine" in said


def test_a_workbook_is_read_like_a_csv(tmp_path, capsys):
    campaign = make_campaign()
    row = _row(campaign, 1)
    cells = [row.get(heading) for heading in HEADINGS]
    path = _write(tmp_path, make_xlsx([HEADINGS, cells]).getvalue(), "export.xlsx")

    report = _report(path, campaign, capsys)

    assert (1, []) == (report["created"], report["reasons"])


def test_a_formula_without_result_refuses_the_workbook_and_writes_nothing(tmp_path):
    campaign = make_campaign()

    def formula(sheet, line, column):
        sheet.write_formula(line, column, "=A1", value="")

    cells = [_row(campaign, 1).get(heading) for heading in HEADINGS]
    cells[0] = formula
    path = _write(tmp_path, make_xlsx([HEADINGS, cells]).getvalue(), "export.xlsx")

    with pytest.raises(CommandError, match="A2"):
        _run(path, campaign)

    assert not Response.objects.exists()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04 pas une archive",
        "id,EPCI\n1,Pys\x8fgalit\x8e\n".encode("latin-1"),
        b"\x00\x01\x02\x03",
        b"id,EPCI\n1,2\n",
    ],
    ids=["empty", "broken_zip", "encoding", "binary", "columns"],
)
def test_a_file_that_cannot_be_read_is_refused_whole(tmp_path, content):
    campaign = make_campaign()

    with pytest.raises(CommandError, match=r"export\.csv"):
        _run(_write(tmp_path, content), campaign)

    assert not Response.objects.exists()


def test_a_file_broken_halfway_writes_nothing(tmp_path):
    campaign = make_campaign()
    content = csv_file(_row(campaign, 1), _row(campaign, 2)) + b'3,"sans fin\n'

    with pytest.raises(CommandError, match="4"):
        _run(_write(tmp_path, content), campaign)

    assert not Response.objects.exists()


def test_a_line_cut_short_is_named_and_does_not_stop_the_others(tmp_path, capsys):
    campaign = make_campaign()
    content = csv_file(_row(campaign, 1), _row(campaign, 2)) + b"3,trop court\n"

    _run(_write(tmp_path, content), campaign)

    assert 2 == Response.objects.count()
    assert "lignes 4" in capsys.readouterr().out


def test_a_malformed_mapping_says_file_and_line(tmp_path):
    campaign = make_campaign()
    path = _write(tmp_path, csv_file(_row(campaign, 1)))
    mapping = _write(tmp_path, b'title = "sans fin', "correspondance.toml")

    with pytest.raises(CommandError, match=r"correspondance\.toml.*1"):
        _run(path, campaign, mapping=mapping)


def test_an_unknown_campaign_lists_those_that_exist(tmp_path):
    campaign = make_campaign()
    path = _write(tmp_path, csv_file(_row(campaign, 1)))
    known = campaign.slug
    campaign.slug = "autre"

    with pytest.raises(CommandError, match=known):
        _run(path, campaign)


def test_a_file_that_is_not_there_is_said(tmp_path):
    with pytest.raises(CommandError, match=r"absent\.csv"):
        _run(tmp_path / "absent.csv", make_campaign())


def test_a_closed_campaign_takes_no_file(tmp_path):
    campaign = make_campaign()
    path = _write(tmp_path, csv_file(_row(campaign, 1)))
    operations.close_campaign(campaign, by=make_user())

    with pytest.raises(CommandError):
        _run(path, campaign)


def test_an_import_is_undone_by_its_number(tmp_path, capsys):
    campaign = make_campaign()
    path = _write(tmp_path, csv_file(_row(campaign, 1), _row(campaign, 2)))
    number = _report(path, campaign, capsys)["import"]

    call_command("import_responses", "--undo", str(number), "--json")

    assert {"import": number, "undone": 2} == json.loads(capsys.readouterr().out)
    assert not campaign.responses.exists()
    assert not ImportedRow.objects.exists()


def test_undoing_twice_or_a_number_unknown_is_refused_in_words(tmp_path, capsys):
    campaign = make_campaign()
    path = _write(tmp_path, csv_file(_row(campaign, 1)))
    number = _report(path, campaign, capsys)["import"]
    call_command("import_responses", "--undo", str(number))

    with pytest.raises(CommandError):
        call_command("import_responses", "--undo", str(number))
    with pytest.raises(CommandError, match="987654"):
        call_command("import_responses", "--undo", "987654")


def test_the_json_of_reports_has_a_short_name_too(tmp_path, capsys):
    campaign = make_campaign()
    path = _write(tmp_path, csv_file(_row(campaign, 1)))

    said = json.loads(_run(path, campaign, "--json", capsys=capsys))

    assert said["rows"] == 1


def test_a_command_without_its_arguments_says_which():
    with pytest.raises(CommandError, match="--mapping"):
        call_command("import_responses")


PLAIN = """Votre EPCI;Votre rôle;Le numérique est-il porté politiquement ?;Divers
{epci};{role};Oui;Rien
{epci};{role};Oui;Rien
{epci};{role};Peut-être;
"""
ROLE = "Décision locale : mandat d’élu ou d’élue, direction générale"


def test_a_file_without_identifier_is_imported_by_a_mapping_proposed(tmp_path, capsys):
    campaign, mapping = make_campaign(), tmp_path / "m.toml"
    place = campaign.territories.first()
    path = _write(tmp_path, PLAIN.format(epci=place.pk, role=ROLE).encode())
    given = ["import_responses", str(path), "--campaign", campaign.slug]

    with pytest.raises(CommandError, match="--day"):
        call_command(*given, "--propose", str(mapping))
    call_command(*given, "--propose", str(mapping), "--day", "2026-03-01")

    assert not campaign.responses.exists()
    text = mapping.read_text(encoding="utf-8")
    assert "by_content = true" in text
    assert "# Proposé par Jalons" in text
    assert "Peut-être" in text
    _run(path, campaign, mapping=mapping)
    _run(path, campaign, mapping=mapping)
    # Two rows alike are two answers; the same file once more changes nothing.
    said = campaign.responses.values_list("answers__P2", flat=True)
    assert ["yes", "yes", None] == list(said.order_by("pk"))


UNREADABLE = """Votre EPCI;Votre rôle;Date;Le numérique est-il porté politiquement ?
{epci};{role};mardi matin;Oui
{epci};{role};mercredi;Non
"""
STAMPED = """Horodateur;Votre EPCI;Votre rôle;Le numérique est-il porté politiquement ?
mardi matin;{epci};{role};Oui
mercredi;{epci};{role};Non
"""


@pytest.mark.parametrize("content", [UNREADABLE, STAMPED])
def test_dates_that_nobody_can_read_leave_room_for_a_day(tmp_path, content):
    campaign, mapping = make_campaign(), tmp_path / "m.toml"
    place = campaign.territories.first()
    path = _write(tmp_path, content.format(epci=place.pk, role=ROLE).encode())
    given = ["import_responses", str(path), "--campaign", campaign.slug]

    with pytest.raises(CommandError, match=r"mardi matin(?s:.)*--day"):
        call_command(*given, "--propose", str(mapping))
    call_command(*given, "--propose", str(mapping), "--day", "2026-03-01")
    _run(path, campaign, mapping=mapping)

    said = campaign.responses.order_by("pk").values_list("answers__P2", flat=True)
    assert ["yes", "no"] == list(said)


def test_a_mapping_proposed_on_trial_is_told_and_never_replaces_a_file(
    tmp_path, capsys
):
    campaign, mapping = make_campaign(), tmp_path / "m.toml"
    place = campaign.territories.first()
    path = _write(tmp_path, PLAIN.format(epci=place.pk, role=ROLE).encode())
    given = ["import_responses", str(path), "--campaign", campaign.slug, "--propose"]
    given += [str(mapping), "--day", "2026-03-01"]

    call_command(*given, "--dry-run")
    assert "by_content = true" in capsys.readouterr().out
    call_command(*given, "--dry-run", "--json")
    told = json.loads(capsys.readouterr().out)

    assert (True, None) == (told["dry_run"], told["path"])
    assert "by_content = true" in told["mapping"]
    assert not mapping.exists()
    mapping.write_text("À moi", encoding="utf-8")
    with pytest.raises(CommandError, match=r"m\.toml"):
        call_command(*given)
    assert "À moi" == mapping.read_text(encoding="utf-8")


def test_a_mapping_kept_by_the_team_is_used_by_its_title(tmp_path, capsys):
    campaign = make_campaign()
    content = EXAMPLE.read_text(encoding="utf-8")
    campaign.space.mappings.create(title="LimeSurvey 2026", content=content)
    path = _write(tmp_path, csv_file(_row(campaign, 1)))
    given = ["import_responses", str(path), "--campaign", campaign.slug, "--saved"]

    with pytest.raises(CommandError, match="LimeSurvey 2026"):
        call_command(*given, "Autre")
    call_command(*given, "LimeSurvey 2026")

    assert 1 == campaign.responses.count()
