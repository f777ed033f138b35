"""The example roadmap of an invented EPCI: what its workshop gave, then completed.

The first workstream is the filled example of the method webinar; the second its
example of a resource map (“Chantier 1.b”). Dates, amounts and the rest are invented.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from jalons.accounts.models import User
from jalons.actors.models import Actor
from jalons.roadmaps import adopting, operations
from jalons.roadmaps.models import Action, Line, Roadmap, Stake, Workstream
from jalons.roadmaps.operations import Budgeted
from jalons.spaces.models import Space
from jalons.workshops.models import Activity

Kind = Line.Kind
DAYS = 30
YOUNG: dict[Kind, list[str]] = {
    Kind.LEADS: ["Communauté de communes d’Exemple"],
    Kind.DOES: [
        "Animateurs d’accueils de loisirs formés ou en formation",
        "Conseillers numériques",
        "Animateurs du bus numérique",
        "Fab lab du territoire, tiers-lieux",
    ],
    Kind.INVOLVED: [
        "Centres sociaux, espaces de vie sociale",
        "Communes (périscolaire, accueils de loisirs)",
        "Réseau local des tiers-lieux",
    ],
    Kind.AVAILABLE: [
        "Robotique, informatique, outils numériques fixes ou itinérants",
        "Contributions en compétences et en matériel",
    ],
    Kind.TO_SECURE: ["Partenaires sociaux (CAF…)"],
    Kind.OBSTACLE: ["Peu de créneaux dans les accueils de loisirs"],
}


def invent_roadmap(actors: list[Actor], officer: User) -> Roadmap:
    """A roadmap at work: stakes of a workshop, two workstreams completed, actions."""
    space, today = actors[0].space, timezone.localdate()
    roadmap = operations.start_roadmap(
        Roadmap(
            space=space,
            title="Feuille de route d’inclusion numérique",
            territory_name="CC d’Exemple",
            sponsor="Vice-présidence chargée des solidarités",
            lead="Chargée de mission inclusion numérique, CC d’Exemple",
            starts_on=today - 6 * timedelta(days=DAYS),
            adoption_on=today + 4 * timedelta(days=DAYS),
            funders="CC d’Exemple\nDépartement\nRégion",
            is_simulated=True,
        ),
        perimeter=(),
        group=actors[:3],
        by=officer,
    )
    _take_up(roadmap, space, officer)
    first, young = _complete(roadmap, officer)
    _plan(first, officer, today)
    _act_for_the_young(young, officer, today)
    return roadmap


def _take_up(roadmap: Roadmap, space: Space, officer: User) -> None:
    table = Activity.objects.get(kind="workstreams", workshop__meeting__space=space)
    adopting.adopt_table(roadmap, table, by=officer)


def _complete(roadmap: Roadmap, officer: User) -> tuple[Workstream, Workstream]:
    """The lines that the workshop left to be sorted, and a workstream written."""
    stake = roadmap.stakes.get(position=1)
    first = stake.workstreams.get()
    first.is_transversal = first.is_strategic = True
    first.tags = "mobilité, accès aux droits"
    obstacles = [one.text for one in first.lines.filter(kind=Kind.OBSTACLE)]
    lines = {
        Kind.LEADS: ["Communauté de communes d’Exemple"],
        Kind.INVOLVED: ["Région Nouvelle-Aquitaine"],
        Kind.AVAILABLE: [
            "Centre social",
            "France Services",
            "Bénévoles et associations locales",
        ],
        Kind.TO_SECURE: ["Matériel reconditionné"],
        Kind.OBSTACLE: obstacles,
    }
    operations.save_workstream(first, lines, version=first.version, by=officer)
    return first, _write_the_young(stake, officer)


def _write_the_young(stake: Stake, officer: User) -> Workstream:
    workstream = Workstream(
        stake=stake,
        title="Développer des actions à destination des jeunes (3 à 14 ans)",
        success="Chaque accueil de loisirs propose un atelier numérique par trimestre",
        is_feasible=True,
        tags="jeunesse, parentalité",
    )
    return operations.add_workstream(workstream, YOUNG, by=officer)


def _plan(workstream: Workstream, officer: User, today: date) -> None:
    """The three actions of the webinar, with dates: one is late, one to be costed."""
    told, travel, transport = workstream.actions.all()
    told.lead, told.status = "Communauté de communes d’Exemple", Action.Status.UNDER_WAY
    told.starts_on = today - 4 * timedelta(days=DAYS)
    told.ends_on = today - timedelta(days=DAYS)
    own = Budgeted("CC d’Exemple", Decimal(2500))
    operations.save_action(told, [own], version=told.version, by=officer)
    travel.lead, travel.partners = "Centre social", "France Services\nCommunes"
    travel.starts_on = today + timedelta(days=DAYS)
    travel.ends_on = today + 13 * timedelta(days=DAYS)
    brought = [
        Budgeted("Département", Decimal("12500.50")),
        Budgeted("Région", Decimal(8000)),
        Budgeted("CC d’Exemple", None),
    ]
    operations.save_action(travel, brought, version=travel.version, by=officer)
    unknown = Budgeted("Région", None)
    operations.save_action(transport, [unknown], version=transport.version, by=officer)


def _act_for_the_young(workstream: Workstream, officer: User, today: date) -> None:
    action = Action(
        workstream=workstream,
        description="Former deux animateurs par accueil de loisirs",
        lead="Communauté de communes d’Exemple",
        referent="Vice-présidence chargée de l’enfance",
        starts_on=today + timedelta(days=DAYS),
        ends_on=today + 6 * timedelta(days=DAYS),
    )
    operations.add_action(action, [Budgeted("CAF", Decimal(4000))], by=officer)
