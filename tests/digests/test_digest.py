"""One mail for everything, through a real server: at most one a period, none twice."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core import mail as outbox
from django.db import OperationalError
from django.db.models.signals import pre_save
from django.urls import reverse
from django.utils import timezone

from jalons.digests.models import Subscription, Told
from jalons.front.operations import erase_person
from jalons.library import operations as library
from jalons.library.models import Sheet
from jalons.mail.models import Message
from jalons.mail.operations import say_dead
from jalons.network.models import Exchange
from jalons.privacy import persons
from jalons.spaces.models import Space
from tests.community.network import tell
from tests.digests.mails import choose, deliver, send, to
from tests.factories import make_space, make_territory, make_user
from tests.library.test_pages import make_sheet
from tests.roadmaps.plans import make_action, make_roadmap, make_stake, make_workstream

pytestmark = pytest.mark.django_db
MORNING = datetime(2027, 3, 10, 8, tzinfo=UTC)
SOON = timedelta(minutes=1)


def promise(space, day, step="Rappeler", **fields):
    given = {"kind": "call", "support": "none", "summary": "Vu", "day": day, **fields}
    return Exchange.objects.create(
        space=space,
        territory=make_territory("CC Promise"),
        next_step=step,
        next_on=day,
        **given,
    )


@pytest.fixture
@time_machine.travel(MORNING - timedelta(days=1), tick=False)
def everything(space, officer, colleague):
    """A centre that promised, a late action, a message, a sheet on a theme followed."""
    space.kind = Space.Kind.RESOURCE_CENTRE
    space.save()
    workstream = make_workstream(
        make_stake(make_roadmap(space, by=officer), by=officer), by=officer
    )
    make_action(workstream, "Recruter", by=officer, ends_on=date(2027, 3, 1))
    library.follow(officer, tag="stake:visibility")
    subscription = choose(officer, "week")
    tell(space, "Panne du site", by=colleague)
    make_sheet(title="Une camionnette", tags=["stake:visibility"])
    now = timezone.now()
    Sheet.objects.update(published_at=now + timedelta(seconds=1))
    space.news.update(posted_at=now + timedelta(seconds=1))
    promise(space, date(2027, 3, 12), "Envoyer la fiche")
    return subscription


def test_everything_that_is_new_comes_in_one_mail_and_once(
    smtp, everything, officer, colleague, space
):
    received = smtp()

    done = send(MORNING)
    send(MORNING)
    deliver()
    deliver()

    assert {"actions": 1, "centre": 1, "network": 1, "library": 1} == done["things"]
    (mail,) = received.read()
    assert [officer.email] == received.to
    assert "Jalons\xa0: 4 nouveautés pour vous" == mail["Subject"]
    stop = reverse("digests:stop", args=["x"]).removesuffix("x/")
    assert stop in mail["List-Unsubscribe"]
    assert "List-Unsubscribe=One-Click" == mail["List-Unsubscribe-Post"]
    text = " ".join(mail.get_content().split())
    for words in ("Recruter", "Panne du site", "Une camionnette", "Envoyer la fiche"):
        assert words in text
    assert mail["List-Unsubscribe"].strip(" <>") in text

    Exchange.objects.update(next_done_on=date(2027, 3, 11))
    # A week later nothing is new, though the action is still late.
    assert {"due": 1, "mails": 0, "things": {}, "dry_run": False} == send(
        MORNING + timedelta(days=8)
    )
    deliver()
    assert 1 == len(received.mails)


def test_a_mail_is_written_in_the_language_chosen(smtp, everything, officer):
    received = smtp()
    Subscription.objects.update(language="en")

    send(MORNING)
    deliver()

    (mail,) = received.read()
    assert "Jalons: 4 new things for you" == mail["Subject"]
    text = " ".join(mail.get_content().split())
    assert "Late: 1.a.1 Recruter was to end on" in text
    assert "To receive it no more, without signing in" in text


def test_what_somebody_types_writes_no_header_and_no_line(
    smtp, space, officer, colleague
):
    received = smtp()
    choose(colleague, "day", "network")
    Space.objects.update(name="Équipe\r\nBcc: voleur@exemple.fr")
    tell(space, "Titre\r\nBcc: voleur@exemple.fr\r\n\r\n<script>x</script>", by=officer)

    send(timezone.now() + SOON)
    deliver()

    (mail,) = received.read()
    assert [colleague.email] == received.to
    assert mail["Bcc"] is None
    assert "multipart" not in mail.get_content_type()
    assert not [
        line for line in mail.get_content().splitlines() if line.startswith("Bcc")
    ]


@pytest.mark.parametrize("how", ["erased", "stopped", "closed", "dead"])
def test_whoever_left_or_wants_no_mail_has_none_even_one_that_waits(
    smtp, everything, officer, colleague, space, client, how
):
    received = smtp()
    send(MORNING)
    waiting = to(officer).get()
    if how == "erased":
        space.memberships.filter(user=colleague).update(role="owner")
        erase_person(persons.find(officer.email), by=None)
    elif how == "stopped":
        client.post(waiting.unsubscribe_url)
    else:
        waiting.delete()
        Told.objects.all().delete()
        Subscription.objects.update(sent_on=None)
    if how == "closed":
        officer.is_active = False
        officer.save()
    if how == "dead":
        say_dead(officer.email, "550", by=colleague)

    assert 0 == send(MORNING + timedelta(days=8))["mails"]
    deliver()

    assert [] == received.mails
    assert [] == outbox.outbox


def test_the_link_stops_the_mails_in_one_click_and_opening_it_stops_nothing(
    client, everything, officer
):
    send(MORNING)
    path = to(officer).get().unsubscribe_url

    assert 200 == client.get(path).status_code
    assert "week" == Subscription.objects.get().rhythm
    client.handler.enforce_csrf_checks = True
    sent = client.post(path, {"List-Unsubscribe": "One-Click"})

    assert 200 == sent.status_code
    assert "never" == Subscription.objects.get().rhythm
    assert 200 == client.post(path).status_code
    for token in ("0" * 32 + ".forged", "x", everything.key.hex):
        forged = reverse("digests:stop", args=[token])
        assert 404 == client.post(forged).status_code


@pytest.mark.parametrize(
    ("rhythm", "sent_on", "today", "is_due"),
    [
        ("day", date(2027, 3, 9), date(2027, 3, 10), True),
        ("day", date(2027, 3, 10), date(2027, 3, 10), False),
        ("week", date(2027, 3, 4), date(2027, 3, 10), False),
        ("week", date(2027, 3, 3), date(2027, 3, 10), True),
        ("month", date(2027, 1, 31), date(2027, 2, 27), False),
        ("month", date(2027, 1, 31), date(2027, 2, 28), True),
        ("week", None, date(2027, 3, 10), True),
        ("never", None, date(2027, 3, 10), False),
    ],
)
def test_a_whole_period_passes_between_two_mails(rhythm, sent_on, today, is_due):
    assert is_due == Subscription(rhythm=rhythm, sent_on=sent_on).is_due(today)


def test_changing_rhythm_does_not_bring_a_second_mail_the_same_day(
    signed_in, everything, officer, space, colleague
):
    send(MORNING)
    tell(space, "Encore", by=colleague)
    Subscription.objects.update(rhythm="day")

    assert 0 == send(MORNING + timedelta(hours=3))["due"]
    assert 1 == to(officer).count()


def test_a_run_that_dies_leaves_each_one_told_or_not_at_all(
    everything, officer, colleague, space
):
    """Between two people, the mail, what it told and its day are kept together."""
    choose(colleague, "week", "actions")

    def dies(instance: Subscription, **kwargs: object) -> None:
        if instance.user_id == colleague.pk:
            # The mail is written, and what it tells; the day is not.
            assert to(colleague).exists()
            raise OperationalError("the disk is full")

    pre_save.connect(dies, sender=Subscription)
    try:
        with pytest.raises(OperationalError, match="the disk is full"):
            send(MORNING)
    finally:
        pre_save.disconnect(dies, sender=Subscription)

    first, second = (
        Subscription.objects.get(user=user) for user in (officer, colleague)
    )
    assert 1 == to(officer).count()
    assert (date(2027, 3, 10), True) == (first.sent_on, first.told.exists())
    assert not to(colleague).exists()
    assert (None, False) == (second.sent_on, second.told.exists())

    send(MORNING)

    for user in (officer, colleague):
        mails = Subscription.objects.get(user=user)
        assert 1 == to(user).count()
        assert MORNING == mails.told_until
        assert mails.told.filter(told_on=mails.sent_on).exists()


def test_the_number_of_queries_does_not_grow_with_the_things(
    everything, officer, colleague, space, django_assert_max_num_queries
):
    for number in range(30):
        tell(space, f"Panne {number}", by=colleague)
        promise(space, date(2027, 3, 12))
    space.news.update(posted_at=MORNING - timedelta(hours=1))

    with django_assert_max_num_queries(48):
        send(MORNING)

    assert 60 < Told.objects.count()
    assert 1 == Message.objects.count()


def test_each_reader_costs_their_own_mail_and_no_reading_of_the_roadmaps(
    everything, space, django_assert_max_num_queries
):
    for number in range(10):
        reader = make_user(f"Lectrice {number}")
        space.memberships.create(user=reader, role="reader")
        choose(reader, "week")

    with django_assert_max_num_queries(50 + 10 * 14):
        done = send(MORNING)

    assert 11 == done["mails"]


def test_a_stranger_s_team_is_never_told_of(everything):
    stranger = make_user("Étrangère")
    make_space(owner=stranger)
    choose(stranger, "day")

    send(MORNING)

    assert not to(stranger).exists()
