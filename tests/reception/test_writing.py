"""Whom one writes to: named if they agree, reached without showing an address."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from jalons.community.models import RelayedMail
from jalons.mail.bounces import note_bounce
from jalons.mail.models import Message
from jalons.privacy.operations import purge
from jalons.reception import contacts
from jalons.reception.models import Correspondent
from jalons.spaces.models import Space
from tests.factories import make_territory

pytestmark = pytest.mark.django_db
FORM = reverse("reception:write")
WRITTEN = {"name": "Sacha", "email": "sacha@exemple.fr", "text": "Par où commencer ?"}


def name(centre, **fields: object) -> Correspondent:
    given = {"function": "Chargée de mission", "email": "Mission@Exemple.fr"} | fields
    row = Correspondent(space=centre.space, **given)
    return contacts.name_correspondent(row, by=centre.officer)


def test_a_message_reaches_whom_the_centre_names(client, centre):
    name(centre)

    address = f"{FORM}?territoire={centre.commune.code}"
    said = client.post(address, WRITTEN).content.decode()

    (mail,) = Message.objects.all()
    assert "Votre message est envoyé" in said
    assert ("mission@exemple.fr", "sacha@exemple.fr") == (mail.recipient, mail.reply_to)
    assert "Par où commencer ?" in mail.text
    assert "mission@exemple.fr" not in client.get(address).content.decode()
    purge(timezone.now() + timedelta(days=31), dry_run=False)
    assert not RelayedMail.relayed.exists()


def test_each_page_of_a_territory_names_the_contact_who_agreed(client, centre):
    name(centre, name="Camille Exemple", agreed=True)
    page = reverse("front:territory", args=[centre.commune.code])

    said = client.get(page).content.decode()

    assert "Chargée de mission, Camille Exemple" in said
    assert f"{FORM}?territoire={centre.commune.code}" in said
    Space.objects.filter(pk=centre.space.pk).update(recognised_at=None)
    assert "Camille Exemple" not in client.get(page).content.decode()


def test_every_page_leads_to_the_contact(client, centre):
    pages = [reverse("library:list"), reverse("events:agenda"), reverse("front:legal")]
    client.force_login(centre.officer)
    pages.append(reverse("reception:list", args=[centre.space.pk]))

    assert all(f'href="{FORM}"' in client.get(one).content.decode() for one in pages)


def test_nobody_is_named_without_agreement(client, centre):
    client.force_login(centre.officer)
    page = reverse("reception:correspondent", args=[centre.space.pk])
    given = {"function": "Chargée", "name": "Camille", "email": "c@exemple.fr"}

    refused = client.post(page, given).content.decode()
    assert "Nommée seulement" in refused
    assert not Correspondent.objects.exists()
    client.post(page, given | {"agreed": "on"})

    assert "Camille" == Correspondent.objects.get().name
    client.post(reverse("reception:remove_correspondent", args=[centre.space.pk]))
    assert not Correspondent.objects.exists()


def test_without_anybody_named_the_page_says_so(client, centre):
    far = make_territory("CC Lointaine")

    said = client.get(f"{FORM}?territoire={far.code}").content.decode()
    client.post(FORM, WRITTEN)

    assert "Personne n’a encore dit à qui écrire" in said
    assert not Message.objects.exists()


def test_an_address_that_refuses_mail_is_told(client, centre):
    name(centre)
    note_bounce("mission@exemple.fr", "550", is_permanent=True)

    address = f"{FORM}?territoire={centre.epci.code}"
    said = client.post(address, WRITTEN).content.decode()

    assert "Cette adresse refuse les courriels" in said
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("text", "<b>Bonjour</b>"),
        ("text", "a" * 3001),
        ("name", "Sacha\r\nBcc: tous@exemple.fr"),
        ("email", "sacha@exemple.fr\r\nBcc: tous@exemple.fr"),
    ],
)
def test_markup_headers_and_floods_of_text_are_refused(client, centre, field, text):
    name(centre)

    address = f"{FORM}?territoire={centre.epci.code}"
    said = client.post(address, WRITTEN | {field: text}).content.decode()

    assert "Rien n’est encore envoyé" in said
    assert not Message.objects.exists()


def test_a_robot_and_a_flood_reach_nobody(client, centre, settings):
    name(centre)
    address = f"{FORM}?territoire={centre.epci.code}"
    limits = settings.ACCOUNT_RATE_LIMITS | {"write_to_centre": "1/h/ip"}
    settings.ACCOUNT_RATE_LIMITS = limits
    client.post(address, WRITTEN | {"site": "https://a.exemple"})

    assert 429 == client.post(address, WRITTEN).status_code
    assert not Message.objects.exists()
