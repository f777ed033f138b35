"""Words of the field: recorded with consent, found again, kept for the synthesis."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from jalons.accounts.access import SignedInRequest
from jalons.files.exports import stream_csv
from jalons.interviews import access, figures, open_answers, operations
from jalons.interviews.forms import QuoteForm
from jalons.interviews.models import Quote
from jalons.privacy.traces import recognisable
from jalons.spaces.access import Right, right_in
from jalons.surveys.access import get_campaign
from jalons.surveys.models import Campaign

form_page = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def quotes(request: SignedInRequest, pk: int) -> HttpResponse:
    """Every quote, or those that resemble a few words; those kept come first."""
    campaign = get_campaign(request.user, pk, Right.READ)
    query = request.GET.get("q", "").strip()
    found = (
        figures.quotes_like(campaign, query)
        if query
        else campaign.quotes.order_by("-is_picked", "order", "-recorded_at")
    )
    context = {
        "space": campaign.space,
        "campaign": campaign,
        "query": query,
        "quotes": [
            (one, figures.attribution_of(one, campaign), recognisable(one.text))
            for one in found
        ],
        "offered": open_answers.offered(campaign),
        "can_contribute": right_in(request.user, campaign.space, Right.CONTRIBUTE),
        "can_edit": right_in(request.user, campaign.space, Right.EDIT),
    }
    return render(request, "interviews/quotes.html", context)


@form_page
def add_quote(request: SignedInRequest, pk: int) -> HttpResponse:
    campaign = get_campaign(request.user, pk, Right.CONTRIBUTE)
    quote = _new(request, campaign)
    form = QuoteForm(request.POST or None, instance=quote, campaign=campaign)
    if request.method == "POST" and form.is_valid():
        operations.record_quote(form.instance, by=request.user)
        messages.success(request, _("The words are recorded."))
        return redirect("interviews:quotes", pk)
    context = {"space": campaign.space, "campaign": campaign, "form": form}
    return render(request, "interviews/add_quote.html", context)


def _new(request: SignedInRequest, campaign: Campaign) -> Quote:
    """A quote to complete: from an interview, from an open answer, or from nothing."""
    interview, answer = (request.GET.get(name, "") for name in ("entretien", "reponse"))
    if answer.isdecimal():
        response = access.get_quotable_answer(campaign, int(answer))
        return open_answers.quote_from(campaign, response)
    if interview.isdecimal():
        held = access.get_interview(campaign, int(interview))
        return Quote(
            campaign=campaign,
            interview=held,
            origin=Quote.Origin.INTERVIEW,
            departement=held.departement,
            consented_on=None,
        )
    return Quote(campaign=campaign, origin=Quote.Origin.FIELD)


@form_page
def edit_quote(request: SignedInRequest, pk: int, quote_pk: int) -> HttpResponse:
    campaign = get_campaign(request.user, pk, Right.CONTRIBUTE)
    quote = access.get_quote(campaign, quote_pk)
    form = QuoteForm(request.POST or None, instance=quote, campaign=campaign)
    if request.method == "POST" and form.is_valid():
        operations.record_quote(quote, by=request.user)
        messages.success(request, _("The words are changed."))
        return redirect("interviews:quotes", pk)
    context = {
        "space": campaign.space,
        "campaign": campaign,
        "form": form,
        "quote": quote,
        "can_edit": right_in(request.user, campaign.space, Right.EDIT),
    }
    return render(request, "interviews/edit_quote.html", context)


@require_POST
def delete_quote(request: SignedInRequest, pk: int, quote_pk: int) -> HttpResponse:
    campaign = get_campaign(request.user, pk, Right.EDIT)
    operations.delete_quote(access.get_quote(campaign, quote_pk), by=request.user)
    messages.success(request, _("The words are gone."))
    return redirect("interviews:quotes", pk)


@require_POST
def pick(request: SignedInRequest, pk: int, quote_pk: int) -> HttpResponse:
    campaign = get_campaign(request.user, pk, Right.EDIT)
    quote = access.get_quote(campaign, quote_pk)
    try:
        operations.pick_quote(quote, by=request.user)
    except operations.WithoutConsent:
        messages.error(
            request,
            _("The person has not agreed to be quoted: record when and how first."),
        )
    else:
        messages.success(request, _("The words are kept for the synthesis."))
        if told := recognisable(quote.text):
            message = _("Read them over before publishing: %(words)s.")
            messages.warning(request, message % {"words": ", ".join(told)})
    return redirect("interviews:quotes", pk)


@require_POST
def drop(request: SignedInRequest, pk: int, quote_pk: int) -> HttpResponse:
    campaign = get_campaign(request.user, pk, Right.EDIT)
    operations.drop_quote(access.get_quote(campaign, quote_pk), by=request.user)
    messages.success(request, _("The words are no longer in the synthesis."))
    return redirect("interviews:quotes", pk)


@require_POST
def sooner(request: SignedInRequest, pk: int, quote_pk: int) -> HttpResponse:
    campaign = get_campaign(request.user, pk, Right.EDIT)
    quote = access.get_quote(campaign, quote_pk)
    if quote.is_picked:
        operations.raise_quote(quote)
    return redirect("interviews:quotes", pk)


@require_safe
def export(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """The words that may leave the team: none without consent, no name, no function."""
    campaign = get_campaign(request.user, pk, Right.EDIT)
    header = (_("words"), _("attribution"), _("themes"), _("agreed on"))
    return stream_csv(
        f"{campaign.slug}-paroles.csv",
        header,
        _rows(campaign),
        is_simulated=campaign.is_simulated,
    )


def _rows(campaign: Campaign) -> Iterator[Sequence[object]]:
    consented = campaign.quotes.consented().select_related("departement")
    for quote in consented.order_by("-is_picked", "order", "pk"):
        attribution = figures.attribution_of(quote, campaign)
        yield quote.text, attribution, quote.tags, quote.consented_on
