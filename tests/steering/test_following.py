"""Following a roadmap: an address of one's own that closes."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.urls import reverse

from jalons.roadmaps.models import Action
from jalons.spaces.models import Role
from jalons.steering.models import Feed
from jalons.steering.secrets import feed_secret
from tests.factories import make_user
from tests.roadmaps.plans import make_action

Status = Action.Status
MORNING = datetime(2027, 3, 10, 8, tzinfo=UTC)


@pytest.fixture
def actions(workstream, officer):
    def act(text, starts_on, ends_on, status=Status.PLANNED):
        days = {"starts_on": starts_on, "ends_on": ends_on, "status": status}
        return make_action(workstream, text, by=officer, **days)

    return [
        act("Recruter; former, dire", date(2027, 1, 4), date(2027, 3, 1)),
        act("Ouvrir", date(2027, 3, 16), date(2027, 9, 30)),
        act("Fermer", None, date(2027, 3, 17), Status.UNDER_WAY),
        act("Oublier", date(2027, 3, 11), date(2027, 3, 12), Status.DROPPED),
    ]


@time_machine.travel(MORNING, tick=False)
def test_a_calendar_program_follows_until_the_address_is_closed(
    client, officer, roadmap, actions
):
    client.force_login(officer)
    page = reverse("steering:follow", args=[roadmap.pk])
    client.post(page, {"act": "open"})
    feed = Feed.objects.get()
    address = reverse("steering:feed", args=[feed_secret(feed.key)])
    assert address in client.get(page).content.decode()
    client.post(page, {"act": "open"})
    assert 1 == Feed.objects.count()
    assert 404 == client.post(page, {"act": "other"}).status_code
    client.logout()

    calendar = client.get(address).content.decode()

    first = (
        "BEGIN:VEVENT\r\n"
        f"UID:action-{actions[0].pk}-begins@jalons\r\n"
        "DTSTAMP:20270310T080000Z\r\n"
        "DTSTART;VALUE=DATE:20270104\r\n"
        "DTEND;VALUE=DATE:20270105\r\n"
        "TRANSP:TRANSPARENT\r\n"
        "SUMMARY:Début\u00a0: 1.a.1 Recruter\\; former\\, dire\r\n"
        "END:VEVENT\r\n"
    )
    assert first in calendar
    assert 5 == calendar.count("BEGIN:VEVENT")
    assert "Oublier" not in calendar
    client.force_login(feed.membership.user)
    assert (
        calendar
        == client.get(reverse("steering:calendar", args=[roadmap.pk])).content.decode()
    )
    client.post(page, {"act": "close"})
    assert 410 == client.get(address).status_code
    assert address not in client.get(page).content.decode()


def test_the_address_dies_with_the_membership(client, space, roadmap, officer):
    member = space.memberships.create(user=make_user("Lectrice"), role=Role.READER)
    client.force_login(member.user)
    client.post(reverse("steering:follow", args=[roadmap.pk]), {"act": "open"})
    address = reverse("steering:feed", args=[feed_secret(Feed.objects.get().key)])
    assert 200 == client.get(address).status_code

    member.delete()

    assert 410 == client.get(address).status_code
    assert 404 == client.get(reverse("steering:feed", args=["A" * 22])).status_code
