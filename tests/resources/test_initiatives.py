"""An initiative is told without an account, read by the centre, found by everybody."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from jalons.library.finding import answers_to
from jalons.library.models import LinkCheck, Sheet
from jalons.mail.models import Message
from jalons.resources import links, operations
from jalons.resources.models import Proposal, Resource
from jalons.spaces.models import Space

pytestmark = pytest.mark.django_db
PROPOSE = reverse("resources:propose_initiative")
SAID = {
    "title": "Des ateliers à la boulangerie",
    "summary": "Une heure par semaine, entre deux fournées.",
    "problem": "Personne ne pousse la porte de la médiathèque.",
    "solution": "Aller où les gens vont déjà.",
    "tags": ["stake:visibility"],
    "postcode": "33000",
    "locality": "Bordeaux",
    "email": "camille@exemple.fr",
}


@pytest.fixture
def centre(team):
    team.kind = Space.Kind.RESOURCE_CENTRE
    team.save()
    return team


def propose(**said):
    return Client().post(PROPOSE, SAID | said)


def test_an_initiative_is_read_then_published_and_its_author_is_told(desk, centre):
    propose()
    proposal = Proposal.objects.get()
    operations.confirm_email(proposal)
    read = desk.get(reverse("resources:read", args=[centre.pk, proposal.pk]))

    assert SAID["solution"] in read.content.decode()
    assert answers_to("boulangerie") == []
    there = desk.post(reverse("resources:accept", args=[centre.pk, proposal.pk]))

    (found,) = answers_to("boulangeries")
    assert there.url == reverse("library:show", args=[found.sheet.code])
    assert SAID["problem"] in Client().get(there.url).content.decode()
    mails = Message.objects.filter(recipient=SAID["email"])
    told = mails.get(reason="proposal-accepted")
    assert found.sheet.code in told.text


def test_a_refused_initiative_is_not_found_and_its_author_reads_why(desk, centre):
    propose()
    proposal = Proposal.objects.get()
    operations.confirm_email(proposal)
    desk.post(
        reverse("resources:refuse", args=[centre.pk, proposal.pk]),
        {"reason": "Déjà racontée."},
    )

    assert not Sheet.objects.exists()
    told = Message.objects.get(reason="proposal-refused")
    assert "Déjà racontée." in told.text


def test_a_team_that_is_no_centre_passes_it_on(desk, team):
    propose()
    proposal = Proposal.objects.get()

    page = desk.post(
        reverse("resources:accept", args=[team.pk, proposal.pk]), follow=True
    )

    assert proposal.space is None
    assert "centre de ressources" in page.content.decode()
    assert not Sheet.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": "<b>x</b>"},
        {"solution": "<img src=x onerror=y>"},
        {"problem": ""},
        {"solution": "x" * 3001},
        {"postcode": "1"},
        {"tags": ["theme:unknown"]},
    ],
)
def test_what_cannot_be_read_is_sent_back(team, wrong):
    assert propose(**wrong).status_code == 200
    assert not Proposal.objects.exists()


def test_a_robot_is_thanked_and_nothing_is_kept(team):
    assert propose(site="https://spam.exemple").status_code == 200
    assert not Proposal.objects.exists()


def test_the_same_initiative_twice_waits_once(team):
    propose()
    propose()

    assert Proposal.objects.count() == 1


def test_too_many_proposals_from_one_place_are_refused(team):
    statuses = {propose(title=f"Initiative {n}").status_code for n in range(40)}

    assert 429 in statuses


def make_resource(space, url) -> Resource:
    made: Resource = Resource.objects.create(
        space=space, title="Fiche", summary="Une fiche", url=url, kind="guide"
    )
    return made


def test_dead_addresses_are_kept_with_the_day_they_died(team):
    make_resource(team, "https://exemple.fr/morte")
    first, second = timezone.now(), timezone.now()

    def asked(address):
        return links.Probed(address, LinkCheck.Answer.DEAD, "404")

    links.check_links(first, dry_run=False, asking=asked)
    links.check_links(second, dry_run=False, asking=asked)

    check = LinkCheck.objects.get()
    assert (check.dead_since, check.checked_at) == (first, second)


def test_an_address_that_opens_again_is_no_longer_dead(team):
    make_resource(team, "https://exemple.fr/")
    now = timezone.now()
    for answer in (LinkCheck.Answer.DEAD, LinkCheck.Answer.OK):
        links.check_links(
            now,
            dry_run=False,
            asking=lambda address, said=answer: links.Probed(address, said, ""),
        )

    assert LinkCheck.objects.get().dead_since is None
