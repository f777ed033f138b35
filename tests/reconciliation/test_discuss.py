"""The sheet of disagreements: for whom, from how many answers, without names."""

from __future__ import annotations

import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from tests.factories import make_campaign, make_response, make_space, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client):
    user = make_user()
    client.force_login(user)
    return user


@pytest.fixture
def campaign(officer):
    found = make_campaign(space=make_space(owner=officer))
    make_response(found, P2="yes", P1a="no")
    make_response(found, P2="no", P1a="no", profile="territorial_engineering")
    return found


def _url(campaign, name="discuss"):
    place = campaign.territories.get()
    return reverse(f"reconciliation:{name}", args=[campaign.pk, place.pk])


def test_under_three_answers_not_shared_no_sheet_is_made(client, campaign):
    assert "elle n’est donc pas faite" in client.get(_url(campaign)).content.decode()
    assert client.get(_url(campaign, "discuss_pdf")).status_code == 404


def test_two_who_agreed_to_share_have_their_sheet(client, campaign):
    campaign.responses.update(is_shared=True)

    assert client.get(_url(campaign, "discuss_pdf")).status_code == 200


def test_the_sheet_lists_only_what_differs_with_what_each_profile_said(
    client, campaign
):
    make_response(campaign, P2="no", P1a="no")

    page = client.get(_url(campaign)).content.decode()

    questions = {q.code: q.text.fr for q in campaign.version.read().questions}
    assert questions["P2"] in page
    assert questions["P1a"] not in page
    assert page.count("<li>Décision locale\u00a0:") == 2
    assert page.count("<li>Ingénierie territoriale\u00a0:") == 1


def test_the_pdf_is_tagged_and_holds_on_one_page(client, campaign):
    make_response(campaign, P2="no", P1a="no")

    content = client.get(_url(campaign, "discuss_pdf")).content

    reader = PdfReader(io.BytesIO(content))
    assert len(reader.pages) == 1
    assert "/StructTreeRoot" in reader.trailer["/Root"]


def test_the_team_of_the_territory_reads_it_from_three_answers(client, campaign):
    colleague = make_user()
    make_space(territory=campaign.territories.get(), owner=colleague)
    client.force_login(colleague)

    assert client.get(_url(campaign)).status_code == 404
    make_response(campaign, P2="no")
    assert client.get(_url(campaign)).status_code == 200
