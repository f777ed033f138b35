"""The portrait of a territory, open to all: page, files, block for other sites."""

from __future__ import annotations

from csp.decorators import csp_replace
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from jalons.diagnosis import (
    commune_sheets,
    comparison,
    documents,
    pages,
    pictures,
    workbooks,
)
from jalons.diagnosis.commune_maps import commune_map, is_light
from jalons.diagnosis.commune_sentences import said
from jalons.diagnosis.hour import MINUTES, STEPS
from jalons.files.exports import stream_csv
from jalons.territories.models import Territory

BLOCK_FACTS = 3


@require_safe
@login_not_required
def show(request: HttpRequest, code: str) -> HttpResponse:
    shown = pages.open_reading(code)
    portrait = shown.portrait
    found = portrait.communes
    context = {
        "shown": shown,
        "portrait": portrait,
        "territory": portrait.territory,
        "locator": pictures.locator(portrait.described, portrait.groups),
        "communes": commune_map(found) if is_light(found) else None,
        "neighbourhood": pictures.neighbourhood(portrait),
    }
    return render(request, "diagnosis/show.html", context)


@require_safe
@login_not_required
def communes(request: HttpRequest, code: str) -> HttpResponse:
    """The communes of a territory on a map, and the same in a table."""
    portrait = pages.open_portrait(code)
    found = pages.communes_of(portrait)
    context = {
        "territory": portrait.territory,
        "found": found,
        "lines": said(found),
        "table": commune_sheets.twin(found),
        "is_counted": len(found.every) > commune_sheets.MOST_ROWS,
        "picture": commune_map(found),
        "is_light": is_light(found),
    }
    return render(request, "diagnosis/communes.html", context)


@require_safe
@login_not_required
def communes_csv(request: HttpRequest, code: str) -> StreamingHttpResponse:
    """The same table, as a file."""
    sheet = commune_sheets.sheet(pages.communes_of(pages.open_portrait(code)))
    return stream_csv(f"communes-{code}.csv", sheet.header, sheet.records())


@require_safe
@login_not_required
def file(request: HttpRequest, code: str, format: str) -> HttpResponse:
    """The whole portrait as PDF, word-processor document or workbook."""
    shown = pages.open_reading(code)
    name = _("portrait %(name)s") % {"name": shown.portrait.territory.name}
    made = workbooks.workbook if format == "xlsx" else documents.portrait
    return pages.hand_out(made(shown), format, name)


@require_safe
@login_not_required
def brief(request: HttpRequest, code: str) -> HttpResponse:
    """One page for elected members (PDF)."""
    shown = pages.open_reading(code)
    name = _("one page %(name)s") % {"name": shown.portrait.territory.name}
    return pages.hand_out(documents.one_page(shown), "pdf", name)


@require_safe
@login_not_required
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})  # type: ignore[arg-type]
def block(request: HttpRequest, code: str) -> HttpResponse:
    """The key figures alone, the only page that another site may frame."""
    shown = pages.open_reading(code)
    context = {
        "shown": shown,
        "facts": shown.facts[:BLOCK_FACTS],
        "url": request.build_absolute_uri(reverse("diagnosis:show", args=[code])),
    }
    return render(request, "diagnosis/block.html", context)


@require_safe
@login_not_required
def embed(request: HttpRequest, code: str) -> HttpResponse:
    """How to put the block on another site."""
    shown = pages.open_reading(code)
    url = request.build_absolute_uri(reverse("diagnosis:block", args=[code]))
    context = {"territory": shown.portrait.territory, "url": url, "shown": shown}
    return render(request, "diagnosis/embed.html", context)


@require_safe
@login_not_required
def compare(request: HttpRequest) -> HttpResponse:
    """Two to four territories side by side."""
    found = comparison.comparison_of(request.GET, request.user)
    return render(request, "diagnosis/compare.html", {"found": found})


@require_safe
@login_not_required
def hour(request: HttpRequest) -> HttpResponse:
    """What the diagnosis in one hour is, and where to start it."""
    code = request.GET.get("territoire", "")
    territory = Territory.objects.filter(pk=code).first()
    context = {"steps": STEPS, "minutes": MINUTES, "territory": territory}
    if request.user.is_authenticated:
        context["memberships"] = request.user.memberships.select_related(
            "space__territory"
        ).order_by("space__name")
    return render(request, "diagnosis/hour.html", context)
