"""The team asks the EPCI for their validation, and follows their decisions."""

from __future__ import annotations

from collections import Counter

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from jalons.accounts.access import SignedInRequest
from jalons.reconciliation import validating
from jalons.reconciliation.forms import AskForm, ValidationForm
from jalons.reconciliation.models import State, in_words
from jalons.spaces.access import Right
from jalons.surveys.access import get_campaign_of_institutions
from jalons.surveys.collection import Fact
from jalons.surveys.frozen import Settled, outcome_of
from jalons.surveys.models import Campaign
from jalons.surveys.standing import moves


@require_http_methods(["GET", "HEAD", "POST"])
def requests(request: SignedInRequest, pk: int) -> HttpResponse:
    """Whom we asked, what each EPCI decided; ask one more by mail."""
    campaign = get_campaign_of_institutions(request.user, pk, Right.EDIT)
    form = AskForm(request.POST or None, campaign=campaign)
    if request.method == "POST" and form.is_valid():
        _ask(request, campaign, form)
        return redirect("reconciliation:requests", pk)
    sent = campaign.validation_requests.prefetch_related("decisions__recorded_by")
    asked = list(sent.select_related("territory").order_by("territory__name"))
    moved = moves(campaign)
    counts = Counter(one.state for one in asked)
    context = {
        "space": campaign.space,
        "campaign": campaign,
        "form": form,
        "outcome": outcome_of(campaign, at=timezone.now()),
        "asked": [(one, moved.get(one.territory_id, "")) for one in asked],
        "counts": [
            Fact(in_words(state, campaign), str(counts[state]))
            for state in State
            if counts[state]
        ],
    }
    return render(request, "reconciliation/requests.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def validations(request: SignedInRequest, pk: int) -> HttpResponse:
    """Who validated its answer as an institution; record one more."""
    campaign = get_campaign_of_institutions(request.user, pk, Right.EDIT)
    form = ValidationForm(request.POST or None, campaign=campaign)
    if request.method == "POST" and form.is_valid():
        validating.record_validation(campaign, by=request.user, **form.cleaned_data)
        messages.success(request, _("The validation is recorded."))
        return redirect("reconciliation:validations", pk)
    recorded = campaign.validations.select_related("territory", "recorded_by")
    context = {
        "space": campaign.space,
        "campaign": campaign,
        "form": form,
        "validations": recorded.order_by("territory__name"),
    }
    return render(request, "reconciliation/validations.html", context)


@require_POST
def withdraw(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """Take a validation back, however it came."""
    campaign = get_campaign_of_institutions(request.user, pk, Right.EDIT)
    validation = get_object_or_404(campaign.validations, territory=code)
    validating.withdraw_validation(validation, by=request.user)
    messages.success(request, _("The validation is withdrawn."))
    return redirect("reconciliation:validations", pk)


def _ask(request: SignedInRequest, campaign: Campaign, form: AskForm) -> None:
    given = form.cleaned_data
    try:
        validating.ask_validation(
            campaign, given["territory"], email=given["email"], by=request.user
        )
    except Settled:
        messages.error(
            request, _("Scores no longer move: nobody is asked to validate any more.")
        )
    except validating.AlreadyAsked:
        messages.info(
            request, _("This address was already asked: nothing is sent twice.")
        )
    else:
        messages.success(request, _("The request is on its way."))
