"""A team prepares a field survey, hands out codes, and follows it."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import UUID

import pytest
from django.urls import reverse
from django.utils import timezone

from jalons.rounds import figures
from jalons.rounds.forms import RoundForm
from jalons.rounds.models import Round
from jalons.rounds.operations import set_quotas
from jalons.rounds.reception import receive_interview
from jalons.spaces.models import Role
from jalons.territories.models import Territory
from tests.factories import (
    interview,
    make_device,
    make_round,
    make_space,
    make_surveyor,
    make_territory,
    make_user,
    make_version,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(client):
    user = make_user()
    client.force_login(user)
    return user


def test_a_team_prepares_a_round_then_gives_a_code(client, owner):
    space = make_space(owner=owner)
    commune = make_territory("Ici", Territory.Kind.COMMUNE)
    page = client.get(reverse("rounds:create", args=[space.pk])).content.decode()
    key = re.search(r'name="key" value="([^"]+)"', page)[1]
    today = timezone.localdate()
    given = {
        "key": key,
        "title": "Terrain d’automne",
        "sponsor": "CC",
        "version": make_version("enquete-terrain").pk,
        "codes": f"{commune.pk} 00000",
        "opens_on": today.isoformat(),
        "closes_on": (today + timedelta(days=30)).isoformat(),
        **{f"notice_{n}": "x" for n in ("purpose", "legal_basis", "retention")},
        "notice_rights": "Écrire à [adresse]",
        "notice_publication": "x",
    }

    refused = client.post(reverse("rounds:create", args=[space.pk]), given)
    assert "00000" in refused.content.decode()
    assert "crochets" in refused.content.decode()
    given |= {"codes": commune.pk, "notice_rights": "Écrire à dpo@exemple.fr"}
    for _n in range(2):  # sent twice, it is one round
        client.post(reverse("rounds:create", args=[space.pk]), given)

    round = Round.objects.get()
    assert round.campaign.is_of_inhabitants
    assert today + timedelta(days=30 + 365) == round.campaign.answers_kept_until
    url = reverse("rounds:surveyors", args=[round.pk])
    card = client.post(url, {"alias": "Léa"}, follow=True).content.decode()
    assert re.search(r"<strong>[0-9A-Z]{4}-[0-9A-Z]{4}</strong>", card)
    assert (
        "Un autre enquêteur porte ce nom"
        in client.post(url, {"alias": "léa"}).content.decode()
    )
    # It is not one of the surveys of institutions.
    surveys = client.get(reverse("surveys:list", args=[space.pk])).content.decode()
    assert "Terrain d’automne" not in surveys


def test_the_follow_up_counts_by_commune_and_times_interviews():
    here, there = (make_territory(n, Territory.Kind.COMMUNE) for n in ("Ici", "Là"))
    round = make_round(here, there)
    device = make_device(make_surveyor(round))
    set_quotas(round, {(here.pk, "woman", "a80"): 4}, by=make_user())
    for seconds in (300, 400, 500, 600, 700):
        sent = interview(device, commune=here.pk) | {"seconds": seconds}
        receive_interview(round, device, sent, key=UUID(sent["key"]))

    found = figures.progress_of(round)

    assert (5, 0, 500) == (found.met, found.refused, found.median_seconds)
    assert [("Ici", 5, 4), ("Là", 0, None)] == [
        (one.name, one.met, one.wanted) for one in found.places
    ]
    (worker,) = figures.at_work(round)
    assert (5, 1) == (worker.met, len(worker.phones))


def test_the_phone_script_says_every_question_and_when_to_skip_it(client, owner):
    round = make_round(space=make_space(reader=owner))

    script = reverse("rounds:phone_script", args=[round.pk])
    page = client.get(script, {"tout": "1"})
    text = page.content.decode()

    # The numbers of the sheet of paper, never a code.
    for number in ("B. Vous êtes", "6. Envoyer", "20 bis. Par quel moyen"):
        assert f"<strong>{number}" in text
    assert "Seulement si question 5" in text
    assert not re.search(r"\bF\d|household", text.partition("<main")[2])
    easy = client.get(script, {"tout": "1", "facile": "1"}).content.decode()
    assert "De quels appareils vous servez-vous" in easy


def test_the_phones_are_stopped_once_it_is_said_to_be_understood(client, owner):
    round = make_round(space=make_space(owner=owner))
    worker = make_surveyor(round)
    make_device(worker)
    urls = {
        name: reverse(f"rounds:{name}", args=[round.pk])
        for name in ("show", "surveyors", "revoke")
    }
    card = reverse("rounds:surveyor", args=[round.pk, worker.pk])
    renew = reverse("rounds:renew", args=[round.pk, worker.pk])
    assert "Donner un code" in client.get(urls["show"]).content.decode()

    page = client.post(urls["revoke"], follow=True).content.decode()
    round.refresh_from_db()
    assert ("cochez la case" in page, round.revoked_at) == (True, None)

    page = client.post(urls["revoke"], {"understood": "on"}, follow=True)
    round.refresh_from_db()
    assert round.revoked_at
    assert "aucun code ne l’ouvre plus" in page.content.decode()
    assert 'name="alias"' not in page.content.decode()
    assert "1 téléphone" not in page.content.decode()
    assert "Donner un code" not in client.get(urls["show"]).content.decode()
    shown = client.get(card).content.decode()
    assert ("aucun code ne l’ouvre plus" in shown, renew in shown) == (True, False)
    for address, sent in ((urls["surveyors"], {"alias": "Léa"}), (renew, {})):
        said = client.post(address, sent, follow=True).content.decode()
        assert "plus aucun code n’est fait" in said
    assert [worker] == [*round.surveyors.all()]


def test_communes_stand_as_in_a_dictionary_and_no_tick_means_all(client, owner):
    place = make_territory("CC", Territory.Kind.EPCI)
    for name in ("Vitrac", "Vézac", "Étauliers", "Salignac"):
        commune = make_territory(name, Territory.Kind.COMMUNE)
        place.member_links.create(member=commune, since=2021)
    space = make_space(owner=owner, territory=place)

    form = RoundForm(space=space)
    names = [name for _pk, name in form.fields["communes"].choices]
    assert ["Étauliers", "Salignac", "Vézac", "Vitrac"] == names
    assert "crochets" in form["notice_rights"].help_text
    page = client.get(reverse("rounds:create", args=[space.pk])).content.decode()
    assert "Aucune case cochée" in page

    today = timezone.localdate().isoformat()
    given = {
        "title": "Automne",
        "sponsor": "CC",
        "version": make_version("enquete-terrain").pk,
        "opens_on": today,
        "closes_on": today,
        **{f"notice_{n}": "x" for n in ("purpose", "legal_basis", "retention")},
        **{f"notice_{n}": "x" for n in ("rights", "publication")},
    }
    sent = RoundForm(given, space=space)
    assert sent.is_valid(), sent.errors
    assert 4 == len(sent.chosen)
    one = Territory.objects.get(name="Vézac")
    ticked = RoundForm(given | {"communes": [one.pk]}, space=space)
    assert ticked.is_valid()
    assert [one] == ticked.chosen


def test_a_reader_is_offered_what_they_may_open_and_no_count_by_commune(client):
    reader, owner = make_user(), make_user()
    space = make_space(owner=owner)
    space.memberships.create(user=reader, role=Role.READER)
    round = make_round(space=space)
    device = make_device(make_surveyor(round))
    sent = interview(device)
    receive_interview(round, device, sent, key=UUID(sent["key"]))
    address = reverse("rounds:show", args=[round.pk])
    surveyors = reverse("rounds:surveyors", args=[round.pk])

    def shown(user):
        client.force_login(user)
        page = client.get(address).content.decode()
        menu = page[page.index('<nav class="rail') :].split("</nav>")[0]
        return page, [
            link
            for link in re.findall(r'href="([^"]+)"', menu)
            if 200 != client.get(link).status_code
        ]

    page, closed = shown(reader)
    assert ([], False) == (closed, "<caption>Personnes rencontrées" in page)
    page = client.get(surveyors).content.decode()
    assert "1 téléphone" in page
    assert ("1 personne rencontrée" in page, "0 refus" in page) == (False, False)
    page, closed = shown(owner)
    assert ([], True) == (closed, "<caption>Personnes rencontrées" in page)
    assert "1 personne rencontrée" in client.get(surveyors).content.decode()
    assert reverse("callbacks:list", args=[round.pk]) in page
