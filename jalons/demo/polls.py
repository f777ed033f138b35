"""The third workshop of the demonstration: polls during a restitution, played whole.

Ten invented people say what they know before and after, choose, ask and give words.
"""

from __future__ import annotations

from uuid import uuid4

from jalons.accounts.models import User
from jalons.meetings.models import Meeting
from jalons.workshops import (
    casting,
    contributing,
    joining,
    moderating,
    operations,
    sending,
)
from jalons.workshops.definitions import read_run_sheets
from jalons.workshops.marks import Marks
from jalons.workshops.minutes import draft_minutes
from jalons.workshops.models import Activity, Item, Participant, Workshop

# The name given, the family of actors, what they know before and after, their words.
PEOPLE = (
    ("Claire", "communes", 2, 4, ("Accès", "Droits")),
    ("Marc", "communes", 1, 3, ("Complexe",)),
    ("Sonia", "communes", 3, 3, ("Lien", "Accès")),
    ("Hugo", "communes", 2, 3, ("Coût",)),
    ("Aline", "departement_region", 3, 4, ("Coordination", "accès")),
    ("Bruno", "mediateurs", 5, 5, ("Lien", "Patience")),
    ("Fatou", "associations", 4, 4, ("lien", "Confiance")),
    ("Élise", "action_sociale", 3, 4, ("Droits", "Temps")),
    ("Pierre", "lieux_de_vie", 2, 2, ("Lien",)),
    ("Yann", "", 1, 3, ("ACCÈS", "Peur")),
)
# A question, who asks it, and who supports it.
QUESTIONS = (
    ("Qui paie les conseillers après 2027\u202f?", 0, (0, 1, 3, 4, 5, 6)),
    ("Qui finance la suite\u202f?", 1, (1, 2)),
    ("Comment toucher ceux qui ne viennent jamais\u202f?", 6, (2, 5, 6, 7, 8)),
    ("Peut-on mutualiser le matériel entre communes\u202f?", 3, (3, 8)),
)
THEMES = ((0, 1), (1, 4), (0,), (4, 2), (4, 1), (0, 3), (0, 1), (1, 3), (2,), (0, 4))


def invent_polls(meeting: Meeting, officer: User) -> None:
    """Everything answered, shown and closed; the draft of its minutes is there."""
    sheet = read_run_sheets()["restitution"]
    workshop = operations.prepare_workshop(meeting, sheet, by=officer)
    operations.open_workshop(workshop, by=officer)
    before, themes, questions, after = workshop.activities.all()
    people = [joining.join(workshop, alias, said)[0] for alias, said, *_rest in PEOPLE]
    _grade(before, people, [known for _n, _f, known, *_rest in PEOPLE], officer)
    options = list(themes.items.in_order().values_list("pk", flat=True))
    marks: list[Marks] = [{"choices": [options[one] for one in two]} for two in THEMES]
    _vote(themes, people, marks, officer)
    _give_words(workshop, people, officer)
    _ask(questions, people, officer)
    _grade(after, people, [known for *_rest, known, _words in PEOPLE], officer)
    for one in workshop.activities.all():
        operations.show_results(one, by=officer)
    operations.close_workshop(workshop, by=officer)
    draft_minutes(workshop, by=officer)
    for person, (alias, *_rest) in zip(people[:3], PEOPLE, strict=False):
        sending.agree_to_minutes(person, f"{alias.lower()}@exemple.invalid")


def _grade(
    scale: Activity, people: list[Participant], grades: list[int], officer: User
) -> None:
    marks: list[Marks] = [{"grade": grade} for grade in grades]
    _vote(scale, people, marks, officer)


def _vote(
    activity: Activity, people: list[Participant], marks: list[Marks], officer: User
) -> None:
    operations.go_to(activity, "rate", by=officer)
    for person, said in zip(people, marks, strict=True):
        casting.cast(activity, person, said, key=uuid4())


def _give_words(workshop: Workshop, people: list[Participant], officer: User) -> None:
    cloud = Activity(
        workshop=workshop,
        kind="cloud",
        title="En un mot",
        question="En un mot, l’inclusion numérique, c’est\u202f?",
        minutes=5,
    )
    operations.save_activity(cloud, [], by=officer)
    operations.go_to(cloud, "collect", by=officer)
    for person, (*_rest, words) in zip(people, PEOPLE, strict=True):
        for word in words:
            _write(cloud, person, word)


def _ask(activity: Activity, people: list[Participant], officer: User) -> None:
    operations.go_to(activity, "collect", by=officer)
    asked = [_write(activity, people[who], text) for text, who, _by in QUESTIONS]
    operations.go_to(activity, "support", by=officer)
    for place, person in enumerate(people):
        supported = [
            item.pk
            for item, (*_rest, by) in zip(asked, QUESTIONS, strict=True)
            if place in by
        ]
        if supported:
            casting.cast(activity, person, {"choices": supported}, key=uuid4())
    moderating.merge_ideas(asked[1], asked[0], by=officer)
    operations.go_to(activity, "answer", by=officer)
    moderating.mark_answered(asked[2], is_answered=True, by=officer)


def _write(activity: Activity, person: Participant, text: str) -> Item:
    return contributing.contribute(activity, person, text, key=uuid4())
