"""Notices of non-delivery: believed only when they speak of a mail of ours."""

from __future__ import annotations

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from jalons.mail import operations
from jalons.mail.bounces import read_notice, read_notices
from jalons.mail.delivery import attempt, identity_of
from jalons.mail.models import Bounce, Message
from tests.factories import make_user
from tests.mail.test_delivery import make_message

pytestmark = pytest.mark.django_db

NOTICE = """\
From: MAILER-DAEMON@relais.exemple
To: jalons@localhost
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="limite"

--limite
Content-Type: text/plain; charset=utf-8

Votre message n'a pas pu etre remis.

--limite
Content-Type: message/delivery-status

Reporting-MTA: dns; relais.exemple

Final-Recipient: rfc822; sacha@exemple.fr
Action: {action}
Status: {status}
Diagnostic-Code: smtp; {words}

--limite
Content-Type: {kind}

From: jalons@localhost
To: sacha@exemple.fr
Subject: Essai
Message-ID: {identity}

--limite--
"""


def notice(
    message: Message | None = None,
    *,
    identity: str = "<autre@ailleurs.exemple>",
    action: str = "failed",
    status: str = "5.1.1",
    words: str = "550 5.1.1 boite inconnue",
    kind: str = "message/rfc822",
) -> str:
    return NOTICE.format(
        identity=identity_of(message) if message else identity,
        action=action,
        status=status,
        words=words,
        kind=kind,
    )


def returns(tmp_path, *notices: str):
    box = tmp_path / "retours"
    box.mkdir(exist_ok=True)
    for number, text in enumerate(notices):
        (box / f"{number}.eml").write_text(text)
    return box


def outcomes(path, *, dry_run: bool = False) -> list[str]:
    returned = operations.record_returns(read_notices(path), dry_run=dry_run)
    return [one.outcome for one in returned]


@pytest.mark.parametrize("kind", ["message/rfc822", "text/rfc822-headers"])
def test_a_dead_address_is_noted_with_the_words_of_its_server(tmp_path, kind):
    box = returns(tmp_path, notice(make_message(), kind=kind))

    assert outcomes(box) == ["dead"]
    bounce = Bounce.objects.get()
    assert bounce.address == "sacha@exemple.fr"
    assert bounce.reason == "550 5.1.1 boite inconnue"
    assert bounce.is_permanent


def test_a_full_mailbox_is_shown_and_written_to_another_day(tmp_path):
    box = returns(tmp_path, notice(make_message(), status="4.2.2", words="452 pleine"))

    assert outcomes(box) == ["not_delivered"]
    assert not Bounce.objects.permanent().exists()


@pytest.mark.parametrize(
    ("told", "outcome"),
    [
        (notice(), "not_ours"),
        (notice(action="delayed"), "not_a_failure"),
        ("Subject: Absente du bureau\n\nJe reviens lundi.\n", "not_a_failure"),
        ("", "not_a_failure"),
        ("\x00\xff n'importe quoi", "not_a_failure"),
    ],
)
def test_other_mails_of_the_box_change_nothing(tmp_path, told, outcome):
    assert outcomes(returns(tmp_path, told)) == [outcome]
    assert not Bounce.objects.exists()


def test_a_notice_forged_about_a_mail_of_ours_silences_nobody(tmp_path):
    message = make_message()
    stamp = f"{message.created_at:%Y%m%d%H%M%S}.{message.pk}"
    forged = notice(identity=f"<{stamp}.{'0' * 16}@localhost>")

    assert outcomes(returns(tmp_path, forged)) == ["not_ours"]
    assert not Bounce.objects.exists()


def test_the_same_notice_read_twice_counts_once_even_after_a_mend(tmp_path):
    box = returns(tmp_path, notice(make_message()))
    outcomes(box)
    operations.say_alive(Bounce.objects.get(), by=make_user())

    assert outcomes(box) == ["known"]
    assert not Bounce.objects.exists()


def test_a_trial_run_writes_nothing(tmp_path):
    box = returns(tmp_path, notice(make_message()))

    assert outcomes(box, dry_run=True) == ["dead"]
    assert not Bounce.objects.exists()


def test_an_mbox_is_read_mail_by_mail(tmp_path):
    one, two = make_message(), make_message(period="2")
    text = "".join(
        f"From MAILER-DAEMON Mon Jan  5 10:00:00 2026\n{notice(m)}\n"
        for m in (one, two)
    )
    path = tmp_path / "retours.mbox"
    path.write_text(text)

    assert [one.place for one in read_notices(path)] == [
        "retours.mbox (1)",
        "retours.mbox (2)",
    ]
    assert outcomes(path) == ["dead", "dead"]


def test_a_status_that_cannot_be_read_is_taken_as_passing():
    found = read_notice(notice(status="cassé").encode(), "a.eml")

    assert found.is_failure
    assert not found.is_permanent


def test_the_command_reports_each_mail(tmp_path):
    box = returns(tmp_path, notice(make_message()), notice())
    out = StringIO()

    call_command("read_bounces", str(box), "--json", stdout=out)

    report = json.loads(out.getvalue())
    assert [one["outcome"] for one in report["mails"]] == ["dead", "not_ours"]
    assert report["mails"][0]["place"] == "0.eml"


def test_a_box_that_is_not_there_is_told(tmp_path):
    with pytest.raises(CommandError):
        call_command("read_bounces", str(tmp_path / "nulle-part"))


def test_what_was_given_up_on_a_dead_address_stays_given_up():
    make_message(state=Message.State.FAILED)
    operations.say_dead("sacha@exemple.fr", "agent parti", by=make_user())

    assert operations.retry_failed() == 0


def uncertain() -> Message:
    long_ago = timezone.now() - timedelta(hours=1)
    return make_message(state=Message.State.SENDING, claimed_at=long_ago, attempts=1)


def test_an_uncertain_mail_that_arrived_is_emptied_and_never_sent():
    message = uncertain()

    operations.say_arrived(message, by=make_user())

    assert message.text == ""
    assert attempt(message.pk, at=timezone.now()) is None


def test_an_uncertain_mail_is_sent_again_when_a_person_asks(
    django_capture_on_commit_callbacks, mailoutbox
):
    message = uncertain()

    with django_capture_on_commit_callbacks(execute=True):
        operations.send_again(message, by=make_user())

    message.refresh_from_db()
    assert message.state == Message.State.SENT
    assert len(mailoutbox) == 1


def test_a_mail_being_sent_at_this_moment_is_not_yet_uncertain():
    make_message(state=Message.State.SENDING, claimed_at=timezone.now())

    assert not Message.objects.uncertain(at=timezone.now()).exists()
