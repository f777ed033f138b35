"""What was shared by mistake closes everywhere; nobody around enters by themselves."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from jalons.adoption.files import WRITTEN
from jalons.adoption.operations import freeze_version, withdraw
from jalons.roadmaps.models import Roadmap
from jalons.spaces.models import Membership, Role
from jalons.spaces.operations import remove_member
from jalons.steering.operations import close_feed, open_feed
from jalons.steering.secrets import feed_secret
from tests.adoption.versions import publishes
from tests.factories import make_space, make_territory, make_user

PRIVATE = (
    "roadmaps:show",
    "roadmaps:export_json",
    "roadmaps:national",
    "steering:timeline",
    "steering:traces",
    "steering:calendar",
    "margins:list",
    "histories:list",
    "adoption:show",
    "adoption:read",
    "funding:plan",
    "communication:show",
    "steps:path",
)
WRITING = ("roadmaps:add_stake", "roadmaps:move", "roadmaps:edit", "adoption:freeze")


@pytest.fixture
def commune(roadmap) -> Client:
    """The team of a commune of the EPCI, in a space of its own."""
    person, place = make_user("Secrétaire de mairie"), make_territory("COMMUNE")
    make_space(owner=person, territory=place)
    roadmap.perimeter.add(place)
    client = Client()
    client.force_login(person)
    return client


def addresses(roadmap: Roadmap) -> list[str]:
    """Every public address of a roadmap: its page and its files."""
    slug = roadmap.publication.slug
    files = [reverse("adoption:public_file", args=[slug, one]) for one in WRITTEN]
    return [reverse("adoption:public", args=[slug]), *files]


def test_neither_a_commune_nor_a_partner_enters_where_they_were_not_invited(
    client, commune, roadmap, officer
):
    partner = make_user("Partenaire")
    as_partner = Client()
    as_partner.force_login(partner)
    given = [reverse(name, args=[roadmap.pk]) for name in PRIVATE]
    written = [reverse(name, args=[roadmap.pk]) for name in WRITING]

    for outside in (commune, as_partner):
        assert {404} == {outside.get(one).status_code for one in [*given, *written]}
    assert {302} == {client.get(one).status_code for one in [*given, *written]}
    reader = Membership.objects.create(
        space=roadmap.space, user=partner, role=Role.READER
    )
    assert {200} == {as_partner.get(one).status_code for one in given}
    assert {403} == {as_partner.get(one).status_code for one in written}
    remove_member(reader, by=officer)
    assert {404} == {as_partner.get(one).status_code for one in given}


def test_a_public_roadmap_opens_to_all_its_adopted_version_and_nothing_else(
    client, commune, roadmap, officer
):
    publishes(freeze_version(roadmap, "Adoptée", by=officer), by=officer)

    for visitor in (client, commune):
        assert {200} == {visitor.get(one).status_code for one in addresses(roadmap)}
        assert visitor.get(reverse("roadmaps:show", args=[roadmap.pk])).status_code in (
            302,
            404,
        )


def test_a_roadmap_made_public_by_mistake_closes_for_all_even_those_who_kept_a_copy(
    client, commune, signed_in, roadmap, officer
):
    publication = publishes(freeze_version(roadmap, "Erreur", by=officer), by=officer)
    first = [client.get(one) for one in addresses(roadmap)]
    for one in first:
        # A program that keeps copies asks again before it shows one.
        assert "no-cache" in one.headers["Cache-Control"]

    withdraw(publication, reason="Publiée par erreur.", by=officer)

    kept = {"HTTP_IF_MODIFIED_SINCE": "Thu, 31 Dec 2099 00:00:00 GMT"}
    kept["HTTP_IF_NONE_MATCH"] = "*"
    for visitor in (Client(), commune, signed_in):
        for one in addresses(roadmap):
            again, head = visitor.get(one, **kept), visitor.head(one)
            assert (410, 410) == (again.status_code, head.status_code)
            assert "Publiée par erreur." in again.content.decode()
            assert "no-cache" in again.headers["Cache-Control"]
    listed = Client().get(reverse("adoption:public_list")).content.decode()
    assert publication.slug not in listed


def test_the_address_of_a_calendar_given_to_somebody_closes_with_words(
    client, roadmap, officer
):
    mine = Membership.objects.get(space=roadmap.space, user=officer)
    feed = open_feed(roadmap, mine, by=officer)
    address = reverse("steering:feed", args=[feed_secret(feed.key)])
    assert "no-cache" in client.get(address).headers["Cache-Control"]

    close_feed(feed, by=officer)

    kept = {"HTTP_IF_MODIFIED_SINCE": "Thu, 31 Dec 2099 00:00:00 GMT"}
    closed = client.get(address, **kept)
    assert 410 == closed.status_code
    assert "<h1>" in closed.content.decode()
    # Asked for again, it is another address: the one that was given stays closed.
    other = open_feed(roadmap, mine, by=officer)
    assert address != reverse("steering:feed", args=[feed_secret(other.key)])
    assert 410 == client.get(address).status_code


def test_an_embargo_is_no_address_yet(client, commune, roadmap, officer):
    version = freeze_version(roadmap, "Adoptée", by=officer)
    later = timezone.now() + timedelta(days=3)
    publishes(version, by=officer, public_from=later)

    for visitor in (client, commune):
        assert {404} == {visitor.get(one).status_code for one in addresses(roadmap)}
