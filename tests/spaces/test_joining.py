"""Somebody asks to join a team that exists; an owner answers, nobody enters alone."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from jalons.accounts.models import Identity, User
from jalons.audit.models import Entry
from jalons.mail.models import Message
from jalons.privacy.operations import purge
from jalons.spaces import belonging, joining
from jalons.spaces.belonging import Sign
from jalons.spaces.models import JoinRequest, Membership, Role
from tests.accounts.proving import asks_for_a_proof, sign_in
from tests.factories import make_space, make_user

pytestmark = pytest.mark.django_db
WORD = "Je remplace la chargée de mission."


@pytest.fixture
def newcomer():
    return make_user("Dominique", "dominique@mairie-exemple.fr")


@pytest.fixture
def asking(client, newcomer):
    sign_in(client, newcomer)
    return client


@pytest.fixture
def managing(owner):
    client = Client()
    sign_in(client, owner)
    return client


def ask(client: Client, space, word: str = WORD):
    return client.post(reverse("spaces:ask", args=[space.pk]), {"word": word})


def answer(client: Client, request: JoinRequest, role: str = "editor"):
    page = reverse("spaces:answer", args=[request.space_id, request.pk])
    return client.post(page, {"role": role})


def refuse(client: Client, request: JoinRequest, word: str = ""):
    page = reverse("spaces:refuse", args=[request.space_id, request.pk])
    return client.post(page, {"answer": word})


def declare(space, value: str, kind: str = "domain"):
    owner = space.memberships.owners().first().user
    joining.declare(space, {Sign(kind, value)}, by=owner)


def told(recipient: User) -> Message:
    return Message.objects.get(recipient=recipient.email)


def test_who_asks_is_found_by_the_owner_who_gives_a_role(
    asking, managing, space, owner, newcomer
):
    listed = asking.get(reverse("spaces:find"), {"territoire": space.territory_id})
    ask(asking, space)
    request = JoinRequest.objects.get()
    team = managing.get(reverse("spaces:team", args=[space.pk]))
    answer(managing, request)

    assert space.name in listed.text
    assert newcomer.email in team.text
    assert {WORD, newcomer.email} <= {
        part for part in (WORD, newcomer.email) if part in told(owner).text
    }
    assert space.memberships.get(user=newcomer).role == Role.EDITOR
    assert "acceptée" in told(newcomer).text
    verbs = Entry.objects.filter(space_id=space.pk).values_list("verb", flat=True)
    assert {"join.asked", "join.accepted"} <= set(verbs)


def test_nothing_is_told_of_who_is_inside_nor_opened_meanwhile(
    asking, space, owner, reader
):
    pages = [
        asking.get(reverse("spaces:find"), {"territoire": space.territory_id}),
        asking.get(reverse("spaces:ask", args=[space.pk])),
        ask(asking, space),
        asking.get(reverse("spaces:ask", args=[space.pk])),
    ]

    for person in (owner, reader):
        said = "".join(page.text for page in pages)
        assert person.name not in said
        assert person.email not in said
    assert asking.get(reverse("spaces:team", args=[space.pk])).status_code == 404


def test_a_refusal_is_told_with_its_word_and_lets_nobody_in(
    asking, managing, space, newcomer
):
    ask(asking, space)
    refuse(managing, JoinRequest.objects.get(), "Voyez le service voisin.")

    assert "Voyez le service voisin." in told(newcomer).text
    assert not space.memberships.filter(user=newcomer).exists()
    ask(asking, space)
    assert JoinRequest.objects.count() == 1, "not again within a month"


def test_a_word_with_an_address_is_not_sent(asking, managing, space):
    assert ask(asking, space, "Voyez https://exemple.fr").context["form"].errors
    ask(asking, space)
    refuse(managing, JoinRequest.objects.get(), "écrivez à x@exemple.fr")

    assert JoinRequest.objects.get().answered_at is None


def test_only_an_owner_who_just_proved_it_answers(asking, space, reader, newcomer):
    ask(asking, space)
    request = JoinRequest.objects.get()
    reading, stale = Client(), Client()
    sign_in(reading, reader)
    stale.force_login(space.memberships.owners().get().user)

    for given in (answer, refuse):
        assert given(reading, request).status_code == 403
        assert given(asking, request).status_code == 404
        assert asks_for_a_proof(given(stale, request))
    assert JoinRequest.objects.get().answered_at is None


def test_two_owners_who_answer_at_once_give_one_answer(asking, managing, space, owner):
    ask(asking, space)
    request = JoinRequest.objects.get()
    joining.refuse(request, by=owner, word="")

    with pytest.raises(joining.AlreadyAnswered):
        joining.accept(request, by=owner, role=Role.OWNER)

    assert not Membership.objects.filter(user=request.user).exists()
    assert answer(managing, request).status_code == 404


def test_a_request_expires_and_may_then_be_made_again(asking, managing, space):
    ask(asking, space)
    past = timezone.now() - timedelta(days=1)
    JoinRequest.objects.update(expires_at=past)

    assert answer(managing, JoinRequest.objects.get()).status_code == 404
    ask(asking, space)
    assert JoinRequest.objects.get().expires_at > timezone.now()


def test_one_s_own_request_is_withdrawn_and_nobody_else_s(asking, managing, space):
    ask(asking, space)
    page = reverse("spaces:withdraw", args=[JoinRequest.objects.get().pk])

    assert managing.post(page).status_code == 404
    asking.post(page)
    assert not JoinRequest.objects.exists()


def test_a_member_is_led_to_the_space_and_keeps_their_role(managing, space, reader):
    assert ask(managing, space).url == reverse("front:space", args=[space.pk])
    request = JoinRequest.objects.create(
        space=space, user=reader, expires_at=timezone.now() + timedelta(days=1)
    )
    answer(managing, request, role="owner")
    assert space.memberships.get(user=reader).role == Role.READER


def test_a_team_not_recognised_exists_for_its_own_organisation_alone(
    client, newcomer, space
):
    boss = make_user("Andrée", "andree@mairie-exemple.fr")
    hidden = make_space(owner=boss, is_recognised=False)
    page = reverse("spaces:ask", args=[hidden.pk])
    client.force_login(newcomer)
    assert client.get(page).status_code == 404

    declare(hidden, "mairie-exemple.fr")

    assert client.get(page).status_code == 200
    assert hidden.name in client.get(reverse("spaces:find")).text
    client.force_login(make_user("Autre", "autre@sous.mairie-exemple.fr"))
    assert client.get(page).status_code == 404


def test_the_owner_is_shown_the_same_organisation_and_enters_nobody_by_it(
    asking, managing, owner, newcomer
):
    User.objects.filter(pk=owner.pk).update(email="camille@mairie-exemple.fr")
    space = make_space(owner=User.objects.get(pk=owner.pk))
    declare(space, "mairie-exemple.fr")
    ask(asking, space)
    request = JoinRequest.objects.get()

    page = managing.get(reverse("spaces:answer", args=[space.pk, request.pk]))

    assert "@mairie-exemple.fr" in re.sub(r"dominique@\S+", "", page.text)
    assert not space.memberships.filter(user=newcomer).exists()


def test_a_sign_counts_while_an_owner_carries_it(newcomer):
    boss = make_user("Andrée", "andree@mairie-exemple.fr")
    space = make_space(owner=boss)
    declare(space, "mairie-exemple.fr")
    assert belonging.shared_with(space, newcomer)

    other = make_user(email="autre@ailleurs.fr")
    Membership.objects.create(space=space, user=other, role=Role.OWNER)
    Membership.objects.filter(user=boss).update(role=Role.EDITOR)

    assert not belonging.shared_with(space, newcomer)


def test_the_siren_said_by_proconnect_is_a_sign_as_well(owner, space, newcomer):
    for user in (owner, newcomer):
        given = {"issuer": "https://exemple.fr", "subject": user.name}
        Identity.objects.create(user=user, siren="200012345", **given)
    assert not belonging.shared_with(space, newcomer)

    declare(space, "200012345", "siren")

    (sign,) = belonging.shared_with(space, newcomer)
    assert sign.value == "200012345"


def test_nobody_declares_what_they_do_not_carry_nor_a_free_address(
    managing, space, owner
):
    page = reverse("spaces:signs", args=[space.pk])
    User.objects.filter(pk=owner.pk).update(email="camille@orange.fr")

    assert "orange.fr" in managing.get(page).text
    managing.post(page, {"signs": ["domain:orange.fr"]})
    managing.post(page, {"signs": ["domain:mairie-exemple.fr"]})
    with pytest.raises(joining.NotCarried):
        declare(space, "mairie-exemple.fr")

    assert not space.marks.exists()


def test_an_owner_declares_the_end_of_their_own_address(managing, space, owner):
    page = reverse("spaces:signs", args=[space.pk])
    User.objects.filter(pk=owner.pk).update(email="camille@mairie-exemple.fr")

    managing.post(page, {"signs": ["domain:mairie-exemple.fr"]})

    assert space.marks.get().value == "mairie-exemple.fr"
    assert Entry.objects.filter(verb="space.signs").exists()
    managing.post(page, {})
    assert not space.marks.exists()


@pytest.mark.parametrize(
    ("email", "domain"),
    [
        ("a@mairie-exemple.fr", "mairie-exemple.fr"),
        ("a@cc.exemple.fr", "cc.exemple.fr"),
        ("a@gmail.com", ""),
        ("a@yahoo.co.uk", ""),
        ("a@hotmail.fr", ""),
        ("a@laposte.net", ""),
        ("a@laposte.fr", "laposte.fr"),
        ("a@mail.orange.fr", ""),
        ("a@orange.com", "orange.com"),
        ("a@localhost", ""),
    ],
)
def test_what_may_be_an_organisation_s(email, domain):
    assert domain == belonging.domain_of(email)


def test_requests_are_limited_by_day(asking, settings):
    settings.ACCOUNT_RATE_LIMITS |= {"join": "2/d/user"}
    spaces = [make_space(owner=make_user()) for _ in range(3)]

    answers = [ask(asking, space).status_code for space in spaces]

    assert answers == [302, 302, 429]
    assert JoinRequest.objects.count() == 2


def test_a_request_ends_after_ninety_days(asking, space):
    ask(asking, space)
    purge(timezone.now() + timedelta(days=89), dry_run=False)
    assert JoinRequest.objects.exists()

    purge(timezone.now() + timedelta(days=91), dry_run=False)
    assert not JoinRequest.objects.exists()
