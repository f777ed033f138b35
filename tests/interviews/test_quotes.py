"""Words of the field: with consent, by role, found despite accents, in order."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError
from django.urls import reverse

from jalons.interviews import figures, open_answers, operations
from jalons.interviews.models import Quote
from jalons.surveys.models import Campaign
from jalons.territories.models import Membership, Territory
from tests.factories import (
    make_campaign,
    make_response,
    make_space,
    make_territory,
    make_user,
)

pytestmark = pytest.mark.django_db
CONSENT = {"consented_on": date(2026, 1, 5), "consent_how": "oralement"}


def make_quote(campaign: Campaign, text: str = "On fait avec.", **fields) -> Quote:
    given = {
        "role": Quote.Role.TECHNICIAN,
        "origin": Quote.Origin.FIELD,
        **CONSENT,
        **fields,
    }
    quote = Quote(campaign=campaign, text=text, **given)
    return operations.record_quote(quote, by=make_user())


def creuse() -> Territory:
    return make_territory("Creuse", Territory.Kind.DEPARTEMENT, "23")


def test_words_are_attributed_to_a_role_and_to_nobody():
    campaign = make_campaign()

    quotes = [
        make_quote(campaign),
        make_quote(campaign, role=Quote.Role.DECISION_MAKER),
        make_quote(campaign, departement=creuse(), level=Quote.Level.DEPARTEMENT),
    ]

    assert [figures.attribution_of(one, campaign) for one in quotes] == [
        "propos recueilli auprès d’un technicien",
        "propos recueilli auprès d’un décideur local",
        "propos recueilli auprès d’un technicien (Creuse)",
    ]


def test_the_picked_quotes_come_in_order_with_what_may_be_printed():
    campaign = make_campaign()
    second = make_quote(campaign, "Après", tags="médiation, élus")
    first = make_quote(campaign, "Avant")
    make_quote(campaign, "Jamais")
    for quote in (second, first):
        operations.pick_quote(quote, by=make_user())

    operations.raise_quote(Quote.objects.get(pk=first.pk))

    found = figures.picked_quotes(campaign)
    assert [one.text for one in found] == ["Avant", "Après"]
    assert found[1].tags == ("médiation", "élus")
    assert found[0].attribution == "propos recueilli auprès d’un technicien"
    assert found[0].place == ""


def test_words_without_consent_are_never_picked():
    quote = make_quote(make_campaign(), consented_on=None, consent_how="")

    with pytest.raises(operations.WithoutConsent):
        operations.pick_quote(quote, by=make_user())

    assert figures.picked_quotes(quote.campaign) == ()


def test_consent_withdrawn_takes_the_words_out_of_the_synthesis():
    quote = make_quote(make_campaign())
    operations.pick_quote(quote, by=make_user())

    quote.consented_on = None
    operations.record_quote(quote, by=make_user())

    assert figures.picked_quotes(quote.campaign) == ()
    assert not Quote.objects.get().is_picked


def test_the_database_itself_refuses_to_keep_words_without_consent():
    quote = make_quote(make_campaign(), consented_on=None, consent_how="")

    with pytest.raises(IntegrityError):
        Quote.objects.update(is_picked=True, picked_at="2026-01-05T00:00Z")

    assert quote.pk


@pytest.mark.parametrize("query", ["mediation", "médiaton", "Médiathèque", "ELUS"])
def test_words_are_found_despite_accents_capitals_and_slips(query):
    campaign = make_campaign()
    wanted = make_quote(campaign, "La médiation se fait à la médiathèque.", tags="élus")
    make_quote(campaign, "Rien à voir.")

    assert figures.quotes_like(campaign, query) == [wanted]


def test_words_of_another_survey_are_not_found():
    campaign = make_campaign()
    make_quote(make_campaign(), "La médiation d’ailleurs")

    assert figures.quotes_like(campaign, "médiation") == []


def test_deleted_words_are_no_longer_found():
    campaign = make_campaign()
    quote = make_quote(campaign, "La médiation")

    operations.delete_quote(quote, by=make_user())

    assert figures.quotes_like(campaign, "médiation") == []


def make_answer(campaign: Campaign, text: str = "Nous manquons de temps.", **answers):
    return make_response(campaign, quote=text, profile="digital_adviser", **answers)


def test_open_answers_are_offered_only_with_the_consent_of_the_form():
    campaign = make_campaign()
    agreed = make_answer(campaign, quote_consent="yes")
    make_answer(campaign, "Sans accord.")

    (offered,) = open_answers.offered(campaign)

    assert offered.response_pk == agreed.pk
    assert offered.role == Quote.Role.ADVISER


def test_an_open_answer_is_quoted_without_its_territory_whatever_is_asked():
    campaign = make_campaign()
    answer = make_answer(campaign, quote_consent="yes")
    quote = open_answers.quote_from(campaign, answer)
    quote.level, quote.departement = Quote.Level.DEPARTEMENT, creuse()

    operations.record_quote(quote, by=make_user())

    attribution = figures.attribution_of(quote, campaign)
    assert attribution == "propos recueilli auprès d’un conseiller numérique"
    assert open_answers.offered(campaign) == ()


def test_an_answer_sent_after_midnight_agreed_on_the_day_it_was_here():
    campaign = make_campaign()
    answer = make_answer(campaign, quote_consent="yes")
    answer.submitted_at = datetime(2026, 3, 31, 22, 30, tzinfo=UTC)

    quote = open_answers.quote_from(campaign, answer)

    assert date(2026, 4, 1) == quote.consented_on


@pytest.fixture
def editor(client):
    user = make_user()
    client.force_login(user)
    return user


def test_an_answer_without_consent_cannot_be_quoted_by_its_number(client, editor):
    campaign = make_campaign(space=make_space(editor=editor))
    answer = make_answer(campaign, "Sans accord.")

    url = reverse("interviews:add_quote", args=[campaign.pk])

    assert client.get(f"{url}?reponse={answer.pk}").status_code == 404


def given(**changes) -> dict[str, object]:
    return {
        "text": "On fait avec.",
        "role": "technician",
        "origin": "field",
        "level": "none",
        **changes,
    }


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"consented_on": "2026-01-05"}, "consent_how"),
        ({"consent_how": "oralement"}, "consented_on"),
        ({"level": "departement"}, "departement"),
        ({"text": ""}, "text"),
    ],
)
def test_a_quote_half_told_is_refused_beside_the_field(client, editor, changes, field):
    campaign = make_campaign(space=make_space(editor=editor))

    response = client.post(
        reverse("interviews:add_quote", args=[campaign.pk]), given(**changes)
    )

    assert list(response.context["form"].errors) == [field]
    assert not Quote.objects.exists()


def test_the_export_holds_what_may_leave_and_nothing_else(client, editor):
    campaign = make_campaign(space=make_space(editor=editor))
    make_quote(campaign, "Dit avec accord")
    make_quote(campaign, "Dit sans accord", consented_on=None, consent_how="")

    response = client.get(reverse("interviews:export", args=[campaign.pk]))

    text = response.getvalue().decode()
    assert "Dit avec accord" in text
    assert "sans accord" not in text


def test_words_without_consent_say_so_and_cannot_be_kept_from_the_page(client, editor):
    campaign = make_campaign(space=make_space(editor=editor))
    quote = make_quote(campaign, consented_on=None, consent_how="")

    url = reverse("interviews:quotes", args=[campaign.pk])
    html = client.get(url).content.decode()
    answer = client.post(
        reverse("interviews:pick", args=[campaign.pk, quote.pk]), follow=True
    )

    assert "ne doit pas quitter l’équipe" in html
    assert reverse("interviews:pick", args=[campaign.pk, quote.pk]) not in html
    assert "n’a pas accepté d’être citée" in answer.content.decode()


def test_words_that_may_name_somebody_are_told_and_still_kept(client, editor):
    campaign = make_campaign(space=make_space(editor=editor))
    text = "Demandez à Sandrine, 05 53 00 00 00. Nous manquons de temps."
    quote = make_quote(campaign, text)
    make_quote(campaign, "Nous manquons de temps. Internet ne suffit pas.")

    page = client.post(
        reverse("interviews:pick", args=[campaign.pk, quote.pk]), follow=True
    ).content.decode()

    assert "reconnaître quelqu’un\u00a0: Sandrine, 05 53 00 00 00. Relisez" in page
    assert 1 == page.count("reconnaître quelqu’un")
    assert Quote.objects.get(pk=quote.pk).is_picked


def test_the_departements_offered_are_those_of_the_survey(client, editor):
    departement, epci = creuse(), make_territory()
    Membership.objects.create(member=epci, group=departement, since=2026)
    make_territory("Lot", Territory.Kind.DEPARTEMENT, "46")
    campaign = make_campaign(epci, space=make_space(editor=editor))

    page = client.get(reverse("interviews:add_quote", args=[campaign.pk]))

    assert list(page.context["form"].fields["departement"].queryset) == [departement]
