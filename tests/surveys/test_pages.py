"""The team's pages: who reads them, what they say, how many queries they take."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from jalons.questionnaires.definitions import content_of, restore
from jalons.questionnaires.operations import load_definition
from jalons.surveys import operations
from jalons.surveys.models import Campaign, Involvement, Response
from jalons.territories.models import Membership, Territory
from tests.factories import (
    make_campaign,
    make_response,
    make_space,
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


def _region():
    """A région of two départements, each with one EPCI."""
    region = make_territory("Région d’Exemple", Territory.Kind.REGION, "R99")
    for code in ("97", "98"):
        departement = make_territory(
            f"Département {code}", Territory.Kind.DEPARTEMENT, code
        )
        epci = make_territory(f"CC du {code}")
        for member, group in (
            (departement, region),
            (epci, region),
            (epci, departement),
        ):
            Membership.objects.create(member=member, group=group, since=2026)
    return region


def _given(**changes):
    today = timezone.localdate()
    return {
        "title": "Numérique et territoires",
        "sponsor": "Centre de ressources",
        "version": make_version().pk,
        "opens_on": today.isoformat(),
        "closes_on": (today + timedelta(days=30)).isoformat(),
        "notice_purpose": "Connaître",
        "notice_legal_basis": "Mission d’intérêt public",
        "notice_retention": "Un an",
        "notice_rights": "donnees@exemple.fr",
        "notice_publication": "Des résultats d’ensemble",
        **changes,
    }


def test_the_form_of_a_new_survey_is_filled_in_beforehand(client, owner):
    space = make_space(owner=owner, territory=_region())

    page = client.get(reverse("surveys:create", args=[space.pk])).content.decode()

    assert space.name in page
    assert 2 == page.count('name="departements"')
    assert 2 == page.count("checked")
    assert "www.cnil.fr" in page


def test_questionnaires_kept_for_field_surveys_are_named_on_the_form(client, owner):
    url = reverse("surveys:create", args=[make_space(owner=owner).pk])
    make_version()
    before = client.get(url).content.decode()

    of_persons = make_version("enquete-terrain")
    nowhere = content_of(of_persons.read()) | {"code": "ailleurs"}
    for part in nowhere["sections"]:
        part["questions"] = [q for q in part["questions"] if not q.get("role")]
    load_definition(restore(nowhere))
    page = client.get(url).content.decode()

    told = f"cette liste\u00a0: {of_persons.read().title.fr}, version 1."
    assert "enquête de terrain et ne sont pas" not in before
    assert told in page
    assert "qui ne demandent pas de quel territoire" in page
    assert f'value="{of_persons.pk}"' not in page


def test_a_survey_asks_the_epci_of_the_departements_ticked(client, owner):
    space = make_space(owner=owner, territory=_region())

    answer = client.post(
        reverse("surveys:create", args=[space.pk]), _given(departements=["97"])
    )

    campaign = Campaign.objects.get()
    assert answer.url == reverse("surveys:show", args=[campaign.pk])
    assert ["CC du 97"] == [t.name for t in campaign.territories.all()]
    assert "numerique-et-territoires" == campaign.slug


def test_a_list_of_codes_replaces_the_departements(client, owner):
    space = make_space(owner=owner, territory=_region())
    elsewhere = make_territory("CC d’Ailleurs")

    client.post(
        reverse("surveys:create", args=[space.pk]),
        _given(departements=["97"], codes=f"{elsewhere.pk}\n"),
    )

    assert [elsewhere] == list(Campaign.objects.get().territories.all())


def test_departements_ticked_later_replace_the_codes_that_stood_there(client, owner):
    space = make_space(owner=owner, territory=_region())
    codes = "\r\n".join(make_territory(name).pk for name in ("CC A", "CC B"))
    client.post(reverse("surveys:create", args=[space.pk]), _given(codes=codes))
    campaign = Campaign.objects.get()
    edit = reverse("surveys:edit", args=[campaign.pk])

    client.post(edit, _given(codes=codes, departements=["97"]))

    assert ["CC du 97"] == [t.name for t in campaign.territories.all()]


def test_the_team_of_an_epci_asks_its_own_by_default(client, owner):
    space = make_space(owner=owner)

    client.post(reverse("surveys:create", args=[space.pk]), _given())

    assert [space.territory] == list(Campaign.objects.get().territories.all())


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"codes": "123456789"}, "codes"),
        ({"closes_on": "2001-01-01"}, "closes_on"),
        ({"closes_on": "9999-12-31"}, "closes_on"),
        ({"opens_on": "2001-01-01", "closes_on": "2001-02-01"}, "answers_kept_until"),
        ({"answers_kept_until": "2001-01-01"}, "answers_kept_until"),
        ({"notice_rights": "Écrivez à [adresse]"}, "notice_rights"),
        ({"title": ""}, "title"),
    ],
)
def test_what_is_wrong_in_a_new_survey_is_said_beside_the_field(
    client, owner, changes, field
):
    space = make_space(owner=owner)

    page = client.post(reverse("surveys:create", args=[space.pk]), _given(**changes))

    assert 200 == page.status_code
    assert f'id="id_{field}_error"' in page.content.decode()
    assert not Campaign.objects.exists()


def test_two_surveys_of_one_title_have_two_addresses(client, owner):
    space = make_space(owner=owner)

    for _ in range(3):
        client.post(reverse("surveys:create", args=[space.pk]), _given())

    assert {
        "numerique-et-territoires",
        "numerique-et-territoires-2",
        "numerique-et-territoires-3",
    } == set(Campaign.objects.values_list("slug", flat=True))


def test_the_follow_up_counts_persons_and_territories_apart(client, owner):
    region = _region()
    space = make_space(owner=owner, territory=region)
    first, second = Territory.objects.epci().within(region).order_by("name")
    campaign = make_campaign(first, second, space=space)
    make_response(campaign, first)
    make_response(campaign, first, profile="digital_adviser")
    Response.objects.create(
        campaign=campaign, started_at=timezone.now(), updated_at=timezone.now()
    )

    page = client.get(reverse("surveys:show", args=[campaign.pk]))

    collection = page.context["collection"]
    assert (2, 1, 1, 2) == (
        collection.response_count,
        collection.draft_count,
        collection.answered_count,
        collection.territory_count,
    )
    assert [("Département 97", 1, 1, 2), ("Département 98", 1, 0, 0)] == [
        (d.name, d.territory_count, d.answered_count, d.response_count)
        for d in collection.departements
    ]
    assert 1 == next(
        p.response_count for p in collection.profiles if "Conseil" in p.title
    )
    assert f"/repondre/{campaign.slug}/" in page.content.decode()
    assert "<svg" in page.content.decode()


@pytest.mark.parametrize("count", [1, 40])
def test_the_follow_up_takes_as_many_queries_whatever_the_answers(
    client, owner, count, django_assert_num_queries
):
    campaign = make_campaign(space=make_space(owner=owner))
    for _ in range(count):
        make_response(campaign)
    url = reverse("surveys:show", args=[campaign.pk])
    client.get(url)

    with django_assert_num_queries(11):
        client.get(url)


@pytest.mark.parametrize("count", [2, 30])
def test_the_points_take_as_many_queries_whatever_the_answers(
    client, owner, count, django_assert_num_queries
):
    places = [make_territory() for _ in range(count)]
    campaign = make_campaign(*places, space=make_space(owner=owner))
    for place in places:
        make_response(campaign, place, P2="yes")
    url = reverse("surveys:scores", args=[campaign.pk])
    client.get(url)

    with django_assert_num_queries(9):
        client.get(url)


def test_territories_are_listed_by_name_never_by_score(client, owner):
    low, high = make_territory("CC Zèbre"), make_territory("CC Abeille")
    campaign = make_campaign(low, high, space=make_space(owner=owner))
    make_response(campaign, low)
    make_response(campaign, high, P2="yes", R1="yes", S3="yes")

    page = client.get(reverse("surveys:scores", args=[campaign.pk])).content.decode()

    assert page.index("CC Abeille") < page.index("CC Zèbre")


def test_a_survey_without_answer_changes_entirely(client, owner):
    campaign = make_campaign(space=make_space(owner=owner))
    url = reverse("surveys:edit", args=[campaign.pk])
    code = campaign.territories.get().pk

    client.post(url, _given(title="Autre titre", codes=code))

    campaign.refresh_from_db()
    assert "Autre titre" == campaign.title


def test_a_survey_already_answered_only_moves_its_closing_day(client, owner):
    campaign = make_campaign(space=make_space(owner=owner))
    make_response(campaign)
    url = reverse("surveys:edit", args=[campaign.pk])
    later = campaign.closes_on + timedelta(days=5)

    page = client.get(url).content.decode()
    client.post(url, {"closes_on": later.isoformat(), "title": "Autre titre"})

    campaign.refresh_from_db()
    assert 'name="title"' not in page
    assert later == campaign.closes_on
    assert "Autre titre" != campaign.title


def test_answers_are_kept_a_year_unless_the_notice_says_else(client, owner):
    space = make_space(owner=owner)
    url = reverse("surveys:create", args=[space.pk])

    client.post(url, _given())
    client.post(url, _given(answers_kept_until="2039-12-31"))

    by_default, chosen = Campaign.objects.order_by("pk")
    assert timedelta(days=365) == by_default.answers_kept_until - by_default.closes_on
    assert date(2039, 12, 31) == chosen.answers_kept_until


def test_a_survey_never_closes_after_its_answers_are_erased(client, owner):
    campaign = make_campaign(space=make_space(owner=owner))
    make_response(campaign)
    too_late = campaign.answers_kept_until + timedelta(days=1)

    page = client.post(
        reverse("surveys:edit", args=[campaign.pk]), {"closes_on": too_late.isoformat()}
    )

    campaign.refresh_from_db()
    assert 'id="id_closes_on_error"' in page.content.decode()
    assert campaign.closes_on < too_late


def test_closing_is_explained_then_done_once(client, owner):
    campaign = make_campaign(space=make_space(owner=owner))
    make_response(campaign)
    url = reverse("surveys:close", args=[campaign.pk])

    page = client.get(url)
    assert 1 == page.context["response_count"]
    client.post(url)
    client.post(url)

    campaign.refresh_from_db()
    assert campaign.is_closed
    assert 1 == campaign.scores.count()


def test_a_closed_survey_is_neither_changed_nor_fed(client, owner):
    campaign = make_campaign(space=make_space(owner=owner))
    operations.close_campaign(campaign, by=owner)

    for name in ("surveys:edit", "imports:create"):
        answer = client.get(reverse(name, args=[campaign.pk]))
        assert answer.url == reverse("surveys:show", args=[campaign.pk])


def test_the_involvement_of_a_departement_is_stated_then_corrected(client, owner):
    space = make_space(owner=owner, territory=_region())
    url = reverse("surveys:involvement", args=[space.pk])
    given = {"departement": "97", "source": "Site web", "stated_on": "2026-01-05"}

    client.post(url, {**given, "level": "scheme"})
    client.post(url, {**given, "level": "elected_lead"})

    stated = Involvement.objects.get()
    assert ("elected_lead", date(2026, 1, 5)) == (stated.level, stated.stated_on)


def test_an_answer_is_explained_line_by_line(client, owner):
    campaign = make_campaign(space=make_space(owner=owner))
    response = make_response(campaign, P2="yes", P3=["delegate"])

    page = client.get(reverse("surveys:explain", args=[campaign.pk, response.pk]))

    assert 11 + 0 == len(page.context["lines"]) or page.context["lines"]
    assert 4 == page.context["score"].low


def _answered_elsewhere(user, count, *, is_shared=False):
    """A campaign of another space, answered about the territory of this user's."""
    ours = make_space(owner=user)
    campaign = make_campaign(ours.territory)
    for _ in range(count):
        response = make_response(campaign, ours.territory, P2="yes")
        Response.objects.filter(pk=response.pk).update(is_shared=is_shared)
    url = reverse("surveys:territory_points", args=[campaign.pk, ours.territory.pk])
    return ours, url


@pytest.mark.parametrize(
    ("count", "is_shared", "status"),
    [(3, False, 200), (2, False, 404), (1, True, 200), (0, True, 404)],
)
def test_the_team_of_a_territory_reads_its_points_under_conditions(
    client, owner, count, is_shared, status
):
    _ours, url = _answered_elsewhere(owner, count, is_shared=is_shared)

    assert status == client.get(url).status_code


def test_the_team_of_a_territory_reads_no_single_answer(client, owner):
    ours, url = _answered_elsewhere(owner, 3)

    page = client.get(url)
    listed = client.get(reverse("surveys:list", args=[ours.pk])).content.decode()

    assert [] == page.context["responses"]
    assert "/reponses/" not in page.content.decode()
    assert url in listed


def test_another_team_reads_nothing_of_a_territory(client, owner):
    other = make_user()
    _ours, url = _answered_elsewhere(other, 3)

    assert 404 == client.get(url).status_code


@pytest.mark.parametrize("name", ["show", "edit", "close", "scores", "export"])
def test_a_stranger_finds_nothing(client, owner, name):
    campaign = make_campaign()

    answer = client.get(reverse(f"surveys:{name}", args=[campaign.pk]))

    assert 404 == answer.status_code


@pytest.mark.parametrize("name", ["edit", "close", "export"])
def test_a_reader_changes_nothing(client, owner, name):
    campaign = make_campaign(space=make_space(reader=owner))

    answer = client.get(reverse(f"surveys:{name}", args=[campaign.pk]))

    assert 403 == answer.status_code


@pytest.mark.parametrize(
    "name",
    [
        "observatory:show",
        "observatory:publish",
        "observatory:preview",
        "synthesis:show",
        "returns:list",
        "reconciliation:show",
        "reconciliation:validations",
        "reconciliation:evolution",
        "invitations:show",
        "tabulations:show",
    ],
)
def test_what_is_made_for_professionals_never_opens_on_inhabitants(client, name):
    user = make_user()
    client.force_login(user)
    survey = make_campaign(space=make_space(owner=user))
    url = reverse(name, args=[survey.pk])

    before = client.get(url).status_code
    survey.is_of_inhabitants = True
    survey.save()

    assert (200, 404) == (before, client.get(url).status_code)


@pytest.mark.parametrize(
    ("is_answered", "name"), [(True, "move_closing"), (False, "change_campaign")]
)
def test_a_survey_closed_while_its_form_is_read_stays_closed(
    client, owner, monkeypatch, is_answered, name
):
    campaign = make_campaign(space=make_space(owner=owner))
    if is_answered:
        make_response(campaign)
    change = getattr(operations, name)

    def closed_meanwhile(*args, **options):
        Campaign.objects.update(closed_at=timezone.now(), closed_by=owner)
        change(*args, **options)

    monkeypatch.setattr(operations, name, closed_meanwhile)
    sent = _given(title="Autre titre", codes=campaign.territories.get().pk)
    answer = client.post(reverse("surveys:edit", args=[campaign.pk]), sent, follow=True)

    assert "Cette enquête est close" in answer.text
    campaign.refresh_from_db()
    assert campaign.is_closed
    assert "Autre titre" != campaign.title
