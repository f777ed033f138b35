"""Answers keyed on behalf of people: once or twice, settled, counted apart."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from jalons.keying import figures, operations, pages
from jalons.keying.models import Keying, Sheet
from jalons.surveys import operations as surveys
from jalons.surveys.collection import collection_of
from jalons.surveys.models import Campaign, Response
from tests.factories import make_campaign, make_response, make_space, make_user

pytestmark = pytest.mark.django_db


def open_sheet(campaign: Campaign, *, channel="paper", number=7, by=None) -> Keying:
    return operations.open_sheet(
        campaign,
        channel=channel,
        collected_on=campaign.opens_on,
        number=number,
        by=by or make_user(),
    )


def read(keying: Keying, **given: object) -> Response | None:
    """Key two pages of the sheet, then say that it is read."""
    definition = keying.sheet.campaign.version.read()
    place = keying.sheet.campaign.territories.get().pk
    answers = {"territory": place, "profile": "decision_maker", **given}
    for code in ("respondent", "political"):
        operations.keep_page(keying, definition.section(code), answers)
    return operations.finish_keying(keying, by=keying.keyed_by)


def read_twice(campaign: Campaign, first: dict, second: dict, **people) -> Sheet:
    one = open_sheet(campaign, by=people.get("one"))
    read(one, **first)
    two = operations.key_again(one.sheet, by=people.get("two") or make_user())
    read(two, **second)
    return Sheet.objects.get(pk=one.sheet_id)


@pytest.mark.parametrize("channel", ["phone", "interview"])
def test_what_is_keyed_during_a_conversation_counts_at_once(channel):
    campaign = make_campaign()
    officer = make_user()

    response = read(
        open_sheet(campaign, channel=channel, number=None, by=officer), P2="yes"
    )

    assert response.channel == channel
    assert response.keyed_by == officer
    assert response.collected_on == response.campaign.opens_on
    assert response.answers["P2"] == "yes"


def test_paper_keyed_once_does_not_count():
    campaign = make_campaign()

    assert read(open_sheet(campaign), P2="yes") is None

    assert not campaign.responses.exists()


def test_paper_keyed_twice_alike_counts_once():
    campaign = make_campaign()

    sheet = read_twice(campaign, {"P2": "yes"}, {"P2": "yes"})

    assert sheet.counted_at
    assert campaign.responses.get().channel == Response.Channel.PAPER
    assert (sheet.compared_count, sheet.differing) == (3, [])


def test_a_difference_keeps_the_sheet_from_counting_and_is_shown_in_words():
    campaign = make_campaign()

    sheet = read_twice(campaign, {"P2": "yes"}, {"P2": "no"})

    (difference,) = figures.differences(sheet, "fr")
    assert (difference.first, difference.second) == ("Oui", "Non")
    assert not campaign.responses.exists()


def test_a_settled_sheet_counts_and_only_the_agreement_remains():
    campaign = make_campaign()
    sheet = read_twice(campaign, {"P2": "yes"}, {"P2": "no"})

    response = operations.settle(sheet, {"P2": "no"}, by=make_user())

    sheet.refresh_from_db()
    assert response.answers["P2"] == "no"
    assert response.answers["profile"] == "decision_maker"
    assert (sheet.compared_count, sheet.differing) == (3, ["P2"])
    assert [keying.answers for keying in sheet.keyings.all()] == [{}, {}]


def test_the_agreement_counts_the_sheets_read_by_two_people_only():
    campaign, alone = make_campaign(), make_user()
    sheet = read_twice(campaign, {"P2": "yes"}, {"P2": "no"})
    operations.settle(sheet, {"P2": "no"}, by=make_user())
    Sheet.objects.filter(pk=sheet.pk).update(number=1)
    read_twice(campaign, {"P2": "yes"}, {"P2": "yes"}, one=alone, two=alone)

    found = figures.keyed(campaign)

    assert (found.agreement.compared, found.agreement.alike) == (3, 2)
    assert (found.counted_count, found.by_one_count) == (2, 1)


def test_a_number_is_borne_by_one_sheet():
    campaign = make_campaign()
    open_sheet(campaign)

    with pytest.raises(operations.NumberTaken):
        open_sheet(campaign)


def test_a_sheet_without_its_territory_is_not_finished():
    keying = open_sheet(make_campaign())

    with pytest.raises(operations.Unfinished):
        operations.finish_keying(keying, by=make_user())


def test_a_counted_sheet_is_no_longer_changed():
    campaign = make_campaign()
    sheet = read_twice(campaign, {}, {})

    with pytest.raises(operations.AlreadyCounted):
        operations.key_again(sheet, by=make_user())
    with pytest.raises(operations.AlreadyCounted):
        operations.delete_sheet(sheet, by=make_user())


def test_a_closed_survey_takes_no_sheet():
    campaign = make_campaign()
    keying = open_sheet(campaign)
    surveys.close_campaign(campaign, by=make_user())

    with pytest.raises(surveys.AlreadyClosed):
        operations.finish_keying(Keying.objects.get(pk=keying.pk), by=make_user())


def test_paper_that_comes_after_the_last_day_counts_until_the_survey_closes():
    past = timezone.localdate() - timedelta(days=1)
    campaign = make_campaign(closes_on=past)

    assert read_twice(campaign, {}, {}).counted_at


def test_answers_are_counted_apart_by_channel():
    campaign = make_campaign()
    make_response(campaign)
    read(open_sheet(campaign, channel="phone", number=None))

    channels = collection_of(campaign, language="fr").channels

    assert [(one.title, one.response_count) for one in channels] == [
        ("Formulaire en ligne", 1),
        ("Par téléphone", 1),
    ]


@pytest.fixture
def contributor(client):
    user = make_user()
    client.force_login(user)
    return user


def given(**changes: str) -> dict[str, str]:
    today = str(timezone.localdate())
    return {"channel": "paper", "collected_on": today, "number": "3", **changes}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"number": ""}, "number"),
        ({"number": "7"}, "number"),
        ({"collected_on": "2999-01-01"}, "collected_on"),
        ({"channel": "pigeon"}, "channel"),
    ],
)
def test_a_sheet_badly_told_is_refused_beside_the_field(
    client, contributor, changes, field
):
    campaign = make_campaign(space=make_space(contributor=contributor))
    open_sheet(campaign)

    url = reverse("keying:create", args=[campaign.pk])
    page = client.post(url, given(**changes))

    assert field in page.context["form"].errors
    assert Sheet.objects.count() == 1


def test_the_number_that_paper_needs_is_not_said_optional(client, contributor):
    campaign = make_campaign(space=make_space(contributor=contributor))
    url = reverse("keying:create", args=[campaign.pk])

    assert "facultatif" not in client.get(url).content.decode()
    client.post(url, given(channel="phone", number=""))

    assert "phone" == Sheet.objects.get().channel


def test_pages_keyed_say_how_many_questions_are_answered():
    keying = open_sheet(make_campaign())
    place = keying.sheet.campaign.territories.get().pk
    section = keying.sheet.campaign.version.read().section("respondent")

    answers = {"territory": place, "profile": "decision_maker"}
    operations.keep_page(keying, section, answers)

    respondent, *others = pages.steps(keying, "fr")
    assert (2, 2) == (respondent.done, respondent.asked)
    assert {0} == {one.done for one in others}


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (date(2026, 4, 30), "le 30 avril 2026 : l’enquête a ouvert le 1er mai 2026"),
        (date(2999, 1, 1), "le 1er janvier 2999 : nous sommes le"),
    ],
)
def test_nobody_answers_before_the_survey_opens_nor_on_a_day_to_come(
    client, contributor, day, told
):
    space = make_space(contributor=contributor)
    campaign = make_campaign(space=space, opens_on=date(2026, 5, 1))

    url = reverse("keying:create", args=[campaign.pk])
    page = client.post(url, given(collected_on=str(day)))

    html = page.content.decode().replace("\xa0", " ").replace("\u202f", " ")
    assert told in html
    assert not Sheet.objects.exists()
    with pytest.raises(operations.OutsideSurvey):
        operations.open_sheet(
            campaign, channel="paper", collected_on=day, number=1, by=contributor
        )
    client.post(url, given(collected_on="2026-05-01"))
    assert 1 == Sheet.objects.count()


def test_the_second_keying_does_not_show_the_first(client, contributor):
    campaign = make_campaign(space=make_space(contributor=contributor))
    first = open_sheet(campaign)
    read(first, P2="yes")

    client.post(reverse("keying:again", args=[campaign.pk, first.sheet_id]))
    second = Keying.objects.get(rank=2)
    url = reverse("keying:page", args=[campaign.pk, second.pk, "political"])
    html = client.get(url).content.decode()

    assert "checked" not in html
    assert second.keyed_by == contributor


def settle(client, campaign: Campaign, sheet: Sheet, **answers: str):
    url = reverse("keying:settle", args=[campaign.pk, sheet.pk])
    return client.post(
        url, {k.replace("choice_", "choice-"): v for k, v in answers.items()}
    )


@pytest.mark.parametrize(
    ("answers", "kept"),
    [
        ({"choice_P2": "first"}, "yes"),
        ({"choice_P2": "second"}, "no"),
        ({"choice_P2": "other", "P2": "dont_know"}, "dont_know"),
        ({"choice_P2": "blank", "P2": "dont_know"}, None),
    ],
)
def test_a_difference_is_settled_by_either_reading_or_by_a_third(
    client, contributor, answers, kept
):
    campaign = make_campaign(space=make_space(contributor=contributor))
    sheet = read_twice(campaign, {"P2": "yes"}, {"P2": "no"})

    settle(client, campaign, sheet, **answers)

    assert campaign.responses.get().answers.get("P2") == kept


@pytest.mark.parametrize(
    ("answers", "kept"),
    [
        ({"choice_P2": "first", "P3": ["yearly_budget"]}, ("yes", ["yearly_budget"])),
        (
            {"choice_P2": "other", "P2": "yes", "P3": ["yearly_budget"]},
            ("yes", ["yearly_budget"]),
        ),
        ({"choice_P2": "second", "P3": ["yearly_budget"]}, ("no", None)),
        ({"choice_P2": "second"}, ("no", None)),
        ({"choice_P2": "first"}, None),
    ],
)
def test_a_third_reading_is_opened_by_the_reading_chosen(
    client, contributor, answers, kept
):
    """The question that opens it differs as well, and may leave it unasked."""
    campaign = make_campaign(space=make_space(contributor=contributor))
    sheet = read_twice(campaign, {"P2": "yes", "P3": ["voted"]}, {"P2": "no"})

    page = settle(client, campaign, sheet, choice_P3="other", **answers)

    found = [
        (one.answers.get("P2"), one.answers.get("P3"))
        for one in campaign.responses.all()
    ]
    assert found == ([kept] if kept else [])
    assert kept or "data-follows" not in page.content.decode()


@pytest.mark.parametrize("answers", [{}, {"choice_P2": "other"}])
def test_an_unsettled_difference_keeps_the_sheet_waiting(client, contributor, answers):
    """Neither reading is proposed again to whoever reads the sheet a third time."""
    campaign = make_campaign(space=make_space(contributor=contributor))
    sheet = read_twice(campaign, {"P2": "yes"}, {"P2": "no"})

    page = settle(client, campaign, sheet, **answers)

    assert page.context["form"].errors
    assert "checked" not in page.content.decode().partition("<details")[2]
    assert not campaign.responses.exists()
