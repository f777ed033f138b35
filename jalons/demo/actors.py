"""The actors of the demonstration: invented bodies, and each one says so."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from jalons.accounts.models import User
from jalons.actors import leading, operations
from jalons.actors.filling import Change
from jalons.actors.grids import CHANNELS, ROLES, Grid
from jalons.actors.models import Actor, Lead, Post
from jalons.actors.vocabulary import read_vocabulary
from jalons.professionals import operations as people
from jalons.professionals.models import Professional
from jalons.spaces.models import Space
from jalons.territories.models import Territory
from jalons.tours import operations as tours
from jalons.tours.models import Stop, Tour

MARK = "(exemple)"
SOURCE = "exemple simulé"
DOES, PART, REFERS = "does", "takes_part", "refers"
IN_PLACE, PLANNED, ABSENT = "in_place", "planned", "absent"


@dataclass(frozen=True, slots=True)
class Invented:
    """An actor that does not exist, with what it would state."""

    name: str
    family: str
    does: str
    roles: dict[str, str] = field(default_factory=dict)
    channels: dict[str, str] = field(default_factory=dict)


STOPS = (
    ("24053", "place du marché (exemple)", "We[1,3] 14:00-17:00; PH off"),
    ("24322", "parvis de la mairie (exemple)", "Sa[2] 09:00-12:00; PH off"),
)
# Nobody funds, nobody equips but one: gaps to be read on the page.
ACTORS = (
    Invented(
        "CCAS de la Vallée",
        "action_sociale",
        "Reçoit les personnes en difficulté et les oriente.",
        {"reperer": DOES, "orienter": DOES, "assister": PART, "former": REFERS},
        {"secretaires": IN_PLACE, "action_sociale": IN_PLACE, "presse": ABSENT},
    ),
    Invented(
        "Médiathèque du Pont",
        "mediatheques",
        "Prête des ordinateurs et tient un atelier le samedi matin.",
        {"reperer": PART, "accompagner": PART, "former": DOES, "equiper": DOES},
        {"presse": PLANNED, "annuaire": IN_PLACE},
    ),
    Invented(
        "Bus numérique des Collines",
        "mediateurs",
        "Passe dans huit communes, une fois par mois.",
        {"accompagner": DOES, "former": DOES, "assister": DOES, "orienter": PART},
        {"fetes": IN_PLACE, "secretaires": PLANNED, "banques": ABSENT},
    ),
    Invented(
        "Association Clic et Causette",
        "associations",
        "Des bénévoles aident à domicile.",
        {"reperer": DOES, "accompagner": DOES, "financer": REFERS},
        {"lieux_de_vie": IN_PLACE},
    ),
    Invented(
        "Agence postale des Halles",
        "entreprises",
        "Remarque les personnes qui ne font plus leurs démarches seules.",
        {"reperer": PART, "assister": REFERS, "former": REFERS},
    ),
    Invented(
        "Intercommunalité d’Exemple",
        "communes",
        "Cherche à réunir les acteurs deux fois par an.",
        {"coordonner": PART, "financer": REFERS},
    ),
    Invented("Centre social du Moulin", "lieux_de_vie", "Pas encore rencontré."),
)


def invent_actors(space: Space, officer: User) -> list[Actor]:
    """A table of invented actors, what they state, and those who say nothing yet."""
    made = [_add(space, one, officer) for one in ACTORS]
    for grid in (ROLES, CHANNELS):
        operations.fill_in(space, grid, _changes(grid, made), by=officer)
    _note_somebody(made[0], officer)
    _lead_and_posts(made, officer)
    _a_tour(made[2], officer)
    _publish(made, officer)
    return made


def _publish(made: list[Actor], officer: User) -> None:
    """Everybody reads them, but the one that was not met yet."""
    not_met = made[-1]
    not_met.is_withheld = True
    operations.change_actor(not_met, by=officer)
    operations.open_table(not_met.space, by=officer)


def _a_tour(bus: Actor, officer: User) -> None:
    """An invented tour, public and marked so, with two stops in real communes."""
    tour = Tour(
        space=bus.space,
        actor=bus,
        title="Bus numérique (exemple)",
        summary="Tournée inventée\u202f: personne ne viendra. Aide aux démarches.",
        services=["demarches", "quotidien"],
    )
    tours.save_tour(tour, by=officer)
    for code, spot, opening in STOPS:
        commune = Territory.objects.get(code=code)
        stop = Stop(tour=tour, commune=commune, spot=spot, opening=opening)
        tours.save_stop(stop, by=officer)
    tours.publish_tour(tour, by=officer)


def _lead_and_posts(made: list[Actor], officer: User) -> None:
    """A lead since last year, and two posts, one of which ends soon."""
    ccas, library, bus, *_others = made
    today = timezone.localdate()
    lead = Lead(
        space=ccas.space,
        territory=ccas.space.territory,
        actor=ccas,
        named_on=today - timedelta(days=300),
        mandate="Réunir les acteurs deux fois par an (exemple simulé)",
    )
    leading.name_lead(lead, by=officer)
    for actor, days in ((bus, 70), (library, 400)):
        post = Post(
            space=actor.space,
            actor=actor,
            title="Conseiller numérique (exemple)",
            share=Decimal(1),
            funded_by=SOURCE,
            funding_ends_on=today + timedelta(days=days),
        )
        leading.save_post(post, by=officer)


def _note_somebody(actor: Actor, officer: User) -> None:
    """Somebody who does not exist, told by a mail that arrives nowhere."""
    person = Professional(
        space=actor.space,
        actor=actor,
        name="Dominique Exemple",
        function="accueil (exemple simulé)",
        email="dominique.exemple@exemple.invalid",
        source=SOURCE,
    )
    people.add_professional(person, by=officer)


def _add(space: Space, one: Invented, officer: User) -> Actor:
    actor = Actor(
        space=space,
        name=f"{one.name} {MARK}",
        family=one.family,
        college=read_vocabulary().families[one.family].college,
        does=one.does,
        source=SOURCE,
        is_simulated=True,
    )
    return operations.add_actor(actor, by=officer)


def _changes(grid: Grid, made: list[Actor]) -> list[Change]:
    return [
        Change(actor.pk, code, "", level)
        for actor, one in zip(made, ACTORS, strict=True)
        for code, level in (one.roles if grid is ROLES else one.channels).items()
    ]
