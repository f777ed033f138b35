from __future__ import annotations

import pytest
from django.core import mail as mailbox
from django.db import transaction
from django.template import TemplateDoesNotExist

from jalons.mail.models import Message
from jalons.mail.operations import queue

pytestmark = pytest.mark.django_db


def test_a_mail_is_a_row_then_sent_on_commit(
    trial_mail, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        message = queue(trial_mail, "sacha@exemple.fr", context={"name": "Sacha"})
        assert mailbox.outbox == []

    message.refresh_from_db()
    assert message.state == Message.State.SENT
    assert [mail.to for mail in mailbox.outbox] == [["sacha@exemple.fr"]]


def test_the_first_line_is_the_subject_and_the_rest_the_text(trial_mail):
    message = queue(
        trial_mail, "sacha@exemple.fr", context={"name": "Sacha"}, language="en"
    )

    assert message.subject == "Search : Sacha"
    assert message.text == "Bonjour Sacha,\n"


def test_the_language_of_the_mail_is_the_recipients_not_the_sites(trial_mail):
    french = queue(trial_mail, "a@exemple.fr", context={"name": "A"}, language="fr")
    english = queue(trial_mail, "b@exemple.fr", context={"name": "B"}, language="en")

    assert english.subject == "Search : B"
    assert french.subject == "Rechercher : A"


def test_plain_text_is_not_escaped_and_html_is(trial_mail):
    message = queue(trial_mail, "a@exemple.fr", context={"name": "L’île & d'<Yeu>"})

    assert "L’île & d'<Yeu>" in message.text
    assert "&lt;Yeu&gt;" in message.html


def test_a_mail_without_html_is_plain(trial_mail, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        queue("plain", "sacha@exemple.fr")

    assert mailbox.outbox[0].alternatives == []


@pytest.mark.parametrize("address", ["sacha@exemple.fr", " Sacha@Exemple.fr "])
def test_the_same_mail_queued_twice_is_one_row(
    trial_mail, address, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        queue(trial_mail, "sacha@exemple.fr", period="2026")
        second = queue(trial_mail, address, period="2026")

    assert second is None
    assert Message.objects.count() == 1
    assert len(mailbox.outbox) == 1


def test_another_period_is_another_mail(trial_mail):
    queue(trial_mail, "sacha@exemple.fr", period="2026")

    assert queue(trial_mail, "sacha@exemple.fr", period="2027") is not None


def test_a_change_undone_sends_nothing(trial_mail, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        queue(trial_mail, "sacha@exemple.fr")
        transaction.set_rollback(True)

    assert Message.objects.count() == 0
    assert mailbox.outbox == []


def test_a_reason_without_text_is_refused():
    with pytest.raises(TemplateDoesNotExist):
        queue("no-such-reason", "sacha@exemple.fr")

    assert Message.objects.count() == 0


def test_a_name_on_two_lines_adds_no_header(
    trial_mail, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        queue(trial_mail, "a@exemple.fr", context={"name": "X\nBcc: b@exemple.fr"})

    assert mailbox.outbox[0].recipients() == ["a@exemple.fr"]
    assert "Bcc" not in mailbox.outbox[0].message()
