"""The library of the demonstration: one initiative published, one to be read."""

from __future__ import annotations

from jalons.accounts.models import User
from jalons.library.definitions import Content
from jalons.resources import operations as resources
from jalons.resources.models import Proposal
from jalons.resources.operations import Given
from jalons.spaces.models import Space
from jalons.territories.models import Territory

TOWN = "24322"
TOLD = (
    Content(
        title="Un bus d’exemple passe au marché (exemple simulé)",
        summary="Initiative inventée\u202f: deux ordinateurs, un médiateur, le samedi.",
        sections={
            "problem": "Les habitants des villages d’exemple ne viennent pas en ville.",
            "solution": "Un bus équipé s’arrête au marché, chaque samedi.",
            "conditions": "Une place réservée par la mairie, une prise de courant.",
        },
        tags=["step:5", "stake:visibility", "stake:equipment", "place:rural"],
        territory=TOWN,
    ),
    Content(
        title="Des ateliers à la boulangerie (exemple simulé)",
        summary="Initiative inventée\u202f: une heure entre deux fournées.",
        sections={
            "problem": "Personne d’exemple ne pousse la porte de la médiathèque.",
            "solution": "Aller là où les gens vont déjà.",
        },
        tags=["step:5", "stake:visibility"],
        territory=TOWN,
    ),
)


def invent_initiatives(centre: Space, officer: User) -> list[Proposal]:
    """The first is read and published by the centre, the second waits."""
    town = Territory.objects.get(code=TOWN)
    first, second = (
        resources.propose(
            Given(
                kind=Proposal.Kind.INITIATIVE,
                title=one.title,
                commune=town,
                content=one.stored(),
                is_simulated=True,
                same=(one.title,),
            )
        )
        for one in TOLD
    )
    resources.accept_initiative(first, space=centre, by=officer)
    return [first, second]
