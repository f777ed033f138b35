"""A centre changes what the rules propose, says why, and may go back."""

from __future__ import annotations

import pytest
from django.urls import reverse

from jalons.network.cockpit import cockpit_of
from jalons.network.models import Amendment
from jalons.network.proposals import every_proposal, proposals_for, read_rules
from jalons.network.said import ROLES
from jalons.spaces.models import Role
from jalons.surveys.models import Campaign
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def proposed(centre, number: int) -> dict[str, str]:
    cockpit = cockpit_of(centre.space)
    row = cockpit.rows[number - 1]
    return {one.rule: str(one) for one in proposals_for(row, cockpit)}


def address(centre, number: int, rule: str, name: str = "amend") -> str:
    args = [centre.space.pk, centre.places[number].code, rule]
    return reverse(f"network:{name}", args=args)


def test_a_rule_says_the_answers_that_led_to_it(centre):
    cockpit = cockpit_of(centre.space)
    row = cockpit.rows[0]
    found = {one.rule: one.reasons for one in proposals_for(row, cockpit)}

    assert (
        "La moitié de ses répondants au moins le dit\u00a0: «\u00a0Non\u00a0».",
    ) == (found["sponsor"])


def test_each_answer_that_a_rule_asks_for_is_one_that_the_questionnaire_offers(centre):
    definition = Campaign.objects.get().version.read()
    offered = {
        f"{role}:{option.code}"
        for role in ROLES
        if (question := definition.with_role(role))
        for option in question.options
    }

    asked = {one for rule in read_rules().rule for one in rule.when.said}

    assert len(asked) >= 15
    assert set() == asked - offered


def test_other_words_stand_in_place_of_a_rule_until_they_are_taken_back(
    signed_in, centre
):
    before = proposed(centre, 1)["sponsor"]
    sent = {"words": "Voir la présidente du syndicat", "support": "awareness"}
    page = address(centre, 1, "sponsor")

    without = signed_in.post(page, sent | {"reason": ""})
    signed_in.post(page, sent | {"reason": "Elle porte déjà le sujet", "version": 1})

    assert 200 == without.status_code
    assert "Voir la présidente du syndicat" == proposed(centre, 1)["sponsor"]
    assert before == proposed(centre, 2)["sponsor"]
    shown = reverse("network:territory", args=[centre.space.pk, centre.places[1].code])
    assert "Elle porte déjà le sujet" in signed_in.get(shown).content.decode()
    signed_in.post(address(centre, 1, "sponsor", "restore_proposal"))
    assert before == proposed(centre, 1)["sponsor"]


def test_what_is_set_aside_is_proposed_no_more_and_stays_readable(signed_in, centre):
    sent = {"words": "Rien", "support": "none", "is_set_aside": "on", "reason": "Fait"}
    signed_in.post(address(centre, 1, "sponsor"), sent)

    assert "sponsor" not in proposed(centre, 1)
    cockpit = cockpit_of(centre.space)
    every = every_proposal(cockpit.rows[0], cockpit)
    assert ["sponsor"] == [one.rule for one in every if one.is_set_aside]


def test_a_proposal_of_ones_own_is_added_to_one_territory(signed_in, centre):
    sent = {"words": "Un appel chaque mois", "support": "none", "reason": "Demandé"}
    signed_in.post(address(centre, 8, "nouvelle"), sent)

    assert "Un appel chaque mois" in proposed(centre, 8).values()
    assert "Un appel chaque mois" not in proposed(centre, 7).values()
    csv = signed_in.get(reverse("network:export_csv", args=[centre.space.pk]))
    assert "Un appel chaque mois" in csv.getvalue().decode()


@pytest.mark.parametrize("rule", ["engine", "own-autre", "inconnue"])
def test_a_rule_that_does_not_apply_is_not_changed(signed_in, centre, rule):
    sent = {"words": "Autre", "support": "none", "reason": "Oui"}

    assert 404 == signed_in.post(address(centre, 1, rule), sent).status_code
    assert not Amendment.objects.exists()


def test_a_reader_changes_nothing(client, centre):
    reader = make_user("Lectrice")
    centre.space.memberships.create(user=reader, role=Role.READER)
    client.force_login(reader)
    sent = {"words": "Autre", "support": "none", "reason": "Oui"}

    assert 403 == client.post(address(centre, 1, "sponsor"), sent).status_code
    assert not Amendment.objects.exists()
