"""Both teams agree before anything of one is shown to the other."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from jalons.mail.models import Message
from jalons.pairing import operations
from jalons.pairing.access import has_team
from jalons.pairing.models import Pairing
from jalons.spaces.models import Role
from tests.factories import make_space, make_user
from tests.pairing.teams import BEGINS

pytestmark = pytest.mark.django_db
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')
REASON = "Nous manquons de temps"
REACHED = "Direction des solidarités, accueil@exemple.fr"


@pytest.fixture
def pairing(teams) -> Pairing:
    return teams.propose(words="Vous avez un sujet en commun.")


def page(client, space, pairing) -> str:
    answer = client.get(reverse("pairing:show", args=[space.pk, pairing.pk]))
    assert 200 == answer.status_code
    return answer.content.decode()


def answer(client, space, pairing, **sent: object):
    address = reverse("pairing:answer", args=[space.pk, pairing.pk])
    return client.post(address, sent, follow=True)


def test_each_team_reads_the_same_words_and_never_why(teams, pairing, enter):
    lea, marc = enter(teams.lea), enter(teams.marc)

    first, second = page(lea, teams.first, pairing), page(marc, teams.second, pairing)

    assert "CC du Lieu 06" in first
    assert "CC du Lieu 01" in second
    for text in (first, second):
        assert "Vous avez un sujet en commun." in text
        assert "Peu avancé" not in text
        assert "avancement" not in text.split("<main")[1].split("</main>")[0]
    assert "Peu avancé" in page(
        enter(teams.centre.officer), teams.centre.space, pairing
    )


def test_nothing_that_one_answers_changes_what_the_other_reads(teams, pairing, enter):
    lea, marc = enter(teams.lea), enter(teams.marc)

    def read() -> str:
        return TOKEN.sub("", page(marc, teams.second, pairing))

    before = read()
    answer(lea, teams.first, pairing, is_agreed="yes", reached_by=REACHED)

    assert before == read()
    assert "Vous avez accepté" in page(lea, teams.first, pairing)


def test_once_both_agreed_each_reads_how_to_reach_the_other(teams, pairing, enter):
    lea, marc = enter(teams.lea), enter(teams.marc)

    answer(lea, teams.first, pairing, is_agreed="yes", reached_by=REACHED)
    answer(marc, teams.second, pairing, is_agreed="yes", reached_by="Mairie, 05 00")

    pairing.refresh_from_db()
    assert "under_way" == pairing.state
    assert REACHED in page(marc, teams.second, pairing)
    assert "Mairie, 05 00" in page(lea, teams.first, pairing)
    begun = Message.objects.filter(reason=operations.BEGUN)
    assert {teams.lea.email, teams.marc.email} == {one.recipient for one in begun}
    # Answered once: a second answer changes nothing.
    late = answer(lea, teams.first, pairing, is_agreed="no", reason=REASON)
    assert "entre-temps" in late.content.decode()
    pairing.refresh_from_db()
    assert "under_way" == pairing.state


def test_a_refusal_has_a_reason_that_the_centre_alone_reads(teams, pairing, enter):
    lea, marc = enter(teams.lea), enter(teams.marc)
    answer(lea, teams.first, pairing, is_agreed="yes", reached_by=REACHED)

    without = answer(marc, teams.second, pairing, is_agreed="no", reason="")
    answer(marc, teams.second, pairing, is_agreed="no", reason=REASON)

    assert 400 == without.status_code
    pairing.refresh_from_db()
    assert "closed" == pairing.state
    told = page(lea, teams.first, pairing)
    assert REASON not in told
    assert "n’a pas commencé" in told
    assert "refuse" not in told.split("<main")[1].split("</main>")[0]
    assert REACHED not in page(marc, teams.second, pairing)
    assert REASON in page(enter(teams.centre.officer), teams.centre.space, pairing)


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"is_agreed": "maybe"},
        {"is_agreed": "yes"},
        {"is_agreed": "yes", "reached_by": "Mme Martin, 06 12 34 56 78"},
        {"is_agreed": "no"},
    ],
)
def test_an_answer_that_is_not_whole_or_names_somebody_is_shown_again(
    teams, pairing, enter, sent
):
    said = answer(enter(teams.lea), teams.first, pairing, **sent)

    assert 400 == said.status_code
    assert "waiting" == teams.side(pairing, teams.first).answer


def test_readers_contributors_strangers_and_unrecognised_teams_do_not_answer(
    teams, pairing, enter
):
    sent = {"is_agreed": "yes", "reached_by": REACHED}
    for role in (Role.READER, Role.CONTRIBUTOR):
        member = make_user(role)
        teams.first.memberships.create(user=member, role=role)
        assert "Envoyer la réponse" not in page(enter(member), teams.first, pairing)
        assert 403 == answer(enter(member), teams.first, pairing, **sent).status_code
    other = make_user("Autre")
    same_place = make_space(territory=teams.centre.places[BEGINS], owner=other)
    same_place.recognised_at = None
    same_place.save()
    elsewhere = make_space(owner=make_user("Ailleurs"))
    stranger = elsewhere.memberships.get().user
    assert 404 == answer(enter(other), same_place, pairing, **sent).status_code
    assert 404 == answer(enter(stranger), elsewhere, pairing, **sent).status_code
    assert 404 == answer(enter(stranger), teams.first, pairing, **sent).status_code
    assert {"waiting"} == set(pairing.sides.values_list("answer", flat=True))


def test_the_centre_notes_the_answer_of_a_territory_without_a_team_only(
    teams, pairing, enter
):
    officer = enter(teams.centre.officer)
    teams.second.recognised_at = None
    teams.second.save()
    assert not has_team(teams.second.territory)
    sent = {"is_agreed": "yes", "reached_by": "Mairie", "source": "Un appel"}

    def note(space, **more: str):
        said = sent | {"territory": space.territory_id} | more
        return answer(officer, teams.centre.space, pairing, **said)

    own, blind = note(teams.first), note(teams.second, source="")
    note(teams.second)

    assert (404, 400) == (own.status_code, blind.status_code)
    assert "waiting" == teams.side(pairing, teams.first).answer
    side = teams.side(pairing, teams.second)
    assert ("agreed", "Un appel") == (side.answer, side.source)
