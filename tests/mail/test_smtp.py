"""A real mail server on the loopback, and workers killed at the worst moment."""

from __future__ import annotations

import os
import signal
import smtplib
import subprocess
import sys
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from django.utils import timezone

from jalons.mail.delivery import attempt
from jalons.mail.models import Bounce, Message
from tests.deployment import rows_of
from tests.mail.server import smtp
from tests.mail.test_delivery import DAYS, make_message
from tests.seed import Seed

__all__ = ["smtp"]

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.django_db
def test_a_real_server_receives_the_mail_with_the_way_out_in_one_click(smtp):
    received = smtp()
    message = make_message(
        unsubscribe_url="https://jalons.exemple/stop/x/", reply_to="equipe@exemple.fr"
    )

    sent = attempt(message.pk, at=timezone.now())

    assert sent.state == Message.State.SENT
    assert (sent.unsubscribe_url, sent.reply_to) == ("", "")
    (mail,) = received.mails
    assert b"List-Unsubscribe: <https://jalons.exemple/stop/x/>" in mail
    assert b"List-Unsubscribe-Post: List-Unsubscribe=One-Click" in mail
    assert b"Reply-To: equipe@exemple.fr" in mail


@pytest.mark.django_db
def test_a_text_arrives_in_lines_of_72_columns_its_address_whole(smtp):
    received = smtp()
    address = "https://jalons.exemple/participer/" + "x" * 60
    long = "Pourquoi ce courriel : votre adresse professionnelle est tenue. " * 4

    message = make_message()
    message.text = f"Bonjour,\n\n    {address}\n\n{long}"
    message.save()

    attempt(message.pk, at=timezone.now())

    text = message_from_bytes(received.mails[0], policy=policy.default).get_content()
    lines = text.splitlines()
    assert f"    {address}" in lines
    assert not [one for one in lines if len(one) > 72 and address not in one]
    assert long.split() == text.partition(address)[2].split()


@pytest.mark.django_db
def test_a_mail_of_another_kind_offers_no_way_out(smtp):
    received = smtp()

    attempt(make_message().pk, at=timezone.now())

    assert b"List-Unsubscribe" not in received.mails[0]


@pytest.mark.django_db
def test_an_address_refused_for_good_is_dead_at_the_first_try(smtp):
    smtp(refuses=("sacha@exemple.fr",))

    message = attempt(make_message().pk, at=timezone.now())

    assert message.state == Message.State.FAILED
    assert message.attempts == 1
    assert Bounce.objects.get().reason == "550 5.1.1 no such mailbox"
    assert Bounce.objects.get().is_permanent


@pytest.mark.django_db
def test_a_server_that_asks_to_come_back_is_tried_again(smtp):
    smtp(answer="451 greylisted")

    message = attempt(make_message().pk, at=timezone.now())

    assert message.state == Message.State.QUEUED
    assert message.error == "451 greylisted"
    assert not Bounce.objects.exists()


@pytest.mark.django_db
def test_a_connection_that_falls_after_the_text_leaves_the_mail_uncertain(smtp):
    received = smtp(answer="fall")
    message = make_message()
    now = timezone.now()

    attempt(message.pk, at=now)

    message.refresh_from_db()
    assert message.state == Message.State.SENDING
    assert message.error.startswith(smtplib.SMTPServerDisconnected.__name__)
    assert list(Message.objects.uncertain(at=now)) == [message]
    assert attempt(message.pk, at=now + DAYS) is None
    assert len(received.mails) == 1


@pytest.mark.slow
def test_a_worker_killed_between_sending_and_recording_sends_nothing_twice(
    smtp, tmp_path, place
):
    received = smtp()
    address, _folder = place
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "JALONS_VAR_DIR": str(tmp_path),
        "DATABASE_URL": address,
        "JALONS_EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "JALONS_SMTP_HOST": "127.0.0.1",
        "JALONS_SMTP_PORT": str(received.port),
    }

    work = ("manage.py", "db_worker", "--batch", "--no-startup-delay")
    seed = Seed(environment)
    seed.run("-m", "tests.mail.outbox")
    worker = subprocess.Popen([sys.executable, *work], cwd=ROOT, env=environment)
    received.worker = worker.pid

    assert worker.wait(timeout=60) == -signal.SIGKILL
    received.worker = 0
    seed.run(*work)
    seed.run("manage.py", "send_mail", "--failed")
    seed.end()

    assert len(received.mails) == 1
    rows = rows_of(address, "SELECT state, attempts FROM mail_message")
    assert rows == [("sending", 1)]
