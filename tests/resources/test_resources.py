"""A resource is proposed, read, then found by everybody; its file is never opened."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from jalons.directory.models import PlaceList
from jalons.files.models import StoredFile
from jalons.resources.models import Proposal, Resource
from tests.directory.places import make_place

pytestmark = pytest.mark.django_db
SAID = {
    "title": "Écrire un mot de passe",
    "kind": "guide",
    "summary": "Une fiche à lire ensemble.",
    "url": "https://exemple.fr/fiche",
    "made_by": "Réseau d’Exemple",
    "licence": "by_sa",
    "themes": ["quotidien"],
    "postcode": "33000",
    "locality": "Bordeaux",
}


def propose(**said):
    return Client().post(reverse("resources:propose_resource"), SAID | said)


def pdf(name="fiche.pdf", content=b"%PDF-1.4 exemple"):
    return SimpleUploadedFile(name, content)


def test_a_resource_is_read_then_found_by_its_words_without_accents(desk, team):
    propose(url="", file=pdf())
    proposal = Proposal.objects.get()
    found = reverse("resources:list")
    read = reverse("resources:proposed_file", args=[team.pk, proposal.pk])

    assert b"%PDF" in desk.get(read).getvalue()
    assert SAID["title"] not in Client().get(found).content.decode()
    there = desk.post(reverse("resources:accept", args=[team.pk, proposal.pk]))

    resource = Resource.objects.get()
    assert StoredFile.objects.get().expires_at is None
    for query, is_there in (
        ({"mots": "ecrire"}, True),
        ({"theme": "quotidien", "genre": "guide"}, True),
        ({"mots": "absent"}, False),
        ({"genre": "tool"}, False),
    ):
        text = Client().get(found, query).content.decode()
        assert is_there == ("Écrire un mot de passe" in text)
    assert "CC BY-SA" in Client().get(there.url).content.decode()
    file = Client().get(reverse("resources:file", args=[resource.pk]))
    assert "attachment" in file.headers["Content-Disposition"]
    assert b"%PDF" in file.getvalue()


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"url": ""}, "l’un des deux"),
        ({"url": "javascript:alert(1)"}, "valide"),
        ({"title": "<b>x</b>"}, "contient du HTML"),
        ({"summary": "x" * 10_000}, "1000"),
        ({"kind": "inconnu"}, "choix"),
        ({"file": pdf("page.html")}, "page.html"),
        ({"file": pdf(content=b"x" * (5 * 1024 * 1024 + 1))}, "5,0"),
    ],
)
def test_a_resource_that_cannot_be_read_is_refused_and_nothing_is_kept(team, said, why):
    text = propose(**said).content.decode()

    assert why in text
    assert not Proposal.objects.exists()
    assert not StoredFile.objects.exists()


def test_the_same_resource_twice_is_one_proposal_and_keeps_one_file(team):
    propose(file=pdf())
    propose(file=pdf(), title="Autre titre")

    assert 1 == Proposal.objects.count()
    assert 1 == StoredFile.objects.count()


def test_a_withdrawn_or_refused_resource_leaves_no_file_nor_link(desk, team):
    propose(file=pdf())
    proposal = Proposal.objects.get()
    desk.post(reverse("resources:accept", args=[team.pk, proposal.pk]))
    resource = Resource.objects.get()
    read = reverse("resources:read", args=[team.pk, proposal.pk])
    there = reverse("resources:show", args=[resource.pk])
    assert there in desk.get(read).content.decode()
    propose(file=pdf(), url="https://exemple.fr/autre")
    other = Proposal.objects.latest("pk")

    refuse = reverse("resources:refuse", args=[team.pk, other.pk])
    desk.post(refuse, {"reason": "Hors sujet"})
    desk.post(reverse("resources:withdraw", args=[team.pk, resource.pk]))

    assert 404 == Client().get(there).status_code
    assert there not in desk.get(read).content.decode()
    assert not StoredFile.objects.exists()


def test_a_resource_is_not_taken_into_a_place(desk, team):
    propose()
    ours = PlaceList.objects.create(name="Nôtre", is_simulated=False, space=team)
    args = [team.pk, Proposal.objects.get().pk, make_place(place_list=ours).pk]

    assert 404 == desk.get(reverse("resources:merge", args=args)).status_code


def test_a_team_adds_its_own_resource_which_everybody_finds(desk, team):
    page = reverse("resources:add", args=[team.pk])
    said = {name: SAID[name] for name in ("title", "kind", "summary", "made_by")}

    nothing = desk.post(page, said).content.decode()
    assert "l’un des deux" in nothing
    assert not Resource.objects.exists()
    upload = SimpleUploadedFile("fiche.pdf", b"%PDF-1.4")
    added = desk.post(page, said | {"file": upload})

    found = Client().get(added.url).content.decode()
    assert SAID["title"] in found
    stored = Resource.objects.get().stored
    assert stored.expires_at is None
    assert not Proposal.objects.exists()
