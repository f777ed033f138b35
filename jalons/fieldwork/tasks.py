from __future__ import annotations

from django_tasks import task

from jalons.fieldwork import checking
from jalons.fieldwork.checking import PARTS, Part
from jalons.fieldwork.people import People, people_of
from jalons.rounds.models import Round


@task()
def check(round_id: int) -> None:
    """Work out what may be told of a round, unless it was taken away meanwhile."""
    for round in Round.objects.select_related("campaign__version").filter(pk=round_id):
        people = people_of(round)
        for part in PARTS:
            checking.hidden_of(people, part)


def is_ready(people: People, part: Part) -> bool:
    """Whether what may be told is known; it is asked for otherwise."""
    if checking.found(people, part) is None and checking.is_to_ask(people):
        check.enqueue(people.round.pk)
    return checking.found(people, part) is not None
