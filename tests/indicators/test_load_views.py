from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from jalons.files.models import StoredFile
from jalons.indicators.models import Indicator, Load, Observation, Source
from jalons.territories.models import Territory
from tests.factories import make_space, make_user
from tests.indicators.places import COMMUNES, figure, load_definitions, make_places

pytestmark = pytest.mark.django_db

INCOMES = "CODGEO;NBPERSMENFISC21;MED21;TP6021\n" + "".join(
    f"{code};1000;20000;12,5\n" for code in COMMUNES
)


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


def test_an_administrator_reads_the_report_before_anything_is_loaded(
    client, administrator
):
    form = {"source": "filosofi", "file": given(INCOMES)}

    page = client.post(reverse("indicators:load"), form, follow=True)

    assert "peut être chargé, millésime 2021" in page.content.decode()
    assert not Observation.objects.exists()
    pending = Load.objects.get()
    client.post(reverse("indicators:follow", args=[pending.pk]))
    assert figure("24322", "poverty_rate").value == 12.5
    pending.refresh_from_db()
    assert pending.state == Load.State.LOADED


def test_a_file_that_must_be_mended_cannot_be_confirmed(client, administrator):
    form = {"source": "filosofi", "file": given(INCOMES), "vintage": "2019"}

    page = client.post(reverse("indicators:load"), form, follow=True)

    pending = Load.objects.get()
    assert pending.state == Load.State.REFUSED
    assert "et vous avez demandé 2019" in page.content.decode()
    client.post(reverse("indicators:follow", args=[pending.pk]))
    assert not Observation.objects.exists()


def test_rows_left_out_are_downloaded_and_go_with_the_file(client, administrator):
    wrong = INCOMES.replace("24053;1000;20000;12,5", "24053;1000;20000;125")
    form = {"source": "filosofi", "file": given(wrong)}
    page = client.post(reverse("indicators:load"), form, follow=True)
    pending = Load.objects.get()
    address = reverse("indicators:quarantine", args=[pending.pk])

    answer = client.get(address)

    assert address in page.content.decode()
    assert "essai-lignes-ecartees.csv" in answer.headers["Content-Disposition"]
    assert "24053;1000;20000;125" in b"".join(answer).decode()
    client.post(reverse("indicators:forget", args=[pending.pk]))
    assert not StoredFile.objects.exists()


def test_a_file_without_fault_has_no_rows_to_download(client, administrator):
    client.post(
        reverse("indicators:load"), {"source": "filosofi", "file": given(INCOMES)}
    )
    pending = Load.objects.get()

    assert (
        404
        == client.get(reverse("indicators:quarantine", args=[pending.pk])).status_code
    )


def test_columns_of_another_source_are_named_in_the_refusal(client, administrator):
    form = {"source": "census", "file": given(INCOMES)}

    page = client.post(reverse("indicators:load"), form, follow=True)

    assert "MED21" in page.content.decode()


def test_a_forgotten_file_leaves_nothing(client, administrator):
    form = {"source": "filosofi", "file": given(INCOMES)}
    client.post(reverse("indicators:load"), form)

    client.post(reverse("indicators:forget", args=[Load.objects.get().pk]))

    assert not Load.objects.exists()
    assert not StoredFile.objects.exists()


def test_an_owner_adds_the_figures_of_the_team_and_only_members_read_them(client):
    owner, reader, stranger = make_user(), make_user(), make_user()
    space = make_space(
        territory=Territory.objects.get(pk="200040392"), owner=owner, reader=reader
    )
    client.force_login(owner)
    table = "insee;adhérents;autre\n24322;120;x\n24053;45;y\n24557;5;z\n"
    client.post(
        reverse("indicators:add", args=[space.pk]), {"file": given(table, "asso.csv")}
    )
    pending = Load.objects.get()
    follow = reverse("indicators:follow", args=[pending.pk])
    assert "adhérents" in client.get(follow).content.decode()

    page = client.post(
        follow,
        {
            "code_column": "insee",
            "value_column": "adhérents",
            "title": "Adhérents de l’espace numérique",
            "unit": "count",
            "vintage": "2025",
            "source_title": "Fichier des adhérents",
            "producer": "Association d’Exemple",
            "licence": "Usage interne",
        },
        follow=True,
    )
    assert "peut être chargé" in page.content.decode()
    client.post(follow)

    address = reverse("indicators:own", args=[space.pk])
    assert "170" in client.get(address).content.decode()
    client.force_login(reader)
    assert "Adhérents de l’espace" in client.get(address).content.decode()
    client.force_login(stranger)
    assert client.get(address).status_code == 404
    for public in (
        reverse("indicators:show"),
        reverse("front:territory", args=["24322"]),
        reverse("diagnosis:show", args=["24322"]),
    ):
        assert "Adhérents" not in client.get(public).content.decode()


def test_two_columns_of_one_name_are_refused_before_they_are_named(client):
    owner = make_user()
    space = make_space(owner=owner)
    client.force_login(owner)
    client.post(
        reverse("indicators:add", args=[space.pk]),
        {"file": given("code;code\n24322;1\n")},
    )
    follow = reverse("indicators:follow", args=[Load.objects.get().pk])

    page = client.get(follow, follow=True)

    assert "Deux colonnes portent ce nom" in page.content.decode()
    assert not Load.objects.exists()


def test_the_code_and_the_figure_cannot_be_the_same_column(client):
    owner = make_user()
    space = make_space(owner=owner)
    client.force_login(owner)
    client.post(
        reverse("indicators:add", args=[space.pk]),
        {"file": given("insee;n\n24322;1\n")},
    )
    follow = reverse("indicators:follow", args=[Load.objects.get().pk])

    page = client.post(follow, {"code_column": "insee", "value_column": "insee"})

    assert "sont deux colonnes" in page.content.decode()
    assert Load.objects.get().state == Load.State.COLUMNS


def test_forgetting_a_file_of_a_team_takes_its_empty_indicator_along(client):
    owner = make_user()
    space = make_space(owner=owner)
    client.force_login(owner)
    client.post(
        reverse("indicators:add", args=[space.pk]),
        {"file": given("insee;n\n99999;1\n")},
    )
    pending = Load.objects.get()
    words = {
        "code_column": "insee",
        "value_column": "n",
        "title": "T",
        "unit": "count",
        "vintage": "2025",
        "source_title": "S",
        "producer": "P",
        "licence": "L",
    }
    client.post(reverse("indicators:follow", args=[pending.pk]), words)
    assert Indicator.objects.filter(source__space=space).exists()

    client.post(reverse("indicators:forget", args=[pending.pk]))

    assert not Indicator.objects.filter(source__space=space).exists()
    assert not Source.objects.filter(space=space).exists()
