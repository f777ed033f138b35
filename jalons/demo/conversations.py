"""Interviews and quotes of the demonstration: invented, and each one says so."""

from __future__ import annotations

from datetime import timedelta

from jalons.accounts.models import User
from jalons.interviews import operations
from jalons.interviews.figures import departements_of
from jalons.interviews.models import Interview, Quote
from jalons.surveys.models import Campaign

NOT_HEARD = "23"
"""As in the published survey, one département is missing: Creuse."""
INTERVIEWS = 19
FUNCTIONS = (
    "Directrice générale des services (simulée)",
    "Chargé de mission numérique (simulé)",
    "Vice-présidente d’EPCI (simulée)",
    "Conseiller numérique (simulé)",
)
WORDS = (
    (
        "Propos simulé\u202f: on accompagne, mais sans savoir qui ne vient pas.",
        Quote.Role.TECHNICIAN,
        "accompagnement, non-recours",
    ),
    (
        "Propos simulé\u202f: le numérique n’a pas encore d’élu référent chez nous.",
        Quote.Role.DECISION_MAKER,
        "gouvernance",
    ),
    (
        "Propos simulé\u202f: la médiation repose sur une seule personne.",
        Quote.Role.ADVISER,
        "médiation, moyens",
    ),
)


def invent_conversations(campaign: Campaign, officer: User) -> None:
    """Nineteen interviews in every département but one, and three quotes, two kept."""
    heard = [one for one in departements_of(campaign) if one.code != NOT_HEARD]
    modes = list(Interview.Mode)
    for number in range(INTERVIEWS):
        interview = Interview(
            campaign=campaign,
            function=FUNCTIONS[number % len(FUNCTIONS)],
            departement=heard[number % len(heard)],
            held_on=campaign.opens_on + timedelta(days=number),
            mode=modes[number % len(modes)],
            interviewer=officer,
            is_guide_followed=number % 5 != 0,
            notes="Entretien simulé\u202f: personne n’a été entendu.",
        )
        operations.record_interview(interview, by=officer)
    for text, role, tags in WORDS:
        operations.record_quote(_quote(campaign, text, role, tags), by=officer)
    for quote in campaign.quotes.order_by("pk")[:2]:
        operations.pick_quote(quote, by=officer)


def _quote(campaign: Campaign, text: str, role: str, tags: str) -> Quote:
    return Quote(
        campaign=campaign,
        text=text,
        role=role,
        origin=Quote.Origin.FIELD,
        tags=tags,
        consented_on=campaign.opens_on,
        consent_how="accord simulé",
    )
