"""The team's pages: what each territory will read, to whom it goes, and sending it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from jalons.accounts.access import SignedInRequest
from jalons.library.figures import sheets_about
from jalons.returns import access, operations, pages, recipients
from jalons.returns.content import Reach, content_of, reaches
from jalons.returns.forms import AddressForm
from jalons.returns.reading import Reading, reading_of
from jalons.spaces.access import Right, right_in
from jalons.surveys.access import get_campaign_of_institutions, get_territory_campaign


@require_safe
@never_cache
def list(request: SignedInRequest, pk: int) -> HttpResponse:
    """Every territory that answered, and what becomes of its return."""
    campaign = get_campaign_of_institutions(request.user, pk, Right.READ)
    lines = recipients.lines(campaign, at=timezone.now())
    context = {
        "space": campaign.space,
        "campaign": campaign,
        "lines": lines,
        "counts": recipients.counts(lines),
        "can_edit": right_in(request.user, campaign.space, Right.EDIT),
    }
    return render(request, "returns/list.html", context)


@require_POST
def send(request: SignedInRequest, pk: int) -> HttpResponse:
    campaign = get_campaign_of_institutions(request.user, pk, Right.EDIT)
    try:
        sent = operations.send_returns(campaign, by=request.user, at=timezone.now())
    except operations.NotClosed:
        messages.error(request, _("Close the survey first: its scores must be frozen."))
    except operations.AnswersErased:
        messages.error(request, _("The answers are erased: nothing can be sent."))
    else:
        said = ngettext("%(n)d return is sent.", "%(n)d returns are sent.", sent.count)
        messages.success(request, said % {"n": sent.count})
    return redirect("returns:list", pk)


@require_safe
@never_cache
def show(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """What a territory reads, for the centre and for the team of that territory."""
    shown = _open(request, pk, code)
    campaign = shown.campaign
    context = {
        "shown": shown,
        "campaign": campaign,
        "further": sheets_about(*shown.about),
        "is_of_centre": right_in(request.user, campaign.space, Right.READ),
    }
    return render(request, "returns/show.html", context)


@require_safe
@never_cache
def pdf(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    return pages.pdf(_open(request, pk, code))


def _open(request: SignedInRequest, pk: int, code: str) -> Reading:
    """The return as it was sent, else as it would be today (rule 6 either way)."""
    campaign, territory = get_territory_campaign(request.user, pk, code)
    reach = reaches(campaign).get(code, Reach.NOTHING)
    kept = access.sent_content(campaign, code)
    found = kept or content_of(campaign, code, reach)
    if found is None:
        raise Http404
    return reading_of(campaign, territory, found)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def address(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """To whom the return of one territory goes."""
    campaign = get_campaign_of_institutions(request.user, pk, Right.EDIT)
    territory = access.get_responding(campaign, code)
    known = campaign.returns.filter(territory=territory).first()
    initial = {"email": known.email if known else ""}
    form = AddressForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        try:
            operations.address_return(campaign, territory, email=email, by=request.user)
        except operations.AlreadySent:
            messages.error(request, _("This return left already."))
        else:
            messages.success(request, _("The address is kept."))
        return redirect("returns:list", pk)
    context = {
        "space": campaign.space,
        "campaign": campaign,
        "territory": territory,
        "form": form,
    }
    return render(request, "returns/address.html", context)


@require_POST
def withdraw(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    campaign = get_campaign_of_institutions(request.user, pk, Right.EDIT)
    record = access.get_return(campaign, code)
    try:
        operations.withdraw_return(record, by=request.user)
    except operations.NotSent:
        messages.error(request, _("This return was not sent."))
    else:
        messages.success(request, _("The link is withdrawn: it opens nothing now."))
    return redirect("returns:list", pk)


@require_POST
def again(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    campaign = get_campaign_of_institutions(request.user, pk, Right.EDIT)
    record = access.get_return(campaign, code)
    try:
        operations.send_again(record, by=request.user, at=timezone.now())
    except operations.NotSent:
        messages.error(request, _("This return was not sent."))
    except operations.AddressRefuses:
        messages.error(request, _("This address refuses mail: nothing is sent."))
    except (operations.NotClosed, operations.AnswersErased):
        messages.error(request, _("The answers are erased: nothing can be sent."))
    else:
        messages.success(request, _("The return is sent again, by a new link."))
    return redirect("returns:list", pk)
