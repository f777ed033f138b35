"""`jalons score-at-scale`, as an operator runs it."""

from __future__ import annotations

import csv
import json
import stat
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from jalons.analysis.scoring import classify, score
from jalons.demo.simulation import simulate
from jalons.questionnaires.columns import columns_of
from jalons.questionnaires.definitions import read_file
from jalons.questionnaires.grids import grid_of
from tests.scale.answers import written

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")
DATA = Path(__file__).resolve().parents[2] / "data"
CODES = [f"2{at:08d}" for at in range(154)]


@pytest.fixture(scope="module")
def definition():
    return read_file(DATA / "questionnaires/maturite-numerique.toml")


@pytest.fixture
def answers(definition, tmp_path):
    """The simulated answers of the demonstration, as they are exported."""
    questions = [q for q in definition.questions if not q.is_personal]
    columns = [column for question in questions for column in columns_of(question)]
    people = simulate(definition, CODES)
    rows = [{c.code: c.coded(one.answers) for c in columns} for one in people]
    return written(tmp_path / "answers.csv", rows)


@pytest.fixture
def territories(tmp_path):
    figures = ("poverty_rate", "below_bac", "share_65_plus", "unemployment")
    rows = [
        {
            "code": code,
            "density": ("rural", "urban")[at % 3 > 0],
            "population": 900 + at,
        }
        | {name: f"{10 + at % (7 + n)},5" for n, name in enumerate(figures)}
        for at, code in enumerate(CODES)
    ]
    return written(tmp_path / "territories.csv", rows)


def run(*words):
    out = StringIO()
    with translation.override("fr"):
        call_command("score_at_scale", *map(str, words), stdout=out)
    return out.getvalue()


def rows_of(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def test_the_files_tell_what_the_answers_add_up_to(
    answers, territories, definition, tmp_path
):
    to = tmp_path / "out"

    told = run(
        *(answers, "--territories", territories, "--by", "profile", "--by", "density"),
        *("--index", DATA / "indices/chiffres-embarques.toml", "--to", to, "--json"),
    )

    report, grid = json.loads(told), grid_of(definition)
    assert report["answers"] == 103
    assert sorted(report["files"]) == sorted(path.name for path in to.iterdir())
    exact = rows_of(to / "tableaux-à-ne-pas-diffuser.csv")
    scores = [score(grid, one.answers) for one in simulate(definition, CODES)]
    low = sum(classify(grid, one.low, one.high).code == "low" for one in scores)
    place = {"question": "class", "croisée avec": "", "réponse": "low"}
    (cell,) = (row for row in exact if place.items() <= row.items())
    assert (cell["effectif"], cell["tous"]) == (str(low), "103")
    assert {row["diffusion"] for row in exact} == {"à ne pas diffuser"}
    places = rows_of(to / "territoires-à-ne-pas-diffuser.csv")
    assert sum(int(row["réponses"]) for row in places) == 103
    index = rows_of(to / "indice.csv")
    assert len(index) == 154
    assert {stat.S_IMODE(path.stat().st_mode) for path in to.iterdir()} == {0o600}


def test_each_answer_counts_for_its_weight_even_where_nobody_gave_it(tmp_path):
    """By hand: three answers, one of which alone is in Vienne."""
    rows = [
        {"territory": "86", "departement": "Vienne", "P2": "yes", "poids": "1,5"},
        {"territory": "87", "departement": "Haute-Vienne", "P2": "no", "poids": "2"},
        {
            "territory": "87",
            "departement": "Haute-Vienne",
            "P2": "yes",
            "poids": "0,25",
        },
    ]
    blank = dict.fromkeys(
        ["P1a", "P1b", "P3", "R1", "R2a", "R2b", "R3", "S1", "S2", "S3", "S4"], ""
    )
    path = written(tmp_path / "answers.csv", [row | blank for row in rows])

    run(path, "--by", "departement", "--weight", "poids", "--to", tmp_path / "out")

    cells = {
        (row["valeur"], row["réponse"]): (row["effectif"], row["effectif pondéré"])
        for row in rows_of(tmp_path / "out/tableaux-à-ne-pas-diffuser.csv")
        if (row["question"], row["croisée avec"]) == ("P2", "departement")
    }
    assert cells["Vienne", "yes"] == ("1", "1,5")
    assert cells["Vienne", "no"] == ("0", "0,0")
    assert cells["Haute-Vienne", "yes"] == ("1", "0,25")
    assert cells["Haute-Vienne", "no"] == ("1", "2,0")


def test_what_may_be_shared_holds_no_count_under_five(answers, tmp_path):
    run(answers, "--by", "profile", "--to", tmp_path / "out")

    shared = rows_of(tmp_path / "out/tableaux-à-diffuser.csv")
    shown = {row["effectif"] for row in shared if row["réponse"] != "sans réponse"}
    assert not shown & {"1", "2", "3", "4"}
    assert any(row["état"] == "secret" and row["effectif"] == "" for row in shared)


def test_a_dry_run_writes_nothing(answers, tmp_path):
    told = run(answers, "--to", tmp_path / "out", "--dry-run")

    assert "rien n’est écrit" in told
    assert not (tmp_path / "out").exists()


def test_an_answer_that_the_questionnaire_lacks_is_named_with_its_line(
    answers, tmp_path
):
    lines = answers.read_text(encoding="utf-8-sig").splitlines()
    place = lines[0].split(";").index("P2")
    cells = lines[41].split(";")
    cells[place] = "perhaps"
    lines[41] = ";".join(cells)
    answers.write_text("\n".join(lines) + "\n", encoding="utf-8")

    with pytest.raises(CommandError) as refused:
        run(answers, "--to", tmp_path / "out")

    assert "P2" in str(refused.value)
    assert "answers.csv, ligne 42" in str(refused.value)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--by", "departement"], "departement"),
        (["--weight", "weight"], "weight"),
        (["--index", str(DATA / "indices/chiffres-embarques.toml")], "--territories"),
        (["--conf", "memory"], "--conf"),
    ],
)
def test_what_lacks_is_said_before_anything_is_written(answers, tmp_path, words, said):
    with pytest.raises(CommandError, match=said):
        run(answers, *words, "--to", tmp_path / "out")

    assert not (tmp_path / "out").exists()


def test_a_file_that_the_engine_cannot_read_is_told_in_a_line(tmp_path):
    path = tmp_path / "answers.parquet"
    path.write_bytes(b"not one")

    with pytest.raises(CommandError, match="duckdb n’a pas pu") as refused:
        run(path, "--to", tmp_path / "out")

    assert len(str(refused.value).splitlines()) == 1


def test_a_folder_that_holds_something_is_left_alone(answers, tmp_path):
    with pytest.raises(CommandError, match="vide"):
        run(answers, "--to", tmp_path)


def test_a_territory_that_its_file_lacks_is_refused(answers, territories, tmp_path):
    lines = territories.read_text(encoding="utf-8-sig").splitlines()
    territories.write_text("\n".join(lines[:100]) + "\n", encoding="utf-8")

    with pytest.raises(CommandError, match="territory"):
        run(answers, "--territories", territories, "--to", tmp_path / "out")
