"""Invented places around real towns, marked as such everywhere they are shown.

The project carries no real list. These have a name that says *Exemple*, a telephone
number of those reserved for fiction, and the word SIMULÉ beside them.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from django.core.files.uploadedfile import SimpleUploadedFile

from jalons.accounts.models import User
from jalons.curation import correcting, duplicates
from jalons.curation import operations as curation
from jalons.curation.models import PlaceReport
from jalons.directory.models import Place
from jalons.directory.operations import Order, import_places
from jalons.directory.records import Records, Row
from jalons.directory.vocabulary import read_vocabulary
from jalons.spaces.models import Space
from jalons.territories.models import Territory

LIST = "Lieux d’exemple (simulés)"
TOWNS = 5
"""The most populated communes of each département."""
KINDS: tuple[dict[str, str], ...] = (
    {
        "nom": "Médiathèque d’Exemple",
        "adresse": "1 place de l’Exemple",
        "typologie": "BIB",
        "services": "Maîtrise des outils numériques du quotidien|Accès internet et "
        "matériel informatique",
        "horaires": "Tu-Fr 10:00-12:30,14:00-18:30; Sa 10:00-17:00",
        "modalites_acces": "Se présenter",
        "frais_a_charge": "Gratuit",
        "prise_en_charge_specifique": "Handicaps moteurs|Illettrisme",
        "date_maj": "2026-09-01",
        "presentation_resume": "Des ateliers pour apprendre, à son rythme.",
    },
    {
        "nom": "France services d’Exemple",
        "adresse": "4 rue de l’Exemple",
        "typologie": "RFS",
        "services": "Aide aux démarches administratives",
        "horaires": "Mo-Fr 09:00-12:00,13:30-17:00; PH off",
        "modalites_acces": "Se présenter|Téléphoner",
        "frais_a_charge": "Gratuit",
        "dispositif_programmes_nationaux": "France Services|Aidants Connect",
        "date_maj": "2026-10-15",
    },
    {
        "nom": "Tiers-lieu d’Exemple",
        "adresse": "12 chemin de l’Exemple",
        "typologie": "TIERS_LIEUX",
        "services": "Loisirs et créations numériques|Maîtrise des outils numériques du "
        "quotidien",
        "horaires": "We 14:00-21:00; Sa[1] 10:00-18:00",
        "frais_a_charge": "Gratuit sous condition",
        "publics_specifiquement_adresses": "Jeunes",
        "date_maj": "2025-03-01",
    },
    {
        "nom": "Permanence numérique d’Exemple",
        "adresse": "Mairie, place de l’Exemple",
        "typologie": "MUNI",
        "services": "Aide aux démarches administratives",
        "horaires": "le premier lundi du mois",
        "itinerance": "Itinérant",
        "modalites_acces": "Téléphoner",
    },
)
# The same library named twice, so that a pair is there to be looked at.
TWIN = {"nom": "MEDIATHEQUE D’EXEMPLE", "adresse": "1, place de l'Exemple"}
# A table of the territory, in the words of whoever keeps it.
WAITING_NAME = "lieux-d-exemple-simules.csv"
WAITING = (
    (
        *("id", "commune", "code_insee", "nom", "adresse", "typologie"),
        *("services", "frais_a_charge", "horaires"),
    ),
    (
        *("Point numérique d’Exemple", "Mairie (exemple)", "MUNI"),
        *("Aide aux démarche administratives|Coups de main divers", "gratuit"),
        "Th 09:00-12:00",
    ),
    (
        *("Foyer d’Exemple", "2 rue de l’Exemple", "Centre socio-culturel"),
        *("Maîtrise des outils numérique du quotidien", "adhésion de 5 €"),
        "Fr 14:00-17:00",
    ),
)
# About two kilometres, one after the other around the town.
STEPS = ((0.0, 0.0), (0.012, 0.004), (-0.01, 0.012), (0.006, -0.014))


def invent_places(space: Space, by: User) -> int:
    """A list of invented places, a pair that looks alike, and an error reported."""
    columns = read_vocabulary().schema.columns_read
    towns = list(_towns())
    records = Records(LIST, columns, _rows(towns, columns), ())
    report = import_places(records, Order(LIST, space=space, is_simulated=True), by=by)
    duplicates.look_for_twins(space)
    place = Place.objects.filter(place_list__name=LIST).order_by("pk")[1]
    correcting.report_error(
        place,
        kind=PlaceReport.Kind.HOURS,
        text="Simulé\u202f: le lundi matin, la porte est fermée.",
        email="",
    )
    return report.created


def invent_waiting_file(space: Space, by: User) -> None:
    """A file that waits to be confirmed: its values are to be matched, or set aside."""
    towns = Territory.objects.communes().current().within(space.territory)
    text = io.StringIO()
    rows = csv.writer(text, delimiter=";")
    rows.writerow(WAITING[0])
    for town in towns.exclude(longitude=None).order_by("-population")[5 : 5 + TOWNS]:
        for number, row in enumerate(WAITING[1:]):
            rows.writerow([f"exemple-{town.code}-{number}", town.name, town.code, *row])
    upload = SimpleUploadedFile(WAITING_NAME, text.getvalue().encode())
    batch = curation.propose_import(space, upload, None, curation.Given(LIST), by=by)
    curation.check_import(batch)


def _towns() -> Iterator[Territory]:
    for departement in Territory.objects.departements().within("R75").order_by("code"):
        communes = Territory.objects.communes().current().within(departement)
        yield from communes.exclude(longitude=None).order_by("-population")[:TOWNS]


def _rows(towns: list[Territory], columns: tuple[str, ...]) -> Iterator[Row]:
    empty = dict.fromkeys(columns, "")
    for rank, town in enumerate(towns):
        for number, (kind, step) in enumerate(zip(KINDS, STEPS, strict=True)):
            yield rank, empty | kind | _at(town, f"{town.code}-{number}", step)
        if rank == 0:
            yield rank, empty | KINDS[0] | TWIN | _at(town, "double", STEPS[0])


def _at(town: Territory, ref: str, step: tuple[float, float]) -> dict[str, str]:
    assert town.longitude is not None
    assert town.latitude is not None
    return {
        "id": f"exemple-{ref}",
        "commune": town.name,
        "code_insee": town.code,
        "latitude": f"{town.latitude + step[1]:.5f}",
        "longitude": f"{town.longitude + step[0]:.5f}",
        # 05 36 49 is kept by the regulator for works of fiction.
        "telephone": "+33536490012",
        "courriels": "contact@exemple.fr",
        "source": "Jalons, démonstration",
    }
