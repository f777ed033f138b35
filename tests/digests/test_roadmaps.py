"""What is late, begins or ends, and the posts whose funding ends: each told once."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from jalons.actors import leading
from jalons.actors.models import Post
from jalons.digests.models import Subscription
from jalons.roadmaps.models import Action
from tests.actors.people import make_actor
from tests.digests.mails import choose, send, to
from tests.factories import make_space, make_user
from tests.roadmaps.plans import make_action, make_roadmap, make_stake, make_workstream

pytestmark = pytest.mark.django_db
Status = Action.Status
MORNING = datetime(2027, 3, 10, 8, tzinfo=UTC)


@pytest.fixture
def roadmap(space, officer):
    """An action late, one that begins, one that ends, one given up."""
    made = make_roadmap(space, by=officer)
    workstream = make_workstream(make_stake(made, by=officer), by=officer)
    for text, starts_on, ends_on, status in (
        ("Recruter", date(2027, 1, 4), date(2027, 3, 1), Status.PLANNED),
        ("Ouvrir", date(2027, 3, 16), date(2027, 9, 30), Status.PLANNED),
        ("Fermer", None, date(2027, 3, 17), Status.UNDER_WAY),
        ("Oublier", date(2027, 3, 11), date(2027, 3, 12), Status.DROPPED),
    ):
        days = {"starts_on": starts_on, "ends_on": ends_on, "status": status}
        make_action(workstream, text, by=officer, **days)
    return made


@pytest.fixture
def actor(space, officer):
    return make_actor(space, "Hub", by=officer)


def make_post(actor, ends_on, **fields):
    given = {"title": "Conseillère", "share": 1, "funding_ends_on": ends_on, **fields}
    return Post.objects.create(space=actor.space, actor=actor, **given)


def test_a_mail_says_what_is_late_begins_and_ends_each_once(space, officer, roadmap):
    empty = make_roadmap(space, by=officer, title="Sans action")
    choose(officer, "week", "actions")

    assert {"actions": 2} == send(MORNING, "--dry-run")["things"]
    assert not to(officer).exists()
    assert 1 == send(MORNING)["mails"]
    assert 0 == send(datetime(2027, 3, 16, 8, tzinfo=UTC))["due"]
    assert 1 == send(datetime(2027, 3, 17, 8, tzinfo=UTC))["mails"]
    assert 1 == send(datetime(2027, 3, 24, 8, tzinfo=UTC))["mails"]
    assert 0 == send(datetime(2027, 3, 31, 8, tzinfo=UTC))["mails"]

    first, second, third = to(officer)
    told = [" ".join(one.split()) for one in first.text.split("\n* ")]
    assert "En retard : 1.a.1 Recruter devait finir le 1er mars 2027" in told[1]
    assert "1.a.2 Ouvrir commence le 16 mars 2027" in told[2]
    # Seven days hold the 16th, not the 17th.
    assert 3 == len(told)
    assert empty.title not in first.text
    assert "Oublier" not in first.text
    assert "1.a.3 Fermer finit le 17 mars 2027" in second.text
    assert "Recruter" not in second.text
    assert "1 autre, déjà signalé, n’a pas changé." in second.text
    # Its day passed: late is something else to say than about to end.
    assert "1.a.3 Fermer devait finir le 17 mars 2027" in third.text


def test_a_month_looks_further_and_nothing_to_say_is_no_mail(officer, roadmap):
    choose(officer, "month", "actions")

    assert 0 == send(datetime(2026, 11, 1, 8, tzinfo=UTC))["mails"]
    assert 1 == send(MORNING)["mails"]

    (mail,) = to(officer)
    assert "1.a.3 Fermer finit le 17 mars 2027" in mail.text
    assert 0 == send(datetime(2027, 4, 9, 8, tzinfo=UTC))["due"]
    assert 1 == send(datetime(2027, 4, 10, 8, tzinfo=UTC))["due"]


def test_whoever_manages_posts_is_told_once_a_threshold_without_asking(
    space, officer, colleague, actor
):
    contributor = make_user("Contributrice")
    space.memberships.create(user=contributor, role="contributor")
    make_post(actor, date(2026, 12, 31))

    def told(day):
        return send(datetime(day.year, day.month, day.day, 8, tzinfo=UTC))["mails"]

    assert [told(date(2026, 6, 29)), told(date(2026, 6, 30))] == [0, 1]
    assert [told(date(2026, 7, 15)), told(date(2026, 9, 30))] == [0, 1]
    assert [told(date(2026, 12, 1)), told(date(2027, 1, 1))] == [1, 1]
    assert told(date(2027, 3, 1)) == 0
    assert 4 == to(officer).count()
    last = to(officer).last().text
    assert "Conseillère, Hub\xa0: 31 décembre 2026, financement terminé" in last
    assert reverse("actors:posts", args=[space.pk]) in last
    # A reader and a contributor manage no post; nobody else is concerned.
    assert [officer] == [one.user for one in Subscription.objects.all()]


def test_whoever_stopped_the_mails_is_not_enrolled_again(officer, actor):
    choose(officer, "never")
    make_post(actor, date(2026, 12, 31))

    assert 0 == send(datetime(2026, 12, 1, 8, tzinfo=UTC))["mails"]


def test_a_funding_prolonged_is_told_again_and_a_post_ended_no_more(
    space, officer, actor
):
    post = make_post(actor, date(2026, 12, 31))
    gone = make_post(actor, date(2026, 12, 30), title="Ancien poste")
    leading.end_post(gone, by=officer)
    send(datetime(2026, 12, 1, 8, tzinfo=UTC))

    post.funding_ends_on = date(2027, 7, 1)
    leading.save_post(post, by=officer)
    assert 0 == send(datetime(2026, 12, 20, 8, tzinfo=UTC))["mails"]
    assert 1 == send(datetime(2027, 6, 2, 8, tzinfo=UTC))["mails"]

    assert "1er juillet 2027" in to(officer).last().text
    assert "Ancien poste" not in "".join(one.text for one in to(officer))


@time_machine.travel(MORNING, tick=False)
def test_a_roadmap_of_another_team_is_never_told(officer, roadmap):
    stranger = make_user("Étrangère")
    make_space(owner=stranger)
    choose(stranger, "day")

    assert 0 == send(MORNING + timedelta(days=1))["mails"]
