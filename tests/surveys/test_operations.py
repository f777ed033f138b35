"""Answering, sending, closing: what is written, once, and what is refused."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from jalons.accounts.models import Link
from jalons.audit.models import Entry as AuditEntry
from jalons.surveys import operations
from jalons.surveys.models import Campaign, Contact, Response, Score
from tests.factories import make_campaign, make_response, make_territory, make_user

pytestmark = pytest.mark.django_db


def _draft(campaign, **answers):
    """A draft with its territory and profile, and the answers of one page."""
    response, _secret = operations.open_draft(campaign, key=uuid.uuid4())
    territory = campaign.territories.first()
    _save(response, "respondent", territory=territory.pk, profile="decision_maker")
    for code, answer in answers.items():
        _save(response, _section_of(campaign, code), **{code: answer})
    response.refresh_from_db()
    return response


def _section_of(campaign, code):
    sections = campaign.version.read().sections
    return next(s.code for s in sections if any(q.code == code for q in s.questions))


def _save(response, section_code, **given):
    section = response.campaign.version.read().section(section_code)
    operations.save_section(response, section, given, language="fr")


def test_a_form_sent_twice_starts_one_answer_with_one_link():
    campaign, key = make_campaign(), uuid.uuid4()

    first, first_secret = operations.open_draft(campaign, key=key)
    second, second_secret = operations.open_draft(campaign, key=key)

    assert first == second
    assert first_secret == second_secret
    assert campaign.responses.count() == 1
    assert Link.digest_of(first_secret) == Link.objects.get().digest


def test_the_secret_of_a_link_is_kept_nowhere():
    campaign = make_campaign()

    response, secret = operations.open_draft(campaign, key=uuid.uuid4())

    assert secret not in response.link.digest
    assert secret not in str(Response.objects.values().get())


def test_a_personal_link_dies_with_the_campaign():
    campaign = make_campaign()

    response, _secret = operations.open_draft(campaign, key=uuid.uuid4())

    assert campaign.last_moment == response.link.expires_at
    assert response.link.is_alive(at=campaign.last_moment - timedelta(seconds=1))
    assert not response.link.is_alive(at=campaign.last_moment)


def test_no_one_resumes_an_imported_answer_by_guessing_its_key():
    campaign = make_campaign()
    imported = make_response(campaign)
    Response.objects.update(channel=Response.Channel.IMPORT)

    with pytest.raises(operations.AlreadySent):
        operations.open_draft(campaign, key=imported.key)


@pytest.mark.parametrize("days", [-30, 30])
def test_a_campaign_takes_answers_between_its_dates_only(days):
    today = timezone.localdate()
    start = today + timedelta(days=days)
    campaign = make_campaign(opens_on=start, closes_on=start + timedelta(days=5))

    with pytest.raises(operations.NotOpen):
        operations.open_draft(campaign, key=uuid.uuid4())


def test_saving_a_page_leaves_the_others_alone():
    response = _draft(make_campaign(), P1a="regular", R1="yes")

    _save(response, "political", P1b="no")

    response.refresh_from_db()
    assert {code: response.answers.get(code) for code in ("P1b", "R1")} == {
        "P1b": "no",
        "R1": "yes",
    }
    assert "P1a" not in response.answers


def test_territory_and_profile_are_read_from_the_answers():
    campaign = make_campaign()

    response = _draft(campaign)

    assert campaign.territories.get() == response.territory
    assert response.profile == "decision_maker"


def test_a_territory_outside_the_perimeter_is_refused():
    response = _draft(make_campaign())
    elsewhere = make_territory("CC d’Ailleurs")

    with pytest.raises(operations.OutsidePerimeter):
        _save(response, "respondent", territory=elsewhere.pk)


def test_a_contact_left_is_kept_apart_from_the_answers():
    campaign = make_campaign()
    response = _draft(campaign, support=["learn"])

    _save(
        response,
        "closing",
        support=["learn"],
        contact="camille@exemple.fr",
        contact_consent="on",
    )

    contact = Contact.objects.get()
    response.refresh_from_db()
    assert contact.value == "camille@exemple.fr"
    assert "camille" not in str(response.answers)
    assert contact.consent_text
    assert campaign.closes_on < contact.purge_on


def test_a_contact_without_consent_is_not_kept():
    response = _draft(make_campaign(), support=["learn"])

    _save(response, "closing", support=["learn"], contact="camille@exemple.fr")

    response.refresh_from_db()
    assert not Contact.objects.exists()
    assert "camille" not in str(response.answers)


def test_a_contact_goes_when_its_question_is_no_longer_asked():
    response = _draft(make_campaign(), has_action="yes")
    given = {"action_contact": "camille@exemple.fr", "action_contact_consent": "on"}
    _save(response, "action", **given)
    assert Contact.objects.exists()

    _save(response, "in_charge", has_action="no")

    assert not Contact.objects.exists()


def test_saving_a_page_keeps_the_contacts_of_the_others():
    response = _draft(make_campaign())
    _save(response, "closing", contact="camille@exemple.fr", contact_consent="on")

    _save(response, "political", P1a="no")

    assert "camille@exemple.fr" == Contact.objects.get().value


def test_sending_twice_keeps_the_first_date():
    response = _draft(make_campaign())

    first = operations.submit_response(response)
    second = operations.submit_response(response)

    assert first.submitted_at == second.submitted_at
    assert Response.objects.submitted().count() == 1


def test_an_answer_without_territory_cannot_be_sent():
    campaign = make_campaign()
    response, _secret = operations.open_draft(campaign, key=uuid.uuid4())

    with pytest.raises(operations.Incomplete) as refusal:
        operations.submit_response(response)

    assert {"territory", "profile"} == set(refusal.value.codes)
    assert not Response.objects.submitted().exists()


def test_an_answer_sent_is_no_longer_changed():
    response = operations.submit_response(_draft(make_campaign(), P2="yes"))

    with pytest.raises(operations.AlreadySent):
        _save(response, "political", P2="no")
    with pytest.raises(operations.AlreadySent):
        operations.choose_wording(response, is_easy=True)


def test_a_draft_that_went_with_its_campaign_is_read_in_no_wording():
    campaign = make_campaign()
    draft = _draft(campaign)
    operations.close_campaign(campaign, by=make_user())

    with pytest.raises(operations.NotOpen):
        operations.choose_wording(draft, is_easy=True)


def test_closing_freezes_the_scores_with_the_version_of_the_grid():
    campaign = make_campaign()
    make_response(campaign, P2="yes", P1a="regular")

    operations.close_campaign(campaign, by=make_user())

    score = Score.objects.get()
    assert campaign.version == score.version
    assert score.low < score.high
    assert score.respondent_count == 1
    assert campaign.closed_at == score.frozen_at


def test_a_survey_closed_early_says_the_day_it_was_closed():
    campaign = make_campaign()
    planned = campaign.last_day

    operations.close_campaign(campaign, by=make_user())

    assert planned == campaign.closes_on
    assert campaign.last_day == campaign.today() < planned


def test_closing_deletes_drafts_and_ends_links():
    campaign = make_campaign()
    sent = operations.submit_response(_draft(campaign))
    _draft(campaign)

    operations.close_campaign(campaign, by=make_user())

    assert [sent] == list(campaign.responses.all())
    assert not Link.objects.alive(at=timezone.now()).exists()


def test_a_campaign_closes_once():
    campaign, user = make_campaign(), make_user()
    operations.close_campaign(campaign, by=user)

    with pytest.raises(operations.AlreadyClosed):
        operations.close_campaign(campaign, by=user)

    assert AuditEntry.objects.filter(verb="campaign.closed").count() == 1


def test_a_change_begun_before_the_closing_opens_nothing_again():
    campaign, user = make_campaign(), make_user()
    read_before = Campaign.objects.get(pk=campaign.pk)
    operations.close_campaign(campaign, by=user)

    with pytest.raises(operations.AlreadyClosed):
        operations.change_campaign(read_before, [], by=user)
    with pytest.raises(operations.AlreadyClosed):
        operations.move_closing(read_before, campaign.closes_on, by=user)

    assert Campaign.objects.get(pk=campaign.pk).is_closed


def test_a_draft_cannot_be_sent_once_the_campaign_is_closed():
    campaign = make_campaign()
    draft = _draft(campaign)
    operations.close_campaign(campaign, by=make_user())

    with pytest.raises(operations.NotOpen):
        operations.submit_response(draft)


def test_the_day_of_closing_can_move_and_links_follow():
    campaign = make_campaign()
    response = _draft(campaign)
    later = campaign.closes_on + timedelta(days=7)

    operations.move_closing(campaign, later, by=make_user())

    response.link.refresh_from_db()
    assert campaign.last_moment == response.link.expires_at


def test_a_campaign_answered_by_someone_keeps_what_they_were_told():
    campaign = make_campaign()
    make_response(campaign)

    with pytest.raises(operations.HasAnswers):
        operations.change_campaign(campaign, [], by=make_user())


def test_a_territory_validates_its_answer_and_may_withdraw():
    campaign, user = make_campaign(), make_user()
    make_response(campaign)
    territory = campaign.territories.get()

    validation = operations.validate_answer(
        campaign, territory, by=user, statement="Délibération du 3 mars"
    )
    assert [validation] == list(campaign.validations.all())

    operations.withdraw_validation(validation, by=user)
    assert not campaign.validations.exists()


def test_a_territory_without_answer_has_nothing_to_validate():
    campaign = make_campaign()

    with pytest.raises(operations.NothingToValidate):
        operations.validate_answer(
            campaign, campaign.territories.get(), by=make_user(), statement="Mail"
        )
