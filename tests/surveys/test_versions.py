"""Changing a question after fifty answers leaves those fifty as they were."""

from __future__ import annotations

import csv
import io

import pytest
from django.urls import reverse

from jalons.questionnaires import drafting
from jalons.questionnaires.models import Version
from jalons.questionnaires.operations import (
    change_draft,
    prepare_version,
    publish_draft,
)
from jalons.surveys import figures
from tests.factories import (
    make_campaign,
    make_response,
    make_territory,
    make_user,
)
from tests.questionnaires.centre import make_centre, make_draft

pytestmark = pytest.mark.django_db
FIFTY = 50


@pytest.fixture
def officer(client):
    user = make_user()
    client.force_login(user)
    return user


@pytest.fixture
def centre(officer):
    return make_centre(owner=officer)


def first_version(centre, officer) -> Version:
    draft = make_draft(centre)
    return publish_draft(draft, revision=1, note="Première", by=officer)


def second_version(version, officer) -> Version:
    """“Yes” is worth nothing any more: every total falls by three."""
    draft = prepare_version(version.questionnaire, by=officer)
    question = draft.read().question("P2")
    options = tuple(
        option.model_copy(update={"code": "maybe", "points": 3})
        if option.code == "yes"
        else option
        for option in question.options
    )
    changed = drafting.replace_question(
        draft.read(), question.model_copy(update={"options": options})
    )
    p3 = changed.question("P3")
    condition = p3.show_if.model_copy(update={"any_of": ("maybe",)})
    changed = drafting.replace_question(
        changed, p3.model_copy(update={"show_if": condition})
    )
    change_draft(draft, changed, revision=1, by=officer, said="P2")
    draft.refresh_from_db()
    return publish_draft(draft, revision=2, note="P2 change", by=officer)


def test_fifty_answers_stay_readable_and_scored_with_their_version(
    client, centre, officer
):
    version = first_version(centre, officer)
    places = [make_territory() for _number in range(FIFTY)]
    campaign = make_campaign(*places, space=centre, version=version)
    for place in places:
        make_response(campaign, place, P2="yes", P3=["delegate"], P1a="regular")
    before = figures.territory_scores(campaign)

    newer = second_version(version, officer)

    campaign.refresh_from_db()
    assert (1, 2) == (campaign.version.number, newer.number)
    assert before == figures.territory_scores(campaign)
    rows = _exported(client, campaign)
    assert FIFTY == len(rows)
    assert {"yes"} == {row["P2"] for row in rows}
    page = client.get(reverse("surveys:scores", args=[campaign.pk]))
    assert 200 == page.status_code
    used = Version.objects.with_uses().get(pk=version.pk)
    assert (1, FIFTY) == (used.campaign_count, used.response_count)


def _exported(client, campaign):
    answer = client.get(reverse("surveys:export", args=[campaign.pk]))
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_the_questionnaire_of_another_centre_is_not_offered(client, officer, centre):
    other = make_user()
    theirs = first_version(make_centre(owner=other), other)

    page = client.get(reverse("surveys:create", args=[centre.pk])).content.decode()

    assert f'value="{theirs.pk}"' not in page


def test_a_survey_already_prepared_keeps_its_version_when_it_is_changed(
    client, centre, officer
):
    version = first_version(centre, officer)
    campaign = make_campaign(space=centre, version=version)
    newer = second_version(version, officer)

    page = client.get(reverse("surveys:edit", args=[campaign.pk]))

    field = page.context["form"]["version"]
    assert version.pk == field.value()
    offered = set(field.field.queryset.values_list("pk", flat=True))
    assert {version.pk, newer.pk} <= offered
