"""A survey done again: what is carried over, who sees it, what change may be told."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from jalons.invitations import operations as invitations
from jalons.invitations.loaders import Person
from jalons.invitations.models import ContactList
from jalons.invitations.secrets import secret_of
from jalons.reconciliation.evolving import evolution_of
from jalons.reconciliation.operations import StillOpen, open_wave
from jalons.reconciliation.validating import record_validation
from jalons.surveys import operations as surveys
from jalons.surveys.figures import territory_scores
from jalons.surveys.models import Campaign, Validation
from jalons.surveys.waves import NotComparable, comparison, sheet_before
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


@pytest.fixture
def wave(first, officer, places):
    """A went from 3 to 4 points; B, from 0, reached another level; C is new."""
    found = _again(first, officer)
    make_response(found, places[0], **KNOWN, R1="yes_active")
    make_response(found, places[1], **{**KNOWN, **HIGHER}, R1="yes_active")
    make_response(found, places[2], **KNOWN, R1="yes")
    surveys.close_campaign(found, by=officer)
    found.refresh_from_db()
    return found


HIGHER = {"P1a": "regular", "P1b": "regular", "P2": "yes"}


def test_who_left_which_level_for_which_other_is_counted(wave):
    found = evolution_of(wave, comparison(wave))

    low, high = found.found.passages.classes[:2]
    before = {one.territory.name: one.low for one in wave.follows.scores.all()}
    after = {one.territory.name: one.low for one in wave.scores.all()}
    assert {"CC A": 3, "CC B": 0} == before
    assert 4 == after["CC A"] < 6 <= after["CC B"] < 15
    assert 1 == found.found.passages.count(low, low)
    assert 1 == found.found.passages.count(low, high)
    assert (2, 1, 1, 0) == _moves(found.found.passages)
    assert 1 == found.found.passages.only_after
    assert "passés à un niveau plus haut\xa0: 1" in found.sentence
    assert "On ne peut pas conclure" in found.sentence


def _moves(flow):
    return flow.n, flow.up, flow.stayed, flow.down


def test_each_dimension_has_its_change_and_they_add_up(wave):
    found = comparison(wave)

    for one in found.territories:
        assert one.difference == sum(one.dimensions)
    political = list(found.dimensions.values())[0]
    assert (2, 1, 1) == (political.n, political.up, political.same)


def test_the_page_and_its_files_say_the_same_numbers(client, officer, wave):
    client.force_login(officer)
    page = client.get(reverse("reconciliation:evolution", args=[wave.pk]))
    text = page.content.decode()
    files = {
        kind: client.get(reverse("reconciliation:evolution_file", args=[wave.pk, kind]))
        for kind in ("pdf", "xlsx", "csv")
    }

    told = page.context["evolution"]
    assert told.sentence in text
    assert "<svg" in text
    lines = files["csv"].getvalue().decode("utf-8-sig").splitlines()
    assert len(told.levels) ** 2 + 1 == len(lines)
    assert f"{told.levels[0]};{told.levels[1]};1" in lines
    with CalamineWorkbook.from_filelike(BytesIO(files["xlsx"].content)) as book:
        sheet = book.get_sheet_by_index(1).to_python()
    assert [told.levels[0], 1, 1, 0, 0, 2] in [row[:6] for row in sheet]
    assert files["pdf"].content.startswith(b"%PDF")


def test_a_first_wave_has_no_file_of_change(client, officer, first):
    client.force_login(officer)

    for kind in ("pdf", "csv"):
        url = reverse("reconciliation:evolution_file", args=[first.pk, kind])
        assert 404 == client.get(url).status_code


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


def _page(client, campaign, officer):
    client.force_login(officer)
    return reverse("reconciliation:new_wave", args=[campaign.pk])


def test_without_a_sheet_to_begin_with_nothing_is_offered_and_the_page_says_so(
    client, officer, places
):
    campaign = make_campaign(*places, space=make_space(owner=officer))
    make_response(campaign, places[0], **KNOWN, R1="yes")
    record_validation(campaign, places[0], statement="Courrier", by=officer)
    surveys.close_campaign(campaign, by=officer)
    url = _page(client, campaign, officer)

    page = client.get(url).content.decode()
    client.post(url, _wave_given(campaign, is_prefilled="on"))

    # A single answer, not shared: its sheet would tell what that person said.
    assert "is_prefilled" not in page
    assert "commence vierge" in page
    assert not Campaign.objects.get(follows=campaign).is_prefilled


def test_an_agreement_recorded_by_the_team_gives_a_sheet_to_the_next_wave(
    client, officer, places
):
    campaign = make_campaign(*places, space=make_space(owner=officer))
    for R1 in ("yes", "yes", "no"):
        make_response(campaign, places[0], **KNOWN, R1=R1)
    record_validation(campaign, places[0], statement="Courrier", by=officer)
    surveys.close_campaign(campaign, by=officer)
    campaign.refresh_from_db()
    frozen = territory_scores(campaign)[places[0].pk]
    campaign.responses.all().delete()
    url = _page(client, campaign, officer)

    assert "is_prefilled" in client.get(url).content.decode()
    client.post(url, _wave_given(campaign, is_prefilled="on"))

    wave = Campaign.objects.get(follows=campaign)
    assert "yes" == sheet_before(wave, places[0].pk)["R1"]
    # Its agreement is to the median, which it does not replace.
    assert "median" == frozen.method


def test_the_sheets_of_agreements_recorded_long_ago_are_kept_when_a_wave_opens(
    officer, places
):
    campaign = make_campaign(*places, space=make_space(owner=officer))
    for _ in range(3):
        make_response(campaign, places[0], **KNOWN, R1="yes")
    surveys.validate_answer(campaign, places[0], by=officer, statement="Courrier")
    surveys.close_campaign(campaign, by=officer)

    wave = _again(campaign, officer)

    assert "yes" == sheet_before(wave, places[0].pk)["R1"]


def _wave_given(campaign, **changes):
    today = campaign.today()
    return {
        "title": "Autre titre",
        "opens_on": str(today),
        "closes_on": str(today + timedelta(days=9)),
        **changes,
    }


def test_a_wave_is_offered_its_number_and_refused_the_title_of_another(
    client, first, officer
):
    url = _page(client, first, officer)
    offered = f"{first.title} – vague 2"

    page = client.get(url)
    refused = client.post(url, _wave_given(first, title=first.title.upper()))

    assert offered == page.context["form"]["title"].value()
    assert offered in refused.content.decode()
    assert not first.next_waves.exists()
    client.post(url, _wave_given(first, title=offered))
    wave = first.next_waves.get()
    surveys.close_campaign(wave, by=officer)
    again = client.get(_page(client, wave, officer))
    assert f"{first.title} – vague 3" == again.context["form"]["title"].value()


def test_the_same_form_sent_twice_opens_one_wave(client, first, officer):
    url = _page(client, first, officer)
    key = client.get(url).context["form"]["key"].value()
    given = _wave_given(first, key=str(key))

    client.post(url, given)
    again = client.post(url, given | {"title": "Corrigé"}, follow=True)

    assert "rien n’a été créé en double" in again.content.decode()
    assert "Autre titre" == first.next_waves.get().title
