"""An institution validates its answer by its own link, or corrects or refuses it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from jalons.accounts.models import Link
from jalons.audit.models import Entry
from jalons.mail.models import Message
from jalons.observatory.models import Publication
from jalons.reconciliation import validating
from jalons.reconciliation.models import Decision, State
from jalons.reconciliation.secrets import secret_of
from jalons.surveys import operations as surveys
from jalons.surveys.figures import territory_scores
from jalons.surveys.frozen import Settled, settle_scores
from tests.factories import make_campaign, make_response, make_space, make_user

pytestmark = pytest.mark.django_db

SAID = {"function": "Directrice générale", "statement": "Bureau du 12 mai"}


@pytest.fixture
def officer():
    return make_user()


@pytest.fixture
def campaign(officer):
    """Three answers about one EPCI; two say R1 is worth 3, one says 4."""
    found = make_campaign(space=make_space(owner=officer), notice_announces_class=True)
    for R1 in ("yes", "yes", "yes_active"):
        make_response(found, P2="no", R1=R1)
    return found


@pytest.fixture
def asked(campaign, officer):
    return validating.ask_validation(
        campaign, campaign.territories.get(), email="dgs@exemple.fr", by=officer
    )


def _url(asked, name="open"):
    return reverse(f"reconciliation:{name}", args=[secret_of(asked)])


def _method(campaign):
    return next(iter(territory_scores(campaign).values())).method


def test_the_mail_holds_a_link_of_which_only_the_print_is_kept(asked):
    message = Message.objects.get(reason="answer-validation")

    assert message.recipient == "dgs@exemple.fr"
    assert Link.digest_of(secret_of(asked)) == asked.link.digest
    assert asked.link.purpose == Link.Purpose.VALIDATION


def test_the_same_address_is_never_asked_twice(asked, campaign, officer):
    place = campaign.territories.get()

    with pytest.raises(validating.AlreadyAsked):
        validating.ask_validation(campaign, place, email="dgs@exemple.fr", by=officer)

    assert Message.objects.filter(reason="answer-validation").count() == 1


def test_nobody_is_asked_about_a_territory_without_answer(officer):
    campaign = make_campaign(space=make_space(owner=officer))

    with pytest.raises(surveys.NothingToValidate):
        validating.ask_validation(
            campaign, campaign.territories.get(), email="a@exemple.fr", by=officer
        )


def test_validating_makes_the_sheet_the_answer_of_the_institution(
    client, asked, campaign
):
    client.post(_url(asked), {**SAID, "validate": "1"})

    validation = campaign.validations.get()
    assert validation.sheet == {"P2": "no", "R1": "yes"}
    assert validation.recorded_by is None
    assert _method(campaign) == "consensus"
    decision = Decision.objects.get()
    assert (decision.state, decision.shown) == (State.VALIDATED, decision.answers)
    assert decision.version == campaign.version


def test_a_corrected_sheet_keeps_what_was_shown_beside_what_was_validated(
    client, asked, campaign
):
    client.post(_url(asked, "correct"), {**SAID, "P2": "no", "R1": "planned"})

    decision = Decision.objects.get()
    assert decision.state == State.CORRECTED
    assert decision.shown["R1"] == "yes"
    assert decision.answers["R1"] == "planned"
    (score,) = territory_scores(campaign).values()
    assert (score.low, score.maximum > score.low) == (1, True)


def test_a_decision_without_function_is_refused(client, asked, campaign):
    page = client.post(_url(asked), {"statement": "Bureau", "validate": "1"})

    assert page.status_code == 200
    assert not campaign.validations.exists()
    assert not Decision.objects.exists()


def test_an_empty_sheet_is_not_validated(client, asked, campaign):
    page = client.post(_url(asked, "correct"), SAID)

    assert page.status_code == 200
    assert not campaign.validations.exists()


def test_refusing_publication_is_recorded_and_validates_nothing(
    client, asked, campaign
):
    client.post(_url(asked), {**SAID, "refuse": "1"})

    asked.refresh_from_db()
    assert asked.state == State.REFUSED
    assert not campaign.validations.exists()


def test_where_no_publication_was_announced_none_is_refused(client, asked, campaign):
    announced = client.get(_url(asked)).content.decode()
    campaign.notice_announces_class = False
    campaign.save(update_fields=["notice_announces_class"])

    page = client.get(_url(asked)).content.decode()
    client.post(_url(asked), {**SAID, "refuse": "1"})

    assert "Refuser la publication" in announced
    assert "Refuser la publication" not in page
    assert "Ce n’est pas notre réponse" in page
    after = client.get(_url(asked)).content.decode()
    assert "publication refusée" not in after
    assert "ce n’est pas sa réponse" in after


def test_the_link_of_a_survey_deleted_since_says_so(client, asked, campaign, officer):
    campaign.responses.all().delete()
    surveys.delete_campaign(campaign, by=officer)

    page = client.get(_url(asked))

    assert page.status_code == 410
    assert "a été supprimé" in page.content.decode()
    unknown = reverse("reconciliation:open", args=["a" * 22])
    assert client.get(unknown).status_code == 404


def test_once_results_are_published_the_link_only_withdraws(
    client, asked, campaign, officer
):
    client.post(_url(asked), {**SAID, "validate": "1"})
    surveys.close_campaign(campaign, by=officer)
    campaign.refresh_from_db()
    settle_scores(campaign, by=officer)

    refused = client.post(_url(asked), {**SAID, "validate": "1"}, follow=True)
    assert "points ne bougent plus" in refused.content.decode()
    assert client.get(_url(asked, "correct")).url == _url(asked)
    with pytest.raises(Settled):
        validating.ask_validation(
            campaign, asked.territory, email="b@exemple.fr", by=officer
        )
    client.post(_url(asked), {**SAID, "withdraw": "1"})

    assert not campaign.validations.exists()
    states = Decision.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == [State.VALIDATED, State.WITHDRAWN]


def test_between_the_closing_and_the_publication_a_correction_freezes_the_score_again(
    client, asked, campaign, officer
):
    code = asked.territory_id
    surveys.close_campaign(campaign, by=officer)
    campaign.refresh_from_db()
    # P2 "no" and R1 "yes": 0 and 3 points; then P2 "yes" and R1 "yes_active": 3 and 4.
    before = territory_scores(campaign)[code]

    given = {**SAID, "P2": "yes", "R1": "yes_active"}
    page = client.post(_url(asked, "correct"), given, follow=True).content.decode()
    after = territory_scores(campaign)[code]

    assert (3, "median") == (before.low, before.method)
    assert (7, "consensus") == (after.low, after.method)
    assert (3, before.minimum, before.maximum) == (
        after.respondent_count,
        after.minimum,
        after.maximum,
    )
    assert "7 points, au lieu de 3" in page.replace("\xa0", " ")
    client.force_login(officer)
    address = reverse("surveys:territory_points", args=[campaign.pk, code])
    told = client.get(address).content.decode()
    assert "7 points, au lieu de 3" in told.replace("\xa0", " ")
    assert 1 == Entry.objects.filter(verb="score.frozen_again").count()

    client.post(_url(asked), {**SAID, "withdraw": "1"})

    assert before == territory_scores(campaign)[code]
    assert not campaign.reconciliations.exists()


def test_an_agreement_of_before_the_closing_leaves_the_frozen_score_when_withdrawn(
    client, asked, campaign, officer
):
    client.post(_url(asked), {**SAID, "validate": "1"})
    surveys.close_campaign(campaign, by=officer)
    campaign.refresh_from_db()
    frozen = territory_scores(campaign)

    client.post(_url(asked), {**SAID, "withdraw": "1"})

    assert frozen == territory_scores(campaign)
    assert "consensus" == campaign.reconciliations.get().method


def test_closing_says_that_links_still_validate_and_publication_ends_it(
    client, campaign, officer
):
    client.force_login(officer)
    requests = reverse("reconciliation:requests", args=[campaign.pk])
    validations = reverse("reconciliation:validations", args=[campaign.pk])

    warning = client.get(reverse("surveys:close", args=[campaign.pk]))
    assert f'href="{requests}"' in warning.content.decode()

    surveys.close_campaign(campaign, by=officer)

    said = {"territory": campaign.territories.first().pk, "email": "a@exemple.fr"}
    client.post(requests, said)
    assert 1 == campaign.validation_requests.count()

    campaign.refresh_from_db()
    settle_scores(campaign, by=officer)
    publication = Publication.objects.create(
        campaign=campaign,
        figures={},
        code_version="1",
        published_by=officer,
        published_at=timezone.now(),
        public_from=timezone.now(),
    )

    shown = reverse("surveys:show", args=[campaign.pk])
    after = client.get(shown).content.decode()
    assert "résultats sont publiés" in after
    assert f'<a class="button" href="{validations}"' in after
    assert "<button" not in client.get(requests).content.decode().split("<main")[1]
    awaited = {"public_from": timezone.now() + timedelta(days=2)}
    withdrawn = {"withdrawn_at": timezone.now(), "withdrawn_by": officer}
    for change, told in ((awaited, "seront publics le"), (withdrawn, "été retirés")):
        Publication.objects.filter(pk=publication.pk).update(**change)
        for page in (client.get(shown), client.get(requests)):
            assert told in page.content.decode()
            assert "résultats sont publiés" not in page.content.decode()
    said = {"territory": campaign.territories.first().pk, "statement": "Courrier"}
    client.post(validations, said)
    assert 1 == campaign.validations.count()


def test_withdrawing_before_the_end_gives_the_median_back(client, asked, campaign):
    client.post(_url(asked), {**SAID, "validate": "1"})
    client.post(_url(asked), {**SAID, "withdraw": "1"})

    assert _method(campaign) == "median"


def test_with_two_answers_not_shared_the_sheet_is_blank(client, officer):
    """Rule 6: the institution must not read what one colleague said."""
    campaign = make_campaign(space=make_space(owner=officer))
    make_response(campaign, R1="yes")
    make_response(campaign, R1="yes")
    asked = validating.ask_validation(
        campaign, campaign.territories.get(), email="dgs@exemple.fr", by=officer
    )

    page = client.get(_url(asked)).content.decode()
    client.post(_url(asked), {**SAID, "validate": "1"})

    assert "Moins de trois personnes" in page
    assert "<dl>" not in page
    assert not campaign.validations.exists()


def test_a_guessed_or_revoked_link_opens_nothing(client, asked):
    assert (
        client.get(reverse("reconciliation:open", args=["A" * 22])).status_code == 404
    )
    Link.objects.filter(pk=asked.link_id).update(revoked_at=asked.asked_at)

    assert client.get(_url(asked)).status_code == 410


def test_the_officer_asks_from_the_page_and_reads_the_decisions(
    client, campaign, officer
):
    client.force_login(officer)
    url = reverse("reconciliation:requests", args=[campaign.pk])
    place = campaign.territories.get()

    client.post(url, {"territory": place.pk, "email": "dgs@exemple.fr"})
    asked = campaign.validation_requests.get()
    client.post(_url(asked), {**SAID, "validate": "1"})

    page = client.get(url).content.decode()
    assert "Directrice générale" in page
    assert "dgs@exemple.fr" in page


def test_the_validation_prevents_the_team_from_choosing_otherwise(
    client, asked, campaign, officer
):
    client.post(_url(asked), {**SAID, "validate": "1"})
    client.force_login(officer)
    place = campaign.territories.get()

    client.post(
        reverse("reconciliation:territory", args=[campaign.pk, place.pk]),
        {"method": "maximum", "reason": "Essai"},
    )

    assert _method(campaign) == "consensus"


def test_the_team_taking_a_validation_back_is_written_beside_the_epci_s_own(
    client, asked, campaign, officer
):
    client.post(_url(asked), {**SAID, "validate": "1"})
    place = campaign.territories.get()
    client.force_login(officer)

    client.post(reverse("reconciliation:withdraw", args=[campaign.pk, place.pk]))

    asked.refresh_from_db()
    assert asked.state == State.WITHDRAWN
    first, second = Decision.objects.order_by("pk")
    assert (first.state, first.recorded_by) == (State.VALIDATED, None)
    assert (second.state, second.recorded_by) == (State.WITHDRAWN, officer)
    assert _method(campaign) == "median"
    followed = reverse("reconciliation:requests", args=[campaign.pk])
    assert f"par {officer.name}, pour l’équipe" in client.get(followed).content.decode()
    assert "L’équipe de l’enquête a retiré" in client.get(_url(asked)).content.decode()


def test_taking_back_what_the_team_recorded_says_nothing_for_the_epci(
    client, asked, campaign, officer
):
    place = campaign.territories.get()
    surveys.validate_answer(campaign, place, by=officer, statement="Mail")
    client.force_login(officer)

    client.post(reverse("reconciliation:withdraw", args=[campaign.pk, place.pk]))

    asked.refresh_from_db()
    assert asked.state == State.WAITING
    assert not campaign.validations.exists()
    assert not Decision.objects.exists()


def test_a_validation_is_recorded_then_withdrawn(client, campaign, officer):
    client.force_login(officer)
    code = campaign.territories.get().pk
    url = reverse("reconciliation:validations", args=[campaign.pk])

    client.post(url, {"territory": code, "statement": "Mail du 12 mai"})
    assert "Mail du 12 mai" in client.get(url).content.decode()
    client.post(reverse("reconciliation:withdraw", args=[campaign.pk, code]))

    assert not campaign.validations.exists()


def test_what_the_team_notes_does_not_cover_a_refusal_by_link(
    client, asked, campaign, officer
):
    client.post(_url(asked), {**SAID, "refuse": "1"})
    client.force_login(officer)
    url = reverse("reconciliation:validations", args=[campaign.pk])
    given = {"territory": asked.territory_id, "statement": "Mail du 12 mai"}

    refused = client.post(url, given).content.decode()
    assert "a dit non par son propre lien" in refused
    assert not campaign.validations.exists()
    with pytest.raises(validating.Refused):
        validating.record_validation(
            campaign, asked.territory, statement="Mail", by=officer
        )

    client.post(url, {**given, "has_changed_its_mind": "on"})
    assert campaign.validations.get().statement == "Mail du 12 mai"
    last = Decision.objects.latest("pk")
    assert (last.state, last.recorded_by) == (State.VALIDATED, officer)
    assert "a noté votre accord" in client.get(_url(asked)).content.decode()
    client.post(_url(asked), {**SAID, "withdraw": "1"})
    assert not campaign.validations.exists()
