"""IRIS: the table of INSEE, the figures by IRIS, what is inherited from the commune."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from functools import partial

import pytest
import xlsxwriter

from jalons.files.grid import UnreadableFile
from jalons.indicators.figures import described, known, matrix
from jalons.indicators.loading import load
from jalons.indicators.models import Observation, Release
from jalons.indicators.orders import Order
from jalons.search.figures import find
from jalons.territories.iris import Iris
from jalons.territories.models import Membership, Territory
from jalons.territories.operations import write_iris
from tests.indicators.places import (
    figure,
    load_definitions,
    load_text,
    make_places,
    one,
    reasons,
)

pytestmark = pytest.mark.django_db

# The producer's columns, under the lines of title of its workbook.
TABLE = (
    ("CODE_IRIS", "LIB_IRIS", "TYP_IRIS", "GRD_QUART", "DEPCOM", "LIBCOM"),
    ("243220101", "Centre-Ville", "H", "2432201", "24322", "Périgueux"),
    ("243220102", "Toulon", "H", "2432201", "24322", "Périgueux"),
    ("243220103", "Zone d’activités", "A", "2432201", "24322", "Périgueux"),
    ("240370101", "Rive gauche", "H", "2403701", "24037", "Bergerac"),
    ("240530000", "Boulazac Isle Manoire", "Z", "2405300", "24053", "Boulazac"),
    ("245570000", "Trélissac", "Z", "2455700", "24557", "Trélissac"),
    ("245200000", "Sarlat-la-Canéda", "Z", "2452000", "24520", "Sarlat-la-Canéda"),
)
CENSUS = (
    "IRIS;COM;P22_POP;P22_POP65P\n"
    "243220101;24322;2000;600\n"
    "243220102;24322;3000;300\n"
    "243220103;24322;1000;150\n"
    "240370101;24037;26000;8000\n"
    "240530000;24053;10000;3000\n"
    "245570000;24557;7000;2800\n"
    "245200000;24520;9000;3000\n"
)
INCOMES = (
    "IRIS;DISP_TP6021;DISP_INCERT21;DISP_Q121;DISP_MED21\n"
    "243220101;28,4;1;12000;17850\n"
    "243220102;ns;;13000;21300\n"
    "243220103;nd;;nd;nd\n"
    "240370101;19;1;12500;19900\n"
    "245200000;15;1;12500;21000\n"
)


@pytest.fixture(autouse=True)
def _ground(settings, tmp_path):
    make_places()
    load_definitions(settings.REFERENCE_DIR, tmp_path / "definitions")


def workbook(rows=TABLE) -> io.BytesIO:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        # Otherwise the same table would have another fingerprint each second.
        book.set_properties({"created": datetime(2024, 7, 18)})
        sheet = book.add_worksheet("Emboitements_IRIS")
        sheet.write_row(0, 0, ["Table d'appartenance géographique des IRIS"])
        sheet.write_row(1, 0, ["Mise en ligne le 18/07/2024"])
        for at, row in enumerate(rows, start=5):
            sheet.write_row(at, 0, row)
    content.seek(0)
    return content


def load_table(rows=TABLE, name="reference_IRIS_geo2024.xlsx", **order):
    return load(Order("iris", name, **order), workbook(rows), by=None)


def test_the_table_of_iris_makes_the_parts_of_the_communes_that_are_divided():
    report = load_table()

    assert one(report).state == "loaded", reasons(report)
    assert one(report).vintage == "2024"
    assert one(report).set_aside == 3
    assert "4 IRIS, dans 2 communes." in one(report).remarks
    part = Territory.objects.get(pk="I243220102")
    assert (part.kind, part.name) == ("iris", "Périgueux, Toulon")
    around = set(Territory.objects.containing(part).values_list("code", flat=True))
    assert around == {"24322", "200040392", "24", "R75"}


def test_an_iris_is_found_by_its_name_and_that_of_its_commune():
    load_table()

    assert "I243220102" in [hit.ref for hit in find("perigueux toulon")]


def test_the_same_table_again_changes_nothing_and_another_year_retires_what_left():
    load_table()
    assert one(load_table()).state == "unchanged"

    later = tuple(row for row in TABLE if row[0] != "243220103")
    load_table(later, "reference_IRIS_geo2025.xlsx")

    left = Territory.objects.get(pk="I243220103")
    assert left.until == 2024
    assert not Membership.objects.filter(member=left).exists()
    assert Membership.objects.filter(member="I243220101").count() == 4
    assert "I243220103" not in [hit.ref for hit in find("zone d’activités")]


@pytest.mark.parametrize(
    ("rows", "name", "said"),
    [
        (TABLE, "iris.xlsx", "ne dit pas l’année de ses chiffres"),
        (TABLE[:4], "reference_IRIS_geo2024.xlsx", "il a été coupé"),
        (
            (TABLE[0], *(("9" + r[0][1:], *r[1:4], "99999", r[5]) for r in TABLE[1:])),
            "reference_IRIS_geo2024.xlsx",
            "ne correspond à aucun territoire",
        ),
    ],
)
def test_a_table_of_iris_that_cannot_be_is_refused(rows, name, said):
    report = load_table(rows, name)

    assert said in reasons(report)
    assert not Territory.objects.iris().exists()
    assert not Release.objects.filter(source="iris").exists()


def test_a_line_of_the_table_that_cannot_be_read_is_told_with_its_mend():
    rows = (*TABLE[:2], ("2432201", "Toulon", "H", "", "24322", "Périgueux"))
    report = load_table((*rows, *TABLE[2:]))

    assert (
        "«\N{NO-BREAK SPACE}2432201\N{NO-BREAK SPACE}» n’est pas un code d’IRIS"
        in reasons(report)
    )


def test_a_census_file_by_iris_gives_the_iris_and_their_communes():
    load_table()

    report = load_text("census", CENSUS)

    assert one(report).state == "loaded", reasons(report)
    inner, whole = (
        figure("I243220101", "share_65_plus"),
        figure("24322", "share_65_plus"),
    )
    assert (inner.value, inner.base, inner.numerator) == (30.0, 2000, 600)
    # (600 + 300 + 150) of (2 000 + 3 000 + 1 000).
    assert (whole.value, whole.base) == (17.5, 6000)
    assert not Observation.objects.filter(territory="I240530000").exists()


def test_a_file_read_before_the_table_of_iris_says_so_and_is_read_again_after_it():
    before = load_text("census", CENSUS)
    assert any("puis redonnez ce fichier" in r for r in one(before).remarks)
    load_table()

    after = load_text("census", CENSUS)

    assert one(after).state == "loaded"
    assert figure("I243220102", "share_65_plus").value == 10.0
    assert one(load_text("census", CENSUS)).state == "unchanged"


def test_an_iris_given_twice_keeps_neither_row_nor_its_commune():
    load_table()

    report = load_text("census", CENSUS + "243220101;24322;2000;100\n", is_part=True)

    assert (
        "«\N{NO-BREAK SPACE}243220101\N{NO-BREAK SPACE}» est déjà à la ligne 2"
        in reasons(report)
    )
    codes = set(Observation.objects.values_list("territory", flat=True))
    assert not codes & {"I243220101", "24322"}
    assert "I243220102" in codes


def test_incomes_by_iris_are_those_of_the_table_with_their_marks():
    load_table()

    report = load_text("filosofi", INCOMES)

    assert one(report).state == "loaded", reasons(report)
    assert one(report).vintage == "2021"
    assert one(report).set_aside == 1
    assert figure("I243220101", "median_income").value == 17_850
    assert figure("I243220101", "poverty_rate").value == 28.4
    silent = figure("I243220102", "poverty_rate")
    assert (silent.value, silent.status) == (None, "missing")


def test_incomes_by_iris_wait_for_the_table_and_declared_ones_are_refused():
    assert "chargez-la d’abord" in reasons(load_text("filosofi", INCOMES))
    assert not Release.objects.filter(source="filosofi").exists()


def test_what_an_iris_lacks_is_that_of_its_commune_and_says_so():
    load_table()
    load_text("filosofi", INCOMES)
    load_text(
        "filosofi",
        "CODGEO;MED21;TP6021\n24322;21000;22,5\n24053;22000;s\n24557;23000;s\n"
        "24037;20500;21\n24520;20000;nd\n",
    )
    part = Territory.objects.get(pk="I243220102")

    found = described(["median_income", "poverty_rate"], part)

    assert (found["median_income"].value, found["median_income"].inherited_from) == (
        21_300,
        "",
    )
    poverty = found["poverty_rate"]
    assert (poverty.value, poverty.status, poverty.inherited_kind) == (
        22.5,
        "inherited",
        "commune",
    )
    assert known(["poverty_rate"], [part])["I243220102"]["poverty_rate"] == poverty


def test_the_index_weighs_iris_by_the_census_and_marks_what_they_inherit():
    load_table()
    load_text("census", CENSUS)
    load_text("filosofi", INCOMES)
    load_text(
        "census",
        "CODGEO;P22_ACT1564;P22_CHOM1564\n24322;12000;2400\n24053;5000;500\n"
        "24557;3000;300\n24037;11000;2000\n24520;4000;700\n",
    )

    found = matrix(["share_65_plus", "unemployment"], Territory.objects.iris())

    assert found.codes[:2] == ("I240370101", "I243220101")
    assert found.population.tolist() == [26_000, 2000, 3000, 1000]
    assert found.of("unemployment").tolist()[1:] == [20.0, 20.0, 20.0]
    assert found.imputed_of("unemployment").all()
    assert not found.imputed_of("share_65_plus").any()


def test_a_table_of_a_part_of_the_country_leaves_the_other_iris_in_their_place():
    load_table()

    moved = Iris("240370101", "Rive droite", "24037")
    counts = write_iris([moved], year=2025, is_part=True)

    assert (counts.updated, counts.deleted) == (1, 0)
    assert Territory.objects.get(pk="I240370101").name == "Bergerac, Rive droite"
    assert Territory.objects.iris().current().count() == 4
    assert Membership.objects.filter(member="I243220101").count() == 4


# The heads of INSEE’s archives of 2021 and 2022, and their notes beside the table.
FILOSOFI_HEAD = (
    "IRIS;DISP_TP6021;DISP_INCERT21;DISP_Q121;DISP_MED21;DISP_Q321;DISP_EQ21;DISP_D121;"
    "DISP_D221;DISP_D321;DISP_D421;DISP_D621;DISP_D721;DISP_D821;DISP_D921;DISP_RD21;"
    "DISP_S80S2021;DISP_GI21;DISP_PACT21;DISP_PTSA21;DISP_PCHO21;DISP_PBEN21;"
    "DISP_PPEN21;DISP_PPAT21;DISP_PPSOC21;DISP_PPFAM21;DISP_PPMINI21;DISP_PPLOGT21;"
    "DISP_PIMPOT21;DISP_NOTE21"
)
CENSUS_HEAD = (
    "IRIS;COM;TYP_IRIS;LAB_IRIS;P22_POP;P22_POP0002;P22_POP0305;P22_POP0610;"
    "P22_POP1117;P22_POP1824;P22_POP2539;P22_POP4054;P22_POP5564;P22_POP6579;"
    "P22_POP80P;P22_POP0014;P22_POP1529;P22_POP3044;P22_POP4559;P22_POP6074;"
    "P22_POP75P;P22_POP0019;P22_POP2064;P22_POP65P;P22_POPH;P22_POPF;C22_POP15P;"
    "C22_POP15P_STAT_GSEC11_21;P22_POP_FR;P22_POP_ETR;P22_POP_IMM;P22_PMEN;P22_PHORMEN"
)


def row_of(head: str, **cells: str) -> str:
    """A row of an archive: the cells that are named, others as INSEE fills them."""
    return ";".join(cells.get(column, "nd") for column in head.split(";"))


def load_archive(source: str, member: str, *lines: str, **order: object):
    """The table and the notes on its columns, in one archive, as INSEE gives them."""
    content = io.BytesIO()
    notes = "COD_VAR;LIB_VAR\r\nIRIS;Code\r\nCOM;Commune\r\nDISP_MED21;Médiane\r\n"
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr(member, "\r\n".join(lines))
        archive.writestr(f"meta_{member}", notes)
    return load(Order(source, "archive.zip", **order), content, by=None)


def test_the_archive_of_incomes_by_iris_is_read_as_insee_gives_it():
    load_table()
    row = partial(row_of, FILOSOFI_HEAD)

    report = load_archive(
        "filosofi",
        "BASE_TD_FILO_IRIS_2021_DISP.csv",
        FILOSOFI_HEAD,
        row(IRIS="243220101", DISP_MED21="17850", DISP_TP6021="28,4", DISP_NOTE21="0"),
        row(IRIS="243220102", DISP_MED21="21300", DISP_TP6021="ns", DISP_NOTE21="1"),
        row(IRIS="243220103", DISP_NOTE21="3"),
        row(IRIS="240370101", DISP_MED21="19900", DISP_TP6021="s", DISP_NOTE21="0"),
    )

    assert (one(report).state, one(report).vintage) == ("loaded", "2021")
    assert figure("I243220101", "median_income").value == 17_850
    assert figure("I243220101", "poverty_rate").value == 28.4
    reasons_of = {
        code: figure(code, "poverty_rate").status
        for code in ("I243220102", "I243220103", "I240370101")
    }
    assert reasons_of == {
        "I243220102": "missing",
        "I243220103": "missing",
        "I240370101": "secret",
    }


def test_the_archive_of_the_census_by_iris_is_read_as_insee_gives_it():
    load_table()
    row = partial(row_of, CENSUS_HEAD)

    report = load_archive(
        "census",
        "base-ic-evol-struct-pop-2022.CSV",
        CENSUS_HEAD,
        row(
            IRIS="243220101",
            COM="24322",
            TYP_IRIS="H",
            P22_POP="2057.93753915075",
            P22_POP65P="514.484384787688",
        ),
        row(IRIS="245200000", COM="24520", P22_POP="859", P22_POP65P="300"),
        is_part=True,
    )

    assert (one(report).state, one(report).vintage) == ("loaded", "2022")
    inner = figure("I243220101", "share_65_plus")
    assert (inner.value, round(inner.base)) == (pytest.approx(25), 2_058)
    assert figure("24520", "share_65_plus").base == 859


def test_the_archive_of_declared_incomes_is_refused_for_what_it_is():
    with pytest.raises(UnreadableFile, match="DEC_MED21"):
        load_archive(
            "filosofi",
            "BASE_TD_FILO_IRIS_2021_DEC.csv",
            "IRIS;DEC_TP6021;DEC_PIMP21;DEC_Q121;DEC_MED21",
            "243220101;28,4;40;12000;17850",
        )
