"""What a team does: open, print once, key, read, take away."""

from __future__ import annotations

import json
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from jalons.panels.figures import read_panel
from jalons.panels.models import Code, Panel, Reply
from tests.documents import accessible
from tests.panels.people import QUARTER, answer, make_codes, open_panel, said

pytestmark = pytest.mark.django_db


def address(name, panel, *more):
    return reverse(f"panels:{name}", args=[panel.roadmap_id, panel.pk, *more])


def test_a_team_opens_a_mini_survey_and_prints_slips_once(signed_in, roadmap):
    page = reverse("panels:list", args=[roadmap.pk])
    last = timezone.localdate() + timedelta(400)
    given = {"title": "Automne", "kept_until": last.isoformat()}

    signed_in.post(page, given)
    panel = Panel.objects.get()
    printed = signed_in.post(address("print", panel), {"count": "9"})

    assert [] == accessible.faults(printed.content)
    assert 9 == panel.codes.count()
    again = signed_in.post(page, given).content.decode()
    assert "déjà pris" in again
    assert 1 == Panel.objects.count()


@pytest.mark.parametrize(
    ("days", "told"), [(100, "Choisissez un jour"), (2000, "Choisissez")]
)
def test_answers_are_kept_neither_too_short_nor_too_long(
    signed_in, roadmap, days, told
):
    last = timezone.localdate() + timedelta(days)
    page = reverse("panels:list", args=[roadmap.pk])

    refused = signed_in.post(page, {"title": "A", "kept_until": last.isoformat()})

    assert "Choisissez un jour" in refused.content.decode()
    assert not Panel.objects.exists()


@pytest.mark.parametrize("count", ["0", "201", "x", ""])
def test_so_many_slips_are_not_printed(signed_in, panel, count):
    page = signed_in.post(address("print", panel), {"count": count})

    assert 200 == page.status_code
    assert not Code.objects.exists()


def test_answers_are_keyed_for_somebody_on_their_day(signed_in, roadmap, officer):
    today = timezone.localdate()
    panel = open_panel(roadmap, officer, today - timedelta(9))
    code, page = make_codes(panel, 1, officer)[0], address("key", panel)
    day = (today - timedelta(3)).isoformat()

    signed_in.post(page, {"code": code, "answered_on": day, "confidence": "0"})
    wrong = signed_in.post(
        page, {"code": "K7QM3FX9", "answered_on": day, "alone": "no"}
    )
    tomorrow = (today + timedelta(1)).isoformat()
    future = signed_in.post(
        page, {"code": code, "answered_on": tomorrow, "alone": "no"}
    )

    kept = Reply.objects.get()
    assert ("keyed", {"confidence": 0}) == (kept.channel, kept.answers)
    assert day == kept.answered_on.isoformat()
    assert "Personne n’a reçu ce code" in wrong.content.decode()
    assert "pas encore venu" in future.content.decode()


def test_a_code_of_another_mini_survey_is_not_known_here(signed_in, roadmap, officer):
    today = timezone.localdate()
    one = open_panel(roadmap, officer, today)
    other = open_panel(roadmap, officer, today, title="Autre")
    code = make_codes(other, 1, officer)[0]
    given = {"code": code, "answered_on": today.isoformat(), "confidence": "3"}

    refused = signed_in.post(address("key", one), given)

    assert "Personne n’a reçu ce code" in refused.content.decode()
    assert not Reply.objects.exists()


@pytest.fixture
def answered(panel, officer):
    for rank, code in enumerate(make_codes(panel, 12, officer)):
        answer(code, said(rank % 3, 2 + rank % 4), panel.opened_on)
        answer(code, said(2 + rank % 3, 5 + rank % 4), panel.opened_on + QUARTER)
    return panel


def test_page_and_files_say_the_same_numbers(signed_in, answered):
    read = read_panel(answered, on=timezone.localdate())
    told = read.later[0].compared[1].told
    page = signed_in.get(address("show", answered)).content.decode()
    made = {
        kind: signed_in.get(address("file", answered, kind))
        for kind in ("pdf", "docx", "xlsx", "csv")
    }

    assert "+3,00" == told.difference
    assert told.interval in page
    assert told.sentence in page
    assert told.sentence in made["csv"].getvalue().decode()
    with CalamineWorkbook.from_filelike(BytesIO(made["xlsx"].content)) as book:
        cells = [cell for row in book.get_sheet_by_index(1).to_python() for cell in row]
    assert told.interval in cells
    assert [] == accessible.faults(made["pdf"].content)
    assert made["docx"].content.startswith(b"PK")
    assert 404 == signed_in.get(address("file", answered, "exe")).status_code


def test_the_page_takes_few_queries_whatever_the_number_of_people(
    signed_in, answered, officer, django_assert_max_num_queries
):
    for code in make_codes(answered, 40, officer):
        answer(code, said(1, 2), answered.opened_on)

    with django_assert_max_num_queries(14):
        signed_in.get(address("show", answered))


def _file(tmp_path, *lines):
    path = tmp_path / "reponses.csv"
    path.write_text("\n".join(["code;date;confiance;seul;information", *lines]))
    return path


def _load(path, panel, officer, capsys, *more):
    known = ["--panel", str(panel.pk), "--by", officer.email, "--json"]
    call_command("panel_answers", str(path), *known, *more)
    return json.loads(capsys.readouterr().out)


def test_answers_keyed_elsewhere_are_taken_by_their_code(
    panel, officer, tmp_path, capsys
):
    first, second = make_codes(panel, 2, officer)
    later = (panel.opened_on + QUARTER).isoformat()
    start = panel.opened_on.strftime("%d/%m/%Y")
    path = _file(
        tmp_path,
        f"{first};{later};8;oui;3",  # before its start, yet read after it
        f"{first};{start};4;non;avec de l’aide",
        f"{second};{start};12;oui;1",
        f"{second[:-1]};{start};3;oui;1",
        f"{second};hier;3;oui;1",
        f"{second};{start};;;",
    )

    tried = _load(path, panel, officer, capsys, "--dry-run")
    assert not Reply.objects.exists()
    told = _load(path, panel, officer, capsys)

    assert (6, 2, True) == (tried["lines"], tried["taken"], tried["dry_run"])
    assert tried["refused"] == told["refused"]
    assert [4, 5, 6, 7] == [one["line"] for one in told["refused"]]
    assert [0, 3] == list(
        Reply.objects.order_by("moment").values_list("moment", flat=True)
    )
    assert "helped" == Reply.objects.get(moment=0).answers["inform"]
    assert first not in json.dumps(told)
    assert {"imported"} == set(Reply.objects.values_list("channel", flat=True))
    again = _load(path, panel, officer, capsys)
    assert 0 == again["taken"]


def test_a_file_without_its_columns_or_its_mini_survey_is_refused(
    panel, officer, tmp_path
):
    path = tmp_path / "autre.csv"
    path.write_text("nom;age\na;3\n")

    with pytest.raises(CommandError, match="code"):
        call_command("panel_answers", path, panel=panel.pk, by=officer.email)
    with pytest.raises(CommandError, match="mini-enquête"):
        call_command("panel_answers", path, panel=999, by=officer.email)
    with pytest.raises(CommandError, match="adresse"):
        call_command("panel_answers", path, panel=panel.pk, by="x@exemple.fr")
