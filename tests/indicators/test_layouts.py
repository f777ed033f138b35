"""Each producer's own format: what it gives, what is refused rather than misread."""

from __future__ import annotations

import pytest

from jalons.files.grid import UnreadableFile
from jalons.indicators.models import Observation, Release
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


@pytest.fixture(autouse=True)
def _ground(settings, tmp_path):
    make_places()
    load_definitions(settings.REFERENCE_DIR, tmp_path / "definitions")


def test_the_exclusive_and_the_cumulative_classes_of_speed_give_the_same_share():
    old = (
        "code_insee,nbr,type,inel_hd,elig_hd05,elig_hd3,elig_hd8,elig_thd30,"
        "elig_thd100,elig_thd1g,date\n"
        "24322,100,logloc,0,0,10,20,30,0,40,2019-09-30\n"
    )
    new = (
        "code_insee,nbr,type,inel_hd,elig_hd05,elig_hd3,elig_bhd8,elig_thd30,"
        "elig_thd100,elig_thd1g,date\n"
        "24322,100,logloc,0,100,100,90,70,40,40,2024-06-30\n"
    )
    load_text("arcep_fixed", old, is_part=True)
    load_text("arcep_fixed", new, is_part=True)

    found = Observation.objects.filter(territory="24322").order_by("release__vintage")

    assert [each.value for each in found] == [30, 30]
    assert [each.release.vintage for each in found] == ["2019-09-30", "2024-06-30"]


def test_classes_of_speed_that_hold_neither_way_are_refused():
    text = (
        "code_insee,nbr,inel_hd,elig_hd05,elig_hd3,elig_hd8,elig_thd30,elig_thd100,"
        "elig_thd1g,date\n24322,100,0,5,10,20,30,0,40,2019-09-30\n"
    )

    report = load_text("arcep_fixed", text, is_part=True)

    assert "elig_thd30" in reasons(report)


def test_benefits_need_the_households_of_the_census_first():
    text = "dtreffre;numcomdo;indfoy_rsa\n2023-12;24322;900\n2024-12;24322;1000\n"
    census = "CODGEO;C22_MEN;C22_MENPSEUL\n24322;15000;6000\n"

    refused = load_text("cnaf", text, is_part=True)
    load_text("census", census, is_part=True)
    load_text("cnaf", text, is_part=True)

    assert "recensement" in reasons(refused)
    found = figure("24322", "minimum_benefits")
    assert found.value == pytest.approx(100 * 1_000 / 15_000)
    assert found.release.vintage == "2024-12"


def test_what_is_wrong_in_an_older_month_takes_nothing_from_the_latest():
    text = (
        "dtreffre;numcomdo;indfoy_rsa\n"
        "2023-12;24322;900\n2023-12;24322;800\n2023-12;24053;-4\n"
        "2024-12;24322;1000\n"
    )
    load_text("census", "CODGEO;C22_MEN;C22_MENPSEUL\n24322;15000;6000\n", is_part=True)

    report = load_text("cnaf", text, is_part=True)

    assert figure("24322", "minimum_benefits").value == pytest.approx(100 / 15)
    assert reasons(report) == ""


def test_places_of_a_list_count_once_and_a_commune_without_any_has_none():
    text = (
        'id_fs,lib_fs,insee_com\n1,A,24322\n2,B,24322\n3,"C\nsur deux lignes",24037\n'
    )

    load_text("france_services", text, vintage="2024")

    numbers = {code: figure(code, "france_services").value for code in COMMUNES}
    assert numbers == {"24322": 2, "24053": 0, "24557": 0, "24037": 1, "24520": 0}
    assert figure("200040392", "france_services").value == 2


def test_a_district_across_two_communes_counts_once_in_their_epci():
    text = (
        "code_qp,communes,code_departement\n"
        'QP024001,"Périgueux, Boulazac Isle Manoire",24\n'
    )

    load_text("qpv", text, vintage="2020")

    assert figure("24322", "qpv").value == figure("24053", "qpv").value == 1
    assert figure("200040392", "qpv").value == 1


def test_a_list_with_a_row_that_cannot_be_placed_is_refused_lest_it_make_zeros():
    text = (
        "code_qp,communes,code_departement\n"
        "QP024001,Périgueux,24\n"
        "QP024002,Nulle-Part,24\n"
    )

    report = load_text("qpv", text, vintage="2020")

    assert one(report).state == "refused"
    assert "Nulle-Part" in reasons(report)
    assert not Observation.objects.filter(indicator="qpv").exists()


def test_a_commune_whose_name_has_grown_is_found_in_its_departement():
    text = "code_qp,communes,code_departement\nQP024001,Boulazac,24\n"

    load_text("qpv", text, vintage="2020")

    assert figure("24053", "qpv").value == 1


def test_programmes_count_communes_and_leave_out_the_codes_of_epci():
    text = "programme,code_geo\npvd,24520\npvd,200040392\nautre,24322\n"

    report = load_text("anct_programmes", text, vintage="2024")

    assert figure("24520", "programme_pvd").value == 1
    assert one(report).set_aside == 2
    # A list that says nothing of a programme does not say that there is none.
    assert not Observation.objects.filter(indicator="programme_frr").exists()


def test_distances_go_to_the_nearest_commune_that_has_each_service():
    text = "AN;DEPCOM;TYPEQU\n2024;24322;A128\n2024;24322;A206\n2024;24053;A122\n2024;24322;F307\n"  # noqa: E501

    load_text("bpe", text)

    # A tenth of a degree of longitude at 45° north: 7.86 km.
    assert figure("24322", "library_distance").value == 0
    assert figure("24053", "library_distance").value == pytest.approx(7.863, abs=0.01)
    # Two services on the spot, the third at 7.86 km.
    assert figure("24322", "services_distance").value == pytest.approx(2.621, abs=0.01)
    assert [figure(one, "post_offices").value for one in ("24322", "24053")] == [1, 0]
    assert figure("200040392", "libraries").value == 1
    # A list without a single bank does not say that there is none.
    assert not Observation.objects.filter(indicator="bank_branches").exists()


def test_benefits_are_those_of_the_last_december_and_of_known_columns_only():
    load_text("census", "CODGEO;C22_MEN;C22_MENPSEUL\n24322;15000;6000\n", is_part=True)
    labels = "Date de référence;Code commune;Foyers RSA\n2024-12;24322;900\n"

    with pytest.raises(UnreadableFile, match="Date de référence, Code commune"):
        load_text("cnaf", labels, is_part=True)

    assert not Observation.objects.filter(indicator="minimum_benefits").exists()


RURAL = "Code_insee;Departement;Commune;Classement FRR et FRR+ au 10 juillet 2025\n"


def test_communes_classed_for_rural_revitalisation_are_counted_not_the_others():
    rows = (
        "24322;24;Périgueux;Non classée\n"
        "24053;24;Boulazac Isle Manoire;FRR bénéficiaire\n"
        "24037;24;Bergerac;FRR socle\n"
        "24520;24;Sarlat-la-Canéda;FRR+\n"
    )

    report = load_text("anct_programmes", RURAL + rows)

    assert one(report).vintage == "2025"
    values = {code: figure(code, "programme_frr").value for code in COMMUNES}
    assert values == {"24322": 0, "24053": 0, "24557": 0, "24037": 1, "24520": 1}
    assert figure("200070647", "programme_frr").value == 2


def test_a_class_of_rural_revitalisation_that_is_not_known_is_refused():
    rows = "24322;24;Périgueux;FRR socle\n24037;24;Bergerac;FRR nouvelle\n"

    report = load_text("anct_programmes", RURAL + rows)

    assert "FRR nouvelle" in reasons(report)
    assert one(report).state == "refused"


def test_districts_of_2024_give_the_codes_of_their_communes():
    text = (
        "code_qp,lib_qp,insee_com,lib_com,insee_dep\n"
        'QN02401M,A,"24322, 24053","Périgueux, Boulazac",24\n'
        "QN02402M,B,24037,Bergerac,24\n"
    )
    wrong = text + "QN02403M,C,Sarlat,Sarlat,24\n"

    refused = load_text("qpv", wrong, vintage="2024")
    assert "Sarlat" in reasons(refused)
    assert not Observation.objects.filter(indicator="qpv").exists()
    load_text("qpv", text, vintage="2024")

    assert figure("24053", "qpv").value == figure("24037", "qpv").value == 1
    assert figure("200040392", "qpv").value == 1


def test_an_aggregated_file_of_facilities_is_refused_with_its_columns():
    text = "GEO;GEO_OBJECT;FACILITY_TYPE;OBS_VALUE\n24322;COM;A128;1\n"

    with pytest.raises(UnreadableFile, match="FACILITY_TYPE"):
        load_text("bpe", text)


def test_a_list_without_one_of_the_services_says_what_is_not_computed():
    text = "AN;DEPCOM;TYPEQU\n2024;24322;A206\n2024;24322;F307\n"

    report = load_text("bpe", text)

    assert figure("24322", "library_distance").value == 0
    assert not Observation.objects.filter(indicator="services_distance").exists()
    assert "Distance moyenne aux services publics" in " ".join(one(report).remarks)


def test_a_list_of_which_no_row_counts_is_refused():
    report = load_text("bpe", "AN;DEPCOM;TYPEQU\n2024;24322;B101\n")

    assert one(report).state == "refused"
    assert not Release.objects.filter(source="bpe").exists()


def test_a_file_of_regions_is_not_read_as_one_of_departements():
    codes = ("11", "24", "27", "28", "32", "44", "52", "53", "75", "76")
    for code in codes:
        Territory.objects.update_or_create(
            code=f"R{code}", defaults={"kind": "region", "name": code}
        )
        Territory.objects.update_or_create(
            code=code, defaults={"kind": "departement", "name": code}
        )
    text = "CODGEO;MED21\n" + "".join(f"{code};20000\n" for code in codes)

    report = load_text("filosofi", text, is_part=True)

    assert "R75" in reasons(report)
    assert not Observation.objects.filter(indicator="median_income").exists()


def test_the_iris_of_a_commune_are_added_up():
    text = (
        "IRIS;COM;P22_POP;P22_POP65P\n"
        "243220101;24322;1000;200\n"
        "243220102;24322;3000;900\n"
        "240370000;24037;500;100\n"
    )

    report = load_text("census", text, is_part=True)

    assert one(report).problem_count == 0
    whole = figure("24322", "share_65_plus")
    assert (whole.value, whole.base) == (27.5, 4_000)
    assert figure("24037", "share_65_plus").value == 20


def test_a_commune_one_iris_of_which_is_secret_is_secret():
    text = (
        "IRIS;COM;P22_POP;P22_POP65P\n"
        "243220101;24322;1000;200\n"
        "243220102;24322;3000;s\n"
    )

    load_text("census", text, is_part=True)

    found = figure("24322", "share_65_plus")
    assert (found.value, found.status, found.base) == (None, "secret", 4_000)


def test_a_commune_one_iris_of_which_cannot_be_read_is_left_out():
    text = (
        "IRIS;COM;P22_POP;P22_POP65P\n"
        "243220101;24322;1000;200\n"
        "243220102;24322;3000;douze\n"
        "240370101;24037;500;100\n"
        "240370101;24037;500;100\n"
        "245200000;24520;100;50\n"
    )

    report = load_text("census", text, is_part=True)

    assert "douze" in reasons(report)
    assert "240370101" in reasons(report)
    kept = Observation.objects.filter(
        indicator="share_65_plus", territory__kind="commune"
    )
    assert ["24520"] == list(kept.values_list("territory", flat=True))
