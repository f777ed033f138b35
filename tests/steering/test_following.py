"""Following a roadmap: an address of one's own that closes, one mail at a rhythm."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse

from jalons.actors.models import Post
from jalons.mail.models import Message
from jalons.roadmaps.models import Action
from jalons.spaces.models import Role
from jalons.steering.models import Feed, Reminder
from jalons.steering.secrets import feed_secret
from tests.actors.people import make_actor
from tests.factories import make_user
from tests.roadmaps.plans import make_action, make_roadmap

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


def test_one_mail_says_what_is_late_begins_and_ends_then_a_link_stops_it(
    client, signed_in, space, roadmap, actions, officer
):
    empty = make_roadmap(space, by=officer, title="Sans action")
    page = reverse("steering:follow", args=[roadmap.pk])
    assert 0 == send(MORNING)["due"]
    wrong = signed_in.post(page, {"act": "remind", "rhythm": "hour"})
    assert 200 == wrong.status_code
    signed_in.post(page, {"act": "remind", "rhythm": "week"})

    assert {"due": 1, "mails": 1, "dry_run": True} == send(MORNING, "--dry-run")
    assert not Message.objects.filter(reason="roadmap-reminder").exists()
    assert {"due": 1, "mails": 1, "dry_run": False} == send(MORNING)
    # Nothing more before a week, though what was late still is.
    assert 0 == send(datetime(2027, 3, 16, 8, tzinfo=UTC))["due"]

    mail = Message.objects.get(reason="roadmap-reminder")
    assert "1 action en retard" in mail.subject
    told = mail.text.split("\n* ")
    assert "1.a.1 Recruter; former, dire (devait finir le 1er mars 2027)" in told[1]
    assert told[2].startswith("1.a.2 Ouvrir (16 mars 2027)")
    # Seven days hold the 16th, not the 17th.
    assert 3 == len(told)
    assert empty.title not in mail.text
    client.logout()
    assert 200 == client.get(mail.unsubscribe_url).status_code
    assert "week" == Reminder.objects.get().rhythm
    client.post(mail.unsubscribe_url)
    assert "never" == Reminder.objects.get().rhythm
    assert 0 == send(datetime(2027, 4, 30, 8, tzinfo=UTC))["due"]


def test_a_month_looks_further_and_nothing_to_say_is_no_mail(
    signed_in, roadmap, actions
):
    page = reverse("steering:follow", args=[roadmap.pk])
    signed_in.post(page, {"act": "remind", "rhythm": "month"})
    before = datetime(2026, 11, 1, 8, tzinfo=UTC)

    assert {"due": 1, "mails": 0, "dry_run": False} == send(before)
    assert 1 == send(MORNING)["mails"]

    text = Message.objects.get(reason="roadmap-reminder").text
    assert "1.a.3 Fermer (17 mars 2027)" in text
    assert "Oublier" not in text


def test_posts_whose_funding_ends_within_three_months_are_told_too(
    signed_in, space, roadmap, officer
):
    page = reverse("steering:follow", args=[roadmap.pk])
    signed_in.post(page, {"act": "remind", "rhythm": "week"})
    actor = make_actor(space, "Hub", by=officer)
    for title, ends in (
        ("Conseillère", date(2027, 6, 15)),
        ("Coordinateur", date(2027, 6, 16)),
    ):
        Post.objects.create(
            space=space, actor=actor, title=title, share=1, funding_ends_on=ends
        )
    assert 0 == send(datetime(2027, 3, 14, 8, tzinfo=UTC))["mails"]

    assert 1 == send(datetime(2027, 3, 15, 8, tzinfo=UTC))["mails"]

    text = Message.objects.get(reason="roadmap-reminder").text
    assert "* Conseillère, Hub (15 juin 2027), moins de 3 mois restants" in text
    assert "Coordinateur" not in text
    assert reverse("actors:posts", args=[space.pk]) in text


def send(at: datetime, *options: str) -> dict[str, object]:
    out = StringIO()
    with time_machine.travel(at, tick=False):
        call_command("send_reminders", "--json", *options, stdout=out)
    return json.loads(out.getvalue())
