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
from jalons.adoption.operations import freeze_version
from jalons.demo.announcements import invent_announcements
from jalons.demo.asked_again import invent_panel
from jalons.demo.conditions import invent_conditions
from jalons.demo.evaluation import invent_evaluation
from jalons.demo.following import invent_follow_up
from jalons.demo.margins import invent_comments
from jalons.demo.money import invent_funding
from jalons.roadmaps import adopting, operations
from jalons.roadmaps.models import (
    Action,
    Inspiration,
    Line,
    Need,
    Roadmap,
    Stake,
    Workstream,
)
from jalons.roadmaps.operations import Budgeted
from jalons.roadmaps.reliance import choose_maps
from jalons.roadmaps.studying import add_inspiration
from jalons.spaces.models import Space
from jalons.steering import operations as steering
from jalons.steering.placing import Asked, place_actions
from jalons.steps import operations as steps
from jalons.steps.models import Statement
from jalons.workshops.minutes import draft_minutes, save_minutes
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


FILLED = {
    Kind.LEADS: "Centre social",
    Kind.INVOLVED: "Mairies",
    Kind.AVAILABLE: "Salles communales",
    Kind.OBSTACLE: "Peu de temps dans les petites mairies",
}
SAID = {
    "diagnosis": (Statement.Kind.EXEMPT, "Territoire inventé\u00a0: pas de diagnostic"),
    "briefed": (Statement.Kind.EXEMPT, "Territoire inventé\u00a0: pas de diagnostic"),
    "validated": (Statement.Kind.HOLDS, "Groupe projet, séance inventée"),
    "minutes_sent": (
        Statement.Kind.EXEMPT,
        "Participants inventés\u00a0: personne à qui l’envoyer",
    ),
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
            starts_on=today - 14 * timedelta(days=DAYS),
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
    _order(first, young, officer)
    _finish_four_steps(roadmap, officer)
    invent_conditions(roadmap, officer, today)
    invent_announcements(roadmap, officer, today)
    invent_funding(roadmap, officer, today)
    invent_evaluation(roadmap, officer, today)
    invent_panel(roadmap, officer, today)
    invent_follow_up(roadmap, officer, today)
    invent_comments(first, officer)
    freeze_version(roadmap, "Envoyée aux partenaires (exemple)", by=officer)
    return roadmap


def _take_up(roadmap: Roadmap, space: Space, officer: User) -> None:
    """The whole table of a workshop, and a factor that the other put first."""
    held = Activity.objects.filter(workshop__meeting__space=space)
    adopting.adopt_table(roadmap, held.get(kind="workstreams"), by=officer)
    matrix = held.get(kind="matrix")
    factor = matrix.items.get(text="Vieillissement de la population")
    stake = adopting.adopt_item(roadmap, factor, by=officer)
    assert isinstance(stake, Stake)
    stake.text = "Comment accompagner les personnes âgées près de chez elles\u202f?"
    operations.save_stake(stake, version=stake.version, by=officer)
    near = Workstream(stake=stake, title="Des rendez-vous dans chaque commune")
    operations.add_workstream(near, {}, by=officer)


def _complete(roadmap: Roadmap, officer: User) -> tuple[Workstream, Workstream]:
    """The lines that the workshop left to be sorted, and those it had no time for."""
    first, young = roadmap.stakes.get(position=1).workstreams.all()
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
    young.success = "Chaque accueil de loisirs propose un atelier par trimestre"
    young.is_feasible, young.tags = True, "jeunesse, parentalité"
    operations.save_workstream(young, YOUNG, version=young.version, by=officer)
    return first, young


def _plan(workstream: Workstream, officer: User, today: date) -> None:
    """The three actions of the webinar, with dates: one is late, one to be costed."""
    told, travel, transport = workstream.actions.all()
    told.lead = "Communauté de communes d’Exemple"
    told.starts_on = today - 4 * timedelta(days=DAYS)
    told.ends_on = today - timedelta(days=DAYS)
    told.needs = [Need.TOOLS.value]
    told.steps = "Recenser les lieux\nImprimer le guide\nLe remettre aux mairies"
    told.indicators = "Guides remis, comptés par les mairies"
    told.feasibility = {
        "means": {"outcome": "holds", "note": "L’impression est au budget"},
        "partners": {"outcome": "to_lift", "note": "Deux mairies restent à voir"},
    }
    own = Budgeted("CC d’Exemple", Decimal(2500))
    operations.save_action(told, [own], version=told.version, by=officer)
    travel.lead, travel.partners = "Centre social", "France Services\nCommunes"
    travel.starts_on = today + timedelta(days=DAYS)
    travel.ends_on = today + 13 * timedelta(days=DAYS)
    travel.needs = [Need.GRANTS.value, Need.LAW.value]
    brought = [
        Budgeted("Département", Decimal("12500.50")),
        Budgeted("Région", Decimal(8000)),
        Budgeted("CC d’Exemple", None),
    ]
    operations.save_action(travel, brought, version=travel.version, by=officer)
    unknown = Budgeted("Région", None)
    operations.save_action(transport, [unknown], version=transport.version, by=officer)
    tried = Inspiration(
        workstream=workstream,
        title="Un guide des lieux d’aide, remis dans chaque mairie (exemple)",
        carried_by="Une communauté de communes voisine (exemple)",
        verdict=Inspiration.Verdict.ADAPTED,
        reason="Le format de poche plaît ; nous y ajoutons les horaires de bus.",
    )
    add_inspiration(tried, by=officer)


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


def _order(first: Workstream, young: Workstream, officer: User) -> None:
    """What waits for what, and two actions placed by effort and effect."""
    told, travel, _transport = first.actions.all()
    steering.wait_for(travel, told, by=officer)
    steering.wait_for(young.actions.get(), told, by=officer)
    asked = [Asked(told.pk, None, (2, 4)), Asked(travel.pk, None, (4, 5))]
    place_actions(told.workstream.stake.roadmap, asked, by=officer)


def _finish_four_steps(roadmap: Roadmap, officer: User) -> None:
    """The example stands at step 5: each workstream is whole, the rest is said."""
    for workstream in Workstream.objects.filter(stake__roadmap=roadmap):
        _fill(workstream, officer)
    choose_maps(roadmap, list(roadmap.space.resource_maps.all()), by=officer)
    matrix = Activity.objects.get(kind="matrix", workshop__meeting__space=roadmap.space)
    _write_minutes(matrix, officer)
    for criterion, (kind, reason) in SAID.items():
        steps.state_criterion(roadmap, criterion, kind, reason, by=officer)


def _write_minutes(matrix: Activity, officer: User) -> None:
    """The draft, and the sentence that somebody added to it."""
    made = draft_minutes(matrix.workshop, by=officer)
    said = {
        "opening": f"{made.opening}\n\nLe groupe projet a relu les facteurs (exemple).",
        "decisions": made.decisions,
        "next_steps": made.next_steps,
    }
    save_minutes(made, said, {}, version=made.version, by=officer)


def _fill(workstream: Workstream, officer: User) -> None:
    """What a workstream still lacks, invented."""
    held = {one.kind for one in workstream.lines.all()}
    lines: dict[Kind, list[str]] = {
        kind: [one.text for one in workstream.lines.filter(kind=kind)] for kind in Kind
    }
    lines[Kind.GOVERNANCE] = []
    for kind, text in FILLED.items():
        if kind not in held and not (kind == Kind.AVAILABLE and Kind.TO_SECURE in held):
            lines[kind] = [text]
    workstream.success = workstream.success or "Trois communes sur quatre s’y engagent"
    operations.save_workstream(
        workstream, lines, version=workstream.version, by=officer
    )
    if not workstream.actions.exists():
        action = Action(workstream=workstream, description="Réunir les communes")
        operations.add_action(action, [], by=officer)
