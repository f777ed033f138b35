"""Answers as CSV, XLSX and JSON: the same, whole, marked, with what columns mean."""

from __future__ import annotations

import csv
import io
import json
from datetime import datetime

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from jalons.files.tables import read_table
from jalons.surveys.models import Response
from jalons.surveys.tables import Truncated, export_of, whole
from tests.factories import make_campaign, make_response, make_space, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign(client):
    user = make_user()
    client.force_login(user)
    campaign = make_campaign(space=make_space(editor=user))
    make_response(campaign, P2="yes", P3=["delegate", "voted"], R3_exact=1.5)
    make_response(campaign, P2="no", operators="=1+1")
    return campaign


def _content(client, campaign, name: str, **query) -> bytes:
    answer = client.get(reverse(f"surveys:{name}", args=[campaign.pk]), query)
    assert "2" == answer.headers["X-Row-Count"]
    return b"".join(answer.streaming_content)


def _workbook(content: bytes, sheet: str = "") -> list[dict[str, str]]:
    return [row for _line, row in read_table(io.BytesIO(content), sheet=sheet).rows]


def test_the_three_formats_say_the_same(client, campaign):
    text = _content(client, campaign, "export").decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    sheet = _workbook(_content(client, campaign, "export_xlsx"))
    whole = json.loads(_content(client, campaign, "export_json"))

    assert 2 == len(rows) == len(sheet) == len(whole["answers"]) == whole["count"]
    for code in ("P2", "P3"):
        said = [row[code] for row in rows]
        assert said == [row[code] for row in sheet]
        assert said[0] == _joined(whole["answers"][0][code])
    assert ("1,5", "1.5", 1.5) == (
        rows[0]["R3_exact"],
        sheet[0]["R3_exact"],
        whole["answers"][0]["R3_exact"],
    )


def _joined(answer) -> str:
    return "|".join(answer) if isinstance(answer, list) else answer


def test_a_text_that_looks_like_a_formula_is_a_text_in_a_workbook(client, campaign):
    content = _content(client, campaign, "export_xlsx")

    assert "=1+1" == _workbook(content)[1]["operators"]


def test_words_are_given_in_a_workbook_too(client, campaign):
    question = campaign.version.read().question("P2").text.fr
    sheet = _workbook(_content(client, campaign, "export_xlsx", textes="1"))

    assert sheet[0][question].startswith("Oui")


def test_the_day_of_sending_is_a_date_in_a_workbook(client, campaign):
    (first, *_others) = _workbook(_content(client, campaign, "export_xlsx"))

    sent = list(first.values())[3]
    assert datetime.fromisoformat(sent).date() == campaign.today()


def test_the_code_book_says_question_option_points_and_version(client, campaign):
    url = reverse("surveys:code_book", args=[campaign.pk])
    text = b"".join(client.get(url).streaming_content).decode("utf-8-sig")
    book = list(csv.reader(io.StringIO(text), delimiter=";"))

    mine = [row for row in book if row[0] == "P2"]
    assert {("no", "0"), ("yes", "3")} <= {(row[3], row[5]) for row in mine}
    assert ("maturite-numerique", "1") == tuple(mine[0][-2:])
    followed = next(row for row in book if row[0] == "P3")
    assert "P2 = Oui" == followed[6]
    whole = json.loads(_content(client, campaign, "export_json"))
    assert len(book) - 1 == len(whole["code_book"])


def test_simulated_answers_say_so_in_every_format(client, campaign):
    campaign.is_simulated = True
    campaign.save()

    content = _content(client, campaign, "export_xlsx")
    whole = json.loads(_content(client, campaign, "export_json"))

    assert {"SIMULÉ"} == {next(iter(row.values())) for row in _workbook(content)}
    assert _workbook(content, "SIMULÉ Dictionnaire des codes")
    assert "SIMULÉ" == whole["notice"]
    assert {"SIMULÉ"} == {answer["notice"] for answer in whole["answers"]}


def test_an_export_that_loses_answers_breaks_instead_of_ending():
    rows = whole([["a"], ["b"]], announced=3, left=lambda: 4)

    assert [["a"], ["b"]] == [next(rows), next(rows)]
    with pytest.raises(Truncated, match="3"):
        next(rows)


def test_answers_erased_meanwhile_are_not_a_loss(campaign):
    export = export_of(campaign, "codes", "fr")
    Response.objects.first().delete()

    assert 1 == len(list(export.rows()))


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "json"])
def test_the_command_writes_a_file_and_counts_it_again(
    tmp_path, capsys, campaign, suffix
):
    path = tmp_path / f"reponses.{suffix}"
    arguments = [str(path), "--campaign", campaign.slug]

    call_command("export_responses", *arguments, "--json")

    report = json.loads(capsys.readouterr().out)
    assert {"file": str(path), "rows": 2} == report
    assert path.stat().st_size
    assert [path] == [one for one in tmp_path.iterdir() if one.is_file()]


def test_a_file_that_cannot_be_written_is_no_success(tmp_path, campaign):
    path = tmp_path / "absent" / "reponses.csv"

    with pytest.raises(CommandError, match=r"reponses\.csv"):
        call_command("export_responses", str(path), "--campaign", campaign.slug)


def test_the_command_refuses_another_format_or_survey(tmp_path, campaign):
    with pytest.raises(CommandError, match="xlsx"):
        call_command("export_responses", "a.pdf", "--campaign", campaign.slug)
    path = str(tmp_path / "a.csv")
    with pytest.raises(CommandError, match="inconnue"):
        call_command("export_responses", path, "--campaign", "inconnue")
