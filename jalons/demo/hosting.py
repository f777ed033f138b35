"""Who answers for the demonstration: an invented centre, which says that it is."""

from __future__ import annotations

from jalons.accounts.models import User
from jalons.hosts import operations as hosts
from jalons.spaces.models import Space

SAID = {
    "name": "Centre de ressources d’Exemple (simulé)",
    "about": (
        "Ce centre de ressources est inventé pour la démonstration\u202f: il n’existe "
        "pas. Sur un vrai site, la structure qui répond de la plateforme se présente "
        "ici."
    ),
    "missions": (
        "Faire connaître l’inclusion numérique aux élus et aux services\n"
        "Faire vivre le réseau des communes et des intercommunalités\n"
        "Aider chaque territoire à écrire sa feuille de route"
    ),
    "contact_function": "Chargée de mission inclusion numérique (simulée)",
    "contact_email": "inclusion@exemple.fr",
    "address": "1 place d’Exemple, 33000 Exemple",
    "publication_director": "La présidence du centre d’Exemple (simulée)",
    "hosting": "La machine sur laquelle tourne cette démonstration",
}


def invent_host(space: Space, officer: User) -> None:
    """The resource centre hosts the site, and has published what it says of itself."""
    hosts.name_host(space, by=officer)
    hosts.write_draft(space, SAID, by=officer)
    hosts.publish_draft(space, by=officer)
