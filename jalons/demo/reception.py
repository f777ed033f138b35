"""Three structures that told what interests them, invented; two wait for an answer."""

from __future__ import annotations

from jalons.accounts.models import User
from jalons.network.cockpit import supported_by
from jalons.reception import operations
from jalons.reception.models import Interest, InterestContact
from jalons.spaces.models import Space

TOLD = (
    (
        ("learn", "support"),
        ("Communauté de communes d’Exemple", "Direction générale des services"),
        "Nous voudrions écrire une feuille de route l’an prochain (exemple inventé).",
    ),
    (
        ("schemes",),
        ("Centre social d’Exemple", "Médiateur"),
        "Quels dispositifs pour équiper des familles\u202f? (exemple inventé)",
    ),
    (("network", "projects"), ("Mairie d’Exemple", "Secrétaire de mairie"), ""),
)
"""The choices, the structure and the function, the message."""


def invent_interests(centre: Space, officer: User) -> None:
    """Confirmed by invented addresses; the last one is answered."""
    places = supported_by(centre)[: len(TOLD)]
    for number, place in enumerate(places):
        choices, (structure, function), message = TOLD[number]
        interest = Interest(
            territory=place,
            structure=structure,
            function=function,
            language="fr",
            is_simulated=True,
            **dict.fromkeys(choices, True),
        )
        email = f"interesse{number + 1}@exemple.fr"
        contact = InterestContact(
            name="Personne inventée", email=email, message=message
        )
        kept = operations.tell_interest(interest, contact)
        confirmed = operations.confirm_interest(kept)
    operations.say_answered(confirmed, by=officer)
