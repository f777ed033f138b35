"""Other ways in: six letters for a room, the form inside the page of another site."""

from __future__ import annotations

import re
import uuid

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from jalons.invitations import operations
from jalons.invitations.models import Embedding, ShortAddress
from jalons.surveys import operations as surveys
from jalons.surveys.models import Response
from tests.factories import make_campaign, make_space, make_user

pytestmark = pytest.mark.django_db
SITE = "https://www.exemple.fr"


@pytest.fixture
def campaign(client):
    editor = make_user()
    client.force_login(editor)
    return make_campaign(space=make_space(editor=editor), slug="essai")


def test_six_letters_typed_in_any_case_lead_to_the_form(client, campaign):
    made = operations.make_short_address(campaign, by=make_user())

    for typed in (made.letters, made.letters.lower()):
        assert client.get(f"/r/{typed}/").url == "/repondre/essai/"


def test_the_letters_are_never_taken_for_others(campaign):
    made = operations.make_short_address(campaign, by=make_user())

    assert re.fullmatch("[A-HJKMNP-TV-Z]{6}", made.letters)


def test_a_survey_keeps_its_short_address(client, campaign):
    url = reverse("invitations:poster", args=[campaign.pk])

    client.post(url)
    client.post(url)

    assert ShortAddress.objects.count() == 1
    html = client.get(url).content.decode()
    assert ShortAddress.objects.get().letters in html
    assert "<svg" in html


def test_a_closed_survey_is_given_no_short_address(client, campaign):
    type(campaign).objects.update(closed_at=timezone.now(), closed_by=make_user())
    url = reverse("invitations:poster", args=[campaign.pk])

    html = client.get(url).content.decode()
    client.post(url)

    assert "une adresse courte ne mènerait nulle part" in html
    assert not ShortAddress.objects.exists()


def test_an_open_survey_leads_to_its_invitations(client, campaign):
    html = client.get(reverse("surveys:show", args=[campaign.pk])).content.decode()

    told = html.partition("Que faire maintenant")[2].partition("</div>")[0]
    assert reverse("invitations:show", args=[campaign.pk]) in told


@pytest.mark.parametrize("letters", ["ABCDEF", "abc", "ABCDEFG", "A1B2C3"])
def test_letters_that_lead_nowhere_are_not_found(client, letters):
    assert client.get(f"/r/{letters}/").status_code == 404


def embed(campaign, *origins: str) -> None:
    operations.change_embedding(campaign, origins, by=make_user())


def _key() -> dict[str, str]:
    return {"key": str(uuid.uuid4())}


def ancestors(response) -> str:
    policy = response.headers["Content-Security-Policy"]
    return re.search(r"frame-ancestors ([^;]+)", policy)[1].strip()


def test_only_the_sites_listed_may_frame_the_embedded_form(client, campaign):
    embed(campaign, SITE, "https://autre.exemple.fr")

    framed = client.get(reverse("embedded:notice", args=["essai"]))

    assert ancestors(framed) == f"{SITE} https://autre.exemple.fr"
    assert "X-Frame-Options" not in framed.headers


def test_without_a_site_listed_nobody_frames_it(client, campaign):
    framed = client.get(reverse("embedded:notice", args=["essai"]))

    assert ancestors(framed) == "'none'"


def test_posters_and_pages_that_outlive_a_survey_say_that_it_was_deleted(
    client, campaign
):
    embed(campaign, SITE)
    letters = operations.make_short_address(campaign, by=make_user()).letters
    begun = client.post(reverse("embedded:start", args=["essai"]), _key()).url
    surveys.delete_campaign(campaign, by=make_user())

    poster = client.get(f"/r/{letters}/")
    framed = [
        client.get(url) for url in (reverse("embedded:notice", args=["essai"]), begun)
    ]

    assert {410} == {page.status_code for page in (poster, *framed)}
    assert "a été supprimée" in poster.content.decode()
    assert all("a été supprimée" in page.content.decode() for page in framed)
    assert all(ancestors(page) == "*" for page in framed)
    assert not any("X-Frame-Options" in page.headers for page in framed)


@pytest.mark.parametrize("name", ["surveys:notice", "front:home"])
def test_every_other_page_is_framed_by_nobody(client, campaign, name):
    embed(campaign, SITE)
    args = ["essai"] if name == "surveys:notice" else []

    page = client.get(reverse(name, args=args))

    assert ancestors(page) == "'none'"
    assert page.headers["X-Frame-Options"] == "DENY"


def test_the_whole_form_is_answered_in_the_frame_without_any_cookie(campaign):
    embed(campaign, SITE)
    visitor = Client(enforce_csrf_checks=True)
    visitor.get(reverse("embedded:notice", args=["essai"]))

    def post(url: str, **given: str):
        answer = visitor.post(url, given)
        visitor.get(answer.url)
        assert not visitor.cookies
        return answer

    first = post(reverse("embedded:start", args=["essai"]), **_key())
    mine = "/".join(first.url.split("/")[:4])
    place = campaign.territories.get().pk
    chosen = post(f"{mine}/territoire/", territory=place)
    kept = post(f"{mine}/respondent/", profile="decision_maker", territory=place)
    sent = post(f"{mine}/relire/")

    urls = [one.url for one in (first, chosen, kept, sent)]
    assert all(url.startswith("/integre/essai/") for url in urls)
    assert sent.url.endswith("/merci/")
    assert Response.objects.get().submitted_at
    assert ancestors(visitor.get(sent.url)) == SITE
    assert not visitor.cookies


@pytest.mark.parametrize(
    "given",
    [
        "exemple.fr",
        "javascript:alert(1)",
        "https://a.fr;script-src",
        "https://*",
        "'self'",
    ],
)
def test_what_is_not_the_address_of_a_site_is_refused(client, campaign, given):
    url = reverse("invitations:embedding", args=[campaign.pk])

    page = client.post(url, {"origins": given})

    assert page.context["form"].errors
    assert not Embedding.objects.exists()


def test_the_page_of_an_address_is_left_out(client, campaign):
    url = reverse("invitations:embedding", args=[campaign.pk])

    client.post(url, {"origins": f"{SITE}/une/page?x=1\n{SITE}"})

    assert Embedding.objects.get().origin_list == [SITE]
