"""Files of measures: read whole, wrong lines set aside with their mend."""

from __future__ import annotations

import io
import json
from datetime import date
from decimal import Decimal

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.core.management.base import CommandError
from django.urls import reverse
from django.utils.translation import override

from jalons.evaluation import loading, measuring, operations
from jalons.evaluation.coop import _quarter
from jalons.evaluation.models import Followed, Measure
from jalons.files.tables import UnreadableFile
from jalons.spaces.models import Role
from tests.factories import make_user

TODAY = date(2026, 6, 30)
TABLE = """indicateur;date;valeur;unité;n;partie;note
O1;31/03/2026;120;personnes;;;
O1;2026-03-31;45;;;Bourg;
People supported;31/12/2025;;;;;La Coop était fermée
R4;31/12/2025;25,5 %;percent;80;;
O1;01/07/2026;1;;;;
O1;31/03/2026;130;;;;
O1;15/03/2026;12 %;;;;
O1;14/03/2026;12;euros;;;
O1;13/03/2026;;;;;
X9;31/03/2026;1;;;;
O1;mars;1;;;;
R4;12/03/2026;1;;beaucoup;;
"""


def given(text: str, name: str = "mesures.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode())


def read(evaluation, text: str):
    return loading.read_file(evaluation, given(text), name="mesures.csv", today=TODAY)


def test_a_measure_a_line_and_each_wrong_one_says_why(evaluation):
    found = read(evaluation, TABLE)

    assert [
        (Decimal(120), "", None),
        (Decimal(45), "Bourg", None),
        (None, "", None),
        (Decimal("25.5"), "", 80),
    ] == [(one.value, one.part, one.n) for one in found.measures]
    assert [
        (6, "measured_on", "pas encore fini"),
        (7, "measured_on", "sur une autre ligne"),
        (8, "value", "autre unité"),
        (9, "unit", "Cet indicateur est en personnes"),
        (10, "value", "dites dans la note"),
        (11, "indicator", "Aucun indicateur suivi"),
        (12, "measured_on", "pas une date"),
        (13, "n", "nombre entier"),
    ] == [
        (one.line, one.field, why)
        for one, why in zip(
            found.refused,
            (
                *("pas encore fini", "sur une autre ligne", "autre unité"),
                *("Cet indicateur est en personnes", "dites dans la note"),
                *("Aucun indicateur suivi", "pas une date", "nombre entier"),
            ),
            strict=True,
        )
        if why in str(one.reason)
    ]


def test_a_file_read_twice_adds_nothing_and_a_later_value_replaces(evaluation, officer):
    first = read(evaluation, TABLE).measures
    again = read(evaluation, TABLE).measures
    mended = read(evaluation, "indicateur;date;valeur\nO1;31/03/2026;125\n").measures

    written = [
        measuring.load_measures(evaluation, rows, by=officer, today=TODAY)
        for rows in (first, again, mended)
    ]

    assert [4, 0, 1] == written
    assert 5 == Measure.objects.count()
    assert 4 == Measure.objects.filter(is_current=True).count()


def test_a_measure_after_the_end_of_an_indicator_is_set_aside(evaluation, officer):
    followed = Followed.objects.get(code="O1")
    operations.retire(followed, date(2026, 1, 1), "Doublon", by=officer)

    found = read(evaluation, "indicateur;date;valeur\nO1;31/03/2026;125\n")

    assert "plus suivi" in str(found.refused[0].reason)


def test_a_file_without_its_columns_is_refused_in_words(evaluation):
    with pytest.raises(UnreadableFile, match="valeur"):
        read(evaluation, "indicateur;date\nO1;31/03/2026\n")


def report(*rows: tuple[str, str, int], head: bool = True) -> bytes:
    """An export of La Coop: words about it, then its table."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content)
    sheet = book.add_worksheet("Activités")
    sheet.write_row(0, 0, ["Médiateur", "Jeanne Martin"])
    sheet.write_row(1, 0, ["Activités", len(rows)])
    columns = ["Date", "Type", "Nombre de participants", "Bénéficiaire", "Durée (min)"]
    sheet.write_row(4, 0, columns if head else columns[:2])
    for number, (day, kind, people) in enumerate(rows, start=5):
        sheet.write_row(number, 0, [day, kind, people, "Jean Dupont", 60])
    book.close()
    return content.getvalue()


ACTIVITIES = report(
    ("05/01/2026", "Accompagnement individuel", 1),
    ("31/03/2026", "Atelier collectif", 8),
    ("01/04/2026", "Accompagnement individuel", 1),
    ("02/04/2026", "Accompagnement individuel", 1),
    ("01/07/2026", "Accompagnement individuel", 1),
    ("demain", "Accompagnement individuel", 1),
)


def test_activities_of_la_coop_are_added_up_by_quarter_without_a_name(
    evaluation, officer
):
    operations.choose_indicators(evaluation, ["O2"], by=officer)
    file = SimpleUploadedFile("activites.xlsx", ACTIVITIES)

    found = loading.read_file(
        evaluation, file, name="activites.xlsx", today=date(2026, 7, 10)
    )

    # First quarter: 1 + 8; second: 1 + 1; the third is not over.
    assert [
        (date(2026, 3, 31), "", 9),
        (date(2026, 3, 31), "Accompagnement individuel", 1),
        (date(2026, 3, 31), "Atelier collectif", 8),
        (date(2026, 6, 30), "", 2),
        (date(2026, 6, 30), "Accompagnement individuel", 2),
    ] == [(one.measured_on, one.part, one.value) for one in found.measures]
    assert ["demain"] == [one.value for one in found.refused]
    assert "n’est pas fini" in found.told[0]
    assert "Bénéficiaire" in found.unread_columns
    told = str([vars(one) for one in found.measures])
    assert "Dupont" not in told
    assert "Martin" not in told
    assert found.measures[0].said_note.startswith("Des accompagnements")
    with override("en"):
        assert found.measures[0].said_note.startswith("Sessions")


def test_activities_wait_until_sessions_are_followed(evaluation):
    file = SimpleUploadedFile("activites.xlsx", ACTIVITIES)

    with pytest.raises(UnreadableFile, match="Suivez d’abord"):
        loading.read_file(evaluation, file, name="activites.xlsx", today=TODAY)


@pytest.mark.parametrize(
    ("day", "last"),
    [
        (date(2026, 1, 1), date(2026, 3, 31)),
        (date(2026, 3, 31), date(2026, 3, 31)),
        (date(2026, 11, 30), date(2026, 12, 31)),
        (date(2024, 2, 29), date(2024, 3, 31)),
    ],
)
def test_a_day_belongs_to_its_quarter(day, last):
    assert last == _quarter(day)


def test_the_page_tells_before_it_writes(signed_in, roadmap, evaluation):
    page = reverse("evaluation:load", args=[roadmap.pk])
    text = "indicateur;date;valeur\nO1;31/03/2026;120\nX9;31/03/2026;1\n"

    told = signed_in.post(page, {"file": given(text), "dry_run": "on"})
    assert "Mesures lues : 1" in told.content.decode().replace("\u00a0", " ")
    assert not Measure.objects.exists()
    signed_in.post(page, {"file": given(text)})
    assert 120 == Measure.objects.get().value
    bad = signed_in.post(page, {"file": given("rien\n1\n")})
    assert "manque" in bad.content.decode()


def test_the_command_reports_in_json_and_keeps_what_is_to_be_mended(
    roadmap, evaluation, officer, tmp_path, settings
):
    settings.VAR_DIR = tmp_path
    file = tmp_path / "mesures.csv"
    file.write_text("indicateur;date;valeur\nO1;31/03/2026;120\nX9;31/03/2026;1\n")
    asked = [str(file), "--roadmap", str(roadmap.pk), "--by", officer.email, "--json"]

    tried, done = io.StringIO(), io.StringIO()
    call_command("measures", *asked, "--dry-run", stdout=tried)
    assert not Measure.objects.exists()
    call_command("measures", *asked, stdout=done)

    told = json.loads(done.getvalue())
    assert json.loads(tried.getvalue())["dry_run"] is True
    assert (2, 1, 1) == (told["lines"], told["measures"], told["written"])
    assert "indicator" == told["refused"][0]["field"]
    assert "X9" in (tmp_path / told["quarantine"]).read_text()
    assert 1 == Measure.objects.count()


def test_the_command_is_for_editors_of_the_space(roadmap, evaluation, space, tmp_path):
    file = tmp_path / "mesures.csv"
    file.write_text("indicateur;date;valeur\n")
    reader = make_user("Lectrice", "lectrice@exemple.fr")
    space.memberships.create(user=reader, role=Role.READER)

    asked = [str(file), "--roadmap", str(roadmap.pk), "--by", reader.email]
    with pytest.raises(CommandError, match="adresse"):
        call_command("measures", *asked)
    with pytest.raises(CommandError, match="Aucune feuille de route"):
        call_command("measures", str(file), "--roadmap", "0", "--by", reader.email)
