"""A survey done again, and what changed since the wave before."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from jalons.accounts.access import SignedInRequest
from jalons.actors.pages import hand_out
from jalons.documents import CONTENT_TYPES
from jalons.documents import render as made
from jalons.files.exports import stream_csv
from jalons.reconciliation import evolving
from jalons.reconciliation.forms import WaveForm
from jalons.reconciliation.operations import StillOpen, count_sheets, open_wave
from jalons.spaces.access import Right
from jalons.surveys.access import get_campaign_of_institutions
from jalons.surveys.operations import AlreadyCreated
from jalons.surveys.views import already_created
from jalons.surveys.waves import NotComparable, comparison

FORMATS = ("pdf", "docx", "xlsx")


@require_http_methods(["GET", "HEAD", "POST"])
def new_wave(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say what is carried over and what is not, then open the new wave."""
    campaign = get_campaign_of_institutions(request.user, pk, Right.EDIT)
    sheet_count = count_sheets(campaign)
    form = WaveForm(request.POST or None, campaign=campaign, sheet_count=sheet_count)
    if request.method == "POST" and form.is_valid():
        try:
            wave = open_wave(campaign, by=request.user, **form.cleaned_data)
        except StillOpen:
            messages.error(request, _("Close this survey before doing it again."))
            return redirect("reconciliation:new_wave", pk)
        except AlreadyCreated as known:
            messages.info(request, already_created())
            return redirect("surveys:show", known.campaign.pk)
        messages.success(request, _("The new wave is created. Here is its address."))
        return redirect("surveys:show", wave.pk)
    context = {
        "space": campaign.space,
        "campaign": campaign,
        "form": form,
        "sheet_count": sheet_count,
    }
    return render(request, "reconciliation/new_wave.html", context)


@require_safe
@never_cache
def evolution(request: SignedInRequest, pk: int) -> HttpResponse:
    """What changed between frozen scores since the wave before, or why nobody knows."""
    campaign = get_campaign_of_institutions(request.user, pk, Right.READ)
    context: dict[str, object] = {"space": campaign.space, "campaign": campaign}
    try:
        context["evolution"] = evolving.evolution_of(campaign, comparison(campaign))
    except NotComparable as refusal:
        context["reason"] = refusal.reason
    return render(request, "reconciliation/evolution.html", context)


@require_safe
@never_cache
def evolution_file(request: SignedInRequest, pk: int, format: str) -> HttpResponseBase:
    """The same to be read around a table, or as the cells of a workbook."""
    campaign = get_campaign_of_institutions(request.user, pk, Right.READ)
    if format not in (*FORMATS, "csv"):
        raise Http404
    try:
        found = evolving.evolution_of(campaign, comparison(campaign))
    except NotComparable as refusal:
        raise Http404 from refusal
    if format == "csv":
        header, rows = evolving.flow_rows(found)
        name = f"{_('evolution')}-{pk}.csv"
        return stream_csv(name, header, rows, is_simulated=campaign.is_simulated)
    shown = evolving.document(found)
    return hand_out(made(shown, format), CONTENT_TYPES[format], shown.title, format)
