from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
from django.core import mail as mailbox
from django.core.mail.backends.base import BaseEmailBackend
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from jalons.mail.delivery import MAX_ATTEMPTS, attempt
from jalons.mail.models import Message
from jalons.mail.operations import queue, retry_failed, send_waiting
from jalons.mail.tasks import deliver

pytestmark = pytest.mark.django_db

AN_HOUR = timedelta(hours=1)
DAYS = timedelta(days=3)


class DownBackend(BaseEmailBackend):
    """A mail server that does not answer."""

    def send_messages(self, email_messages):
        raise ConnectionRefusedError("nobody listens on port 25")


class HurriedBackend(BaseEmailBackend):
    """While it speaks, another worker tries every message."""

    def send_messages(self, email_messages):
        others = [attempt(pk, at=timezone.now()) for pk in all_messages()]
        assert others == [None]
        return len(email_messages)


def all_messages() -> list[int]:
    return list(Message.objects.values_list("pk", flat=True))


@pytest.fixture
def server_down(settings):
    settings.EMAIL_BACKEND = f"{__name__}.DownBackend"


def make_message(**fields) -> Message:
    return Message.objects.create(
        reason="trial",
        recipient="sacha@exemple.fr",
        subject="Essai",
        text="Bonjour",
        **fields,
    )


def test_once_sent_the_text_and_its_personal_links_are_emptied():
    message = attempt(make_message(html="<p>Bonjour</p>").pk, at=timezone.now())

    assert message.state == Message.State.SENT
    assert (message.text, message.html, message.error) == ("", "", "")
    assert mailbox.outbox[0].body == "Bonjour"
    assert mailbox.outbox[0].alternatives[0].content == "<p>Bonjour</p>"


def test_a_message_sent_is_not_sent_again():
    message = make_message()
    now = timezone.now()

    attempt(message.pk, at=now)

    assert attempt(message.pk, at=now + DAYS) is None
    assert len(mailbox.outbox) == 1


def test_a_server_down_leaves_the_message_waiting_with_the_reason(server_down):
    message = attempt(make_message().pk, at=timezone.now())

    assert message.state == Message.State.QUEUED
    assert message.text == "Bonjour"
    assert message.error == "ConnectionRefusedError: nobody listens on port 25"


def test_a_message_just_tried_is_left_to_the_one_who_tries_it(server_down):
    message = make_message()
    now = timezone.now()
    attempt(message.pk, at=now)

    assert attempt(message.pk, at=now + timedelta(seconds=30)) is None
    assert attempt(message.pk, at=now + AN_HOUR).attempts == 2


def test_two_workers_holding_the_same_message_send_it_once(settings):
    settings.EMAIL_BACKEND = f"{__name__}.HurriedBackend"
    message = make_message()

    attempt(message.pk, at=timezone.now())

    message.refresh_from_db()
    assert message.state == Message.State.SENT
    assert message.attempts == 1


def test_after_the_last_try_the_message_is_given_up_and_kept(server_down):
    message = make_message()
    now = timezone.now()

    for day in range(MAX_ATTEMPTS + 2):
        attempt(message.pk, at=now + day * DAYS)

    message.refresh_from_db()
    assert message.state == Message.State.FAILED
    assert message.attempts == MAX_ATTEMPTS
    assert message.text == "Bonjour"


def test_a_worker_is_asked_to_try_again_later(
    server_down, settings, trial_mail, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        message = queue(trial_mail, "sacha@exemple.fr")
    message.refresh_from_db()
    Message.objects.update(next_try_at=None)
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

    deliver.call(message.pk)

    message.refresh_from_db()
    assert DBTaskResult.objects.get().run_after == message.next_try_at


def test_what_waited_during_an_outage_is_sent_when_the_server_is_back(settings):
    make_message(attempts=2, next_try_at=timezone.now() - AN_HOUR)
    make_message(period="2", next_try_at=timezone.now() + AN_HOUR)

    flushed = send_waiting(timezone.now())

    assert flushed.sent_count == 1
    assert flushed.waiting_count == 1


def test_what_was_given_up_can_be_tried_again():
    message = make_message(state=Message.State.FAILED, attempts=MAX_ATTEMPTS)

    assert retry_failed() == 1

    assert attempt(message.pk, at=timezone.now()).state == Message.State.SENT


def test_the_command_says_what_it_sent():
    make_message()
    make_message(period="2", state=Message.State.FAILED, attempts=MAX_ATTEMPTS)
    out = StringIO()

    call_command("send_mail", "--failed", stdout=out)

    assert "2" in out.getvalue()
    assert len(mailbox.outbox) == 2
