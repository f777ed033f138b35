"""The simulated synthesis of the demonstration: composed, checked and published."""

from __future__ import annotations

from django.utils import timezone, translation

from jalons.accounts.models import User
from jalons.surveys.models import Campaign
from jalons.synthesis import operations
from jalons.synthesis.composition import LANGUAGE, public_restitution
from jalons.synthesis.models import Block, Synthesis
from jalons.synthesis.pieces import KEPT, TEXT, starting_plan
from jalons.tabulations import operations as tabulations
from jalons.tabulations.query import Query

KEPT_TABLES = (
    (Query("profile", "P2"), "Portage politique, selon le rôle du répondant"),
    (Query("P2", "P1a"), "Élus sensibilisés, selon le portage politique"),
)
CENTRE = "Centre de ressources (démonstration)"
FOREWORD = (
    "Synthèse simulée\u202f: les territoires sont réels, les réponses ne le sont pas. "
    "Elle montre ce que devient une enquête une fois composée et vérifiée."
)
NEXT = (
    "Chaque EPCI qui a répondu reçoit son retour\u00a0: ses points, ce qui les "
    "explique, par quoi commencer.\n\n"
    "Le centre de ressources appelle d’abord les EPCI peu avancés dont les revenus "
    "sont les plus bas.\n\n"
    "Une seconde vague, sur les mêmes questions, dira ce qui a changé, avec son "
    "intervalle."
)


def invent_synthesis(campaign: Campaign, by: User) -> Synthesis:
    """A synthesis from the proposed plan, two tables of the desk and a foreword."""
    with translation.override(LANGUAGE):
        plan = starting_plan(public_restitution(campaign))
        found = operations.start_synthesis(
            campaign,
            title="Numérique et territoires\u00a0: ce que disent les réponses (SIMULÉ)",
            plan=plan,
            by=by,
        )
    found.subtitle = "Exemple de synthèse, réponses simulées"
    found.publication = f"Coordination et rédaction\u00a0: {CENTRE}"
    found.group = f"{CENTRE}\u00a0: enquête et synthèse simulées"
    found.thanks = (
        "Aucune personne n’a répondu\u202f: toutes les réponses sont simulées."
    )
    operations.describe(found, by=by)
    first, *_others = found.chapters.all()
    operations.add_block(Block(chapter=first, piece=TEXT, text=FOREWORD), by=by)
    chapter = operations.add_chapter(found, "Portage politique", by=by)
    for query, title in KEPT_TABLES:
        kept = tabulations.keep_table(campaign, query, title=title, by=by)
        piece = f"{KEPT}{kept.pk}"
        operations.add_block(
            Block(chapter=chapter, piece=piece, is_on_slides=False), by=by
        )
    following = operations.add_chapter(found, "Et maintenant\u202f?", by=by)
    operations.add_block(Block(chapter=following, piece=TEXT, text=NEXT), by=by)
    operations.publish(found, public_from=timezone.now(), by=by)
    return found
