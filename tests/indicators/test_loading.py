"""Files as producers write them, and as they are damaged."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
import xlsxwriter
from django.core.management import CommandError, call_command

from jalons.audit.models import Entry
from jalons.files.grid import UnreadableFile
from jalons.indicators.loading import load
from jalons.indicators.models import Indicator, Observation, Release
from jalons.indicators.orders import Order
from jalons.indicators.producers.own import Mapping
from jalons.indicators.sentences import lines_of
from jalons.territories.models import Territory
from tests.indicators.places import (
    COMMUNES,
    figure,
    load_definitions,
    load_text,
    make_places,
    one,
    reasons,
)

pytestmark = pytest.mark.django_db

FILOSOFI = "CODGEO;NBPERSMENFISC21;MED21;TP6021\n"
WHOLE = FILOSOFI + (
    "24322;29000;21000;22,5\n"
    "24053;9800;22000;s\n"
    "24557;6900;23000;s\n"
    "24037;25000;20500;21\n"
    "24520;8900;20000;nd\n"
)
CENSUS = "CODGEO;P22_POP;P22_POP65P;P22_ACT1564;P22_CHOM1564\n"


@pytest.fixture(autouse=True)
def _ground(settings, tmp_path):
    make_places()
    load_definitions(settings.REFERENCE_DIR, tmp_path / "definitions")


def test_incomes_are_read_with_their_marks_of_secrecy_and_decimal_commas():
    report = load_text("filosofi", WHOLE)

    assert one(report).state == "loaded", reasons(report)
    assert one(report).vintage == "2021"
    assert figure("24322", "poverty_rate").value == 22.5
    assert figure("24322", "poverty_rate").base == 29_000
    secret, missing = figure("24053", "poverty_rate"), figure("24520", "poverty_rate")
    assert (secret.value, secret.status) == (None, "secret")
    assert (missing.value, missing.status) == (None, "missing")


def test_a_published_median_is_never_averaged_into_its_epci():
    load_text("filosofi", WHOLE)

    assert not Observation.objects.filter(territory__kind="epci").exists()


def test_the_rate_of_an_epci_comes_from_numerators_and_bases():
    load_text("census", CENSUS + "\n".join(
        (
            "24322;30000;6000;12000;2400",
            "24053;10000;3000;5000;500",
            "24557;7000;2800;3000;300",
            "24037;26000;8000;11000;2000",
            "24520;9000;3000;4000;700",
        )
    ))  # fmt: skip

    found = figure("200040392", "share_65_plus")

    # (6 000 + 3 000 + 2 800) / 47 000, not the mean of 20, 30 and 40 %.
    assert found.value == pytest.approx(100 * 11_800 / 47_000)
    assert (found.numerator, found.base, found.known_share) == (11_800, 47_000, 1)
    region = figure("R75", "unemployment")
    assert region.value == pytest.approx(100 * 5_900 / 35_000)


def test_a_group_of_which_too_much_is_masked_has_a_reason_instead_of_a_rate():
    load_text("census", CENSUS + "\n".join(
        (
            "24322;30000;s;12000;2400",
            "24053;10000;3000;5000;500",
            "24557;7000;2800;3000;300",
            "24037;26000;8000;11000;2000",
            "24520;9000;3000;4000;700",
        )
    ))  # fmt: skip

    found = figure("200040392", "share_65_plus")

    assert (found.value, found.status) == (None, "secret")
    assert found.known_share == pytest.approx(17_000 / 47_000)


def test_a_group_of_which_communes_are_not_in_the_file_has_no_total():
    mapping = Mapping("arcep_mobile", "no_4g", "insee", "n", is_count=True)

    load_text(
        "arcep_mobile", "insee;n\n24322;10\n24053;5\n", mapping=mapping, vintage="2024"
    )  # noqa: E501

    found = figure("200040392", "no_4g")
    assert (found.value, found.status) == (None, "missing")
    assert found.known_share == pytest.approx(40_000 / 47_000)


def test_the_same_file_again_changes_nothing():
    load_text("filosofi", WHOLE)
    before = list(Observation.objects.order_by("pk").values_list("pk", flat=True))

    report = load_text("filosofi", WHOLE)

    assert one(report).state == "unchanged"
    after = list(Observation.objects.order_by("pk").values_list("pk", flat=True))
    assert before == after
    assert Entry.objects.filter(verb="release.loaded").count() == 1


def test_the_same_file_is_read_again_once_one_more_figure_is_read_of_it():
    load_text("filosofi", WHOLE)
    new = Indicator.objects.filter(source="filosofi").first()
    new.pk = "one_more"
    new.save(force_insert=True)

    assert one(load_text("filosofi", WHOLE)).state == "loaded"
    assert one(load_text("filosofi", WHOLE)).state == "unchanged"


def test_a_corrected_file_replaces_the_vintage_it_corrects():
    load_text("filosofi", WHOLE)
    load_text("filosofi", WHOLE.replace("22,5", "23,5"))

    assert figure("24322", "poverty_rate").value == 23.5
    assert Release.objects.count() == 1


def test_before_replacing_a_year_the_report_names_the_values_that_would_disappear():
    load_text("filosofi", WHOLE)
    cut = WHOLE.replace("22,5", "225")
    order = Order("filosofi", "essai.csv", is_part=True)

    report = load(order, io.BytesIO(cut.encode()), by=None, dry_run=True)

    assert "24322" in one(report).lost
    assert "24053" not in one(report).lost
    assert one(report).lost_count >= 2
    (told,) = [line for line in lines_of(report) if "disparaissent" in line]
    assert "24322" in told
    assert figure("24322", "poverty_rate").value == 22.5
    corrected = load_text("filosofi", WHOLE.replace("22,5", "23,5"))
    assert not one(corrected).lost_count


def test_a_dry_run_tells_everything_and_writes_nothing():
    order = Order("filosofi", "essai.csv")

    report = load(order, io.BytesIO(WHOLE.encode()), by=None, dry_run=True)

    assert one(report).state == "checked"
    assert one(report).figures == {"published": 7, "secret": 2, "missing": 1}
    assert not Release.objects.exists()


def test_a_file_cut_in_the_middle_of_a_line_loads_nothing():
    with pytest.raises(UnreadableFile, match="ligne 5"):
        load_text("filosofi", WHOLE[: WHOLE.index("25000")])

    assert not Observation.objects.exists()


def test_a_file_cut_between_two_lines_loads_nothing_unless_it_is_said_to_be_a_part():
    cut = "".join(WHOLE.splitlines(keepends=True)[:3])

    report = load_text("filosofi", cut)

    assert report.is_refused
    assert "2 territoires sur environ 5" in reasons(report)
    assert not Observation.objects.exists()
    assert one(load_text("filosofi", cut, is_part=True)).state == "loaded"


def test_another_vintage_than_the_one_asked_is_refused():
    report = load_text("filosofi", WHOLE, vintage="2019")

    assert report.is_refused
    assert "2021" in reasons(report)
    assert not Observation.objects.exists()


def test_a_code_given_twice_is_left_out_and_told_with_both_lines():
    text = WHOLE + "24322;29000;19000;30\n"

    report = load_text("filosofi", text, is_part=True)

    assert "essai.csv, ligne 7, CODGEO" in reasons(report)
    assert "ligne 2" in reasons(report)
    assert not Observation.objects.filter(territory="24322").exists()
    assert figure("24037", "poverty_rate").value == 21


def test_shares_given_for_percents_are_asked_about_then_accepted():
    rows = [f"{24322 + n};100;20000;0,{n % 10}5\n" for n in range(30)]
    Territory.objects.bulk_create(
        Territory(code=str(24322 + n), kind="commune", name=str(n), population=1)
        for n in range(1, 30)
        if str(24322 + n) not in COMMUNES
    )
    text = FILOSOFI + "".join(rows)

    report = load_text("filosofi", text, is_part=True)

    assert report.is_refused
    assert "TP6021" in reasons(report)
    assert not Observation.objects.exists()
    load_text("filosofi", text, is_part=True, as_shares=True)
    assert figure("24322", "poverty_rate").value == pytest.approx(5)


def test_a_percentage_over_100_is_left_out_with_its_line():
    report = load_text("filosofi", WHOLE.replace("22,5", "225"), is_part=True)

    assert "essai.csv, ligne 2, TP6021" in reasons(report)
    assert not Observation.objects.filter(territory="24322").exists()


def test_an_income_or_a_base_under_zero_is_left_out_with_its_line_and_the_mend():
    header = "CODGEO;NBPERSMENFISC21;MED21;TP6021\n"
    rows = "24322;29000;21000;22,5\n24053;9800;-5;12\n24557;-1;20000;9\n"

    report = load_text("filosofi", header + rows, is_part=True)

    assert "essai.csv, ligne 3, MED21" in reasons(report)
    assert "essai.csv, ligne 4, NBPERSMENFISC21" in reasons(report)
    assert not Observation.objects.filter(territory__in=["24053", "24557"]).exists()
    assert figure("24322", "median_income").value == 21_000


def test_a_count_is_never_negative_and_the_euros_of_a_team_may_be():
    count = Mapping("arcep_mobile", "no_4g", "insee", "n", is_count=True)
    euros = Mapping("filosofi", "median_income", "insee", "n")
    text = "insee;n\n24322;-3\n24053;4\n"

    report = load_text("arcep_mobile", text, mapping=count, vintage="2024")
    load_text("filosofi", text, mapping=euros, vintage="2024")

    assert "essai.csv, ligne 2, n" in reasons(report)
    assert figure("24053", "no_4g").value == 4
    assert figure("24322", "median_income").value == -3


def test_unknown_columns_are_told_with_those_that_were_read():
    with pytest.raises(UnreadableFile, match="commune, revenu"):
        load_text("filosofi", "commune;revenu\n24322;21000\n")


def test_codes_of_another_kind_are_refused():
    text = FILOSOFI + "".join(f"3310{n};1;20000;12\n" for n in range(5))
    text = text.replace("3310", "9990")

    report = load_text("filosofi", text, is_part=True)

    assert "5 codes sur 5" in reasons(report)


def test_an_absorbed_commune_is_added_to_the_one_that_absorbed_it():
    """24439 (Saint-Laurent-sur-Manoire) is now a part of 24053."""
    rows = "\n".join(f"{code};1000;200;400;40" for code in COMMUNES)

    report = load_text("census", f"{CENSUS}{rows}\n24439;500;300;100;5\n")

    assert one(report).merged == {"24439": "24053"}
    found = figure("24053", "share_65_plus")
    assert (found.numerator, found.base) == (500, 1_500)
    assert found.value == pytest.approx(100 / 3)


def test_a_secret_in_a_part_makes_the_merged_commune_secret():
    rows = "\n".join(f"{code};1000;200;400;40" for code in COMMUNES)

    load_text("census", f"{CENSUS}{rows}\n24439;500;s;100;5\n")

    assert figure("24053", "share_65_plus").status == "secret"
    assert figure("24053", "unemployment").value == pytest.approx(100 * 45 / 500)


def test_a_published_value_of_merged_communes_is_an_estimate_weighted_by_its_base():
    load_text("filosofi", WHOLE + "24439;200;30000;5\n")

    found = figure("24053", "median_income")

    assert found.status == "imputed"
    assert found.value == pytest.approx((9_800 * 22_000 + 200 * 30_000) / 10_000)


def test_the_density_grid_is_read_under_the_title_of_its_sheet():
    text = "Grille de densité;;\nSource : Insee;;\nCODGEO;LIBGEO;DENS\n" + "".join(
        f"{code};x;{2 if code == '24322' else 6}\n" for code in COMMUNES
    )

    load_text("density_grid", text, vintage="2022")

    assert figure("24322", "density_2").value == 30_000
    assert figure("200040392", "density_6").value == 17_000
    assert figure("200040392", "density_1").value == 0


def test_an_archive_gives_each_of_its_tables():
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr(
            "DISP.csv", "CODGEO;Q221\n" + "".join(f"{c};20000\n" for c in COMMUNES)
        )  # noqa: E501
        archive.writestr(
            "PAUVRES.csv", "CODGEO;TP6021\n" + "".join(f"{c};12\n" for c in COMMUNES)
        )  # noqa: E501
        archive.writestr("meta.csv", "COD_VAR;LIB_VAR\nQ221;Médiane\n")

    report = load(Order("filosofi", "filo.zip"), content, by=None)

    assert [table.state for table in report.tables] == ["loaded", "loaded"]
    assert figure("24322", "median_income").value == 20_000
    assert figure("24322", "poverty_rate").value == 12


def test_any_table_is_read_once_its_columns_are_named():
    mapping = Mapping("arcep_mobile", "no_4g", "insee", "part")

    report = load_text(
        "arcep_mobile", "insee;part\n24322;1,5\n", mapping=mapping, vintage="2024"
    )  # noqa: E501

    assert one(report).state == "loaded"
    assert figure("24322", "no_4g").value == 1.5


def test_an_epci_given_beside_its_communes_keeps_the_figure_given():
    mapping = Mapping("arcep_mobile", "no_4g", "INSEE", "PART", is_count=True)
    text = "INSEE;PART\n24322;120\n24053;45\n24557;5\n200040392;171\n"

    load_text("arcep_mobile", text, vintage="2024", mapping=mapping)

    assert figure("200040392", "no_4g").value == 171


def test_the_command_reports_in_json_and_stops_on_a_file_to_mend(tmp_path, capsys):
    path = tmp_path / "filo.csv"
    path.write_text(WHOLE)

    call_command("load", "filosofi", str(path), "--dry-run", "--report", "json")

    report = json.loads(capsys.readouterr().out)
    assert report["dry_run"] is True
    assert report["files"][0]["tables"][0]["state"] == "checked"
    with pytest.raises(CommandError):
        call_command("load", "filosofi", str(path), "--vintage", "2019")
    path.write_text("code_insee,densite_7\n24322,2\n24053,4\n")
    with pytest.raises(CommandError, match="--vintage 2022"):
        call_command("load", "density_grid", str(path))


def test_files_of_the_data_folder_are_recognised_by_their_columns(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    (tmp_path / "n-importe-quel-nom.csv").write_text(WHOLE)
    (tmp_path / "autre.csv").write_text("a;b\n1;2\n")

    call_command("load", "filosofi")

    assert figure("24322", "poverty_rate").value == 22.5


def test_without_a_file_nor_the_network_the_command_says_where_to_get_it(
    settings, tmp_path
):
    settings.DATA_DIR = tmp_path / "vide"

    with pytest.raises(CommandError, match="https://www.insee.fr"):
        call_command("load", "filosofi")
    with pytest.raises(CommandError, match="france-services"):
        call_command("load", "france_services")
    assert not list((tmp_path / "vide").glob("*"))


def test_the_density_grid_is_read_from_a_workbook_under_its_notes():
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    sheet = book.add_worksheet("Grille")
    sheet.write_row(0, 0, ["Grille communale de densité à sept niveaux"])
    sheet.write_row(2, 0, ["Source : Insee"])
    sheet.write_row(4, 0, ["CODGEO", "LIBGEO", "DENS", "LIBDENS", "PMUN19"])
    for line, code in enumerate(COMMUNES, start=5):
        sheet.write_row(line, 0, [code, "x", 5, "Bourgs ruraux", 1_000])
    book.close()

    report = load(Order("density_grid", "g.xlsx", "2022"), content, by=None)

    assert one(report).state == "loaded", reasons(report)
    assert figure("200040392", "density_5").value == 47_000


def test_incomes_of_epci_are_read_with_the_names_of_2023():
    text = "EPCI;MED_SL;PR_MD60\n200040392;22000;13.4\n200070647;20500;s\n"

    load_text("filosofi", text, vintage="2023")

    assert figure("200040392", "poverty_rate").value == 13.4
    assert figure("200070647", "poverty_rate").status == "secret"


def test_households_without_a_car_are_what_is_left_of_those_who_have_one():
    load_text(
        "census", "CODGEO;P22_RP;P22_RP_VOIT1P\n24322;15000;11000\n", is_part=True
    )

    assert figure("24322", "no_car").value == pytest.approx(100 * 4_000 / 15_000)


def test_a_table_gives_several_figures_one_column_at_a_time():
    text = "code;a;b\n24322;10;20\n24037;30;40\n"
    for indicator, column in (("below_bac", "a"), ("unemployment", "b")):
        mapping = Mapping("census", indicator, "code", column)
        load_text("census", text, vintage="2022", mapping=mapping)

    assert figure("24322", "below_bac").value == 10
    assert figure("24322", "unemployment").value == 20
