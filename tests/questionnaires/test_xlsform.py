"""Questionnaires go to ODK and KoboToolbox as XLSForm, and come from there."""

from __future__ import annotations

import io
import json

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils.translation import override
from pyxform.xls2xform import convert
from xlsxwriter import Workbook

from jalons.questionnaires import xlsform
from jalons.questionnaires.definitions import Question, parse, read_file
from jalons.questionnaires.models import Draft
from jalons.questionnaires.xlsform import sheets_of, workbook_of
from jalons.questionnaires.xlsform_reading import NotAForm, read_form
from tests.factories import make_space, make_user

FIELD = read_file(settings.REFERENCE_DIR / "questionnaires/enquete-terrain.toml")
PLACES = {"24322": "Périgueux", "24053": "Boulazac Isle Manoire"}


def book(**sheets: list[list[str]]) -> bytes:
    content = io.BytesIO()
    with Workbook(content) as made:
        for name, rows in sheets.items():
            sheet = made.add_worksheet(name)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
    return content.getvalue()


def test_the_reference_converter_accepts_our_form_without_a_warning(tmp_path):
    path = tmp_path / "form.xlsx"
    path.write_bytes(workbook_of(FIELD, 1, PLACES))

    made = convert(path)

    assert [] == made.warnings
    assert "count-selected(.) &lt;= 3" in made.xform
    assert "relevant=\"( /data/F5  = 'daily' or" in made.xform


def test_columns_of_the_answers_bear_the_codes_of_the_questions():
    sheets = sheets_of(FIELD, 1, PLACES)
    names = [row["name"] for row in sheets.survey]

    assert {"commune", "F1", "F20.weekend", "F20_transport"} <= {*names}
    assert len(names) == len({*names})
    rows = {row["name"]: row for row in sheets.survey}
    assert "select_one territories" == rows["commune"]["type"]
    assert "not(selected(., 'none')" in rows["F16"]["constraint"]
    assert "De quels appareils" in rows["F1"]["label::Français facile (fr)"]


def test_our_form_comes_back_with_its_questions_conditions_and_choices():
    found = read_form(workbook_of(FIELD, 1, PLACES), code="retour", author="CC")
    questions = {one.code: one for one in found.definition.questions}

    assert [] == found.left
    # The matrix is now one question a line; everything else keeps its code.
    asked = {one.code for one in FIELD.questions if one.type != "matrix"}
    assert asked <= set(questions)
    for code in asked:
        before, after = FIELD.question(code), questions[code]
        assert before.text == after.text
        # A form has no condition of a section: each of its questions holds it.
        section = next(one for one in FIELD.sections if before in one.questions)
        assert (before.show_if or section.show_if) == after.show_if
        assert before.max_choices == after.max_choices
        assert before.role == after.role
    assert [True] == [o.is_exclusive for o in questions["F16"].options][-1:]


FORM = {
    "survey": [
        ["type", "name", "label", "relevant"],
        ["start", "start", "", ""],
        ["select_one oui_non", "internet", "Avez-vous internet ?", ""],
        ["geopoint", "lieu", "Où ?", ""],
        ["integer", "age", "Votre âge ?", "${internet} = '1'"],
        ["text", "avis", "Un avis ?", "${age} > 20 and ${internet} = '1'"],
    ],
    "choices": [
        ["list_name", "name", "label"],
        ["oui_non", "1", "Oui"],
        ["oui_non", "2", "Non"],
    ],
    "settings": [["form_title"], ["Usages"]],
}


def test_what_has_no_equivalent_is_left_out_and_told_with_its_line(tmp_path, capsys):
    form, target = tmp_path / "usages.xlsx", tmp_path / "usages.toml"
    form.write_bytes(book(**FORM))

    call_command("import_xlsform", form, code="usages", to=target, dry_run=True)
    assert not target.exists()
    capsys.readouterr()
    call_command("import_xlsform", form, code="usages", to=target)

    report = json.loads(capsys.readouterr().out)
    assert [(4, "lieu"), (6, "avis")] == [
        (one["line"], one["name"]) for one in report["left_out"]
    ]
    made = parse(target.read_bytes(), target.name)
    assert ["internet", "age", "avis"] == [one.code for one in made.questions]
    assert ("c1",) == made.question("age").show_if.any_of
    assert made.question("avis").show_if is None


def test_groups_conditions_and_notes_are_kept_or_told():
    yes = "${internet} = '1'"
    rows = [
        ["type", "name", "label", "relevant"],
        ["note", "bonjour", "Bonjour.", ""],
        ["note", "merci", "Merci de répondre.", ""],
        ["select_one oui_non", "internet", "Internet ?", ""],
        ["begin_group", "usages", "Vos usages", f"({yes}) or (${{internet}} = '2')"],
        ["text", "quoi", "Pour quoi faire ?", 'selected(${internet}, "1")'],
        ["note", "suite", "Encore un mot.", ""],
        ["text", "mot", "Lequel ?", f"(({yes}))"],
        ["end_group", "", "", ""],
        ["text", "libre", "Autre chose ?", ""],
        ["begin repeat", "enfants", "Vos enfants", ""],
        ["text", "prenom", "Son prénom ?", ""],
        ["end repeat", "", "", ""],
        ["note", "fin", "Au revoir.", ""],
    ]
    content = book(survey=rows, choices=FORM["choices"])

    found = read_form(content, code="usages", author="CC")

    parts = found.definition.sections
    intros = [part.intro.fr if part.intro else "" for part in parts]
    assert ["Bonjour. Merci de répondre.", "", "Encore un mot.", "", ""] == intros
    asked = [("c1", "c2"), ("c1", "c2")]
    assert asked == [part.show_if.any_of for part in parts[1:3]]
    assert [None] * 3 == [part.show_if for part in (parts[0], *parts[3:])]
    only_if = [found.definition.question(one).show_if for one in ("quoi", "mot")]
    assert [("c1",), ("c1",)] == [one.any_of for one in only_if]
    assert [(11, "enfants"), (14, "fin")] == [
        (one.line, one.name) for one in found.left
    ]


def test_limits_of_numbers_are_written_without_exponent():
    question = Question.model_validate(
        {
            "code": "n",
            "type": "number",
            "text": {"fr": "Combien ?", "en": "How many?"},
            "minimum": 0.00001,
            "maximum": 12345678,
        }
    )

    constraint = xlsform._constraint(question)["constraint"]

    assert ". >= 0.00001 and . <= 12345678" == constraint


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04 not a workbook",
        book(feuille=[["type"], ["text"]]),
        book(survey=[["type", "name", "label"], ["select_one x", "q", "Q"]]),
    ],
)
def test_a_file_that_is_no_form_is_refused_in_words(content):
    with pytest.raises(NotAForm) as refused:
        read_form(content, code="usages", author="CC")

    assert str(refused.value)


def test_what_a_form_has_too_long_is_told_with_its_mend():
    rows = [["type", "name", "label"], ["text", "q", "Q" * 4000]]

    with override("fr"), pytest.raises(NotAForm) as refused:
        read_form(book(survey=rows), code="usages", author="CC")

    assert "ramenez-le à 3000 caractères" in str(refused.value)


def test_the_command_says_which_file_is_no_form(tmp_path):
    form = tmp_path / "autre.xlsx"
    form.write_bytes(b"rien")

    with pytest.raises(CommandError, match="autre.xlsx"):
        call_command("import_xlsform", form, code="usages")


def test_a_form_is_brought_in_as_a_draft_that_says_what_it_left(client, db):
    user = make_user()
    space = make_space(owner=user)
    space.kind = space.Kind.RESOURCE_CENTRE
    space.save()
    client.force_login(user)
    url = reverse("questionnaires:import_form", args=[space.pk])
    deep = ["text", "fin", "Fin ?", "(" * 9000 + "1" + ")" * 9000]
    form = FORM | {"survey": [*FORM["survey"], deep]}

    refused = client.post(url, {"file": SimpleUploadedFile("a.xlsx", b"PK\x03\x04")})
    assert not Draft.objects.exists()
    page = client.post(
        url, {"file": SimpleUploadedFile("usages.xlsx", book(**form))}, follow=True
    )

    draft = Draft.objects.get()
    text = page.content.decode()
    assert refused.context["form"].errors["file"]
    assert ("Usages", "usages", 3) == (str(draft), draft.code, len(draft.left_out))
    assert "3 éléments du formulaire n’ont pas d’équivalent ici" in text
    assert "Ligne 4 (lieu)" in text
    for name in ("question", "publish"):
        args = [draft.pk, "internet"][: 2 if name == "question" else 1]
        assert (
            client.get(reverse(f"questionnaires:{name}", args=args)).status_code == 200
        )
