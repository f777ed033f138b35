"""The only door to the interviews of a survey and to the words quoted from them."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from jalons.interviews.models import Interview, Quote
from jalons.surveys.models import Campaign, Response


def get_interview(campaign: Campaign, pk: int) -> Interview:
    """An interview of a survey already opened, never of another one."""
    interview: Interview = get_object_or_404(
        campaign.interviews.select_related("campaign__space"), pk=pk
    )
    return interview


def get_quote(campaign: Campaign, pk: int) -> Quote:
    """A quote of a survey already opened, agreed to or not."""
    quote: Quote = get_object_or_404(
        campaign.quotes.select_related("campaign__space__territory"), pk=pk
    )
    return quote


def get_quotable_answer(campaign: Campaign, pk: int) -> Response:
    """An answer sent whose author agreed, on the form, to be quoted."""
    question = campaign.version.read().with_role("quote")
    code = question.consent_code if question else ""
    response: Response = get_object_or_404(
        campaign.responses.submitted().filter(answers__has_key=code), pk=pk
    )
    return response
