"""Answers given back as files, for the team of the survey."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from jalons.accounts.access import SignedInRequest
from jalons.files.exports import stream_csv
from jalons.spaces.access import Right
from jalons.surveys import access, tables


@require_safe
def export(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """Every answer sent, as codes or in words, streamed; not to be passed around."""
    campaign = access.get_campaign(request.user, pk, Right.EDIT)
    wording: tables.Wording = "words" if request.GET.get("textes") == "1" else "codes"
    language = get_language() or "fr"
    return stream_csv(
        f"{campaign.slug}-ne-pas-diffuser.csv",
        tables.answers_header(campaign, wording, language),
        tables.answers_rows(campaign, wording, language),
        is_simulated=campaign.is_simulated,
    )


@require_safe
def contacts(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """The people who agreed to be called back, for whoever calls them."""
    campaign = access.get_campaign(request.user, pk, Right.EDIT)
    return stream_csv(
        f"{campaign.slug}-contacts-ne-pas-diffuser.csv",
        tables.contacts_header(),
        tables.contacts_rows(campaign, get_language() or "fr"),
        is_simulated=campaign.is_simulated,
    )
