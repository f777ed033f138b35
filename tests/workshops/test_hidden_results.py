"""What the room may not see yet changes nothing of what it reads.

The same activity is played twice, with other answers: every page and event must be
the same, letter for letter. Once shown, the projector and its replay tell them apart.
The pages of the team are refused to others by the matrix of access.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from jalons.live.access import secret_for
from jalons.spaces.models import Role
from jalons.workshops import operations, screens
from jalons.workshops.models import Activity, Workshop
from tests.factories import make_user
from tests.workshops.rooms import add, comes, make_table, says, votes

pytestmark = pytest.mark.django_db
CHANGING = re.compile(
    r'(?<=name="csrfmiddlewaretoken" value=")[^"]+|(?<=/live/)[^/"]+'
    r"|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
)
Answer = Callable[[Activity, object], object]


def wrote(text: str) -> Answer:
    return lambda activity, who: says(activity, who, text)


def gave(sent: str) -> Answer:
    """`gave("choice={0}")`: the options take the numbers between braces."""

    def give(activity, who):
        items = activity.items.standing().in_order()
        options = list(items.values_list("pk", flat=True))
        item = items.exclude(stake=None).first() or items.first()
        rated = item if activity.rates_items else None
        votes(activity, who, sent.format(*options), rated)

    return give


def placed(first: int, second: int) -> Answer:
    return gave(f"place-{{0}}={first}&place-{{1}}={second}")


def rated(activity: Activity, grade: int) -> Answer:
    names = ("impact", "mastery", "transversal", "strategic", "feasible", "grade")
    return gave("&".join(f"{name}={grade}" for name in names))


def make(case: str, workshop: Workshop, officer) -> tuple[Activity, Answer, Answer]:
    """An activity in the phase that takes answers, and two ways to answer it."""
    if case == "workstreams":
        activity, _stake, _item = make_table(workshop, by=officer)
        operations.go_to(activity, "rate", by=officer)
        return activity, rated(activity, 1), rated(activity, 5)
    if case in ("wall", "cloud"):
        activity = add(workshop, case, by=officer)
        return activity, wrote("Alpha"), wrote("Oméga")
    if case == "questions":
        activity = add(workshop, case, by=officer)
        rose, _secret = comes(workshop, "Rose")
        for text in ("Qui paie ?", "Qui anime ?"):
            says(activity, rose, text)
        (phase,) = [one for one in activity.definition.phase if one.takes == "votes"]
        operations.go_to(activity, phase.id, by=officer)
        return activity, gave("choice={0}"), gave("choice={1}")
    kind, _dash, form = case.partition("-")
    fields = {"form": form} if form else {}
    activity = add(workshop, kind, "Oui", "Non", by=officer, **fields)
    if kind == "dots":
        return activity, gave("dots-{0}=3"), gave("dots-{1}=3")
    if form == "ranking":
        return activity, placed(1, 2), placed(2, 1)
    if kind == "matrix" or form == "scale":
        return activity, rated(activity, 1), rated(activity, 5)
    return activity, gave("choice={0}"), gave("choice={1}")


def read_everything(
    workshop: Workshop, secret: str, people: dict[str, Client]
) -> Iterator[tuple[str, str]]:
    """Every page and event, read by whoever is not to see the results."""
    space = [workshop.meeting.space_id, workshop.pk]
    everybody = {
        "code": reverse("workshops:code") + f"?code={workshop.code}",
        "join": reverse("workshops:join", args=[workshop.code]),
        "pocket": reverse("workshops:pocket", args=[secret]),
        "neighbour": reverse("workshops:neighbour", args=[secret]),
    }
    for audience in ("pocket", "stage"):
        word = secret_for(workshop.channel, audience)
        everybody[audience + " events"] = reverse("live:since", args=[word])
    shown = {
        "stage": reverse("workshops:stage", args=space),
        "tables": reverse("workshops:tables", args=space),
        "replay": reverse("workshops:replay", args=space)
        + f"?moment={workshop.moments.count()}",
    }
    for who, client in people.items():
        mine = everybody | (shown if who == "reader" else {})
        for name, address in mine.items():
            found = client.get(address)
            yield f"{who}, {name}", f"{found.status_code} {found.content.decode()}"
    bad = {"act": "vote", "key": "", "item": "0", "choice": "0", "grade": "9"}
    sent = people["anonymous"].post(reverse("workshops:send", args=[secret]), bad)
    yield "a vote refused", f"{sent.status_code} {sent.content.decode()}"


@pytest.mark.parametrize(
    "case",
    [
        *("wall", "cloud", "questions", "matrix", "workstreams", "dots"),
        *("poll-single", "poll-multiple", "poll-scale", "poll-ranking"),
    ],
)
def test_hidden_results_change_nothing_that_the_room_reads(
    case, space, workshop, officer
):
    amina, _hers = comes(workshop)
    _luc, secret = comes(workshop, "Luc")
    workshop.refresh_from_db()
    activity, one, other = make(case, workshop, officer)
    people = {"anonymous": Client(), "reader": Client()}
    reader = make_user("Lectrice")
    space.memberships.create(user=reader, role=Role.READER)
    people["reader"].force_login(reader)

    def read(answer: Answer, *, shown: bool = False) -> dict[str, str]:
        with transaction.atomic():
            answer(activity, amina)
            if shown:
                operations.show_results(activity, by=officer)
            found = dict(read_everything(workshop, secret, people))
            transaction.set_rollback(True)
        return {name: CHANGING.sub("…", text) for name, text in found.items()}

    hidden, otherwise = read(one), read(other)
    differing = [name for name in hidden if hidden[name] != otherwise[name]]
    shown, shown_otherwise = read(one, shown=True), read(other, shown=True)

    assert [] == differing
    for page in ("reader, stage", "reader, replay"):
        assert hidden[page].startswith("200")
        assert shown[page] != shown_otherwise[page]
    assert hidden["reader, tables"].startswith("200")
    board = screens.board_of(Workshop.objects.get(pk=workshop.pk), is_team=False)
    assert board.results is None
