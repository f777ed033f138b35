"""A roadmap leaves for the national platform under its names, and tells its lacks."""

from __future__ import annotations

import io
import json
from datetime import date
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from jsonschema import Draft202012Validator
from python_calamine import CalamineWorkbook

from jalons.roadmaps.models import Action, Need
from jalons.roadmaps.operations import Budgeted
from jalons.territories.models import Membership, Territory
from tests.factories import make_territory
from tests.roadmaps.plans import (
    make_action,
    make_roadmap,
    make_stake,
    make_workstream,
)

WHOLE = {
    "starts_on": date(2027, 3, 1),
    "ends_on": date(2028, 2, 29),
    "lead": "CIAS",
    "partners": "CAF\nMSA",
    "needs": [Need.DATA.value, Need.LAW.value],
}


@pytest.fixture
def written(space, officer):
    """Two actions to be told, one of them whole, and one given up."""
    roadmap = make_roadmap(
        space, by=officer, lead="CC d’Exemple", course="Un cap", others_in_group="CIAS"
    )
    stream = make_workstream(
        make_stake(roadmap, by=officer), by=officer, leads=["CCAS"]
    )
    shared = Budgeted("Région", Decimal("12500.5")), Budgeted("CAF", Decimal(500))
    make_action(stream, "Un bus", *shared, by=officer, **WHOLE)
    left = Budgeted("Région", None), Budgeted("Département", Decimal(10))
    make_action(stream, "Des ateliers", *left, by=officer)
    given_up = Budgeted("Fondation", Decimal(9))
    make_action(stream, "Un film", given_up, by=officer, status=Action.Status.DROPPED)
    return roadmap


def _national(client, roadmap, format: str) -> bytes:
    address = reverse("roadmaps:national_file", args=[roadmap.pk, format])
    return b"".join(client.get(address))


def test_actions_leave_under_the_national_names_and_codes(signed_in, written):
    told = json.loads(_national(signed_in, written, "json"))

    first, second = told["actions"]
    assert {
        "nom": "Un bus",
        "besoins": ["collecter_des_donnees_territoriales", "appui_juridique"],
        "budgetGlobal": "13000.50",
        "dateDeDebut": "2027-03-01",
        "dateDeFin": "2028-02-29",
        "porteurs": ["CIAS"],
        "coFinancements": [
            {"membre": "Région", "montant": "12500.50"},
            {"membre": "CAF", "montant": "500.00"},
        ],
    }.items() <= first.items()
    assert "1. Comment aller vers les habitants ?" in first["contexte"]
    assert "CAF, MSA" in first["description"]
    assert (None, [], None) == (
        second["budgetGlobal"],
        second["porteurs"],
        second["dateDeDebut"],
    )
    roles = {one["nom"]: one["roles"] for one in told["gouvernance"]["membres"]}
    assert {
        "CIAS": ["observateur"],
        "Région": ["cofinanceur"],
        "CAF": ["cofinanceur"],
        "Département": ["cofinanceur"],
    } == roles


def test_what_the_platform_would_still_ask_is_told_where_it_is_missing(
    signed_in, written
):
    page = signed_in.get(reverse("roadmaps:national", args=[written.pk]))

    lacks = {(one.where, one.what) for one in page.context["national"].lacks}
    second = {
        ("L’action 1.a.2", what)
        for what in (
            "ses besoins",
            "son budget entier",
            "son début",
            "sa fin",
            "qui la porte",
        )
    }
    assert second < lacks
    assert not {where for where, _what in lacks} & {"L’action 1.a.1", "L’action 1.a.3"}
    assert "son périmètre : les territoires couverts".replace(" :", "\xa0:") in {
        what for _where, what in lacks
    }


def test_the_largest_territory_names_the_perimeter_and_departements_are_found(
    signed_in, written
):
    departement = make_territory("Dordogne", Territory.Kind.DEPARTEMENT, "24")
    epci = make_territory()
    Membership.objects.create(member=epci, group=departement, since=2026)
    written.perimeter.set([epci])
    one = json.loads(_national(signed_in, written, "json"))
    written.perimeter.add(make_territory("Gironde", Territory.Kind.DEPARTEMENT, "33"))
    two = json.loads(_national(signed_in, written, "json"))

    assert "groupementsDeCommunes" == one["feuilleDeRoute"]["perimetreGeographique"]
    assert [{"code": "24", "nom": "Dordogne"}] == one["gouvernance"]["departements"]
    assert "departemental" == two["feuilleDeRoute"]["perimetreGeographique"]
    assert ["24", "33"] == [
        place["code"] for place in two["gouvernance"]["departements"]
    ]
    assert any("plusieurs départements" in lack["quoi"] for lack in two["aCompleter"])
    assert not any("plusieurs" in lack["quoi"] for lack in one["aCompleter"])


def test_the_workbook_holds_the_same_and_marks_what_is_invented(signed_in, written):
    written.is_simulated = True
    written.save()

    book = CalamineWorkbook.from_filelike(
        io.BytesIO(_national(signed_in, written, "xlsx"))
    )
    header, first, second = book.get_sheet_by_name("SIMULÉ Actions").to_python()
    told = dict(zip(header, first, strict=True))

    assert ("SIMULÉ", "Un bus", "13000.50") == (
        told["mention"],
        told["nom"],
        told["budgetGlobal"],
    )
    assert "" == second[header.index("budgetGlobal")]
    shared = book.get_sheet_by_name("SIMULÉ Co-financements").to_python()
    assert [1, 1, 2, 2] == [line[1] for line in shared[1:]]


def test_the_data_hold_to_their_published_schema(client, signed_in, written):
    make_stake(written, "Comment former ?", by=written.created_by)
    client.logout()
    schema = client.get(reverse("roadmaps:schema")).json()
    client.force_login(written.created_by)
    told = json.loads(
        client.get(reverse("roadmaps:export_json", args=[written.pk])).content
    )

    Draft202012Validator.check_schema(schema)
    valid = Draft202012Validator(schema)
    assert [] == [error.message for error in valid.iter_errors(told)]
    told["stakes"][0]["workstreams"][0]["actions"][0]["budget"][0]["amount"] = 12500.5
    assert not valid.is_valid(told)


def test_needs_are_ticked_among_eleven_and_no_other(signed_in, written):
    action = Action.objects.get(description="Des ateliers")
    address = reverse("roadmaps:action", args=[written.pk, action.pk])
    sent = {
        **{"description": "Des ateliers", "status": "planned", "version": 1},
        **{"budget-TOTAL_FORMS": 0, "budget-INITIAL_FORMS": 0},
    }

    refused = signed_in.post(address, sent | {"needs": ["de_l_argent"]})
    kept = signed_in.post(address, sent | {"needs": [Need.FUND.value]})

    assert (200, 302) == (refused.status_code, kept.status_code)
    assert ["structurer_un_fonds"] == Action.objects.get(pk=action.pk).needs
    assert 11 == len(Need)


def test_the_command_writes_what_the_page_gives_and_says_what_lacks(
    signed_in, written, tmp_path, capsys
):
    file = tmp_path / "feuille.json"
    call_command("export_roadmap", written.pk, file, "--national", "--dry-run")
    assert not file.exists()
    assert "L’action 1.a.2" in capsys.readouterr().out

    call_command("export_roadmap", written.pk, file, "--national", "--json")
    assert file.read_bytes() == _national(signed_in, written, "json")
    assert 2 == json.loads(capsys.readouterr().out)["actions"]

    for name in ("feuille.csv", "feuille.pdf"):
        call_command("export_roadmap", written.pk, tmp_path / name)
    assert (tmp_path / "feuille.csv").read_text("utf-8-sig").count("Un bus") == 2
    for refused in ("feuille.exe", "absent/feuille.csv"):
        with pytest.raises(CommandError):
            call_command("export_roadmap", written.pk, tmp_path / refused)
    with pytest.raises(CommandError):
        call_command("export_roadmap", 0, file)
