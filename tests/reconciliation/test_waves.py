"""A survey done again: what is carried over, who sees it, what change may be told."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from jalons.invitations import operations as invitations
from jalons.invitations.loaders import Person
from jalons.invitations.models import ContactList
from jalons.invitations.secrets import secret_of
from jalons.reconciliation.operations import StillOpen, open_wave
from jalons.surveys import operations as surveys
from jalons.surveys.models import Campaign, Validation
from jalons.surveys.waves import NotComparable, comparison
from tests.factories import (
    make_campaign,
    make_response,
    make_space,
    make_territory,
    make_user,
    make_version,
)

pytestmark = pytest.mark.django_db

KNOWN = {
    "P1a": "no",
    "P1b": "no",
    "P2": "no",
    "R2a": ["none"],
    "R2b": "no",
    "R3": "zero",
    "S1": "zero",
    "S2": "no",
    "S3": "no",
}


@pytest.fixture
def officer():
    return make_user()


@pytest.fixture
def places():
    return [make_territory(f"CC {letter}") for letter in "ABC"]


@pytest.fixture
def first(officer, places):
    """A closed at 3 points, B at 0; C did not answer. A validated its sheet."""
    found = make_campaign(*places, space=make_space(owner=officer))
    make_response(found, places[0], **KNOWN, R1="yes")
    make_response(found, places[1], **KNOWN, R1="no")
    validation = surveys.validate_answer(
        found, places[0], by=officer, statement="Bureau"
    )
    Validation.objects.filter(pk=validation.pk).update(sheet={**KNOWN, "R1": "yes"})
    surveys.close_campaign(found, by=officer)
    found.refresh_from_db()
    return found


def _again(first, officer, **more):
    today = first.today()
    given = {
        "title": "Seconde vague",
        "opens_on": today,
        "closes_on": date(today.year + 1, 1, 31),
        "is_prefilled": True,
        **more,
    }
    return open_wave(first, by=officer, **given)


def _invited(wave, place, officer, profile):
    people = invitations.save_list(
        ContactList(
            space=wave.space,
            title=f"Liste {profile} {wave.pk}",
            purpose="essai",
            source="essai",
            basis="public_task",
            purge_on=date(2099, 1, 1),
        ),
        by=officer,
    )
    person = Person(1, f"{profile}@exemple.fr", "", "", place.pk, profile)
    invitations.add_people(people, [person], by=officer)
    invitations.send_invitations(wave, [people], by=officer)
    invitation = wave.invitations.get(profile=profile)
    response, _secret = invitations.begin_answer(invitation, secret_of(invitation))
    response.refresh_from_db()
    return response


def test_a_new_wave_asks_the_same_questions_of_the_same_territories(
    first, officer, places
):
    wave = _again(first, officer)

    assert (wave.version, wave.follows, wave.is_closed) == (first.version, first, False)
    assert set(places) == set(wave.territories.all())
    assert not wave.responses.exists()
    assert wave.slug != first.slug
    first.refresh_from_db()
    assert first.is_closed


def test_an_open_survey_is_not_done_again(officer):
    campaign = make_campaign(space=make_space(owner=officer))

    with pytest.raises(StillOpen):
        _again(campaign, officer)
    assert Campaign.objects.count() == 1


def test_the_staff_of_the_epci_begins_with_the_validated_sheet(first, officer, places):
    wave = _again(first, officer)

    response = _invited(wave, places[0], officer, "territorial_engineering")

    assert response.answers["R1"] == "yes"
    assert response.submitted_at is None


@pytest.mark.parametrize("profile", ["local_operator", "digital_adviser"])
def test_others_begin_with_a_blank_form(first, officer, places, profile):
    """Rule 6: the sheet of the institution is not for its partners to read."""
    wave = _again(first, officer)

    assert "R1" not in _invited(wave, places[0], officer, profile).answers


def test_without_the_choice_or_the_sheet_the_form_is_blank(first, officer, places):
    blank = _again(first, officer, is_prefilled=False)
    wave = _again(first, officer, title="Troisième vague")

    assert "R1" not in _invited(blank, places[0], officer, "decision_maker").answers
    assert "R1" not in _invited(wave, places[1], officer, "decision_maker").answers


def test_change_is_told_between_frozen_scores_with_its_n(first, officer, places):
    wave = _again(first, officer)
    make_response(wave, places[0], **KNOWN, R1="yes_active")
    make_response(wave, places[2], **KNOWN, R1="yes")
    surveys.close_campaign(wave, by=officer)
    wave.refresh_from_db()

    found = comparison(wave)

    assert (found.change.n, found.change.up, found.change.mean) == (1, 1, 1.0)
    assert (found.change.only_before, found.change.only_after) == (1, 1)
    assert [(one.name, one.difference) for one in found.territories] == [("CC A", 1)]


def test_no_change_is_told_before_both_waves_are_closed(first, officer):
    with pytest.raises(NotComparable, match="frozen"):
        comparison(_again(first, officer))


def test_no_change_is_told_between_two_versions(client, first, officer):
    wave = _again(first, officer)
    other = make_version()
    other.pk, other.number, other.checksum = None, other.number + 1, "autre"
    other.save(force_insert=True)
    Campaign.objects.filter(pk=wave.pk).update(version=other)
    client.force_login(officer)

    page = client.get(reverse("reconciliation:evolution", args=[wave.pk]))

    assert "pas la même version" in page.content.decode()


def test_the_officer_opens_a_wave_from_the_page(client, first, officer):
    client.force_login(officer)
    url = reverse("reconciliation:new_wave", args=[first.pk])
    today = timezone.localdate()
    opens, closes = today + timedelta(days=30), today + timedelta(days=60)
    days = {"opens_on": opens.isoformat(), "closes_on": today.isoformat()}

    refused = client.post(url, {"title": "Seconde vague", **days})
    assert "Le dernier jour précède le premier" in refused.content.decode()
    past = {"opens_on": "2020-01-01", "closes_on": "2020-01-02"}
    refused = client.post(url, {"title": "Seconde vague", **past})
    assert "Choisissez aujourd’hui" in refused.content.decode()
    client.post(
        url, {"title": "Seconde vague", **days, "closes_on": closes.isoformat()}
    )

    assert first.next_waves.get().title == "Seconde vague"
