"""A centre proposes an exchange, and says to itself alone why."""

from __future__ import annotations

import pytest
from django.core import mail
from django.urls import reverse

from jalons.mail.models import Message
from jalons.network.cockpit import cockpit_of
from jalons.network.said import said_of
from jalons.pairing import operations
from jalons.pairing.matching import STAKES, candidates_for
from jalons.pairing.models import Pairing
from jalons.spaces.models import Role
from tests.factories import make_user
from tests.pairing.teams import AHEAD, BEGINS

pytestmark = pytest.mark.django_db


def candidates(centre, number: int):
    cockpit = cockpit_of(centre.space)
    row = next(one for one in cockpit.rows if one.code == centre.places[number].code)
    return candidates_for(centre.space, row, cockpit)


def numbers(centre, found) -> set[int]:
    codes = {one.row.code for one in found}
    return {n for n, place in centre.places.items() if place.code in codes}


def test_one_that_begins_meets_those_ahead_and_conversely(centre):
    # Classes: 6, 7, 9 advanced, 10 and 12 very advanced; 8 and 11 did not answer.
    assert {6, 7, 9, 10, 12} == numbers(centre, candidates(centre, BEGINS))
    assert numbers(centre, candidates(centre, AHEAD)) <= {1, 2, 3, 4, 5}
    # Of one that did not answer, nothing but the distance is known here.
    assert [] == candidates(centre, 8)


def test_a_stake_counts_when_half_of_the_respondents_of_a_territory_name_it(centre):
    said = said_of(cockpit_of(centre.space).survey.campaign)

    def stakes(number: int) -> set[str]:
        codes = said[centre.places[number].code]
        return {one for one in codes if one.split(":")[0] in STAKES}

    assert {"main_stake:inequalities", "themes:inclusion", "themes:responsible"} == (
        stakes(1)
    )
    assert {"main_stake:security", "themes:inclusion"} == stakes(10)
    assert centre.places[8].code not in said


def test_each_proposal_says_its_reasons_and_what_is_not_known(centre):
    found = {one.row.code: one for one in candidates(centre, BEGINS)}
    like, unlike = (found[centre.places[n].code] for n in (6, 12))

    assert like.match.score > unlike.match.score
    words = " ".join(like.reasons)
    assert "Niveaux d’avancement" in words
    assert "Réduire les inégalités" in words
    assert "L’inclusion numérique" in words
    assert like.has_team
    assert not unlike.has_team


def test_an_officer_goes_from_the_territory_to_two_teams_asked(centre, teams, enter):
    officer = enter(centre.officer)
    one = [centre.space.pk, centre.places[BEGINS].code]
    page = officer.get(reverse("network:territory", args=one)).content.decode()
    with_whom = reverse("pairing:candidates", args=one)
    assert with_whom in page
    propose = reverse("pairing:propose", args=[*one, centre.places[AHEAD].code])
    assert propose in officer.get(with_whom).content.decode()
    assert "CC du Lieu 06" in officer.get(propose).content.decode()

    sent = officer.post(propose, {"subject": "Aller vers les habitants", "words": ""})
    again = officer.post(propose, {"subject": "Encore", "words": ""})

    (pairing,) = Pairing.objects.all()
    assert reverse("pairing:show", args=[centre.space.pk, pairing.pk]) == sent.url
    assert "déjà sollicités" in again.content.decode()
    assert any("Niveaux d’avancement" in one for one in pairing.reasons)
    to = set(Message.objects.values_list("recipient", flat=True))
    assert {teams.lea.email, teams.marc.email} == to
    text = " ".join(one.body for one in mail.outbox)
    assert "Peu" not in text
    assert "Niveau" not in text


@pytest.mark.parametrize(
    "sent",
    [
        {"subject": ""},
        {"subject": "<b>Gras</b>"},
        {"subject": "Écrire à jeanne.petit@exemple.fr"},
        {"subject": "É" * 201},
    ],
)
def test_a_subject_is_short_plain_and_names_nobody(centre, enter, sent):
    codes = [centre.places[n].code for n in (BEGINS, AHEAD)]
    address = reverse("pairing:propose", args=[centre.space.pk, *codes])

    answer = enter(centre.officer).post(address, sent)

    assert 200 == answer.status_code
    assert 'role="alert"' in answer.content.decode()
    assert not Pairing.objects.exists()


def test_why_these_two_is_read_in_the_language_of_each(centre, enter):
    officer = enter(centre.officer)
    pair = [centre.places[one].code for one in (BEGINS, AHEAD)]
    propose = reverse("pairing:propose", args=[centre.space.pk, *pair])
    said = {"subject": "Aller vers les habitants", "words": ""}
    shown = officer.post(propose, said, headers={"accept-language": "en"}).url

    def page(language: str) -> str:
        headers = {"accept-language": language}
        return officer.get(shown, headers=headers).content.decode()

    french, english = page("fr"), page("en")

    assert "Niveaux d’avancement" in french
    assert "Levels of progress" not in french
    assert "Levels of progress" in english
    assert "Niveaux d’avancement" not in english
    assert ["Voisins"] == Pairing(reasons=["Voisins"]).said_reasons


def test_a_territory_is_never_paired_with_itself_nor_with_one_of_elsewhere(
    centre, enter
):
    code = centre.places[BEGINS].code
    officer = enter(centre.officer)
    alone = reverse("pairing:propose", args=[centre.space.pk, code, code])
    elsewhere = reverse("pairing:propose", args=[centre.space.pk, code, "999999999"])

    assert 404 == officer.get(alone).status_code
    assert 404 == officer.post(alone, {"subject": "Un sujet"}).status_code
    assert 404 == officer.get(elsewhere).status_code
    assert not Pairing.objects.exists()


def test_a_reader_of_the_centre_reads_proposals_and_makes_none(centre, enter):
    reader = make_user("Lectrice")
    centre.space.memberships.create(user=reader, role=Role.READER)
    one = [centre.space.pk, centre.places[BEGINS].code]
    propose = reverse("pairing:propose", args=[*one, centre.places[AHEAD].code])
    client = enter(reader)

    page = client.get(reverse("pairing:candidates", args=one))

    assert 200 == page.status_code
    assert propose not in page.content.decode()
    assert 403 == client.get(propose).status_code
    assert 403 == client.post(propose, {"subject": "Un sujet"}).status_code


def test_what_is_taken_back_is_closed_and_may_be_proposed_again(centre, teams, enter):
    pairing = teams.propose()
    officer = enter(centre.officer)
    address = reverse("pairing:withdraw", args=[centre.space.pk, pairing.pk])

    officer.post(address)
    again = officer.post(address, follow=True)

    pairing.refresh_from_db()
    assert "closed" == pairing.state
    assert "entre-temps" in again.content.decode()
    assert teams.propose().pk != pairing.pk
    with pytest.raises(operations.AlreadyPaired):
        teams.propose()
