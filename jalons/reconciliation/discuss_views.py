"""The sheet of disagreements of a territory, for those who may read its points."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from jalons.accounts.access import SignedInRequest
from jalons.documents import render as make_file
from jalons.reconciliation import discussing
from jalons.surveys.access import get_territory_campaign, may_be_read_by_its_team


@require_safe
@never_cache
def discuss(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """What each profile said where they differ; nothing under three, unless agreed."""
    campaign, territory = get_territory_campaign(request.user, pk, code)
    is_readable = may_be_read_by_its_team(campaign, territory)
    language = get_language() or "fr"
    context = {
        "campaign": campaign,
        "territory": territory,
        "sheet": discussing.sheet_to_discuss(campaign, territory, language)
        if is_readable
        else None,
    }
    return render(request, "reconciliation/discuss.html", context)


@require_safe
@never_cache
def discuss_pdf(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    campaign, territory = get_territory_campaign(request.user, pk, code)
    if not may_be_read_by_its_team(campaign, territory):
        raise Http404
    sheet = discussing.sheet_to_discuss(campaign, territory, get_language() or "fr")
    content = make_file(discussing.document(sheet), "pdf")
    name = f"a-discuter-{territory.pk}.pdf"
    header = content_disposition_header(as_attachment=False, filename=name)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = header or ""
    return response
