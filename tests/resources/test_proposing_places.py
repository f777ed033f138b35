"""A place is proposed without an account; nobody finds it before a team has read it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from jalons.audit.models import Entry
from jalons.directory.models import Place, PlaceList
from jalons.mail.models import Message
from jalons.resources import operations
from jalons.resources.models import Proposal
from jalons.spaces.operations import withdraw_recognition
from tests.directory.places import make_commune, make_place
from tests.factories import make_space, make_user

pytestmark = pytest.mark.django_db
SAID = {
    "name": "Atelier du Pont",
    "address": "3 rue du Pont",
    "postcode": "33000",
    "locality": "bordeaux",
    "services": ["demarches"],
    "opening": "Mo-Fr 09:00-12:00",
    "phone": "05 36 49 00 12",
}
HTML = "<script>alert(1)</script>"


def propose(**said):
    return Client().post(reverse("resources:propose_place"), SAID | said)


def proposed(**said) -> Proposal:
    propose(**said)
    return Proposal.objects.latest("pk")


def at(name, team, *args):
    return reverse(f"resources:{name}", args=[team.pk, *args])


def link_of(proposal):
    """The path of the link in the last mail to its author."""
    mail = Message.objects.filter(recipient=proposal.email).latest("pk")
    return re.search(r"/proposer/suite/[\w-]+/", mail.text)[0]


def test_an_accepted_place_is_found_by_everybody_with_its_origin(desk, team):
    answer = propose()
    proposal = Proposal.objects.get()
    find = reverse("directory:find") + "?pres=Bordeaux&commune=33063&km=5"
    before = Client().get(find).content.decode()

    there = desk.post(at("accept", team, proposal.pk))

    assert "Votre proposition va à" in answer.content.decode()
    assert "Atelier du Pont" not in before
    place = Place.objects.get()
    assert (team, "Mo-Fr 09:00-12:00") == (place.place_list.space, place.opening)
    assert "Proposé par un lecteur" in place.collected_by
    assert reverse("directory:show", args=[place.pk]) == there.url
    assert "Atelier du Pont" in Client().get(find).content.decode()
    again = desk.post(at("accept", team, proposal.pk), follow=True)
    assert "avant vous" in again.content.decode()
    assert 1 == Place.objects.count()


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"name": ""}, "obligatoire"),
        ({"name": HTML}, "contient du HTML"),
        ({"summary": "x" * 10_000}, "500"),
        ({"postcode": "3300"}, "cinq chiffres"),
        ({"locality": "Nulle-Part"}, "Aucune commune"),
        ({"services": []}, "obligatoire"),
        ({"services": ["inconnu"]}, "choix"),
        ({"phone": "06 39 98 12 34"}, "mobile"),
        ({"website": "javascript:alert(1)"}, "valide"),
        ({"email": "pas une adresse"}, "valide"),
    ],
)
def test_what_cannot_be_read_is_told_and_what_was_typed_stays(team, said, why):
    text = propose(**said).content.decode()

    assert why in text
    assert HTML not in text
    assert 'value="3 rue du Pont"' in text
    assert not Proposal.objects.exists()


def test_a_robot_is_thanked_and_one_address_is_limited(team):
    assert 200 == propose(site="https://exemple.fr").status_code
    assert not Proposal.objects.exists()
    statuses = [propose(name=f"Lieu {n}").status_code for n in range(11)]

    assert 429 == statuses[-1]


def test_the_same_place_twice_is_one_proposal(team):
    propose()
    again = propose(name="atelier du pont", email="a@exemple.fr").content.decode()

    assert "attend d’être lu" in again
    assert 1 == Proposal.objects.count()


def test_a_place_that_is_there_is_shown_before_anything_is_sent(team):
    make_place(name="Atelier du Pont", address="3, rue du Pont")

    warned = propose().content.decode()
    assert "ressemblant à 100" in warned
    assert not Proposal.objects.exists()
    propose(is_new="on")

    assert 1 == Proposal.objects.count()


def test_a_proposal_may_change_a_place_of_the_team_field_by_field(desk, team):
    ours = PlaceList.objects.create(name="Nôtre", is_simulated=False, space=team)
    place = make_place(place_list=ours, name="Atelier du Pont", address="3 rue du Pont")
    theirs = make_place(name="Atelier du Pont", address="3 rue du Pont")
    proposal = proposed(is_new="on")
    merge = at("merge", team, proposal.pk, place.pk)

    read = desk.get(at("read", team, proposal.pk)).content.decode()
    nothing = desk.post(merge, {"champs": ["inconnu"]}).content.decode()
    desk.post(merge, {"champs": ["opening"]})

    assert "ressemblant à 100" in read
    assert "signalez l’erreur" in read
    assert "Cochez au moins" in nothing
    place.refresh_from_db()
    assert ("Mo-Fr 09:00-12:00", "") == (place.opening, place.phone)
    assert "opening" in place.pinned
    assert 404 == desk.get(at("merge", team, proposal.pk, theirs.pk)).status_code
    proposal.refresh_from_db()
    assert (Proposal.State.ACCEPTED, place) == (proposal.state, proposal.place)


def test_its_author_is_written_to_only_once_the_address_is_theirs(desk, team):
    proposal = proposed(email="camille@exemple.fr")
    ask, refuse = at("ask", team, proposal.pk), at("refuse", team, proposal.pk)

    early = desk.post(ask, {"question": "À quel étage ?"}).content.decode()
    link = link_of(proposal)
    Client().get(link)
    proposal.refresh_from_db()
    assert proposal.confirmed_at is None
    Client().post(link)
    desk.post(ask, {"question": "À quel étage ?"})
    assert 410 == Client().get(link).status_code
    Client().post(link_of(proposal), {"text": "Au premier."})

    assert "ne peut pas écrire" in early
    read = desk.get(at("read", team, proposal.pk)).content.decode()
    assert "Au premier." in read
    assert "camille@exemple.fr" not in read
    assert "obligatoire" in desk.post(refuse, {"reason": ""}).content.decode()
    desk.post(refuse, {"reason": "Ce lieu a fermé."})
    told = Message.objects.filter(reason="proposal-refused").get()
    assert "Ce lieu a fermé." in told.text
    assert not Place.objects.exists()


def test_a_proposal_goes_to_the_nearest_team_and_to_no_other(team):
    region = make_user()
    wide = make_space(owner=region)
    proposal = proposed()
    stranger = Client()
    stranger.force_login(region)

    assert team == proposal.space
    for name in ("read", "refuse", "ask"):
        assert 404 == stranger.get(at(name, wide, proposal.pk)).status_code
    assert 404 == stranger.post(at("accept", wide, proposal.pk)).status_code


def test_without_a_team_it_waits_for_the_one_that_comes(db, officer):
    commune = make_commune()
    proposal = proposed()
    assert proposal.space is None
    team = make_space(territory=commune, owner=officer)
    desk = Client()
    desk.force_login(officer)

    assert "Atelier du Pont" in desk.get(at("queue", team)).content.decode()
    operations.accept_place(proposal, space=team, by=officer)
    assert team == Place.objects.get().place_list.space


def test_after_six_months_a_proposal_is_erased_and_its_place_stays(
    desk, team, time_machine
):
    proposal = proposed(email="camille@exemple.fr")
    desk.post(at("accept", team, proposal.pk))

    time_machine.move_to(timezone.now() + timedelta(days=181))
    call_command("purge")

    assert not Proposal.objects.exists()
    assert 1 == Place.objects.count()
    journal = Entry.objects.filter(verb__startswith="proposal.")
    assert {"proposal.sent", "proposal.accepted"} == {one.verb for one in journal}
    assert not journal.filter(object_label__contains="Atelier").exists()


def test_two_teams_of_one_name_each_have_their_list_of_proposed_places(
    desk, team, officer
):
    other = make_space(territory=team.territory, owner=officer)
    assert team.name == other.name
    first, second = proposed(), proposed(name="Autre lieu", address="1 rue du Port")

    desk.post(at("accept", team, first.pk))
    second.space = other
    second.save()
    there = desk.post(at("accept", other, second.pk))

    assert 302 == there.status_code
    assert [team, other] == [
        one.space for one in PlaceList.objects.order_by("pk").select_related("space")
    ]


def test_a_resource_centre_takes_a_proposal_into_a_place_that_nobody_keeps(desk, team):
    team.kind = "resource_centre"
    team.save()
    nobodys = make_place(name="Atelier du Pont", address="3 rue du Pont")
    assert nobodys.place_list.space is None
    proposal = proposed(is_new="on")
    merge = at("merge", team, proposal.pk, nobodys.pk)

    assert merge in desk.get(at("read", team, proposal.pk)).content.decode()
    assert 302 == desk.post(merge, {"champs": ["opening"]}).status_code

    nobodys.refresh_from_db()
    assert "Mo-Fr 09:00-12:00" == nobodys.opening


def test_an_answer_that_comes_after_the_decision_changes_nothing(team, officer):
    proposal = proposed()
    late = Proposal.objects.get()
    operations.refuse(proposal, "Ce lieu a fermé.", space=team, by=officer)

    with pytest.raises(operations.AlreadyDecided):
        operations.complete(late, "Au premier.")

    proposal.refresh_from_db()
    assert (Proposal.State.REFUSED, "") == (proposal.state, proposal.completed)


def test_an_address_confirmed_meanwhile_is_kept_and_written_to(team, officer):
    proposed(email="camille@exemple.fr")
    seen = Proposal.objects.get()
    operations.confirm_email(Proposal.objects.get())

    operations.refuse(seen, "Ce lieu a fermé.", space=team, by=officer)

    assert Proposal.objects.get().confirmed_at
    assert Message.objects.filter(reason="proposal-refused").exists()


def test_a_postal_code_is_read_as_people_write_it(team):
    assert "33000" == proposed(postcode="33 000").content["postcode"]


def test_a_proposal_is_passed_on_to_the_team_that_keeps_such_a_place(
    desk, team, officer
):
    neighbour = make_user("Voisine", "voisine@exemple.fr")
    keeper = make_space(owner=neighbour)
    theirs = PlaceList.objects.create(name="Leurs", is_simulated=False, space=keeper)
    twin = make_place(
        name="Atelier du Pont", address="3 rue du Pont", place_list=theirs
    )
    stranger = make_space()
    proposal = proposed(is_new="on")
    page = at("pass_on", team, proposal.pk)

    assert page in desk.get(at("read", team, proposal.pk)).content.decode()
    refused = desk.post(page, {"team": stranger.pk}).content.decode()
    assert "choix" in refused
    assert 302 == desk.post(page, {"team": keeper.pk}).status_code
    late = desk.post(at("accept", team, proposal.pk), follow=True)
    assert "une autre équipe la lit" in late.content.decode()
    assert 404 == desk.get(at("read", stranger, proposal.pk)).status_code
    there = Client()
    there.force_login(neighbour)
    merged = there.post(
        at("merge", keeper, proposal.pk, twin.pk), {"champs": ["opening"]}
    )

    assert 302 == merged.status_code
    twin.refresh_from_db()
    assert "Mo-Fr 09:00-12:00" == twin.opening
    assert 2 == Entry.objects.filter(verb="proposal.passed_on").count()
    proposal.refresh_from_db()
    with pytest.raises(operations.AlreadyDecided):
        operations.pass_on(proposal, space=keeper, to=team, by=officer)


def test_a_team_recognised_no_more_still_finds_its_own_place(desk, team, officer):
    ours = PlaceList.objects.create(name="Nôtre", is_simulated=False, space=team)
    twin = make_place(name="Atelier du Pont", address="3 rue du Pont", place_list=ours)
    proposal = proposed(is_new="on")
    withdraw_recognition(team, by=officer)

    merge = at("merge", team, proposal.pk, twin.pk)
    assert merge in desk.get(at("read", team, proposal.pk)).content.decode()


def test_a_team_answers_no_more_what_it_passed_on_meanwhile(team, officer):
    proposal, keeper = proposed(), make_space()
    late = Proposal.objects.get()
    operations.pass_on(proposal, space=team, to=keeper, by=officer)

    with pytest.raises(operations.AlreadyDecided):
        operations.refuse(late, "Ce lieu a fermé.", space=team, by=officer)

    late.refresh_from_db()
    assert (Proposal.State.WAITING, keeper) == (late.state, late.space)
