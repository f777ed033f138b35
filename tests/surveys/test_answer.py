"""The public form without JavaScript: start, answer, resume, read again, send."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from jalons.search import operations as search
from jalons.surveys import operations
from jalons.surveys.models import Contact, Response
from jalons.surveys.places import SHOWN
from jalons.territories.models import Membership, Territory
from tests.factories import make_campaign, make_territory, make_user

pytestmark = pytest.mark.django_db


def _start(client, campaign, key=None):
    """Start as the page does; the address of the answer is returned."""
    page = client.get(reverse("surveys:notice", args=[campaign.slug]))
    found = re.search(r'name="key" value="([^"]+)"', page.content.decode())
    answered = client.post(
        reverse("surveys:start", args=[campaign.slug]), {"key": key or found[1]}
    )
    secret = answered.url.split("/")[3]
    return secret


def _url(name, campaign, secret, *more):
    return reverse(f"surveys:{name}", args=[campaign.slug, secret, *more])


def _post(client, campaign, secret, section, **answers):
    url = _url("answer", campaign, secret, section)
    territory = campaign.territories.first().pk
    given = {"territory": territory} if section == "respondent" else {}
    return client.post(url, {**given, **answers})


def test_the_notice_is_read_before_the_first_question(client):
    campaign = make_campaign(
        notice_purpose="Savoir où en sont les territoires",
        notice_rights="Écrivez à donnees@exemple.fr",
    )

    page = client.get(reverse("surveys:notice", args=[campaign.slug]))

    assert "Savoir où en sont les territoires" in page.content.decode()
    assert "donnees@exemple.fr" in page.content.decode()
    assert 0 == Response.objects.count()


def test_a_respondent_answers_from_start_to_thanks(client):
    campaign = make_campaign()
    territory = campaign.territories.get()
    secret = _start(client, campaign)

    chosen = client.post(
        _url("territory", campaign, secret), {"territory": territory.pk}
    )
    assert chosen.url == _url("answer", campaign, secret, "respondent")
    page = _post(client, campaign, secret, "respondent", profile="decision_maker")
    assert page.url == _url("answer", campaign, secret, "political")
    _post(client, campaign, secret, "political", P2="yes", P3=["delegate"])
    review = client.get(_url("review", campaign, secret))
    assert territory.name in review.content.decode()
    sent = client.post(_url("review", campaign, secret))
    thanks = client.get(sent.url)

    response = Response.objects.submitted().get()
    assert territory == response.territory
    assert {"P2": "yes", "P3": ["delegate"]}.items() <= response.answers.items()
    assert "data-thanks" in thanks.content.decode()
    assert "de 4 à" in thanks.content.decode()


def test_a_start_form_sent_twice_leads_to_the_same_answer(client):
    campaign, key = make_campaign(), uuid.uuid4()

    first = _start(client, campaign, key=key)
    second = _start(client, campaign, key=key)

    assert first == second
    assert 1 == Response.objects.count()


def test_an_answer_sent_twice_is_one_row(client):
    campaign = make_campaign()
    secret = _start(client, campaign)
    territory = campaign.territories.get()
    client.post(_url("territory", campaign, secret), {"territory": territory.pk})
    _post(client, campaign, secret, "respondent", profile="decision_maker")

    first = client.post(_url("review", campaign, secret))
    second = client.post(_url("review", campaign, secret))

    assert first.url == second.url
    assert 1 == Response.objects.count()


def test_a_page_is_kept_and_read_back_by_its_link(client):
    campaign = make_campaign()
    secret = _start(client, campaign)
    _post(client, campaign, secret, "political", P1a="regular")

    page = client.get(_url("answer", campaign, secret, "political")).content.decode()

    assert re.search(r'value="regular"[^>]*checked', page)


def test_the_background_sending_keeps_without_a_page(client):
    campaign = make_campaign()
    secret = _start(client, campaign)

    kept = client.post(
        _url("answer", campaign, secret, "political"),
        {"P1a": "regular"},
        headers={"X-Jalons-Autosave": "1"},
    )

    assert 204 == kept.status_code
    assert "regular" == Response.objects.get().answers["P1a"]


@pytest.mark.parametrize("section", ["respondent", "political", "closing"])
def test_the_enter_key_goes_on_to_the_next_page(client, section):
    campaign = make_campaign()
    secret = _start(client, campaign)

    page = client.get(_url("answer", campaign, secret, section)).content.decode()

    form = page[page.index("data-autosave") :]
    assert 'value="next"' in re.search(r"<button[^>]*>", form)[0]


def test_a_wrong_value_is_explained_and_loses_no_other(client):
    campaign = make_campaign()
    secret = _start(client, campaign)

    page = _post(client, campaign, secret, "resources", R1="yes", R3_exact="beaucoup")

    assert 200 == page.status_code
    assert 'role="alert"' in page.content.decode()
    assert "yes" == Response.objects.get().answers["R1"]


def test_a_required_question_left_blank_is_asked_again(client):
    campaign = make_campaign()
    secret = _start(client, campaign)

    page = _post(client, campaign, secret, "respondent")
    review = client.post(_url("review", campaign, secret))

    assert 'role="alert"' in page.content.decode()
    assert 200 == review.status_code
    assert not Response.objects.submitted().exists()


@pytest.mark.parametrize(("action", "last"), [("yes", 9), ("no", 8)])
def test_the_pages_announced_never_become_more(client, action, last):
    campaign = make_campaign()
    secret = _start(client, campaign)

    def told(section):
        page = client.get(_url("answer", campaign, secret, section)).content.decode()
        (found,) = re.findall(r"Page \d[^<]*", page)
        return found

    _post(client, campaign, secret, "respondent", profile="staff")
    assert "Page 7 sur 9 au plus" == told("in_charge")
    _post(client, campaign, secret, "in_charge", has_action=action)
    assert "Page 7 sur 9 au plus" == told("in_charge")
    assert f"Page {last} sur {last}" == told("closing")
    client.cookies["django_language"] = "en"
    assert "Page 7, of 9 at most" == told("in_charge")


def test_stopping_keeps_the_page_before_leaving_it(client):
    campaign = make_campaign()
    secret = _start(client, campaign)

    page = _post(client, campaign, secret, "political", P1a="no", go="later")

    assert page.url == _url("resume", campaign, secret)
    assert "no" == Response.objects.get().answers["P1a"]


def test_going_back_leads_to_the_page_before(client):
    campaign = make_campaign()
    secret = _start(client, campaign)

    page = _post(client, campaign, secret, "political", go="back")

    assert page.url == _url("answer", campaign, secret, "respondent")


def test_the_easy_wording_is_chosen_at_the_start_or_on_the_way(client):
    campaign = make_campaign()
    easy = campaign.version.read().section("respondent").questions[1].text.fr_easy
    secret = _start(client, campaign)
    url = _url("answer", campaign, secret, "respondent")
    assert easy not in client.get(url).content.decode()

    _post(client, campaign, secret, "respondent", go="wording")

    assert easy in client.get(url).content.decode()
    notice = client.get(reverse("surveys:notice", args=[campaign.slug]), {"facile": 1})
    assert "easy" not in notice.content.decode() or 'value="True"' in (
        notice.content.decode()
    )


def test_the_form_is_read_in_english(client):
    campaign = make_campaign()
    secret = _start(client, campaign)

    page = client.get(
        _url("answer", campaign, secret, "respondent"),
        headers={"Accept-Language": "en"},
    )

    assert "What is your role?" in page.content.decode()


def test_a_contact_is_shown_again_to_whoever_left_it(client):
    campaign = make_campaign()
    secret = _start(client, campaign)
    _post(
        client,
        campaign,
        secret,
        "closing",
        support=["learn"],
        contact="camille@exemple.fr",
        contact_consent="on",
    )

    page = client.get(_url("answer", campaign, secret, "closing"))

    assert 1 == Contact.objects.count()
    assert "camille@exemple.fr" in page.content.decode()


def test_an_unknown_link_is_not_found(client):
    campaign = make_campaign()

    page = client.get(_url("resume", campaign, "pas-un-secret"))

    assert 404 == page.status_code


def test_a_link_opens_its_own_survey_only(client):
    campaign, other = make_campaign(), make_campaign()
    secret = _start(client, campaign)

    assert 404 == client.get(_url("resume", other, secret)).status_code


def test_a_link_says_that_the_survey_is_over(client):
    campaign = make_campaign()
    secret = _start(client, campaign)
    operations.close_campaign(campaign, by=make_user())

    page = client.get(_url("resume", campaign, secret))

    assert 410 == page.status_code


@pytest.mark.parametrize("days", [-30, 30])
def test_a_survey_not_open_says_so_and_starts_nothing(client, days):
    start = timezone.localdate() + timedelta(days=days)
    campaign = make_campaign(opens_on=start, closes_on=start + timedelta(days=5))

    page = client.get(reverse("surveys:notice", args=[campaign.slug]))
    client.post(
        reverse("surveys:start", args=[campaign.slug]), {"key": str(uuid.uuid4())}
    )

    assert 200 == page.status_code
    assert 'name="key"' not in page.content.decode()
    assert 0 == Response.objects.count()


def test_pages_of_an_answer_are_kept_by_no_cache_and_no_search_engine(client):
    campaign = make_campaign()
    secret = _start(client, campaign)

    page = client.get(_url("answer", campaign, secret, "political"))

    assert "no-store" in page.headers["Cache-Control"]
    assert 'name="robots" content="noindex"' in page.content.decode()


def _large_campaign():
    """More EPCI than a list shows, one of them holding a commune."""
    commune = make_territory("Sarlat-la-Canéda", Territory.Kind.COMMUNE, "24520")
    epci = [make_territory(f"CC numéro {n}") for n in range(SHOWN)]
    home = make_territory("CC Sarlat-Périgord noir")
    Membership.objects.create(member=commune, group=home, since=2026)
    search.index(
        search.Entry(kind=place.kind, ref=place.pk, title=place.name)
        for place in [commune, home, *epci]
    )
    return make_campaign(*epci, home), home


@pytest.mark.parametrize("words", ["sarlat la caneda", "sarlat perigord noir"])
def test_a_territory_is_found_by_its_name_or_a_commune_s(client, words):
    campaign, home = _large_campaign()
    secret = _start(client, campaign)

    page = client.get(_url("territory", campaign, secret), {"q": words})

    assert f'value="{home.pk}"' in page.content.decode()


def test_a_name_found_nowhere_is_said(client):
    campaign, _home = _large_campaign()
    secret = _start(client, campaign)

    page = client.get(_url("territory", campaign, secret), {"q": "zzzzz"})

    assert 'id="nothing-found"' in page.content.decode()


def test_a_territory_that_is_not_surveyed_is_refused(client):
    campaign = make_campaign()
    secret = _start(client, campaign)
    elsewhere = make_territory("CC d’Ailleurs")

    page = client.post(_url("territory", campaign, secret), {"territory": elsewhere.pk})

    assert 200 == page.status_code
    assert Response.objects.get().territory is None
