"""The second workshop of the demonstration: key workstreams, written and rated.

The first row is the filled example of the method webinar; the others are invented.
"""

from __future__ import annotations

from uuid import uuid4

import numpy as np

from jalons.accounts.models import User
from jalons.demo.mapping import invent_map
from jalons.meetings.models import Meeting
from jalons.workshops import casting, joining, operations, writing
from jalons.workshops.definitions import read_run_sheets
from jalons.workshops.marks import QUALITIES, Marks
from jalons.workshops.models import Activity, Item, Participant, Writing
from jalons.workshops.writing import Wording

SEED = 21
PEOPLE = ("Rose", "Jean", "Inès", "Paul", "Nadia")
Column = Writing.Column
ATTRACTIVE = "Comment renforcer l’attractivité du territoire grâce au numérique\u202f?"
ALONE = "Comment ne laisser personne seul devant une démarche en ligne\u202f?"
YOUNG = "Développer des actions à destination des jeunes (3 à 14 ans)"
STAKES: dict[str, list[dict[Column, str]]] = {
    ATTRACTIVE: [
        {
            Column.TITLE: "Faciliter l’accès aux services numériques, et les "
            "déplacements vers les services centralisés",
            Column.SUCCESS: "Les services sont utilisés\nLes structures se développent",
            Column.ACTIONS: "Mieux faire connaître les services\nServices itinérants\n"
            "Transport autonome et connecté",
            Column.GOVERNANCE: "Communauté de communes\nRégion Nouvelle-Aquitaine",
            Column.RESOURCES: "Centre social, France Services, bénévoles et "
            "associations locales\nMatériel reconditionné",
            Column.OBSTACLES: "Zones blanches\nFormation du personnel\nManque de lieux"
            "\nPerçu comme une contrainte par les communes",
            Column.FEASIBILITY: "Le bus existe déjà, sans conducteur.",
        },
        {Column.TITLE: YOUNG},
    ],
    ALONE: [
        {
            Column.TITLE: "Un réseau d’aidants dans chaque commune",
            Column.SUCCESS: "Chaque secrétaire de mairie sait vers qui orienter",
            Column.ACTIONS: "Former deux aidants par commune",
            Column.GOVERNANCE: "Centre social (pilote)\nMairies (associées)",
        },
        {Column.TITLE: "Prêter du matériel remis en état"},
    ],
}


def invent_workstreams(meeting: Meeting, officer: User) -> None:
    """Two stakes, three workstreams, a cell that waits for a choice, hidden grades."""
    sheet = read_run_sheets()["workstreams"]
    workshop = operations.prepare_workshop(meeting, sheet, by=officer)
    operations.open_workshop(workshop, by=officer)
    activity = workshop.activities.get()
    operations.save_activity(activity, list(STAKES), by=officer)
    people = [joining.join(workshop, alias, "")[0] for alias in PEOPLE]
    items = []
    for stake in activity.items.in_order():
        for cells in STAKES[stake.text]:
            items.append(_write(activity, stake, cells, people))
    late = Wording(Column.ACTIONS, "Un numéro de téléphone unique", 0, uuid4())
    writing.write_cell(items[2], late, by=people[-1])
    operations.go_to(activity, "rate", by=officer)
    _rate(activity, items, people)
    invent_map(activity, people, officer)


def _write(
    activity: Activity, stake: Item, cells: dict[Column, str], people: list[Participant]
) -> Item:
    item = writing.add_workstream(
        stake, cells[Column.TITLE], key=uuid4(), by=people[stake.number]
    )
    for place, (column, text) in enumerate(cells.items()):
        if column != Column.TITLE:
            said = Wording(column, text, 0, uuid4())
            writing.write_cell(item, said, by=people[place % len(people)])
    return item


def _rate(activity: Activity, items: list[Item], people: list[Participant]) -> None:
    draw = np.random.default_rng(SEED)
    for item in items:
        for person in people:
            given = {name: int(draw.integers(2, 6)) for name in QUALITIES}
            marks: Marks = {**given}  # type: ignore[typeddict-item]
            casting.cast(activity, person, marks, key=uuid4(), item=item)
