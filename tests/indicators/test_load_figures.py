from __future__ import annotations

import json
import shutil

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from jalons.indicators.figures import latest
from jalons.indicators.models import Indicator, Observation, Release
from jalons.indicators.operations import load_figures
from jalons.indicators.problems import InvalidFile

pytestmark = pytest.mark.usefixtures("epci_75")

PERIGUEUX = "200040392"


@pytest.fixture
def folder(tmp_path):
    """A copy of the definitions and figures, to be spoilt."""
    for name in ("indicators", "figures"):
        shutil.copytree(settings.REFERENCE_DIR / name, tmp_path / name)
    return tmp_path


def rewrite(path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def income_of(folder, written: str) -> str:
    """Replace the income of Grand Périgueux in the file; return its name."""
    path = folder / "figures" / "epci_75_filosofi.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    for number, line in enumerate(lines):
        if line.startswith(PERIGUEUX):
            cells = line.split(",")
            lines[number] = ",".join([*cells[:2], written, *cells[3:]])
    path.write_text("".join(lines), encoding="utf-8")
    return path.name


def refused(folder) -> str:
    """The words of the refusal; nothing was loaded."""
    with pytest.raises(InvalidFile) as caught:
        load_figures(folder)
    assert not Observation.objects.exists()
    assert not Indicator.objects.exists()
    return str(caught.value)


def test_loading_again_changes_nothing(folder):
    load_figures(folder)
    loaded_at = Release.objects.get(file="epci_75_census.csv").loaded_at

    report = load_figures(folder)

    assert report.indicators.unchanged == 32
    for counts in report.observations.values():
        assert (counts.created, counts.updated, counts.deleted) == (0, 0, 0)
    assert Release.objects.get(file="epci_75_census.csv").loaded_at == loaded_at


def test_a_corrected_figure_is_updated_and_a_removed_one_disappears(folder):
    load_figures(folder)
    income_of(folder, "25000")
    path = folder / "figures" / "epci_75_density_label.csv"
    path.write_text("\n".join(path.read_text(encoding="utf-8").splitlines()[:-1]))

    report = load_figures(folder)

    assert latest("median_income", [PERIGUEUX])[PERIGUEUX].value == 25_000
    assert report.observations["epci_75_filosofi.csv"].updated == 1
    assert report.observations["epci_75_density_label.csv"].deleted == 1


def test_a_changed_definition_gets_a_new_version(folder):
    load_figures(folder)
    rewrite(folder / "indicators" / "poverty_rate.toml", "Poverty rate", "Poverty")

    report = load_figures(folder)

    assert report.indicators.updated == 1
    assert Indicator.objects.get(code="poverty_rate").version == 2
    assert Indicator.objects.get(code="median_income").version == 1
    assert load_figures(folder).indicators.updated == 0


@pytest.mark.parametrize(
    ("written", "status"), [("", "missing"), ("nd", "missing"), ("s", "secret")]
)
def test_a_missing_figure_is_not_zero_and_a_secret_one_is_not_missing(
    folder, written, status
):
    income_of(folder, written)

    load_figures(folder)

    figure = latest("median_income", [PERIGUEUX])[PERIGUEUX]
    assert (figure.value, figure.status) == (None, status)


@pytest.mark.parametrize(
    ("written", "mend"),
    [
        ('"21 340,5"', "21340.5"),
        ("beaucoup", "beaucoup"),
        ("21340.5.2", "21340.5.2"),
    ],
)
def test_what_is_not_a_number_is_named_with_its_line_and_its_mend(
    folder, written, mend
):
    name = income_of(folder, written)

    words = refused(folder)

    lines = (folder / "figures" / name).read_text(encoding="utf-8").splitlines()
    line = next(n for n, text in enumerate(lines, 1) if text.startswith(PERIGUEUX))
    assert name in words
    assert f" {line}," in words
    assert "median_income" in words
    assert mend in words


def test_a_share_over_100_is_refused(folder):
    rewrite(folder / "figures" / "epci_75_filosofi.csv", "19.8", "198")

    assert "198" in refused(folder)


def test_an_unknown_territory_is_named(folder):
    rewrite(folder / "figures" / "epci_75_filosofi.csv", PERIGUEUX, "123456789")

    assert "123456789" in refused(folder)


def test_a_territory_given_twice_is_named_with_its_first_line(folder):
    path = folder / "figures" / "epci_75_filosofi.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*lines, lines[1]]), encoding="utf-8")

    words = refused(folder)

    assert lines[1].split(",")[0] in words
    assert " 156," in words


def test_a_short_row_is_refused(folder):
    path = folder / "figures" / "epci_75_filosofi.csv"
    path.write_text(path.read_text(encoding="utf-8") + "200040392\n", encoding="utf-8")

    assert " 156," in refused(folder)


def test_an_unknown_column_is_named_with_those_known(folder):
    rewrite(folder / "figures" / "epci_75_filosofi.csv", "poverty_rate", "pauvrete")

    words = refused(folder)

    assert "pauvrete" in words
    assert "poverty_rate" in words


def test_a_file_in_another_encoding_is_refused(folder):
    path = folder / "figures" / "epci_75_filosofi.csv"
    path.write_bytes(path.read_text(encoding="utf-8").encode("latin-1", "replace"))

    assert "UTF-8" in refused(folder)


def test_a_missing_file_is_named(folder):
    (folder / "figures" / "epci_75_census.csv").unlink()

    assert "epci_75_census.csv" in refused(folder)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('unit = "euros"', 'unit = "francs"', ["median_income.toml", " 4,", "francs"]),
        ('unit = "euros"\n', "", ["median_income.toml", "unit"]),
        ('unit = "euros"', "unit = euros", ["median_income.toml"]),
        ('en = "Median', 'es = "Median', ["title.en", "title.es"]),
        ('source = "filosofi"', 'source = "elsewhere"', ["source", "sources.toml"]),
    ],
)
def test_a_definition_that_cannot_be_read_is_named_with_its_key(
    folder, old, new, words
):
    rewrite(folder / "indicators" / "median_income.toml", old, new)

    told = refused(folder)

    for word in words:
        assert word in told


def test_the_command_reports_as_json_and_a_dry_run_writes_nothing(capsys):
    call_command("load_figures", "--dry-run", "--json")

    report = json.loads(capsys.readouterr().out)
    assert report["dry_run"] is True
    assert report["observations"]["epci_75_filosofi.csv"]["created"] == 308
    assert not Observation.objects.exists()
    assert not Release.objects.exists()


def test_the_command_says_what_to_mend(folder, settings):
    settings.REFERENCE_DIR = folder
    name = income_of(folder, "beaucoup")

    with pytest.raises(CommandError, match=name):
        call_command("load_figures")
