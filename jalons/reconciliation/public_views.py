"""What an EPCI does by its own link, without signing in."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from jalons.questionnaires.forms import section_form
from jalons.reconciliation import access, sheets, validating
from jalons.reconciliation.forms import AgreementForm
from jalons.reconciliation.models import AGREED, State, ValidationRequest
from jalons.reconciliation.validating import Given
from jalons.surveys.frozen import Settled
from jalons.surveys.standing import moved

form_page = require_http_methods(["GET", "HEAD", "POST"])


def _language() -> str:
    return get_language() or "fr"


@login_not_required
@never_cache
@form_page
def open(request: HttpRequest, secret: str) -> HttpResponse:
    """The sheet line by line: validate it, refuse publication, or withdraw later."""
    asked = access.find_request(secret, timezone.now())
    campaign = asked.campaign
    sheet = sheets.sheet_to_validate(campaign, asked.territory)
    form = AgreementForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        state = State.REFUSED if "refuse" in request.POST else State.VALIDATED
        if "withdraw" in request.POST:
            state = State.WITHDRAWN
        if sheet or state != State.VALIDATED:
            _answer(request, asked, Given(state, *form.said, sheet, sheet))
        return redirect("reconciliation:open", secret)
    read = sheets.read_sheet(campaign.version.read(), sheet, _language())
    context = {
        "campaign": campaign,
        "asked": asked,
        "secret": secret,
        "sheet": read if sheet else None,
        "form": form,
        "has_agreed": asked.state in AGREED,
        "last": asked.decisions.order_by("pk").last(),
    }
    return render(request, "reconciliation/open.html", context)


@login_not_required
@never_cache
@form_page
def correct(request: HttpRequest, secret: str) -> HttpResponse:
    """The same sheet as a form; what is sent becomes the institution's answer."""
    asked = access.find_request(secret, timezone.now())
    if asked.campaign.settled_at:
        return redirect("reconciliation:open", secret)
    definition = asked.campaign.version.read()
    sheet = sheets.sheet_to_validate(asked.campaign, asked.territory)
    section, posted = sheets.sheet_section(definition), request.POST or None
    form = section_form(definition, section, sheet, language=_language(), data=posted)
    agreement = AgreementForm(posted)
    if request.method == "POST" and form.is_valid() and agreement.is_valid():
        answers = sheets.only_scored(definition, dict(form.answers))
        if answers:
            state = State.VALIDATED if answers == sheet else State.CORRECTED
            _answer(request, asked, Given(state, *agreement.said, sheet, answers))
            return redirect("reconciliation:open", secret)
        messages.error(request, _("Answer at least one question before validating."))
    context = {
        "campaign": asked.campaign,
        "asked": asked,
        "secret": secret,
        "form": form,
        "agreement": agreement,
    }
    return render(request, "reconciliation/correct.html", context)


def _answer(request: HttpRequest, asked: ValidationRequest, given: Given) -> None:
    try:
        if given.state in AGREED:
            validating.agree_by_link(asked, given)
        else:
            refused = Given(given.state, given.function, given.statement)
            validating.refuse_by_link(asked, refused)
    except Settled:
        messages.error(
            request,
            _("Scores no longer move: you may only withdraw your agreement."),
        )
    except validating.NothingAgreed:
        messages.info(request, _("There is no agreement left to withdraw."))
    else:
        messages.success(request, _("Your decision is recorded. Thank you."))
        if said := moved(asked.campaign, asked.territory_id):
            messages.info(request, said)
