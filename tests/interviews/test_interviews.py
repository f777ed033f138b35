"""Interviews: where they were held, where they are missing, and what is kept."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from jalons.interviews import figures, guides, operations
from jalons.interviews.models import Guide, Interview, Quote
from jalons.surveys.models import Campaign
from jalons.territories.models import Membership, Territory
from tests.factories import make_campaign, make_space, make_territory, make_user

pytestmark = pytest.mark.django_db

TWELVE = (
    ("16", "Charente"),
    ("17", "Charente-Maritime"),
    ("19", "Corrèze"),
    ("23", "Creuse"),
    ("24", "Dordogne"),
    ("33", "Gironde"),
    ("40", "Landes"),
    ("47", "Lot-et-Garonne"),
    ("64", "Pyrénées-Atlantiques"),
    ("79", "Deux-Sèvres"),
    ("86", "Vienne"),
    ("87", "Haute-Vienne"),
)


def make_regional_campaign(**members) -> Campaign:
    """A survey of twelve départements, with one EPCI in each."""
    epci = []
    for code, name in TWELVE:
        departement = make_territory(name, Territory.Kind.DEPARTEMENT, code)
        epci.append(make_territory(f"CC de {name}"))
        Membership.objects.create(member=epci[-1], group=departement, since=2026)
    space = make_space(**members) if members else None
    return make_campaign(*epci, space=space)


def make_interview(campaign: Campaign, code: str, **fields) -> Interview:
    given = {
        "function": "directrice des services",
        "departement": Territory.objects.get(code=code),
        "held_on": date(2026, 1, 5),
        "mode": Interview.Mode.PHONE,
        "interviewer": make_user(),
        **fields,
    }
    return Interview.objects.create(campaign=campaign, **given)


def test_nineteen_interviews_cover_every_departement_but_creuse():
    campaign = make_regional_campaign()
    codes = [code for code, _name in TWELVE if code != "23"]
    for code in (*codes, *codes[:8]):
        make_interview(campaign, code)

    found = figures.coverage(campaign)

    assert found.interview_count == 19
    assert [line.name for line in found.missing] == ["Creuse"]
    assert found.sentence == "19 entretiens, dans tous les départements sauf Creuse."


def test_when_most_are_missing_those_heard_are_named():
    campaign = make_regional_campaign()
    for code in ("87", "16"):
        make_interview(campaign, code)

    sentence = figures.coverage(campaign).sentence

    assert sentence == "2 entretiens, dans Charente et Haute-Vienne."


def test_two_missing_are_both_named():
    campaign = make_regional_campaign()
    for code, _name in TWELVE[2:]:
        make_interview(campaign, code)

    sentence = figures.coverage(campaign).sentence

    assert sentence.endswith(
        "tous les départements sauf Charente et Charente-Maritime."
    )


def test_before_the_first_interview_nothing_is_claimed():
    sentence = figures.coverage(make_regional_campaign()).sentence

    assert sentence == "Aucun entretien n’a encore eu lieu."


def test_a_departement_outside_the_perimeter_is_listed_and_never_missing():
    campaign = make_regional_campaign()
    make_territory("Lot", Territory.Kind.DEPARTEMENT, "46")
    make_interview(campaign, "46")

    found = figures.coverage(campaign)

    assert found.lines[-1] == figures.Line("46", "Lot", 1)
    assert len(found.missing) == 12


def test_the_guide_is_ours_until_the_team_writes_its_own():
    campaign = make_regional_campaign()

    assert len(guides.questions_of(campaign)) == 10

    operations.change_guide(campaign, "Une ?\n\n Deux ?", by=make_user())

    again = Campaign.objects.get(pk=campaign.pk)
    assert guides.questions_of(again) == ["Une ?", "Deux ?"]


def test_an_emptied_guide_takes_back_our_questions():
    campaign = make_regional_campaign()

    operations.change_guide(campaign, "  \n", by=make_user())

    assert Guide.objects.get().text == guides.first_questions()


def given(**changes) -> dict[str, object]:
    return {
        "function": "conseillère numérique",
        "departement": "23",
        "held_on": "2026-01-06",
        "mode": "face_to_face",
        "is_guide_followed": "on",
        "notes": "Pas de nom.",
        **changes,
    }


def test_a_contributor_records_an_interview_without_any_name(client):
    user = make_user()
    campaign = make_regional_campaign(contributor=user)
    client.force_login(user)

    client.post(reverse("interviews:create", args=[campaign.pk]), given())

    interview = Interview.objects.get()
    assert interview.interviewer == user
    assert interview.departement.name == "Creuse"
    assert interview.is_guide_followed


@pytest.mark.parametrize(
    "changes",
    [
        {"held_on": str(date.today() + timedelta(days=2))},
        {"departement": ""},
        {"function": ""},
        {"mode": "télépathie"},
    ],
)
def test_an_interview_that_makes_no_sense_is_refused(client, changes):
    user = make_user()
    campaign = make_regional_campaign(contributor=user)
    client.force_login(user)

    response = client.post(
        reverse("interviews:create", args=[campaign.pk]), given(**changes)
    )

    assert response.status_code == 200
    assert response.context["form"].errors
    assert not Interview.objects.exists()


def test_the_page_says_who_is_missing(client):
    user = make_user()
    campaign = make_regional_campaign(reader=user)
    make_interview(campaign, "87")
    client.force_login(user)

    html = client.get(reverse("interviews:list", args=[campaign.pk])).content.decode()

    assert "1 entretien, dans Haute-Vienne." in html
    assert html.count("aucun pour l’instant") == 11


def test_an_interview_deleted_takes_its_quotes_away():
    campaign = make_regional_campaign()
    interview = make_interview(campaign, "87")
    quote = Quote(
        campaign=campaign,
        interview=interview,
        text="Mots",
        role=Quote.Role.ACTOR,
        origin=Quote.Origin.INTERVIEW,
    )
    operations.record_quote(quote, by=make_user())

    operations.delete_interview(interview, by=make_user())

    assert not Quote.objects.exists()
    assert figures.quotes_like(campaign, "mots") == []
