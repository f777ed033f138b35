"""The mails of an event through a real server; what the open forms refuse."""

from __future__ import annotations

import re
from datetime import timedelta
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from jalons.events.models import AudienceQuestion, Rating, Registration
from jalons.events.secrets import token_of
from jalons.meetings.models import Meeting
from tests.events.agenda import come, make_event, past
from tests.mail.server import smtp

__all__ = ["smtp"]
pytestmark = pytest.mark.django_db
GIVEN = {"name": "Sacha Exemple", "email": "sacha@exemple.fr"}


def deliver():
    call_command("send_mail", stdout=StringIO())


def own_path(mail) -> str:
    found = re.search(rf"{settings.SITE_URL}(/inscription/\S+/)", mail.get_content())
    assert found
    return found[1]


def test_a_place_is_confirmed_by_mail_given_back_and_given_to_who_waits(
    smtp, client, space, officer
):
    received = smtp()
    event = make_event(space, "Rencontre", by=officer, capacity=1)
    ask = reverse("events:register", args=[event.pk])
    client.post(ask, GIVEN)
    client.post(ask, {"name": "Alix", "email": "alix@exemple.fr"}, headers={})
    deliver()
    first, second = (own_path(one) for one in received.read())
    client.post(first)
    client.post(second)
    deliver()
    before = len(received.mails)

    client.post(first, {"annuler": "1"})
    deliver()
    deliver()

    assert 2 == before
    told = received.read()[-1]
    assert "alix@exemple.fr" == told["To"]
    assert "Une place pour vous" in told["Subject"]
    assert second == own_path(told)
    assert 3 == len(received.mails)
    assert ["alix@exemple.fr"] == [one.email for one in event.registrations.going()]


def test_reminders_leave_once_a_person_in_their_language(smtp, space, officer):
    received = smtp()
    event = make_event(
        space, "Rencontre", by=officer, starts_at=timezone.now() + timedelta(hours=20)
    )
    come(event, "un@exemple.fr")
    english = come(event, "two@exemple.fr")
    Registration.objects.filter(pk=english.pk).update(language="en")
    deliver()
    asked = len(received.mails)

    for _twice in range(2):
        call_command("send_event_mails", stdout=StringIO())
        deliver()

    subjects = {one["To"]: one["Subject"] for one in received.read()[asked:]}
    assert 2 == len(received.mails) - asked
    assert "Bientôt\xa0: Rencontre" == subjects["un@exemple.fr"]
    assert "Soon: Rencontre" == subjects["two@exemple.fr"]


def test_a_title_on_two_lines_adds_no_header_to_the_mails(smtp, space, officer):
    received = smtp()
    event = make_event(space, by=officer)
    Meeting.objects.update(title="Rencontre\r\nBcc: voleur@exemple.fr")
    event.refresh_from_db()

    come(event, "un@exemple.fr")
    deliver()

    (mail,) = received.read()
    assert mail["Bcc"] is None
    assert ["un@exemple.fr"] == received.to


@pytest.mark.parametrize(
    ("name", "given", "limit"), [("register", GIVEN, 20), ("ask", {"text": "Et ?"}, 10)]
)
def test_one_address_sends_an_open_form_so_many_times_an_hour(
    client, space, officer, name, given, limit
):
    path = reverse(f"events:{name}", args=[make_event(space, by=officer).pk])

    answers = [client.post(path, given).status_code for _n in range(limit + 1)]

    assert {200} == set(answers[:limit])
    assert 429 == answers[-1]
    assert 200 == client.get(path, REMOTE_ADDR="10.1.1.1").status_code


@pytest.mark.parametrize(
    "wrong",
    [
        {"comment": "<b>Gras</b>"},
        {"comment": "a" * 100_000},
        {"usefulness": "9"},
        {"usefulness": ""},
        {"clarity": "1 OR 1=1"},
    ],
)
def test_an_opinion_that_is_not_one_is_refused_and_may_be_given_again(
    client, space, officer, wrong
):
    event = make_event(space, by=officer)
    one = come(event, "un@exemple.fr")
    past(event)
    path = reverse("events:rate", args=[token_of(one)])
    given = {"usefulness": 4, "clarity": 3, "use": 2, "comment": "Plus court"}

    refused = client.post(path, given | wrong)

    assert 200 == refused.status_code
    assert not Rating.objects.exists()
    assert 302 == client.post(path, given).status_code
    assert 1 == Rating.objects.count()


def test_a_question_keeps_one_line_of_plain_words(client, space, officer):
    event = make_event(space, by=officer)
    ask = reverse("events:ask", args=[event.pk])

    refused = client.post(ask, {"text": "Un octet nul\x00"})
    client.post(ask, {"text": "Deux lignes ?\r\nBcc: x@exemple.fr"})

    assert refused.context["form"].errors.keys() == {"text"}
    assert "Deux lignes ? Bcc: x@exemple.fr" == AudienceQuestion.objects.get().text


def test_the_next_session_begins_with_what_is_known_of_this_one(client, space, officer):
    event = make_event(space, "Club des animatrices", by=officer, capacity=12)
    client.force_login(officer)
    add = reverse("events:add", args=[space.pk])

    page = client.get(add, {"suite": event.pk}).content.decode()
    strange = client.get(add, {"suite": "999999"})

    assert "Club des animatrices" in page
    assert 'value="12"' in page
    assert f'value="{event.pk}" selected' in page
    assert 200 == strange.status_code
    assert "Club des animatrices</option>" in strange.content.decode()
