"""A message reaches whoever agreed, and their address is shown to nobody."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from jalons.community import relaying
from jalons.community.models import Mailbox
from jalons.directory.models import PlaceList
from jalons.groups.models import Group
from jalons.mail.models import Message
from tests.actors.people import make_actor
from tests.directory.places import make_place
from tests.factories import make_space, make_user
from tests.groups.gatherings import make_group

pytestmark = pytest.mark.django_db
ADDRESS = "accueil.prive@exemple.fr"
SAID = {"name": "Sacha", "email": "sacha@exemple.fr", "text": "Êtes-vous ouverts ?"}


@pytest.fixture
def place(space):
    ours = PlaceList.objects.create(name="Nôtre", is_simulated=False, space=space)
    return make_place(place_list=ours)


def ask(as_, space, **target):
    url = reverse("community:mailboxes", args=[space.pk])
    return as_("editor").post(url, {"address": ADDRESS} | target)


def agreed(as_, space, **target) -> Mailbox:
    ask(as_, space, **target)
    mailbox = Mailbox.objects.get()
    Client().post(relaying.address_of(mailbox).split("8000")[-1])
    mailbox.refresh_from_db()
    return mailbox


def contact(mailbox):
    return reverse("community:contact", args=[mailbox.pk])


def of(reason):
    return Message.objects.filter(reason=reason)


def test_nothing_is_relayed_before_the_owner_of_the_address_has_agreed(
    as_, space, place
):
    page = reverse("directory:show", args=[place.pk])
    ask(as_, space, site=f"http://testserver{page}")
    mailbox = Mailbox.objects.get()
    link = re.search(r"/contacter/accord/[\w-]+/", of("relay-asked").get().text)[0]

    assert contact(mailbox) not in Client().get(page).content.decode()
    assert 404 == Client().post(contact(mailbox), SAID).status_code
    Client().get(link)
    assert 404 == Client().get(contact(mailbox)).status_code
    Client().post(link)
    assert contact(mailbox) in Client().get(page).content.decode()
    sent = Client().post(contact(mailbox), SAID | {"wants_copy": "on"})

    assert "Votre message est parti" in sent.content.decode()
    pages = [Client().get(one).content.decode() for one in (page, contact(mailbox))]
    assert not any(ADDRESS in text for text in [*pages, sent.content.decode()])
    relayed = of("contact-relay").get()
    assert (ADDRESS, "sacha@exemple.fr") == (relayed.recipient, relayed.reply_to)
    assert "Êtes-vous ouverts" in relayed.text
    copy = of("contact-copy").get()
    assert "sacha@exemple.fr" == copy.recipient
    assert ADDRESS not in copy.text
    Client().post(link, {"arreter": "1"})
    assert not Mailbox.objects.exists()
    assert 404 == Client().get(contact(mailbox)).status_code


def test_once_sent_nothing_of_the_message_is_kept_and_after_thirty_days_no_trace(
    as_, space, place, settings, time_machine
):
    mailbox = agreed(as_, space, site=str(place.pk))
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    Client().post(contact(mailbox), SAID)
    waiting = of("contact-relay").get()
    call_command("send_mail")

    assert "Êtes-vous ouverts" in mail.outbox[-1].body
    assert ["sacha@exemple.fr"] == mail.outbox[-1].reply_to
    waiting.refresh_from_db()
    assert ("", "") == (waiting.text, waiting.reply_to)
    Client().post(contact(mailbox), SAID)
    time_machine.move_to(timezone.now() + timedelta(days=31))
    call_command("purge")
    assert not of("contact-relay").exists()
    assert of("relay-asked").exists()


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"email": ""}, "obligatoire"),
        ({"email": "a@exemple.fr\nBcc: b@exemple.fr"}, "valide"),
        ({"text": "<script>x</script>"}, "contient du HTML"),
        ({"text": "x" * 10_000}, "3000"),
    ],
)
def test_a_message_that_cannot_go_is_told_and_stays_in_the_form(
    as_, space, place, said, why
):
    mailbox = agreed(as_, space, site=str(place.pk))

    text = Client().post(contact(mailbox), SAID | said).content.decode()

    assert why in text
    assert 'value="Sacha"' in text
    assert not of("contact-relay").exists()


def test_a_robot_sends_nothing_and_one_address_is_limited(as_, space, place):
    mailbox = agreed(as_, space, site=str(place.pk))
    Client().post(contact(mailbox), SAID | {"site": "https://exemple.fr"})
    assert not of("contact-relay").exists()

    statuses = [Client().post(contact(mailbox), SAID).status_code for _ in range(6)]

    assert 429 == statuses[-1]


def test_an_actor_is_written_to_by_its_team_and_a_group_by_all_if_it_is_public(
    as_, space, people
):
    actor = make_actor(space, "CCAS", by=people["owner"])
    group = make_group(space, "Réseau", by=people["owner"])
    stranger = Client()
    stranger.force_login(make_user())

    mailbox = agreed(as_, space, actor=actor.pk)
    assert 200 == as_("reader").get(contact(mailbox)).status_code
    assert 404 == stranger.get(contact(mailbox)).status_code
    assert 404 == Client().get(contact(mailbox)).status_code
    Mailbox.objects.all().delete()
    mailbox = agreed(as_, space, group=group.pk)
    assert 404 == Client().get(contact(mailbox)).status_code
    Group.objects.update(shows=Group.Shows.COUNTS)
    assert 200 == Client().get(contact(mailbox)).status_code


def test_one_thing_at_a_time_once_and_of_one_s_own_lists(as_, space, people, place):
    actor = make_actor(space, "CCAS", by=people["owner"])
    other = make_user()
    theirs = make_actor(make_space(owner=other), "Ailleurs", by=other)

    both = ask(as_, space, actor=actor.pk, site=str(place.pk)).content.decode()
    none = ask(as_, space).content.decode()
    foreign = ask(as_, space, actor=theirs.pk).content.decode()
    not_ours = ask(as_, space, site=str(make_place().pk)).content.decode()
    ask(as_, space, actor=actor.pk)
    again = ask(as_, space, actor=actor.pk).content.decode()

    assert all("un seul" in text for text in (both, none))
    assert "choix" in foreign
    assert "Aucun lieu de vos listes" in not_ours
    assert "déjà" in again
    assert 1 == Mailbox.objects.count()


def test_an_address_that_never_agreed_is_erased_in_a_month(
    as_, space, place, time_machine
):
    ask(as_, space, site=str(place.pk))

    time_machine.move_to(timezone.now() + timedelta(days=32))
    call_command("purge")

    assert not Mailbox.objects.exists()


def test_whoever_agreed_keeps_their_address_two_more_years_in_one_click(
    as_, space, place, time_machine
):
    mailbox = agreed(as_, space, site=str(place.pk))
    link, first_end = relaying.address_of(mailbox).split("8000")[-1], mailbox.kept_until

    time_machine.move_to(timezone.now() + timedelta(days=700), tick=False)
    page = Client().get(link).content.decode()
    Client().post(link)

    assert "deux ans de plus" in page
    mailbox.refresh_from_db()
    assert timedelta(days=700) == mailbox.kept_until - first_end
