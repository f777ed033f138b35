"""The workshop of the demonstration: invented people, a matrix that anybody joins."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from uuid import uuid4

import numpy as np
from django.utils import timezone

from jalons.accounts.models import User
from jalons.actors.models import Actor
from jalons.demo.polls import invent_polls
from jalons.demo.room import invent_outing
from jalons.demo.workstreams import invent_workstreams
from jalons.meetings import operations as meetings
from jalons.meetings.models import Meeting
from jalons.workshops import (
    casting,
    contributing,
    joining,
    moderating,
    operations,
    seating,
)
from jalons.workshops.definitions import read_run_sheets
from jalons.workshops.models import Activity, Item, Participant, Workshop
from jalons.workshops.seating import Retained

SEED = 20
PEOPLE = ("Amina", "Luc", "Rose", "Jean", "Inès", "Paul", "Nadia", "Théo")
Factor = tuple[str, str, str, tuple[float, float]]
# The text, its direction, its category, and the grades around which people vote.
FACTORS: tuple[Factor, ...] = (
    ("Fermeture de guichets", "change", "political", (4.6, 1.7)),
    ("Fin des financements de conseillers", "change", "economic", (4.3, 2.0)),
    ("Vieillissement de la population", "inertia", "social", (4.0, 1.6)),
    ("Tiers-lieux et médiathèques", "change", "social", (3.7, 4.2)),
    ("Réemploi de matériel", "change", "economic", (2.8, 4.0)),
    ("Zones sans réseau", "inertia", "technological", (3.3, 2.8)),
    ("Bus numérique", "change", "social", (2.2, 4.3)),
    ("Peur de se tromper", "inertia", "social", (2.4, 2.1)),
)


RETAINED = {
    "Table 1": "Les guichets ferment avant que les gens soient prêts.\n"
    "Commencer par les communes sans permanence.",
    "Table 2": "Le matériel et les lieux sont là.\n"
    "Ce qui manque : des personnes pour accompagner, et dans la durée.",
}
"""What each table retains of the ideas."""


def invent_workshops(actors: list[Actor], officer: User) -> None:
    """Two workshops under way, and one played whole whose minutes are drafted."""
    invent_workshop(actors, officer)
    title = "Identifier les chantiers clés (exemple)"
    purpose = "Passer des enjeux aux chantiers."
    meeting = _meeting(actors, officer, title=title, purpose=purpose, days=15)
    invent_workstreams(meeting, officer)
    invent_outing(meeting.workshop, officer)
    title = "Restitution de l’enquête (exemple)"
    purpose = "Présenter les résultats, entendre les priorités et les questions."
    meeting = _meeting(actors, officer, title=title, purpose=purpose, days=-6)
    invent_polls(meeting, officer)


def invent_workshop(actors: list[Actor], officer: User) -> Workshop:
    """A prospective workshop under way: ideas gathered, most people have rated."""
    meeting = _meeting(
        actors,
        officer,
        title="Mon territoire et le numérique dans 10 ans (exemple)",
        purpose="Dire ensemble ce qui va changer, et sur quoi nous pouvons agir.",
        days=1,
    )
    sheet = read_run_sheets()["prospective"]
    workshop = operations.prepare_workshop(meeting, sheet, by=officer)
    operations.open_workshop(workshop, by=officer)
    wall, matrix = workshop.activities.all()
    people = [joining.join(workshop, alias, "")[0] for alias in PEOPLE]
    _write(wall, people, officer)
    _sit(wall, people, officer)
    moderating.draw_items(matrix, wall, by=officer)
    operations.go_to(matrix, "rate", by=officer)
    _rate(matrix, people)
    return workshop


def _meeting(
    actors: list[Actor], officer: User, *, title: str, purpose: str, days: int
) -> Meeting:
    day = timezone.localdate() + timedelta(days=days)
    start = timezone.make_aware(datetime.combine(day, time(14)))
    meeting = Meeting(
        space=actors[0].space,
        kind=Meeting.Kind.WORKSHOP,
        title=title,
        purpose=purpose,
        place="Salle des fêtes",
        starts_at=start,
        ends_at=start + timedelta(hours=2),
        horizon_years=10,
        is_simulated=True,
    )
    meetings.save_meeting(meeting, [officer], by=officer)
    meetings.choose_guests(meeting, actors[:5], by=officer)
    return meeting


def _write(wall: Activity, people: list[Participant], officer: User) -> None:
    written: list[Item] = []
    for place, (text, direction, category, _around) in enumerate(FACTORS):
        author = people[place % len(people)]
        item = contributing.contribute(
            wall, author, text, key=uuid4(), category=category, direction=direction
        )
        written.append(item)
    twin = contributing.contribute(
        wall, people[4], "Plus de guichet à la trésorerie", key=uuid4()
    )
    moderating.merge_ideas(twin, written[0], by=officer)


def _sit(wall: Activity, people: list[Participant], officer: User) -> None:
    """Two tables, each with somebody who reports what it retains."""
    workshop = wall.workshop
    seating.set_tables(workshop, list(RETAINED), by=officer)
    seating.share_out(workshop, by=officer)
    for table, person in zip(workshop.tables.all(), people, strict=False):
        person.refresh_from_db()
        seating.name_reporter(table, person, by=officer)
        said = Retained(RETAINED[table.title], 0, uuid4())
        seating.retain(table, wall, said, by=person)


def _rate(matrix: Activity, people: list[Participant]) -> None:
    draw = np.random.default_rng(SEED)
    for item, (*_words, around) in zip(matrix.items.in_order(), FACTORS, strict=True):
        for person in people:
            grades = np.clip(np.rint(draw.normal(around, 0.9)), 1, 5)
            impact, mastery = (int(grade) for grade in grades)
            casting.cast(
                matrix,
                person,
                {"impact": impact, "mastery": mastery},
                key=uuid4(),
                item=item,
            )
