"""The resource map of the demonstration, after the example of the method webinar."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from jalons.accounts.models import User
from jalons.ecosystems import operations as ecosystems
from jalons.ecosystems.models import Link, Resource
from jalons.ecosystems.operations import Hand, Said
from jalons.workshops import mapping, operations
from jalons.workshops.models import Activity, Participant

Category = Resource.Category
Status = Link.Status
# What each resource is, how far it serves the second workstream, who sees to it.
RESOURCES: tuple[tuple[Category, str, Status, str], ...] = (
    (Category.PARTNER, "Centres sociaux et espaces de vie sociale", Status.SOLID, ""),
    (Category.PARTNER, "Réseau local des conseillers numériques", Status.SOLID, ""),
    (
        Category.PARTNER,
        "Communes (périscolaire, accueils de loisirs)",
        Status.DASHED,
        "Communauté de communes",
    ),
    (Category.PARTNER, "Réseau local des tiers-lieux", Status.DASHED, "Centre social"),
    (
        Category.MATERIAL,
        "Robots, ordinateurs, outils fixes ou itinérants",
        Status.SOLID,
        "",
    ),
    (
        Category.SPEAKER,
        "Animateurs des accueils de loisirs, formés ou en formation",
        Status.DASHED,
        "Centre social",
    ),
    (Category.SPEAKER, "Animateurs du bus numérique", Status.SOLID, ""),
    (Category.SPEAKER, "Fab lab du territoire", Status.NONE, ""),
    (
        Category.FUNDING,
        "Partenaires sociaux (CAF…)",
        Status.DASHED,
        "Vice-présidence chargée de l’enfance",
    ),
    (Category.FUNDING, "Contribution en compétences et en matériel", Status.SOLID, ""),
)
CENTRE = "1.b"
ALSO = ("Réseau local des conseillers numériques", "Animateurs du bus numérique")
"""Resources that serve the first workstream too."""


def invent_map(table: Activity, people: list[Participant], officer: User) -> None:
    """Workstreams in the centre, resources around one; a dashed link became solid."""
    activity = Activity(
        workshop=table.workshop,
        kind="resources",
        title="La carte des ressources (exemple)",
        question="Sur quoi pouvons-nous compter\u202f?",
        minutes=60,
    )
    operations.save_activity(activity, [], by=officer)
    mapping.carry(activity, table, by=officer)
    map = activity.map
    assert map is not None
    centres = {one.code: one for one in map.centres.in_order()}
    first, centre = centres["1.a"], centres[CENTRE]
    ecosystems.show_centre(centre, by=officer)
    for place, (category, name, status, owner) in enumerate(RESOURCES):
        hand = Hand(name=people[place % len(people)].alias)
        resource = ecosystems.add_resource(map, name, category, by=hand)
        day = timezone.localdate() - timedelta(days=10)
        said = Said(status, 0, uuid4(), owner, day)
        ecosystems.draw_link(resource, centre, said, by=hand)
        if name in ALSO:
            ecosystems.draw_link(resource, first, Said(status, 0, uuid4()), by=hand)
    reached = map.resources.get(name=RESOURCES[2][1])
    told = Said(Status.SOLID, 1, uuid4(), RESOURCES[2][3])
    ecosystems.draw_link(reached, centre, told, by=Hand(officer))
