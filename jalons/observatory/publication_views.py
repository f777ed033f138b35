"""From the team to the public: see what will be read, publish, withdraw."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from jalons.accounts.access import SignedInRequest
from jalons.files import licences
from jalons.files.licences import LicenceForm
from jalons.observatory import figures, operations
from jalons.observatory.access import get_publication
from jalons.observatory.forms import IncomeLimitsForm, PublishForm, WithdrawForm
from jalons.observatory.models import IncomeLimits, Publication
from jalons.observatory.restitution import restitution_of
from jalons.observatory.sentences import thirds_over
from jalons.spaces.access import Right
from jalons.surveys.access import get_campaign_of_institutions


@require_http_methods(["GET", "POST"])
@never_cache
def publish(request: SignedInRequest, pk: int) -> HttpResponse:
    """What will be public, the check of secrecy, and the button."""
    campaign = get_campaign_of_institutions(request.user, pk, Right.EDIT)
    publication = Publication.objects.filter(campaign=campaign).first()
    is_public = bool(publication and publication.is_public(at=timezone.now()))
    form = PublishForm(request.POST or None, campaign.space, publication)
    terms = LicenceForm(request.POST or None, publication)
    found = figures.public_figures(campaign)
    is_ready = campaign.is_closed and found.can_leave
    if request.method == "POST" and is_ready and form.is_valid() and terms.is_valid():
        operations.publish(
            campaign, public_from=form.public_from, licence=terms.given, by=request.user
        )
        messages.success(request, form.told)
        return redirect("observatory:publish", pk=pk)
    context = {
        "campaign": campaign,
        "publication": publication,
        "is_public": is_public,
        "form": form,
        "terms": terms,
        "found": found,
        "shown": restitution_of(campaign, found.figures),
    }
    return render(request, "observatory/publish.html", context)


@require_POST
def licence(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say how all may reuse what is published, which stays as it is."""
    campaign = get_campaign_of_institutions(request.user, pk, Right.EDIT)
    publication = get_publication(campaign)
    say = partial(operations.say_licence, publication, by=request.user)
    told = _("Kept: it is said wherever the results are.")
    licences.receive(request, publication, say, told)
    return redirect("observatory:publish", pk=pk)


@require_http_methods(["GET", "POST"])
@never_cache
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    campaign = get_campaign_of_institutions(request.user, pk, Right.EDIT)
    publication = get_publication(campaign)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and not publication.withdrawn_at:
        reason = form.cleaned_data["reason"]
        operations.withdraw(publication, reason=reason, by=request.user)
        messages.success(
            request, _("The results are withdrawn: their address only says why.")
        )
        return redirect("observatory:publish", pk=pk)
    context = {"campaign": campaign, "publication": publication, "form": form}
    return render(request, "observatory/withdraw.html", context)


@require_http_methods(["GET", "POST"])
@never_cache
def income_limits(request: SignedInRequest, pk: int) -> HttpResponse:
    """Where vulnerability is cut: thirds, or limits of the team's own."""
    campaign = get_campaign_of_institutions(request.user, pk, Right.EDIT)
    chosen = IncomeLimits.objects.filter(campaign=campaign).first()
    form = IncomeLimitsForm(
        request.POST or None, instance=chosen or IncomeLimits(campaign=campaign)
    )
    if request.method == "POST" and "thirds" in request.POST:
        operations.restore_thirds(campaign, by=request.user)
        return redirect("observatory:income_limits", pk=pk)
    if request.method == "POST" and form.is_valid():
        operations.choose_income_limits(form.save(commit=False), by=request.user)
        messages.success(request, _("These limits now cut vulnerability in three."))
        return redirect("observatory:show", pk=pk)
    cut = figures.team_figures(campaign).income_cut
    context = {
        "campaign": campaign,
        "form": form,
        "chosen": chosen,
        "cut": cut,
        "over": thirds_over(cut) if cut else "",
    }
    return render(request, "observatory/income_limits.html", context)
