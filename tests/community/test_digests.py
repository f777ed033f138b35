"""The digest comes at the rhythm chosen, once, and stops without signing in."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from jalons.community.models import Digest
from jalons.community.operations import withdraw_news
from jalons.mail.models import Message
from tests.community.network import tell

pytestmark = pytest.mark.django_db


def choose(as_, space, role, rhythm):
    as_(role).post(reverse("community:mails", args=[space.pk]), {"rhythm": rhythm})


def run(capsys, *options):
    call_command("send_digests", "--json", *options)
    return json.loads(capsys.readouterr().out)


def to(person):
    return Message.objects.filter(reason="network-digest", recipient=person.email)


def test_each_one_is_written_to_at_their_rhythm_and_never_of_their_own_words(
    as_, space, people, capsys, time_machine
):
    now = timezone.now()
    for role, rhythm in (("reader", "day"), ("editor", "week"), ("owner", "never")):
        choose(as_, space, role, rhythm)
    before = tell(space, "Dit avant", by=people["owner"])
    before.posted_at = now - timedelta(hours=1)
    before.save()
    tell(space, "Panne du site", by=people["editor"])

    time_machine.move_to(now + timedelta(days=1), tick=False)
    dry = run(capsys, "--dry-run")
    assert not Message.objects.exists()
    first = run(capsys)
    again = run(capsys)

    assert {"dry_run": True, "due": 1, "mails": 1} == dry
    assert (1, 0) == (first["mails"], again["mails"])
    first_mail = to(people["reader"]).get()
    assert "Panne du site" in first_mail.text
    assert "Dit avant" not in first_mail.text
    tell(space, "Réponse", by=people["reader"])
    time_machine.move_to(now + timedelta(days=7), tick=False)
    assert 1 == run(capsys)["mails"]
    assert first_mail == to(people["reader"]).get()
    weekly = to(people["editor"]).get()
    assert "Réponse" in weekly.text
    assert "Panne du site" not in weekly.text
    assert not to(people["owner"]).exists()


def test_a_long_week_is_told_by_twenty_titles_and_the_number_of_the_others(
    as_, space, people, capsys, time_machine
):
    now = timezone.now()
    choose(as_, space, "reader", "week")
    for number in range(23):
        tell(space, f"Panne n° {number} !", by=people["owner"])
    hidden = tell(space, "Retirée", by=people["owner"])
    withdraw_news(hidden, by=people["owner"])

    time_machine.move_to(now + timedelta(days=6), tick=False)
    assert 0 == run(capsys)["due"]
    time_machine.move_to(now + timedelta(days=7), tick=False)
    run(capsys)

    sent = to(people["reader"]).get()
    assert "23 nouveaux messages" in sent.subject
    assert 20 == sent.text.count("Panne n°")
    assert "3 autres messages" in sent.text
    assert "Retirée" not in sent.text


def test_a_link_stops_the_mails_in_one_click_without_signing_in(
    as_, space, people, capsys, time_machine, settings
):
    choose(as_, space, "reader", "day")
    tell(space, by=people["owner"])
    time_machine.move_to(timezone.now() + timedelta(days=1))
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    run(capsys)
    call_command("send_mail")
    sent = mail.outbox[-1]
    header = sent.extra_headers["List-Unsubscribe"].strip("<>")
    path = header.removeprefix(settings.SITE_URL)

    assert "Difficulté" in sent.body
    opened = Client().get(path)
    assert "day" == Digest.objects.get().rhythm
    Client(enforce_csrf_checks=True).post(path)

    assert 200 == opened.status_code
    assert "never" == Digest.objects.get().rhythm
    forged = reverse("community:stop", args=["0" * 32 + ".forged"])
    assert 404 == Client().get(forged).status_code


def test_whoever_leaves_the_space_is_no_longer_written_to(as_, space, people, capsys):
    choose(as_, space, "reader", "day")

    space.memberships.get(user=people["reader"]).delete()

    assert not Digest.objects.exists()
