"""What the report of a load says to someone who reads one for the first time."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from jalons.files.grid import UnreadableFile
from jalons.indicators.inventory import inventory
from jalons.indicators.loading import load
from jalons.indicators.models import Load, Release
from jalons.indicators.orders import Order
from jalons.indicators.sentences import lines_of
from jalons.territories.models import Territory
from tests.factories import make_user
from tests.indicators.places import (
    COMMUNES,
    figure,
    load_definitions,
    load_text,
    make_places,
    reasons,
)

pytestmark = pytest.mark.django_db

DENSITY = "CODGEO;DENS;PMUN22\n" + "".join(f"{code};5;1000\n" for code in COMMUNES)
INCOMES = "CODGEO;MED13;TP6013\n" + "".join(f"{code};20000;12\n" for code in COMMUNES)


@pytest.fixture(autouse=True)
def _ground(settings, tmp_path):
    make_places()
    load_definitions(settings.REFERENCE_DIR, tmp_path / "definitions")


@pytest.fixture
def administrator(client):
    user = make_user()
    user.is_staff = True
    user.save()
    client.force_login(user)
    return user


def given(text: str, name: str = "essai.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode())


def test_the_file_of_another_source_is_refused_with_what_was_expected_and_its_name():
    with pytest.raises(UnreadableFile) as refused:
        load_text("filosofi", DENSITY)

    said = str(refused.value)
    assert "CODGEO, MED21, TP6021" in said
    assert "CODGEO, DENS, PMUN22" in said
    assert "Grille communale de densité" in said


def test_a_file_of_no_known_source_says_what_was_expected_and_no_more():
    with pytest.raises(UnreadableFile) as refused:
        load_text("iris", "a;b\n1;2\n")

    assert "CODE_IRIS, LIB_IRIS, DEPCOM" in str(refused.value)
    assert "choisissez cette source" not in str(refused.value)


@pytest.mark.parametrize(
    ("name", "vintage", "said"),
    [
        ("filosofi_2021.csv", "", "Le nom du fichier dit 2021, ses colonnes 2013"),
        ("filosofi_2021.csv", "2021", "Les colonnes du fichier sont celles de 2013"),
        ("filosofi_2021.csv", "2013", ""),
        ("filosofi_2013_geo2021.csv", "", ""),
    ],
)
def test_columns_of_an_older_year_than_the_name_of_the_file_are_asked_about(
    name, vintage, said
):
    order = Order("filosofi", name, vintage=vintage)

    report = load(order, io.BytesIO(INCOMES.encode()), by=None)

    assert said in reasons(report)
    assert report.is_refused == bool(said)


def test_the_latest_census_of_a_file_that_holds_several_is_read():
    rows = "".join(f"{code};1000;100;1000;300\n" for code in COMMUNES)
    load_text("census", f"CODGEO;P16_POP;P16_POP65P;P22_POP;P22_POP65P\n{rows}")

    assert Release.objects.get().vintage == "2022"
    assert figure("24322", "share_65_plus").value == 30


def test_a_problem_of_the_whole_file_names_neither_line_nor_column():
    said = reasons(load_text("density_grid", DENSITY))

    assert said.startswith("essai.csv\N{NO-BREAK SPACE}: Le fichier ne dit pas l’année")


def test_a_file_without_any_row_does_not_count_codes_out_of_none():
    said = reasons(load_text("density_grid", "CODGEO;DENS\n", vintage="2022"))

    assert "Aucune ligne ne donne le code d’un territoire" in said
    assert "0 codes" not in said


def test_arrondissements_are_counted_in_their_commune_or_said_to_be_left_out():
    Territory.objects.create(
        code="75056", kind="commune", name="Paris", population=2_000_000
    )
    quarters = "75101;1000;300\n75102;3000;500\n"
    rows = "".join(f"{code};1000;300\n" for code in COMMUNES)
    text = f"CODGEO;P22_POP;P22_POP65P\n{rows}{quarters}"

    alone = load_text("census", text)

    assert figure("75056", "share_65_plus").value == 20
    assert any("2 arrondissements" in s and "comptés" in s for s in lines_of(alone))
    both = load_text("census", text + "75056;4000;1000\n")
    assert figure("75056", "share_65_plus").value == 25
    assert any("2 arrondissements" in s and "de côté" in s for s in lines_of(both))


def test_a_year_that_the_file_does_not_say_is_asked_without_sending_it_again(
    client, administrator
):
    form = {"source": "density_grid", "file": given(DENSITY)}
    page = client.post(reverse("indicators:load"), form, follow=True)
    assert "indiquez-la" in page.content.decode()
    pending = Load.objects.get()
    follow = reverse("indicators:follow", args=[pending.pk])
    wrong = client.post(follow, {"source": "density_grid", "vintage": "22"})
    assert "Écrivez une année (2022)" in wrong.content.decode()

    client.post(follow, {"source": "density_grid", "vintage": "2022"})

    pending.refresh_from_db()
    assert (pending.state, pending.attempt) == (Load.State.READY, 2)
    client.post(follow)
    assert figure("24322", "density_5").value == 30_000


def test_a_file_that_is_already_loaded_offers_to_see_it_rather_than_to_load_it(
    client, administrator
):
    load_text("density_grid", DENSITY, vintage="2022")
    form = {"source": "density_grid", "file": given(DENSITY), "vintage": "2022"}

    page = client.post(reverse("indicators:load"), form, follow=True).content.decode()

    assert "déjà chargé, rien ne change" in page
    assert "Charger ces chiffres" not in page
    assert "Voir ce qui est chargé" in page


def test_the_tables_of_one_census_are_one_entry_of_the_page_of_data(client):
    rows = "".join(f"{code};1000;300\n" for code in COMMUNES)
    load_text("census", f"CODGEO;P22_POP;P22_POP65P\n{rows}")
    load_text("census", f"CODGEO;P22_ACT1564;P22_CHOM1564\n{rows}")

    (census,) = inventory().loaded
    page = client.get(reverse("indicators:show")).content.decode()

    assert [(vintage, len(files)) for vintage, files in census.vintages] == [
        ("2022", 2)
    ]
    assert "<strong>2022</strong>, en 2 tableaux" in page
    assert "Part des 65 ans et plus" in page


def test_codes_whose_first_zero_a_spreadsheet_took_away_are_told_as_such():
    codes = [f"0100{n}" for n in range(1, 10)]
    Territory.objects.bulk_create(
        Territory(code=code, kind="commune", name=code, population=100)
        for code in codes
    )
    rows = "".join(f"{code};5;100\n" for code in (*COMMUNES, *codes[1:], "1001"))

    said = reasons(
        load_text("density_grid", f"CODGEO;DENS;PMUN22\n{rows}", vintage="2022")
    )

    assert "Des codes ont perdu leur premier zéro (1001 pour 01001" in said
    assert not Release.objects.filter(source="density_grid").exists()
