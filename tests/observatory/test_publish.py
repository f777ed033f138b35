"""From the team to the public: embargo, withdrawal, and what stays out of sight."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from jalons.audit.models import Entry
from jalons.observatory import figures, operations
from jalons.observatory.models import Publication
from jalons.observatory.results import NOT_PUBLISHED
from jalons.surveys import operations as surveys
from tests.factories import make_user
from tests.observatory.example import make_example, validate


def publish(example, *, public_from=None):
    when = public_from or timezone.now()
    return operations.publish(example.campaign, public_from=when, by=example.officer)


def public_url(example, name="public", **kwargs):
    slug = example.campaign.slug
    return reverse(f"observatory:{name}", kwargs={"slug": slug, **kwargs})


def test_published_results_are_read_by_anyone(example, client):
    publish(example)

    response = client.get(public_url(example))

    assert response.status_code == 200
    assert example.campaign.title in response.content.decode()


def test_results_not_published_do_not_exist_for_the_public(example, client):
    assert client.get(public_url(example)).status_code == 404


def test_an_embargo_hides_results_until_its_day(example, client):
    tomorrow = timezone.now() + timedelta(days=1)
    publish(example, public_from=tomorrow)

    before = client.get(public_url(example)).status_code
    listed_before = client.get(reverse("observatory:list")).content.decode()
    with time_machine.travel(tomorrow + timedelta(minutes=1)):
        after = client.get(public_url(example)).status_code
        listed_after = client.get(reverse("observatory:list")).content.decode()

    assert (404, 200) == (before, after)
    assert example.campaign.title not in listed_before
    assert example.campaign.title in listed_after


def test_a_withdrawn_address_says_why_and_shows_no_figure(example, client):
    publication = publish(example)

    operations.withdraw(publication, reason="Une erreur de saisie", by=example.officer)

    for name in ("public", "public_pdf", "public_territories"):
        response = client.get(public_url(example, name))
        assert response.status_code == 410
        # They may be published again at the same address.
        assert "no-store" in response.headers["Cache-Control"]
        assert "Une erreur de saisie" in response.content.decode()
        assert "avancé" not in response.content.decode()


def test_results_are_withdrawn_once(example):
    publication = publish(example)
    operations.withdraw(publication, reason="Erreur", by=example.officer)

    with pytest.raises(operations.AlreadyWithdrawn):
        operations.withdraw(publication, reason="Encore", by=example.officer)


def test_withdrawn_results_can_be_published_again(example, client):
    operations.withdraw(publish(example), reason="Erreur", by=example.officer)

    publish(example)

    assert client.get(public_url(example)).status_code == 200
    assert 1 == Publication.objects.count()


def test_an_open_survey_is_not_published():
    example = make_example(closed=False)

    with pytest.raises(operations.NotClosed):
        publish(example)

    assert not Publication.objects.exists()
    assert not Entry.objects.filter(verb="results.published").exists()


def test_publishing_leaves_a_line_in_the_journal(example):
    publish(example)

    line = Entry.objects.get(verb="results.published")
    assert (example.officer.pk, example.campaign.space_id) == (
        line.actor_id,
        line.space_id,
    )


def test_what_is_stored_is_what_was_checked(example):
    checked = figures.public_figures(example.campaign).figures

    publication = publish(example)

    publication.refresh_from_db()
    assert checked == figures.published_figures(publication)


def test_answers_erased_later_do_not_change_what_is_public(example):
    publication = publish(example)
    before = figures.published_figures(publication)

    example.campaign.responses.all().delete()

    assert before == figures.published_figures(publication)


def test_a_withdrawn_validation_is_hidden_at_once_and_from_every_total(example):
    publication = publish(example)
    validation = example.campaign.validations.get(territory=example.places[9])

    surveys.withdraw_validation(validation, by=example.officer)

    found = figures.published_figures(publication)
    spot = next(one for one in found.spots if one.code == example.code(9))
    assert NOT_PUBLISHED == spot.state
    assert [2, 2, 2, 1] == [one.count for one in found.distribution]
    assert 7 == found.crossing("maturity_by_vulnerability").total.n


def test_the_page_before_says_what_will_be_public(example, client):
    client.force_login(example.officer)

    url = reverse("observatory:publish", args=[example.campaign.pk])
    page = client.get(url).content.decode()

    assert "La classe de 8 EPCI" in page
    assert "Aucun nombre caché ne se retrouve" in page


def test_the_officer_publishes_from_the_page(example, client):
    client.force_login(example.officer)
    url = reverse("observatory:publish", args=[example.campaign.pk])

    client.post(url, {"public_on": timezone.localdate().isoformat()})

    assert client.get(public_url(example)).status_code == 200


def test_the_officer_sets_an_embargo_from_the_page(example, client):
    client.force_login(example.officer)
    url = reverse("observatory:publish", args=[example.campaign.pk])
    day = timezone.localdate() + timedelta(days=3)

    client.post(url, {"public_on": day.isoformat()})

    publication = Publication.objects.get()
    assert day == timezone.localtime(publication.public_from).date()
    assert client.get(public_url(example)).status_code == 404
    # Publishing again what was mended must not open the address before its day.
    assert f'value="{day.isoformat()}"' in client.get(url).content.decode()


def test_the_page_does_not_publish_an_open_survey(client):
    example = make_example(closed=False)
    client.force_login(example.officer)
    url = reverse("observatory:publish", args=[example.campaign.pk])

    response = client.post(url, {"public_on": timezone.localdate().isoformat()})

    assert response.status_code == 200
    assert not Publication.objects.exists()


def test_a_contributor_does_not_publish(example, client):
    contributor = make_user()
    example.campaign.space.memberships.create(user=contributor, role="contributor")
    client.force_login(contributor)
    url = reverse("observatory:publish", args=[example.campaign.pk])

    assert client.get(url).status_code == 403
    assert client.post(url, {"public_on": "2026-01-01"}).status_code == 403


def test_the_team_cuts_vulnerability_where_it_chooses(example, client):
    client.force_login(example.officer)
    url = reverse("observatory:income_limits", args=[example.campaign.pk])

    client.post(url, {"low": 19_000, "high": 23_000, "reason": "Typologie régionale"})

    found = figures.team_figures(example.campaign)
    assert "Typologie régionale" == found.income_cut.reason
    crossing = found.crossing("maturity_by_vulnerability")
    sizes = {line.label: line.n for line in crossing.lines}
    # EPCI 1 and 2; 3 to 10; 12 among those that answered.
    assert {"high": 2, "middle": 7, "low": 1} == sizes


def test_limits_upside_down_are_refused(example, client):
    client.force_login(example.officer)
    url = reverse("observatory:income_limits", args=[example.campaign.pk])

    response = client.post(url, {"low": 23_000, "high": 19_000, "reason": "Essai"})

    assert response.status_code == 200
    assert not figures.team_figures(example.campaign).income_cut.reason


def test_the_team_goes_back_to_thirds(example, client):
    client.force_login(example.officer)
    url = reverse("observatory:income_limits", args=[example.campaign.pk])
    client.post(url, {"low": 19_000, "high": 23_000, "reason": "Essai"})

    client.post(url, {"thirds": "1"})

    assert not figures.team_figures(example.campaign).income_cut.reason


def publish_from_page(client, example, day):
    client.force_login(example.officer)
    url = reverse("observatory:publish", args=[example.campaign.pk])
    return client.post(url, {"public_on": day.isoformat()}, follow=True)


def test_a_day_that_has_passed_is_refused_in_words(example, client):
    yesterday = timezone.localdate() - timedelta(days=1)

    page = publish_from_page(client, example, yesterday).content.decode()

    assert "Ce jour est passé." in page
    assert not Publication.objects.exists()


def test_the_page_says_what_publishing_did(example, client):
    page = publish_from_page(client, example, timezone.localdate()).content.decode()

    assert "Les résultats sont publics" in page
    assert public_url(example) in page


def test_an_embargo_is_told_and_its_address_not_offered(example, client):
    day = timezone.localdate() + timedelta(days=3)

    page = publish_from_page(client, example, day).content.decode()

    assert "D’ici là, leur adresse ne s’ouvre pas." in page
    assert "Sous embargo" in page
    assert public_url(example) not in page


def test_publishing_today_lifts_an_embargo(example, client):
    publish_from_page(client, example, timezone.localdate() + timedelta(days=3))

    publish_from_page(client, example, timezone.localdate())

    assert 200 == client.get(public_url(example)).status_code


def test_a_later_day_closes_what_is_public_and_the_page_warns_of_it(example, client):
    publish_from_page(client, example, timezone.localdate())
    url = reverse("observatory:publish", args=[example.campaign.pk])

    warned = client.get(url).content.decode()
    publish_from_page(client, example, timezone.localdate() + timedelta(days=1))

    assert "un jour à venir ferme son adresse" in warned
    assert 404 == client.get(public_url(example)).status_code


def test_the_page_tells_a_withdrawal_and_how_it_ends(example, client):
    operations.withdraw(publish(example), reason="Une erreur", by=example.officer)
    client.force_login(example.officer)
    url = reverse("observatory:publish", args=[example.campaign.pk])

    page = client.get(url).content.decode()

    assert "Une erreur" in page
    assert "Publier à nouveau met fin au retrait." in page
    assert "Publier les résultats" in page


def test_a_withdrawn_validation_leaves_answers_by_territory_as_they_were(example):
    """Counted again without it, their difference would tell what it answered."""
    publication = publish(example)
    before = figures.published_figures(publication)
    validation = example.campaign.validations.get(territory=example.places[9])

    surveys.withdraw_validation(validation, by=example.officer)

    after = figures.published_figures(publication)
    assert before.links == after.links
    assert before.withheld == after.withheld
    assert before.questions == after.questions


def test_one_more_validation_leaves_answers_by_territory_as_they_were(example):
    before = figures.public_figures(example.campaign).figures

    validate(example.campaign, example.officer, [example.places[12]])

    after = figures.public_figures(example.campaign).figures
    assert after.base.used == before.base.used + 1
    assert before.links == after.links


def test_what_inhabitants_answered_is_never_published(example):
    example.campaign.is_of_inhabitants = True
    example.campaign.save()

    with pytest.raises(operations.OfInhabitants):
        publish(example)

    assert not Publication.objects.exists()


def test_a_licence_is_said_with_the_first_publication(example, client):
    client.force_login(example.officer)
    page = reverse("observatory:publish", args=[example.campaign.pk])
    asked = client.get(page).content.decode()
    day = f"{example.campaign.today():%Y-%m-%d}"

    client.post(page, {"public_on": day, "licence": "etalab-2.0"})

    assert 'name="licence"' in asked
    assert Publication.objects.get().licence == "etalab-2.0"
    for page in (public_url(example), reverse("observatory:list")):
        assert "Licence Ouverte 2.0" in client.get(page).content.decode()


def test_a_licence_said_later_changes_nothing_of_what_is_published(example, client):
    client.force_login(example.officer)
    before = publish(example)
    says = reverse("observatory:licence", args=[example.campaign.pk])

    client.post(says, {"licence": "CC-BY-4.0"})

    after = Publication.objects.get()
    assert after.licence == "CC-BY-4.0"
    assert (after.figures, after.published_at) == (before.figures, before.published_at)
    # Published again, it stays said; a licence that nobody knows is refused.
    client.post(
        reverse("observatory:publish", args=[example.campaign.pk]),
        {"public_on": f"{example.campaign.today():%Y-%m-%d}"},
    )
    client.post(says, {"licence": "mine"})
    assert Publication.objects.get().licence == "CC-BY-4.0"
    client.post(says, {"licence": ""})
    assert Publication.objects.get().licence == ""
