"""The synthesis of the région of the demonstration, with who made it, published."""

from __future__ import annotations

from django.utils import timezone, translation

from jalons.accounts.models import User
from jalons.publications import operations
from jalons.spaces.models import Space
from jalons.synthesis.composition import LANGUAGE

FOREWORD = (
    "Exemple de synthèse d’une région (SIMULÉ)\u202f: les territoires, les chiffres de "
    "l’INSEE et les fiches de la bibliothèque sont réels\u202f; les réponses à "
    "l’enquête, les échanges et les mises en lien sont inventés."
)
NEXT = (
    "Une nouvelle version est publiée chaque année\u202f; les précédentes restent "
    "lisibles."
)


def invent_region(space: Space, by: User) -> None:
    """Every part that says something; nobody is named, functions only."""
    with translation.override(LANGUAGE):
        report = operations.new_report(space)
    report.subtitle = "Exemple, réponses et échanges simulés"
    report.foreword, report.conclusion = FOREWORD, NEXT
    report.writing = "Chargée de mission inclusion numérique (simulée)"
    report.layout = "Jalons"
    report.partners = "Un département d’exemple (simulé)"
    report.funders = "Un fonds d’exemple (simulé)"
    report.thanks = "Aucune personne n’a répondu\u202f: tout est simulé."
    operations.write_report(report, version=0, by=by)
    operations.publish_report(report, public_from=timezone.now(), by=by)
