"""What a team publishes in the directory is shown once somebody answers for it."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from jalons.audit.models import Entry
from jalons.community import operations as community
from jalons.curation.keeping import kept_by
from jalons.directory.models import Place, PlaceList
from jalons.mail.models import Message
from jalons.resources.access import proposals_of
from jalons.resources.models import Proposal, Resource
from jalons.resources.operations import Given, propose, publish_resource
from jalons.spaces.models import Space
from jalons.spaces.operations import recognise_space, withdraw_recognition
from jalons.territories.models import CURRENT_YEAR, Territory
from jalons.territories.models import Membership as Inside
from tests.actors.people import make_actor
from tests.community.network import tell
from tests.directory.places import make_place
from tests.factories import make_space, make_territory, make_user
from tests.tours.rounds import make_tour

pytestmark = pytest.mark.django_db
PAGE = reverse("spaces:to_recognise")


def signed_in(user) -> Client:
    browser = Client()
    browser.force_login(user)
    return browser


@pytest.fixture
def region():
    return make_territory("Nouvelle-Exemple", kind=Territory.Kind.REGION, code="R99")


@pytest.fixture
def commune(region):
    """A commune of the région."""
    found = make_territory("Bourg-Exemple", kind=Territory.Kind.COMMUNE, code="99001")
    Inside.objects.create(member=found, group=region, since=CURRENT_YEAR)
    return found


@pytest.fixture
def centre(region):
    space = make_space(
        territory=region, editor=make_user("Centre"), reader=make_user("Lecture")
    )
    space.kind = Space.Kind.RESOURCE_CENTRE
    space.save()
    return space


def test_a_new_team_waits_until_the_centre_of_its_region_recognises_it(centre, commune):
    person = make_user("Équipe", "equipe@exemple.fr")
    create = f"{reverse('spaces:create')}?territoire={commune.pk}"
    home = signed_in(person).post(create, {"name": "Équipe du Bourg"}).url
    team = Space.objects.get(territory=commune)
    editor = signed_in(centre.members.get(name="Centre"))

    waiting = signed_in(person).get(home).content.decode()
    assert "n’est pas encore reconnu" in waiting
    assert "Pour le demander" in waiting
    contact = f'<a href="{reverse("reception:write")}">'
    assert contact in waiting.partition("Pour le demander")[2][:80]
    assert "equipe@exemple.fr" in editor.get(PAGE).content.decode()
    told = Message.objects.filter(reason="space-waiting")
    centre_s = centre.members.get(name="Centre").email
    assert [centre_s] == [*told.values_list("recipient", flat=True)]
    assert PAGE in told.get().text
    editor.post(reverse("spaces:recognise", args=[team.pk]))
    assert "equipe@exemple.fr" not in editor.get(PAGE).content.decode()
    team.refresh_from_db()
    assert team.is_recognised
    known = Message.objects.get(reason="space-recognised")
    assert ("equipe@exemple.fr", True) == (known.recipient, home in known.text)
    after = signed_in(person).get(home).content.decode()
    assert "n’est pas encore reconnu" not in after
    assert "space.recognised" in {one.verb for one in Entry.objects.within(team)}
    editor.post(reverse("spaces:unrecognise", args=[team.pk]))
    team.refresh_from_db()
    assert not team.is_recognised
    assert Message.objects.filter(reason="space-unrecognised").exists()


def test_without_a_centre_the_site_is_told_and_pages_follow(commune, client):
    administrator = make_user("Site", "site@exemple.fr")
    administrator.is_staff = True
    administrator.save()
    for _number in range(31):
        make_space(territory=commune)
    person = make_user("Équipe", "equipe@exemple.fr")
    create = f"{reverse('spaces:create')}?territoire={commune.pk}"
    for name in ("Une", "Deux"):
        signed_in(person).post(create, {"name": name})

    told = Message.objects.get(reason="space-waiting")
    assert ("site@exemple.fr", True) == (told.recipient, "Équipe" in told.text)
    desk = signed_in(administrator)
    first, second = (desk.get(PAGE, {"page": n}).content.decode() for n in (1, 2))
    assert (2, 28) == (first.count("/reconnaitre/"), first.count("/ne-plus"))
    assert (0, 3) == (second.count("/reconnaitre/"), second.count("/ne-plus"))


def test_nobody_recognises_themselves_nor_outside_their_region(centre, commune):
    owner = make_user("Ailleurs")
    elsewhere = make_space(is_recognised=False, owner=owner)
    reader = signed_in(centre.members.get(name="Lecture"))
    editor = signed_in(centre.members.get(name="Centre"))
    recognise = reverse("spaces:recognise", args=[elsewhere.pk])

    assert 404 == signed_in(owner).post(recognise).status_code
    assert 404 == editor.post(recognise).status_code
    assert 403 == reader.get(PAGE).status_code
    # A second centre of the région, or a first one that nobody has recognised.
    rival = make_space(territory=centre.territory, is_recognised=False, editor=owner)
    rival.kind = Space.Kind.RESOURCE_CENTRE
    rival.save()
    assert 403 == signed_in(owner).get(PAGE).status_code
    of_rival = reverse("spaces:recognise", args=[rival.pk])
    assert 404 == editor.post(of_rival).status_code
    administrator = make_user("Site")
    administrator.is_staff = True
    administrator.save()
    assert 302 == signed_in(administrator).post(of_rival).status_code


def test_what_a_team_that_waits_publishes_is_read_by_its_members_only(commune):
    member = make_user("Membre")
    team = make_space(territory=commune, is_recognised=False, owner=member)
    ours = PlaceList.objects.create(name="Nôtre", is_simulated=False, space=team)
    place = make_place(place_list=ours, commune=commune)
    Territory.objects.filter(pk=commune.pk).update(
        longitude=place.longitude, latitude=place.latitude
    )
    resource = publish_resource(
        Resource(space=team, title="Guide", summary="x", kind="guide", made_by="Nous"),
        by=member,
    )
    news = tell(team, "Permanence", by=member, to_all=True)
    community.publish_news(news, by=member)
    near = f"{reverse('directory:find')}?commune={commune.pk}&pres=Bourg"
    hidden = [
        reverse("directory:show", args=[place.pk]),
        reverse("directory:list_csv", args=[ours.pk]),
    ]
    public = [
        reverse("resources:show", args=[resource.pk]),
        reverse("community:public_show", args=[news.pk]),
    ]

    assert {404} == {Client().get(one).status_code for one in (*hidden, *public)}
    assert {200} == {signed_in(member).get(one).status_code for one in hidden}
    assert place.name not in Client().get(near).content.decode()
    assert not Place.objects.open_to_all().exists()
    ways = [
        reverse(name, args=[place.pk])
        for name in ("orientation:choose", "curation:report")
    ]
    text = signed_in(member).get(hidden[0]).content.decode()
    assert not [one for one in ways if one in text]

    recognise_space(team, by=member)

    assert {200} == {Client().get(one).status_code for one in (*hidden, *public)}
    assert place.name in Client().get(near).content.decode()
    withdraw_recognition(team, by=member)
    withdraw_recognition(team, by=member)
    assert 1 == Entry.objects.filter(verb="space.unrecognised").count()
    assert {404} == {Client().get(one).status_code for one in (*hidden, *public)}


def test_what_is_said_while_a_team_waits_is_true():
    officer = make_user("Chargée de mission")
    team = make_space(is_recognised=False, owner=officer)
    news = tell(team, "Permanence", by=officer, to_all=True)
    community.publish_news(news, by=officer)
    desk = signed_in(officer)
    line = reverse("community:list", args=[team.pk])
    add = reverse("resources:add", args=[team.pk])

    assert "une fois votre espace reconnu" in desk.get(add).content.decode()
    assert "lu par tout le monde" not in desk.get(line).content.decode()
    recognise_space(team, by=officer)
    assert "une fois votre espace reconnu" not in desk.get(add).content.decode()
    assert "lu par tout le monde" in desk.get(line).content.decode()


def test_a_tour_waits_as_well(client):
    officer = make_user("Chargée de mission")
    team = make_space(is_recognised=False, owner=officer)
    tour = make_tour(make_actor(team, by=officer), by=officer, opening="Tu 10:00-12:00")
    desk = signed_in(officer)
    published = desk.post(
        reverse("tours:publish", args=[team.pk, tour.pk]), follow=True
    )
    pages = [reverse(f"tours:{one}", args=[tour.pk]) for one in ("show", "calendar")]

    assert "une fois votre espace reconnu" in published.content.decode()
    assert f'"{pages[0]}"' not in published.content.decode()
    assert {404} == {client.get(one).status_code for one in pages}
    recognise_space(team, by=officer)
    assert {200} == {client.get(one).status_code for one in pages}


def test_proposals_wait_for_a_recognised_team_and_the_site_s_lists_for_a_centre(
    commune, centre
):
    team = make_space(territory=commune, is_recognised=False, owner=make_user())
    given = Given(Proposal.Kind.PLACE, "Café", commune, {"name": "Café"}, same=("a",))

    assert centre == propose(given).space
    withdraw_recognition(centre, by=centre.members.first())
    orphan = propose(
        Given(Proposal.Kind.PLACE, "Bar", commune, {"name": "Bar"}, same=("b",))
    )
    assert orphan.space is None
    assert orphan not in proposals_of(team)
    place = make_place(commune=commune)
    assert not Place.objects.filter(kept_by(centre), pk=place.pk).exists()
    recognise_space(team, by=team.members.first())
    assert orphan in proposals_of(team)
