"""Open answers: quoted with the role alone, and only by those who agreed."""

from __future__ import annotations

from django.urls import reverse

from jalons.observatory.verbatims import verbatims
from jalons.observatory.words import Words
from tests.factories import make_campaign, make_response, make_user


def make_words():
    officer = make_user()
    campaign = make_campaign()
    campaign.space.memberships.create(user=officer, role="editor")
    quoted = {"quote_consent": "yes"}
    make_response(
        campaign,
        profile="decision_maker",
        quote="Il nous manque du temps.",
        **quoted,
    )
    make_response(
        campaign, profile="digital_adviser", quote="Un poste sûr <b>", **quoted
    )
    make_response(campaign, profile="digital_adviser", quote="Gardez-le pour vous")
    make_response(campaign, profile="digital_adviser", quote="", **quoted)
    return campaign, officer


def test_only_words_whose_author_agreed_are_listed(db):
    campaign, _officer = make_words()

    (found,) = verbatims(campaign, Words(campaign.version.read(), "fr"))

    assert "quote" == found.code
    assert {"Un poste sûr <b>", "Il nous manque du temps."} == {
        one.text for one in found.quotes
    }
    assert 1 == found.withheld


def test_the_order_of_arrival_is_not_read(db):
    campaign, _officer = make_words()

    (found,) = verbatims(campaign, Words(campaign.version.read(), "fr"))

    # In the order of the questionnaire: decision-makers come before advisers.
    assert ["decision_maker", "digital_adviser"] == [q.profile for q in found.quotes]


def test_contacts_are_never_listed(db):
    campaign, _officer = make_words()

    found = verbatims(campaign, Words(campaign.version.read(), "fr"))

    assert ["quote"] == [one.code for one in found]


def test_the_team_reads_words_with_their_role_and_no_territory(client):
    campaign, officer = make_words()
    client.force_login(officer)
    url = reverse("observatory:verbatims", args=[campaign.pk])

    page = client.get(url).content.decode()
    filtered = client.get(url, {"profil": "decision_maker"}).content.decode()

    assert "Un poste sûr &lt;b&gt;" in page
    assert "Gardez-le pour vous" not in page
    assert "1 autre réponse n’est pas montrée" in page
    assert campaign.territories.first().name not in page
    assert "Un poste sûr" not in filtered
    assert "Il nous manque du temps." in filtered


def test_words_are_found_in_no_public_page(client, example):
    response = example.campaign.responses.submitted().first()
    response.answers |= {"quote": "Des mots rares", "quote_consent": "yes"}
    response.save()
    client.force_login(example.officer)

    for name in ("preview", "preview_answers", "preview_crossings"):
        page = client.get(reverse(f"observatory:{name}", args=[example.campaign.pk]))
        assert "Des mots rares" not in page.content.decode()
