"""An EPCI is asked by mail for its own validation, and answers by its link."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from jalons.accounts.models import Link, User
from jalons.audit import operations as audit
from jalons.mail import operations as mail
from jalons.questionnaires.answers import Answers
from jalons.reconciliation.figures import refusals
from jalons.reconciliation.models import AGREED, Decision, State, ValidationRequest
from jalons.reconciliation.secrets import secret_of
from jalons.reconciliation.sheets import sheet_to_validate
from jalons.surveys import operations as surveys
from jalons.surveys.frozen import Settled, freeze_sheet, give_score_back
from jalons.surveys.models import Campaign, Reconciliation, Validation
from jalons.surveys.operations import NothingToValidate
from jalons.territories.models import Territory

ASKED = "answer-validation"


class AlreadyAsked(Exception):
    """This address was already asked for this territory."""


class Refused(Exception):
    """The EPCI said no by its own link, and nothing says that it changed its mind."""


class NothingAgreed(Exception):
    """There is no agreement in force to withdraw."""


@dataclass(frozen=True, slots=True)
class Given:
    """What the institution decided; `shown` is what its page showed."""

    state: State
    function: str
    statement: str
    shown: Answers = field(default_factory=dict)
    answers: Answers = field(default_factory=dict)


@transaction.atomic
def ask_validation(
    campaign: Campaign, territory: Territory, *, email: str, by: User
) -> ValidationRequest:
    """Write to an EPCI, once an address; another address receives the same link."""
    if Campaign.objects.select_for_update().get(pk=campaign.pk).settled_at:
        raise Settled(campaign)
    if not campaign.responses.submitted().filter(territory=territory).exists():
        raise NothingToValidate(territory)
    request = _request(campaign, territory, by=by)
    request.email = email
    request.save()
    path = reverse("reconciliation:open", args=[secret_of(request)])
    queued = mail.queue(
        ASKED,
        email,
        period=f"{campaign.pk}-{territory.pk}",
        context={
            "campaign": campaign,
            "territory": territory,
            "url": f"{settings.SITE_URL}{path}",
        },
    )
    if queued is None:
        raise AlreadyAsked(email)
    audit.record(
        "validation.asked", campaign, by=by, details={"territory": territory.pk}
    )
    return request


def _request(
    campaign: Campaign, territory: Territory, *, by: User
) -> ValidationRequest:
    known = ValidationRequest.objects.filter(campaign=campaign, territory=territory)
    if found := known.first():
        return found
    made = ValidationRequest(
        campaign=campaign, territory=territory, asked_by=by, asked_at=timezone.now()
    )
    # It outlives the survey, so that an agreement may be withdrawn: what it allows
    # depends on the survey being open or closed.
    made.link = Link.objects.create(
        purpose=Link.Purpose.VALIDATION, digest=Link.digest_of(secret_of(made))
    )
    return made


@transaction.atomic
def agree_by_link(request: ValidationRequest, given: Given) -> Decision:
    """The sheet becomes the institution's answer, and its agreement to publication.

    After the closing the score of that territory is frozen again; once results are
    published, nothing can be validated any more.
    """
    campaign = Campaign.objects.select_for_update().get(pk=request.campaign_id)
    if campaign.settled_at:
        raise Settled(campaign)
    if campaign.is_closed:
        sheet = given.answers
        freeze_sheet(campaign, request.territory_id, sheet)  # type: ignore[arg-type]
    now, territory = timezone.now(), request.territory_id
    said = f"{given.function}, {given.statement}"[:300]
    Validation.objects.update_or_create(
        campaign=campaign,
        territory_id=territory,
        defaults={
            "validated_at": now,
            "recorded_by": None,
            "statement": said,
            "sheet": dict(given.answers),
        },
    )
    Reconciliation.objects.update_or_create(
        campaign=campaign,
        territory_id=territory,
        defaults={
            "method": Reconciliation.Method.CONSENSUS,
            "weights": {},
            "reason": said,
            "decided_by": None,
            "decided_at": now,
        },
    )
    return _decide(request, given)


@transaction.atomic
def refuse_by_link(request: ValidationRequest, given: Given) -> Decision:
    """No agreement, or no longer: the class is shown to nobody outside the team."""
    campaign = Campaign.objects.select_for_update().get(pk=request.campaign_id)
    locked = ValidationRequest.objects.select_for_update().get(pk=request.pk)
    if given.state == State.WITHDRAWN and locked.state not in AGREED:
        raise NothingAgreed(request)
    Validation.objects.filter(
        campaign=campaign, territory=request.territory_id
    ).delete()
    _give_method_back(campaign, request.territory_id)
    return _decide(request, given)


@transaction.atomic
def record_validation(
    campaign: Campaign,
    territory: Territory,
    *,
    statement: str,
    has_changed_its_mind: bool = False,
    by: User,
) -> Validation:
    """Note a validation that came otherwise than by link, beside what the link said."""
    Campaign.objects.select_for_update().get(pk=campaign.pk)
    if territory.pk in refusals(campaign) and not has_changed_its_mind:
        raise Refused(territory)
    made = surveys.validate_answer(campaign, territory, by=by, statement=statement)
    # What it agreed to, for the next wave: answers are erased before it begins.
    made.sheet = sheet_to_validate(campaign, territory) or None
    made.save(update_fields=["sheet"])
    asked = campaign.validation_requests.select_for_update().filter(territory=territory)
    if request := asked.first():
        _write(request, Given(State.VALIDATED, "", statement), by=by)
    return made


@transaction.atomic
def withdraw_validation(validation: Validation, *, by: User) -> None:
    """The team takes a validation back; if it came by a link, its request says so."""
    campaign = Campaign.objects.select_for_update().get(pk=validation.campaign_id)
    surveys.withdraw_validation(validation, by=by)
    agreed = campaign.validation_requests.select_for_update().filter(
        territory=validation.territory_id, state__in=AGREED
    )
    if request := agreed.first():
        _give_method_back(campaign, request.territory_id)
        _write(request, Given(State.WITHDRAWN, "", ""), by=by)


def _give_method_back(campaign: Campaign, code: str) -> None:
    """Without the validated sheet, the team's choice again, unless scores rest on it.

    They do once closed, but for a sheet validated since: what was frozen comes back.
    """
    if campaign.is_closed and not give_score_back(campaign, code):
        return
    campaign.reconciliations.filter(
        territory=code, method=Reconciliation.Method.CONSENSUS, decided_by=None
    ).delete()


def _decide(request: ValidationRequest, given: Given) -> Decision:
    campaign = request.campaign
    audit.record(
        "validation.decided",
        campaign,
        by=None,
        space_id=campaign.space_id,
        details={"territory": request.territory_id, "state": str(given.state)},
    )
    return _write(request, given, by=None)


def _write(request: ValidationRequest, given: Given, *, by: User | None) -> Decision:
    request.state = given.state
    request.save(update_fields=["state"])
    return Decision.objects.create(
        request=request,
        state=given.state,
        function=given.function,
        statement=given.statement,
        version=request.campaign.version,
        shown=dict(given.shown),
        answers=dict(given.answers),
        decided_at=timezone.now(),
        recorded_by=by,
    )
