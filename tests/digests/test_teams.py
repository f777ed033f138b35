"""Owners read who waits for an answer, until somebody gives it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from jalons.spaces import joining
from tests.digests.mails import choose, send, to
from tests.factories import make_space, make_user

pytestmark = pytest.mark.django_db
SOON = timedelta(minutes=1)
DAY = timedelta(days=1)


@pytest.fixture
def request_(space):
    newcomer = make_user("Dominique Exemple", "dominique@exemple.fr")
    return joining.ask(space, by=newcomer, word="")


def test_an_owner_reads_who_waits_and_where_to_answer(
    space, officer, colleague, request_
):
    choose(officer, "day", "joining")
    choose(colleague, "day", "joining")

    assert 1 == send(timezone.now() + SOON)["mails"]

    (mail,) = to(officer)
    assert "Dominique Exemple" in mail.text
    assert reverse("spaces:answer", args=[space.pk, request_.pk]) in mail.text
    # A reader of the team answers nobody, and is told of nobody.
    assert not to(colleague)


def test_a_request_told_once_is_counted_beside_the_next(space, officer, request_):
    choose(officer, "day", "joining")
    now = timezone.now()
    send(now + SOON)
    joining.ask(space, by=make_user("Camille", "camille@exemple.fr"), word="")

    assert 0 == send(now + 2 * SOON)["mails"]
    assert 1 == send(now + DAY + SOON)["mails"]

    latest = to(officer).last()
    assert "Camille" in latest.text
    assert "Dominique" not in latest.text
    assert "1 autre, déjà signalé, n’a pas changé" in latest.text


@pytest.mark.parametrize("ending", ["answered", "expired", "of another team"])
def test_a_request_that_nobody_may_answer_is_not_told(space, officer, request_, ending):
    if ending == "answered":
        joining.refuse(request_, by=officer, word="")
    later = joining.LASTS + DAY if ending == "expired" else SOON
    if ending == "of another team":
        request_.space = make_space(owner=make_user("Ailleurs", "ailleurs@exemple.fr"))
        request_.save()
    choose(officer, "day", "joining")

    assert 0 == send(timezone.now() + later)["mails"]
