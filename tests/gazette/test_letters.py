"""A letter: asked for twice over, composed, sent once to each, stopped in one click."""

from __future__ import annotations

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from jalons.gazette import sending
from jalons.gazette.figures import report_of
from jalons.gazette.models import Letter, Subscriber
from jalons.gazette.secrets import token_of
from jalons.mail.bounces import note_bounce
from jalons.mail.models import Message
from jalons.mail.operations import send_waiting
from jalons.privacy.operations import purge
from tests.events.agenda import make_event
from tests.factories import make_space
from tests.gazette.press import confirmed, make_article, make_letter, subscribe
from tests.mail.server import smtp

__all__ = ["smtp"]

pytestmark = pytest.mark.django_db
FORM = reverse("gazette:subscribe")


def page(client, name: str, *args) -> str:
    return client.get(reverse(f"gazette:{name}", args=args)).content.decode()


def leave(desk, title: str = "Mars") -> Letter:
    letter = make_letter(desk.space, title, by=desk.officer)
    sending.send_letter(letter, by=desk.officer)
    letter.refresh_from_db()
    return letter


def mails() -> list[str]:
    rows = Message.objects.filter(reason=sending.REASON).order_by("recipient")
    return [one.recipient for one in rows]


def test_one_receives_nothing_before_confirming(client, desk):
    asked = {"centre": desk.space.pk, "email": "Sacha@Exemple.fr"}
    first = client.post(FORM, asked).content.decode()
    client.post(FORM, asked)
    (one,) = Subscriber.objects.all()
    link = reverse("gazette:confirm", args=[token_of(one)])

    assert 1 == Message.objects.count(), "once a day at most"
    client.get(link)
    one.refresh_from_db()
    assert one.confirmed_at is None, "opening the page decides nothing"
    client.post(link)
    again = client.post(FORM, asked).content.decode()

    one.refresh_from_db()
    assert one.confirmed_at is not None
    assert 1 == Message.objects.count(), "an address known receives nothing new"
    assert ("ouvrez vos courriels" in first) == ("ouvrez vos courriels" in again)


def test_each_confirmed_address_receives_it_once(desk, monkeypatch):
    monkeypatch.setattr(sending, "IN_A_LOT", 2)
    for n in range(5):
        confirmed(desk.space, f"n{n}@exemple.fr")
    subscribe(desk.space, "jamais@exemple.fr")
    letter = leave(desk)

    while sending.send_a_lot(letter.pk) is not None:
        pass
    sending.finish_letters(dry_run=False)

    assert [f"n{n}@exemple.fr" for n in range(5)] == mails()
    letter.refresh_from_db()
    assert Letter.State.SENT == letter.state
    with pytest.raises(sending.AlreadyLeft):
        sending.send_letter(letter, by=desk.officer)


def test_a_sending_cut_short_goes_on_where_it_stopped(desk, monkeypatch):
    monkeypatch.setattr(sending, "IN_A_LOT", 2)
    for n in range(5):
        confirmed(desk.space, f"n{n}@exemple.fr")
    letter = leave(desk)
    sending.send_a_lot(letter.pk)
    assert 2 == len(mails())
    # As if the lot had been written and its end not recorded.
    Letter.objects.filter(pk=letter.pk).update(reached=0)

    tried, told = StringIO(), StringIO()
    call_command("send_newsletter", "--dry-run", "--json", stdout=tried)
    assert 2 == len(mails()), "a dry run writes to nobody"
    call_command("send_newsletter", "--json", stdout=told)

    assert {"dry_run": True, "letters": 1, "mails": 3} == json.loads(tried.getvalue())
    assert {"dry_run": False, "letters": 1, "mails": 3} == json.loads(told.getvalue())
    assert [f"n{n}@exemple.fr" for n in range(5)] == mails()


def test_who_confirms_later_stops_or_is_dead_is_not_written_to(desk):
    gone = confirmed(desk.space, "arrete@exemple.fr")
    confirmed(desk.space, "mort@exemple.fr")
    confirmed(desk.space, "present@exemple.fr")
    note_bounce("mort@exemple.fr", "550", is_permanent=True)
    letter = leave(desk)
    sending.stop(gone)
    confirmed(desk.space, "apres@exemple.fr")

    sending.finish_letters(dry_run=False)

    assert ["present@exemple.fr"] == mails()
    assert 1 == report_of(letter).written


def test_stopping_takes_back_the_letter_that_waits_of_this_centre_alone(desk):
    other = make_space(owner=desk.officer)
    gone = confirmed(desk.space, "deux@exemple.fr")
    confirmed(other, "deux@exemple.fr")
    leave(desk)
    sending.send_letter(make_letter(other, "Mars", by=desk.officer), by=desk.officer)
    sending.finish_letters(dry_run=False)
    assert ["deux@exemple.fr"] * 2 == mails()

    sending.stop(gone)

    (left,) = Message.objects.filter(reason=sending.REASON)
    assert str(other.letters.get().pk) == left.period


def test_a_mailbox_stops_it_in_one_click(desk, smtp):
    received = smtp()
    one = confirmed(desk.space, "sacha@exemple.fr")
    leave(desk, "Mars <b>gras</b>")
    sending.finish_letters(dry_run=False)
    send_waiting(timezone.now())

    (sent,) = [one for one in received.read() if "Mars" in one["Subject"]]
    link = sent["List-Unsubscribe"].strip("<>")
    assert "List-Unsubscribe=One-Click" == sent["List-Unsubscribe-Post"]
    assert "Mars &lt;b&gt;" in sent.get_body(("html",)).get_content()
    strict = Client(enforce_csrf_checks=True)
    path = "/" + link.split("/", 3)[3]
    assert 200 == strict.get(path).status_code
    assert Subscriber.objects.filter(pk=one.pk).exists()
    answer = strict.post(path, {"List-Unsubscribe": "One-Click"})

    assert 200 == answer.status_code
    assert not Subscriber.objects.exists()
    assert 410 == strict.get(path).status_code


def test_a_letter_opens_on_what_the_month_brought(client, desk):
    make_article(desk.space, "Un bus [bleu]", by=desk.officer)
    make_event(desk.space, "Un webinaire", by=desk.officer)
    client.force_login(desk.officer)

    said = page(client, "compose", desk.space.pk)

    assert "[Un bus (bleu)](http" in said
    assert "[Un webinaire](http" in said
    assert not Letter.objects.exists(), "nothing is kept before it is written"
    answer = client.post(
        reverse("gazette:compose", args=[desk.space.pk]),
        {"title": "Mars", "text": "# À lire"},
        follow=True,
    )
    assert "<h2>À lire</h2>" in answer.content.decode()


def test_the_archive_holds_what_was_sent_and_no_draft(client, desk):
    make_letter(desk.space, "Avril", by=desk.officer)
    letter = leave(desk)

    said = page(client, "letters")

    assert "Mars" in said
    assert "Avril" not in said
    assert "<h2>Titre</h2>" in page(client, "letter", letter.pk)
    client.force_login(desk.officer)
    changed = reverse("gazette:edit_letter", args=[desk.space.pk, letter.pk])
    assert 302 == client.post(changed, {"title": "Autre", "text": "X"}).status_code
    letter.refresh_from_db()
    assert "Mars" == letter.title, "what was sent does not change"


def test_addresses_end(desk):
    subscribe(desk.space, "jamais@exemple.fr")
    kept = confirmed(desk.space, "sacha@exemple.fr")
    now = timezone.now()

    purge(now + timedelta(days=9), dry_run=False)
    assert [kept] == list(Subscriber.objects.all())
    purge(now + timedelta(days=3 * 365 + 2), dry_run=False)
    assert not Subscriber.objects.exists()


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("email", "sacha@exemple.fr\r\nBcc: tous@exemple.fr"),
        ("email", "a" * 400 + "@exemple.fr"),
        ("centre", "999999"),
        ("centre", "x"),
    ],
)
def test_bad_words_are_refused(client, desk, field, text):
    given = {"centre": desk.space.pk, "email": "sacha@exemple.fr"}

    answer = client.post(FORM, given | {field: text})

    assert "Rien n’est encore envoyé" in answer.content.decode()
    assert not Subscriber.objects.exists()


def test_a_robot_and_a_flood_subscribe_nobody(client, desk, settings):
    limits = settings.ACCOUNT_RATE_LIMITS | {"subscribe": "1/h/ip"}
    settings.ACCOUNT_RATE_LIMITS = limits
    given = {"centre": desk.space.pk, "email": "sacha@exemple.fr"}

    robot = client.post(FORM, given | {"site": "https://a.exemple"})

    assert 200 == robot.status_code
    assert 429 == client.post(FORM, given).status_code
    assert not Subscriber.objects.exists()


def test_a_letter_without_subscribers_is_not_sent_to_nobody(client, desk):
    client.force_login(desk.officer)
    letter = make_letter(desk.space, "Mars", by=desk.officer)
    send = reverse("gazette:send", args=[desk.space.pk, letter.pk])

    alone = page(client, "own_letter", desk.space.pk, letter.pk)
    confirmed(desk.space, "sacha@exemple.fr")
    followed = page(client, "own_letter", desk.space.pk, letter.pk)

    assert (send in alone, FORM in alone) == (False, True)
    assert (send in followed, FORM in followed) == (True, False)
