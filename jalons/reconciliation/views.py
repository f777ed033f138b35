"""The team's pages: several answers of one EPCI, and how they become one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from jalons.accounts.access import SignedInRequest
from jalons.reconciliation import figures, operations
from jalons.reconciliation.forms import MethodForm
from jalons.spaces.access import Right
from jalons.surveys.access import (
    get_campaign_of_institutions,
    may_be_read_by_its_team,
)
from jalons.surveys.models import Campaign
from jalons.surveys.operations import AlreadyClosed
from jalons.surveys.reconciling import Choice, choices_of
from jalons.territories.models import Territory

form_page = require_http_methods(["GET", "HEAD", "POST"])


def _language() -> str:
    return get_language() or "fr"


@form_page
def show(request: SignedInRequest, pk: int) -> HttpResponse:
    """Which EPCI gave several answers, whether they agree, and the choice for all."""
    campaign = get_campaign_of_institutions(request.user, pk, Right.EDIT)
    default = choices_of(campaign).default
    form = _form(request, campaign, default)
    if request.method == "POST" and form.is_valid():
        _choose(request, campaign, None, form)
        return redirect("reconciliation:show", pk)
    context = {
        "space": campaign.space,
        "campaign": campaign,
        "form": form,
        "chosen": _chosen(campaign, None),
        "awaits_validation": default.method == "consensus",
        "agreements": figures.agreements(campaign),
    }
    return render(request, "reconciliation/show.html", context)


@form_page
def territory(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """What each method would give for one EPCI, where its respondents disagree."""
    campaign = get_campaign_of_institutions(request.user, pk, Right.EDIT)
    place = get_object_or_404(campaign.territories, pk=code)
    choices, answered = choices_of(campaign), figures.answered_about(campaign, place)
    current = choices.by_territory.get(code, choices.default)
    form = _form(request, campaign, current)
    if request.method == "POST" and form.is_valid():
        _choose(request, campaign, place, form)
        return redirect("reconciliation:territory", pk, code)
    context = {
        "space": campaign.space,
        "campaign": campaign,
        "territory": place,
        "form": form,
        "chosen": _chosen(campaign, place),
        "is_validated": code in choices.sheets,
        "awaits_validation": current.method != choices.of(code).method,
        "answered": answered,
    }
    if answered:
        definition = campaign.version.read()
        context |= {
            "outcomes": figures.outcomes(campaign, place, answered, _language()),
            "lines": figures.lines(definition, answered, _language()),
            "may_discuss": may_be_read_by_its_team(campaign, place),
        }
    return render(request, "reconciliation/territory.html", context)


@require_POST
def drop(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """Come back to the choice of the whole survey."""
    campaign = get_campaign_of_institutions(request.user, pk, Right.EDIT)
    place = get_object_or_404(campaign.territories, pk=code)
    try:
        operations.drop_method(campaign, place, by=request.user)
    except (AlreadyClosed, operations.ValidatedByInstitution):
        messages.error(request, _refusal(campaign))
    else:
        messages.success(request, _("The choice of the whole survey is back."))
    return redirect("reconciliation:territory", pk, code)


def _form(request: SignedInRequest, campaign: Campaign, current: Choice) -> MethodForm:
    return MethodForm(
        request.POST or None,
        definition=campaign.version.read(),
        language=_language(),
        current=current,
    )


def _choose(
    request: SignedInRequest,
    campaign: Campaign,
    place: Territory | None,
    form: MethodForm,
) -> None:
    reason = form.cleaned_data["reason"]
    try:
        operations.choose_method(
            campaign, place, form.choice, reason=reason, by=request.user
        )
    except (AlreadyClosed, operations.ValidatedByInstitution):
        messages.error(request, _refusal(campaign))
    else:
        messages.success(request, _("The choice is kept, with its reason."))


def _refusal(campaign: Campaign) -> str:
    campaign.refresh_from_db()
    if campaign.is_closed:
        return _("This survey is closed: its scores are frozen.")
    return _(
        "This EPCI validated its answer by its own link: withdraw the validation first."
    )


def _chosen(campaign: Campaign, place: Territory | None) -> object:
    found = campaign.reconciliations.select_related("decided_by")
    return found.filter(territory=place).first()
