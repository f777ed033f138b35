"""Communes and places for the tests of the directory."""

from __future__ import annotations

import csv
import itertools
from pathlib import Path

from jalons.directory.models import Findable, Place, PlaceList, Service
from jalons.directory.sifting import COLUMNS, _rows, sift
from jalons.directory.vocabulary import read_vocabulary
from jalons.search import operations as search
from jalons.search.operations import Entry
from jalons.territories.models import Territory

BORDEAUX = ("33063", "Bordeaux", -0.5792, 44.8378)
LIBOURNE = ("33243", "Libourne", -0.2436, 44.9156)
WEEK = "Mo-Fr 09:00-12:00,14:00-18:30; Sa 08:30-12:00"
# A place as the national schema gives it, every column filled in.
WHOLE = {
    "id": "lieu-1",
    "pivot": "43493312300029",
    "nom": "Espace numérique d’Exemple",
    "commune": "Bordeaux",
    "code_postal": "33000",
    "code_insee": "33063",
    "adresse": "12 bis rue d’Exemple",
    "complement_adresse": "Bâtiment B",
    "latitude": "44.8400",
    "longitude": "-0.5800",
    "typologie": "TIERS_LIEUX|EPN",
    "telephone": "+33556000000",
    "courriels": "contact@exemple.fr",
    "site_web": "https://exemple.fr/|https://exemple.org/",
    "horaires": WEEK,
    "presentation_resume": "Ateliers pour apprendre, à son rythme.",
    "presentation_detail": "Le mardi, un atelier ; le jeudi, une permanence.",
    "source": "Hub d’Exemple",
    "itinerance": "Fixe",
    "structure_parente": "Association d’Exemple",
    "date_maj": "2026-06-02",
    "services": "Aide aux démarches administratives"
    "|Accès internet et matériel informatique",
    "publics_specifiquement_adresses": "Jeunes|Seniors",
    "prise_en_charge_specifique": "Surdité|Illettrisme",
    "frais_a_charge": "Gratuit",
    "dispositif_programmes_nationaux": "Aidants Connect|France Services",
    "formations_labels": "SUD LABS (PACA)",
    "autres_formations_labels": "Label d’Exemple",
    "modalites_acces": "Se présenter|Téléphoner",
    "modalites_accompagnement": "Accompagnement individuel|À distance",
    "fiche_acces_libre": "https://acceslibre.beta.gouv.fr/app/exemple/",
    "prise_rdv": "https://rdv.exemple.fr/",
}
_numbers = itertools.count(1)


def make_commune(
    code: str = BORDEAUX[0],
    name: str = BORDEAUX[1],
    longitude: float = BORDEAUX[2],
    latitude: float = BORDEAUX[3],
) -> Territory:
    """A commune that the search finds by its name."""
    commune, _is_new = Territory.objects.get_or_create(
        code=code,
        defaults={
            "kind": Territory.Kind.COMMUNE,
            "name": name,
            "longitude": longitude,
            "latitude": latitude,
            "area_km2": 50.0,
        },
    )
    search.index([Entry("commune", code, name, body=code)])
    return commune


def make_place(*, services: tuple[str, ...] = (), **fields: object) -> Place:
    """A place in the centre of Bordeaux."""
    number = next(_numbers)
    place_list, _is_new = PlaceList.objects.get_or_create(
        name="Liste d’Exemple",
        defaults={"licence": "Licence Ouverte 2.0", "is_simulated": False},
    )
    given = {
        "place_list": place_list,
        "ref": f"lieu-{number}",
        "name": f"Lieu {number}",
        "commune": make_commune(),
        "locality": "Bordeaux",
        "postcode": "33000",
        "longitude": BORDEAUX[2],
        "latitude": BORDEAUX[3],
        "position": Place.Position.GIVEN,
    }
    place = Place.objects.create(**given | fields)
    Service.objects.bulk_create(Service(place=place, kind=kind) for kind in services)
    sift([place.pk])
    return place


def write_csv(path: Path, *rows: dict[str, str], leave_out: str = "") -> Path:
    """A file in the national schema."""
    columns = [one for one in read_vocabulary().schema.columns if one != leave_out]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    return path


def assert_rows_follow() -> None:
    """What is kept for searches is what the places say."""
    pks = list(Place.objects.values_list("pk", flat=True))
    kept = Findable.objects.order_by("pk").values_list(*COLUMNS)
    assert list(kept) == sorted(_rows(pks))
