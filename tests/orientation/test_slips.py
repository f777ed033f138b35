"""A slip: what it says, what it refuses to hold, and what becomes of it."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from django.core import mail
from django.urls import reverse
from django.utils.text import capfirst
from pypdf import PdfReader

from jalons.accounts.models import Link
from jalons.audit.models import Entry
from jalons.directory.models import Place
from jalons.mail.models import Message
from jalons.orientation import operations
from jalons.orientation.forms import SlipForm
from jalons.orientation.models import Item, Slip, Who
from jalons.orientation.operations import Prepared
from jalons.orientation.pages import message
from jalons.orientation.secrets import reference_of, secret_of
from jalons.orientation.wording import moment_of, reading_of
from jalons.privacy.operations import purge
from tests.directory.places import WEEK, make_place
from tests.factories import make_space, make_user

pytestmark = pytest.mark.django_db
# A Wednesday.
TODAY = date(2026, 11, 25)
NOON = datetime(2026, 11, 25, 11, tzinfo=UTC)
MONDAY = {"visit_on": "2026-11-30", "visit_time": "10:00"}


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOON, tick=False):
        yield


def make_slip(**prepared):
    officer = make_user("Référente")
    space = make_space(contributor=officer)
    fields = {"address": "12 rue d’Exemple", "phone": "+33556000000", "opening": WEEK}
    place = make_place(mailboxes=["contact@exemple.fr"], **fields)
    return operations.make_slip(space, place, Prepared(**prepared), by=officer)


def form_of(**data):
    return SlipForm(data, place=make_place(opening=WEEK))


def test_a_slip_says_the_hours_in_words_days_alike_together(client):
    slip = make_slip(visit_on=date(2026, 11, 30), visit_time=time(10))
    client.force_login(slip.made_by)

    page = client.get(reverse("orientation:show", args=[slip.pk])).content.decode()

    assert "Du lundi au vendredi : 9 h – 12 h, 14 h – 18 h 30" in page.replace(
        "\u00a0", " "
    )
    assert "Samedi : 8 h 30 – 12 h" in page.replace("\u00a0", " ")
    assert "lundi 30 novembre à 10 h" in page.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("opening", "phone", "said"),
    [
        ("Sa[2] 09:00-12:00", "", "Samedi 12 décembre : 9 h – 12 h C’est la prochaine"),
        (
            "2025 Mo 09:00-12:00",
            "+33556000000",
            "année qui suit. Téléphonez avant de vous déplacer.",
        ),
        ("le lundi", "", "Horaires, tels que la liste les écrit : le lundi."),
        ("le lundi", "+33556000000", "le lundi. Téléphonez avant de vous déplacer."),
    ],
)
def test_a_slip_says_when_a_place_opens_next_and_to_telephone_where_one_can(
    opening, phone, said
):
    slip = make_slip()
    Place.objects.filter(pk=slip.place_id).update(opening=opening, phone=phone)
    shown = reading_of(Slip.objects.get(pk=slip.pk), TODAY)

    text = " ".join([*shown.hours, shown.hours_note]).replace("\u00a0", " ")
    assert said in text.replace("\u202f", " ")
    assert bool(phone) == ("Téléphonez" in text)


def test_a_slip_for_a_later_day_says_nothing_of_the_days_before():
    # Open the second Saturday: 12 December, three days before the day chosen.
    slip = make_slip(visit_on=date(2026, 12, 15))
    Place.objects.filter(pk=slip.place_id).update(opening="Sa[2] 09:00-12:00", phone="")

    shown = reading_of(Slip.objects.get(pk=slip.pk), TODAY)

    assert "Samedi 9 janvier" in shown.hours[0]
    assert "fermé le jour choisi" in shown.hours_note
    assert "d’ici là" not in shown.hours_note


def test_the_first_of_a_month_is_said_as_people_say_it():
    slip = make_slip(visit_on=date(2026, 12, 1))

    assert "mardi 1er décembre" == moment_of(slip)


@pytest.mark.parametrize(
    "way",
    [
        "Mme Durand vous attend",
        "Appelez le 06 12 34 56 78",
        "Écrire à jeanne@exemple.fr",
        "monsieur Martin, 2e porte",
    ],
)
def test_a_way_that_looks_like_somebody_is_refused(way):
    form = form_of(way=way)

    assert not form.is_valid()
    assert ["way"] == [*form.errors]


def test_a_way_that_only_tells_the_way_is_kept():
    form = form_of(way="Bus 3, arrêt  Mairie, puis la porte bleue au n° 12")

    assert form.is_valid()
    assert "Bus 3, arrêt Mairie, puis la porte bleue au n° 12" == form.prepared.way


@pytest.mark.parametrize(
    ("given", "field", "said"),
    [
        ({"visit_on": "2026-11-29"}, "visit_on", "fermé ce jour-là"),
        ({"visit_on": "2026-11-30", "visit_time": "13:00"}, "visit_time", "9 h"),
        ({"visit_on": "2026-11-24"}, "visit_on", "aujourd"),
        ({"visit_on": "2027-04-01"}, "visit_on", "trois mois"),
        ({"visit_time": "10:00"}, "visit_on", "jour"),
    ],
)
def test_a_slip_never_leads_to_a_closed_door(given, field, said):
    form = form_of(**given)

    assert not form.is_valid()
    assert said in form.errors[field][0].replace("\u00a0", " ")


def test_a_list_that_nobody_would_read_is_refused():
    form = form_of(items=Item.values[:7])

    assert not form.is_valid()
    assert "6" in form.errors["items"][0]


def test_no_field_of_a_slip_holds_a_name():
    """Every text is a choice, but the way, which is short and checked."""
    free = {
        field.name
        for field in Slip._meta.fields
        if field.get_internal_type() in {"CharField", "TextField", "EmailField"}
        and not field.choices
    }

    assert {"place_name", "need", "way"} == free


def test_the_text_message_holds_in_two_messages_and_plain_letters():
    slip = make_slip(
        visit_on=date(2026, 11, 30),
        visit_time=time(10),
        ask_for="adviser",
        items=Item.values,
        way="Bus 3, arrêt Mairie",
    )

    said = message(slip, TODAY)

    assert len(said) <= 320
    assert said.startswith(slip.place_name)
    assert "12 rue d'Exemple, 33000 Bordeaux" in said
    assert "lundi 30 novembre à 10 h" in said
    assert "05 56 00 00 00" in said


@pytest.mark.parametrize("is_long", [False, True])
def test_the_sheet_is_one_tagged_page_of_a5(client, is_long):
    prepared = {"visit_on": date(2026, 11, 30), "way": "x" * 140} if is_long else {}
    slip = make_slip(
        items=Item.values[:6] if is_long else [], ask_for="adviser", **prepared
    )
    if is_long:
        slip.place_name = "Espace " * 30
        slip.save()
    client.force_login(slip.made_by)

    answer = client.get(reverse("orientation:pdf", args=[slip.pk]))
    reader = PdfReader(io.BytesIO(answer.content))

    (page,) = reader.pages
    assert (420, 595) == tuple(round(float(x)) for x in page.mediabox[2:])
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert capfirst(str(Who.ADVISER.label)) in page.extract_text()
    assert reference_of(slip.key) in page.extract_text()


def test_the_place_says_by_its_link_that_the_person_came(client):
    slip = make_slip(need="demarches")
    path = reverse("orientation:answer", args=[secret_of(slip.key)])

    page = client.get(path).content.decode()
    answered = client.post(path, {"state": "came"})
    slip.refresh_from_db()

    assert slip.place_name in page
    assert reference_of(slip.key) in page
    assert slip.made_by.name not in page
    assert 302 == answered.status_code
    assert (Slip.State.CAME, TODAY) == (slip.state, slip.told_on)
    assert Entry.objects.filter(verb="slip.followed", actor_id=None).exists()


def test_a_place_may_change_its_mind_and_invents_no_state(client):
    slip = make_slip()
    path = reverse("orientation:answer", args=[secret_of(slip.key)])

    for state in ("came", "missed", "waiting", "nowhere"):
        client.post(path, {"state": state})
    slip.refresh_from_db()

    assert Slip.State.MISSED == slip.state


def test_a_link_opens_its_slip_only_and_dies_after_three_months(client):
    slip, other = make_slip(), make_slip()
    path = reverse("orientation:answer", args=[secret_of(slip.key)])

    assert reference_of(other.key) not in client.get(path).content.decode()
    with time_machine.travel(NOON + timedelta(days=92), tick=False):
        assert 410 == client.get(path).status_code


def test_a_place_is_told_once_without_any_name(django_capture_on_commit_callbacks):
    slip = make_slip()

    with django_capture_on_commit_callbacks():
        operations.send_slip(slip, mailbox="contact@exemple.fr", by=slip.made_by)
    with pytest.raises(operations.AlreadySent):
        operations.send_slip(slip, mailbox="contact@exemple.fr", by=slip.made_by)

    letter = Message.objects.get()
    assert secret_of(slip.key) in letter.text
    assert reference_of(slip.key) in letter.subject
    assert not mail.outbox


def test_a_slip_without_a_mailbox_is_not_sent():
    slip = make_slip()

    with pytest.raises(operations.NoMailbox):
        operations.send_slip(slip, mailbox="", by=slip.made_by)


def test_a_slip_made_by_mistake_is_cancelled_until_the_place_answers(client):
    slip, told = make_slip(), make_slip()
    operations.follow_slip(told, state=Slip.State.CAME, on=TODAY)
    path = reverse("orientation:answer", args=[secret_of(slip.key)])

    operations.cancel_slip(slip, by=slip.made_by)
    with pytest.raises(operations.AlreadyTold):
        operations.cancel_slip(told, by=told.made_by)

    assert [told] == [*Slip.objects.all()]
    assert 410 == client.get(path).status_code


def test_after_three_months_the_purge_keeps_the_count_alone():
    slip = make_slip(
        need="demarches", visit_on=date(2026, 11, 30), way="Bus 3", ask_for="adviser"
    )
    secret = secret_of(slip.key)
    purge(NOON + timedelta(days=89), dry_run=False)
    slip.refresh_from_db()
    assert slip.key is not None

    purge(NOON + timedelta(days=92), dry_run=False)
    slip.refresh_from_db()

    assert (None, "", None) == (slip.key, slip.way, slip.visit_on)
    assert "" == operations.address_of(slip)
    with pytest.raises(operations.Forgotten):
        operations.send_slip(slip, mailbox="contact@exemple.fr", by=slip.made_by)
    link = Link.objects.for_secret(secret, Link.Purpose.ORIENTATION).get()
    assert not link.is_alive(at=NOON + timedelta(days=92))


def test_a_slip_outlives_its_place(client):
    slip = make_slip()
    slip.place.delete()
    client.force_login(slip.made_by)

    page = client.get(reverse("orientation:show", args=[slip.pk]))

    assert slip.place_name in page.content.decode()


def test_the_page_of_a_place_leads_to_the_form(client):
    slip = make_slip()
    client.force_login(slip.made_by)
    place = reverse("directory:show", args=[slip.place_id])
    choose = reverse("orientation:choose", args=[slip.place_id])

    assert choose in client.get(place).content.decode()
    form = client.get(choose, {"besoin": "demarches"}, follow=True)

    assert "demarches" == form.context["form"].initial["need"]
    client.logout()
    assert choose not in client.get(place).content.decode()
