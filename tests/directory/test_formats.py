"""Each format ends in the columns of the schema, through one reader."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from jalons.directory.mapping import known_formats, recognise
from jalons.directory.models import Place
from jalons.directory.opening import open_places
from jalons.directory.operations import Order, import_places
from jalons.directory.vocabulary import read_vocabulary
from jalons.files.tables import UnreadableFile
from tests.directory.places import LIBOURNE, make_commune

pytestmark = pytest.mark.django_db
ORDER = Order("Liste d’Exemple")
REAL = Path("../shared/data/france_services_2024-08.csv")
FRANCE_SERVICES = {
    "id_fs": "7",
    "lib_fs": "France services d’Exemple",
    "adresse": "1 place de l’Exemple",
    "insee_com": "33063",
    "code_postal": "33000",
    "lib_com": "Bordeaux",
    "latitude": "44.84",
    "longitude": "-0.58",
    "mail": "bordeaux@france-services.gouv.fr",
    "telephone": "05 56 00 00 00",
    "h_lundi": "09:00 - 12:00",
    "h_mardi": "",
    "h_mercredi": "09:00 - 12:00 / 14:00 - 17:00",
    "h_jeudi": "",
    "h_vendredi": "",
    "h_samedi": "",
    "commentaire": "Accueil\nsur rendez-vous",
    "format_fs": "Bus_équivalent",
}
STRUCTURE = {
    "source": "dora",
    "id": "dora--1",
    "nom": "Structure d’Exemple",
    "siret": "43493312300029",
    "commune": "Bordeaux",
    "code_postal": "33000",
    "code_insee": "33063",
    "adresse": "1 place de l’Exemple",
    "latitude": 44.84,
    "longitude": -0.58,
    "horaires_accueil": "Mo-Fr 08:30-12:30; PH off",
    "accessibilite_lieu": "https://acceslibre.beta.gouv.fr/app/exemple/",
    "reseaux_porteurs": ["ccas-cias"],
    "date_maj": "2026-02-14",
    "description": "Une structure inventée pour cet essai.",
}
SERVICE = {
    "id": "s1",
    "structure_id": "dora--1",
    "thematiques": [
        "numerique--maitriser-les-fondamentaux-du-numerique",
        "mobilite--acceder-a-un-vehicule",
    ],
    "frais": "gratuit",
    "publics": ["seniors"],
    "modes_mobilisation": ["se-presenter", "telephoner"],
}


@pytest.fixture(autouse=True)
def _communes():
    make_commune()
    make_commune(*LIBOURNE)


def table(path: Path, *rows: dict[str, str]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def as_json(path: Path, *rows: dict[str, object]) -> Path:
    path.write_text(json.dumps(rows), encoding="utf-8")
    return path


def test_every_format_ends_in_columns_and_values_of_the_schema():
    vocabulary = read_vocabulary()

    for found in known_formats().values():
        columns = {*found.columns, *found.fixed, *found.values}
        assert columns <= set(vocabulary.schema.columns), found.id
        for column, values in found.values.items():
            for label in filter(None, values.values()):
                assert vocabulary.code_of(column, label), (found.id, label)
        assert found.reviewer == ""


def test_france_services_days_become_hours_and_its_words_a_description(tmp_path):
    path = table(tmp_path / "fs.csv", FRANCE_SERVICES)

    report = import_places(open_places(path), ORDER, by=None)

    place = Place.objects.get()
    assert (report.created, report.refused) == (1, [])
    assert place.ref == "7"
    assert place.opening == "Mo 09:00-12:00; We 09:00-12:00,14:00-17:00"
    assert place.description == "Accueil\nsur rendez-vous"
    assert (place.kinds, place.costs) == (["france_services"], ["gratuit"])
    assert place.mobility == ["itinerant"]
    assert place.phone == "+33556000000"
    assert place.mailboxes == ["bordeaux@france-services.gouv.fr"]


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("h_mardi", "sur rendez-vous"),
        ("commentaire", "Un lundi sur deux : mairie d’Exemple"),
        ("commentaire", "Semaine paire seulement"),
    ],
)
def test_hours_that_are_not_every_week_s_are_kept_as_text_and_listed(
    tmp_path, column, text
):
    path = table(tmp_path / "fs.csv", FRANCE_SERVICES | {column: text})

    report = import_places(open_places(path), ORDER, by=None)

    place = Place.objects.get()
    assert place.hours is None
    assert "09:00 - 12:00" in place.opening
    assert "horaires" in {column for column, _sentence in report.told}


def test_structures_and_services_of_data_inclusion_are_joined(tmp_path):
    structures = as_json(
        tmp_path / "structures.json",
        STRUCTURE,
        STRUCTURE | {"id": "dora--2", "nom": "Sans numérique"},
    )
    services = as_json(
        tmp_path / "services.json",
        SERVICE,
        SERVICE | {"id": "s2", "frais": "payant"},
        SERVICE | {"structure_id": "dora--2", "thematiques": ["mobilite--autre"]},
    )
    records = open_places(structures, services=services)

    import_places(records, ORDER, by=None)

    place = Place.objects.get()
    assert place.name == "Structure d’Exemple"
    assert place.organisation.pivot == "43493312300029"
    assert [one.kind for one in place.services.all()] == ["quotidien"]
    assert place.costs == ["gratuit", "payant"]
    assert place.publics == ["seniors"]
    assert place.access_modes == ["venir", "telephoner"]
    assert place.hours is not None
    assert "1" in records.remarks[-1]


def test_a_file_of_services_beside_something_else_is_refused(tmp_path):
    path = table(tmp_path / "fs.csv", FRANCE_SERVICES)

    with pytest.raises(UnreadableFile, match="data·inclusion"):
        open_places(path, services=as_json(tmp_path / "s.json", SERVICE))


def test_conseillers_numeriques_leave_the_former_columns(tmp_path):
    row = {
        "id": "c1",
        "nom": "Médiathèque d’Exemple",
        "commune": "Libourne",
        "code_postal": "33500",
        "code_insee": "33243",
        "adresse": "2 rue de l’Exemple",
        "latitude": "44.9156",
        "longitude": "-0.2436",
        "courriel": "mediatheque@exemple.fr",
        "horaires": "Tu 10:00-12:00",
        "date_maj": "2026-05-01",
        "labels_nationaux": "CNFS",
        "conditions_acces": "Gratuit : Je peux accéder gratuitement au lieu et à ses "
        "services",
        "publics_accueillis": "Adultes;Seniors (+ 65 ans);Surdité",
        "services": "Prendre en main un ordinateur;Accéder à du matériel",
        "modalites_accompagnement": "Seul : j'ai accès à du matériel et une connexion",
        "prive": "FALSE",
    }

    report = import_places(open_places(table(tmp_path / "c.csv", row)), ORDER, by=None)

    place = Place.objects.get()
    assert report.unknown_values == {}
    assert (place.publics, place.care) == (["seniors"], ["surdite"])
    assert (place.programmes, place.costs) == (["advisers"], ["gratuit"])
    assert place.support_modes == ["autonomie"]
    assert {one.kind for one in place.services.all()} == {"quotidien", "acces"}


def test_any_table_is_read_with_a_mapping_kept_in_a_file(tmp_path):
    path = table(
        tmp_path / "t.csv",
        {"Lieu": "Espace", "Ville": "Bordeaux", "N°": "1", "Aide": "Papiers + Ordi"},
    )
    mapping = tmp_path / "m.toml"
    mapping.write_text(
        'id = "exemple"\ntitle = "Exemple"\nseparator = "+"\n'
        '[columns]\nid = "N°"\nnom = "Lieu"\ncommune = "Ville"\nservices = "Aide"\n'
        '[values.services]\n"Papiers" = "Aide aux démarches administratives"\n',
        encoding="utf-8",
    )

    call_command("import_places", str(path), mapping=mapping, list="Exemple")

    place = Place.objects.get()
    assert [one.kind for one in place.services.all()] == ["demarches"]
    assert place.unread["services"] == ["Ordi"]


def test_columns_tell_the_format_and_the_national_schema_needs_none():
    found = recognise(tuple(FRANCE_SERVICES))

    assert found is not None
    assert found.id == "france-services"
    assert recognise(tuple(read_vocabulary().schema.columns)) is None
    assert settings.REFERENCE_DIR.joinpath("directory/formats").is_dir()


@pytest.mark.skipif(not REAL.exists(), reason=f"{REAL} is not there to be read")
def test_the_real_list_of_france_services_is_read_to_its_last_row():
    records = open_places(REAL)
    vocabulary = read_vocabulary()

    rows = list(records.rows)

    assert len(rows) == 2845
    weeks = [cells["horaires"] for _line, cells in rows if cells["horaires"]]
    kept = [text for text in weeks if " · " in text]
    assert (len(weeks), len(kept)) == (2797, 151)
    assert records.extra(vocabulary) == []
