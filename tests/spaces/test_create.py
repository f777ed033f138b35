from __future__ import annotations

import pytest
from django.urls import reverse

from jalons.audit.models import Entry
from jalons.search import operations as search
from jalons.spaces.models import Space
from jalons.spaces.operations import NotARegion, create_space
from jalons.territories.models import Territory
from tests.factories import make_territory, make_user

PAGE = reverse("spaces:create")


@pytest.fixture
def region(db):
    return make_territory("Nouvelle-Exemple", kind=Territory.Kind.REGION, code="R99")


def test_a_territory_is_found_by_its_name_without_accents(client, owner):
    territory = make_territory("CA Le Grand Périgueux")
    search.index([search.Entry(territory.kind, territory.pk, territory.name)])
    client.force_login(owner)

    page = client.get(PAGE, {"q": "perigueux"}).content.decode()

    assert f'href="?territoire={territory.pk}"' in page


def test_a_name_that_no_territory_has_is_said(client, owner):
    client.force_login(owner)

    page = client.get(PAGE, {"q": "zzzz"}).content.decode()

    assert "Aucun territoire" in page


def test_a_person_creates_a_space_and_owns_it(client, owner):
    territory = make_territory()
    client.force_login(owner)

    response = client.post(
        f"{PAGE}?territoire={territory.pk}", {"name": "Équipe du Haut-Pays"}
    )
    space = Space.objects.get()

    assert reverse("front:space", kwargs={"pk": space.pk}) == response.url
    assert territory == space.territory
    assert space.kind == Space.Kind.TEAM
    assert [(owner, "owner")] == [(m.user, m.role) for m in space.memberships.all()]
    assert Entry.objects.within(space).get().verb == "space.created"


def test_a_form_sent_twice_makes_one_space(client, owner):
    page = f"{PAGE}?territoire={make_territory().pk}"
    client.force_login(owner)

    first = client.post(page, {"name": "Équipe du Haut-Pays"})
    again = client.post(page, {"name": "Équipe du Haut-Pays"})

    assert first.url == again.url
    client.post(page, {"name": "Une autre équipe"})
    client.force_login(make_user("Quelqu’un d’autre"))
    client.post(page, {"name": "Équipe du Haut-Pays"})
    assert 3 == Space.objects.count()


def test_an_unknown_territory_is_not_found(client, owner):
    client.force_login(owner)

    response = client.post(f"{PAGE}?territoire=XXX", {"name": "Équipe"})

    assert response.status_code == 404
    assert not Space.objects.exists()


def test_a_region_may_have_a_resource_centre(client, owner, region):
    client.force_login(owner)

    client.post(
        f"{PAGE}?territoire={region.pk}",
        {"name": "Centre", "kind": Space.Kind.RESOURCE_CENTRE},
    )

    assert Space.objects.get().kind == Space.Kind.RESOURCE_CENTRE


def test_elsewhere_the_question_is_not_asked(client, owner):
    territory = make_territory()
    client.force_login(owner)

    client.post(
        f"{PAGE}?territoire={territory.pk}",
        {"name": "Centre", "kind": Space.Kind.RESOURCE_CENTRE},
    )

    assert Space.objects.get().kind == Space.Kind.TEAM


def test_a_resource_centre_is_refused_outside_a_region(owner):
    with pytest.raises(NotARegion):
        create_space(
            by=owner,
            name="Centre",
            kind=Space.Kind.RESOURCE_CENTRE,
            territory=make_territory(),
        )


def test_a_name_carries_no_address_since_it_travels_in_mails(client, owner):
    territory = make_territory()
    client.force_login(owner)

    response = client.post(
        f"{PAGE}?territoire={territory.pk}", {"name": "Gagnez sur www.exemple.com"}
    )

    assert response.status_code == 200
    assert not Space.objects.exists()
