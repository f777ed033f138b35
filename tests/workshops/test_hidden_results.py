"""What the room may not see yet changes nothing of what it reads.

The same activity is played twice, with other answers: every page, file and event must
be the same, letter for letter, for a participant, a reader and a contributor of the
space. Once shown, the projector, its replay and the files tell them apart; they always
do for whoever facilitates.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from jalons.live.access import secret_for
from jalons.spaces.models import Role
from jalons.workshops import operations, screens
from jalons.workshops.minutes import draft_minutes
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


def files_of(workshop: Workshop) -> dict[str, str]:
    """What can be taken away of a workshop."""
    space = [workshop.meeting.space_id, workshop.pk]
    exports = {"CSV": "export", "XLSX": "export_xlsx", "JSON": "export_json"}
    found = {k: reverse(f"workshops:{name}", args=space) for k, name in exports.items()}
    for format in ("pdf", "docx", "odt"):
        address = reverse("workshops:minutes_file", args=[*space, format])
        found[f"minutes {format}"] = address
    return found


def text_of(found: HttpResponse) -> str:
    """A page or a file as text; of a workbook or a document, the words it holds."""
    data = found.getvalue()
    if data.startswith(b"PK"):
        with ZipFile(BytesIO(data)) as parts:
            names = ("xl/sharedStrings.xml", "word/document.xml", "content.xml")
            sheets = [name for name in parts.namelist() if "xl/worksheets/" in name]
            kept = [one for one in (*names, *sheets) if one in parts.namelist()]
            return "".join(parts.read(name).decode() for name in kept)
    return data.decode("latin-1" if data.startswith(b"%PDF") else "utf-8")


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
    shown |= files_of(workshop)
    for name in ("console", "minutes", "on_paper"):
        shown[name] = reverse(f"workshops:{name}", args=space)
    for one in workshop.activities.all():
        on = [*space, one.pk]
        if one.is_written:
            shown[f"wall {one.pk}"] = reverse("workshops:wall", args=on)
        if one.kind == "workstreams":
            shown["workstreams"] = reverse("workshops:workstreams", args=on)
        shown[f"cards {one.pk}"] = reverse("workshops:print_file", args=[*on, "cartes"])
    for who, client in people.items():
        mine = everybody | ({} if who == "anonymous" else shown)
        for name, address in mine.items():
            found = client.get(address)
            yield f"{who}, {name}", f"{found.status_code} {text_of(found)}"
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
    people = {"anonymous": Client(), "reader": Client(), "contributor": Client()}
    for who, role in (("reader", Role.READER), ("contributor", Role.CONTRIBUTOR)):
        user = make_user(who)
        space.memberships.create(user=user, role=role)
        people[who].force_login(user)

    def read(answer: Answer, *, shown: bool = False) -> dict[str, str]:
        with transaction.atomic():
            answer(activity, amina)
            if shown:
                operations.show_results(activity, by=officer)
            draft_minutes(workshop, by=officer)
            found = dict(read_everything(workshop, secret, people))
            transaction.set_rollback(True)
        return {name: CHANGING.sub("…", text) for name, text in found.items()}

    hidden, otherwise = read(one), read(other)
    differing = [name for name in hidden if hidden[name] != otherwise[name]]
    shown, shown_otherwise = read(one, shown=True), read(other, shown=True)

    assert [] == differing
    files = ("CSV", "XLSX", "JSON", "minutes docx", "minutes odt")
    for page in (f"reader, {name}" for name in ("stage", "replay", "console", *files)):
        assert hidden[page].startswith("404" if "minutes" in page else "200")
        assert shown[page] != shown_otherwise[page]
    assert hidden["reader, tables"].startswith("200")
    board = screens.board_of(Workshop.objects.get(pk=workshop.pk), is_team=False)
    assert board.results is None


@pytest.mark.parametrize("case", ["wall", "matrix", "poll-single", "workstreams"])
def test_whoever_facilitates_takes_away_what_is_still_hidden(
    case, space, workshop, officer
):
    amina, _hers = comes(workshop)
    workshop.refresh_from_db()
    activity, one, other = make(case, workshop, officer)
    client = Client()
    client.force_login(officer)

    def take(answer: Answer) -> dict[str, str]:
        with transaction.atomic():
            answer(activity, amina)
            draft_minutes(workshop, by=officer)
            files = files_of(workshop).items()
            found = {name: text_of(client.get(address)) for name, address in files}
            transaction.set_rollback(True)
        return found

    taken, otherwise = take(one), take(other)

    assert [] == [name for name in taken if taken[name] == otherwise[name]]
