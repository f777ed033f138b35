"""Where help is far, open to all; every choice stands in the address."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from jalons.coverage import contact_pages, pages, simulating, tables, words
from jalons.coverage.access import get_epci, get_territory
from jalons.coverage.contacts import contacts_of
from jalons.coverage.documents import contact_list
from jalons.coverage.figures import Coverage, coverage_of
from jalons.coverage.forms import AskForm, SimulateForm
from jalons.coverage.ground import ground_of
from jalons.coverage.pictures import level_map
from jalons.documents import render as make_file
from jalons.files.exports import stream_csv
from jalons.territories.models import Territory


@require_safe
@login_not_required
def show(request: HttpRequest, code: str) -> HttpResponse:
    """Per commune: the nearest place by period, what is offered around, the level."""
    territory = get_territory(code)
    form = AskForm(request.GET, territory=territory)
    found = _asked(territory, form)
    context = {
        "territory": territory,
        "form": form,
        "shown": pages.Shown(found, request.GET.get("page", "1")),
        "header": pages.header(found),
        "limits": words.limits(found.scale),
        "picture": level_map(found) if found.ground.spots else None,
        "parts": Territory.objects.departements().within(territory).order_by("name"),
        "is_simulated": found.is_simulated,
    }
    return render(request, "coverage/show.html", context)


@require_safe
@login_not_required
def show_csv(request: HttpRequest, code: str) -> StreamingHttpResponse:
    territory = get_territory(code)
    found = _asked(territory, AskForm(request.GET, territory=territory))
    return stream_csv(
        f"couverture-{slugify(territory.name)}.csv",
        tables.csv_header(found),
        tables.csv_rows(found),
        is_simulated=found.is_simulated,
    )


@require_safe
@login_not_required
def show_json(request: HttpRequest, code: str) -> HttpResponse:
    territory = get_territory(code)
    found = _asked(territory, AskForm(request.GET, territory=territory))
    text = tables.json_text(found, territory.name, territory.code)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    name = f"couverture-{slugify(territory.name)}.json"
    response.headers["Content-Disposition"] = content_disposition_header(True, name)
    return response


@require_safe
@login_not_required
def simulate(request: HttpRequest, code: str) -> HttpResponse:
    """Who would gain from a place opened in a commune, in a period of the week."""
    territory = get_territory(code)
    form = SimulateForm(request.GET or None, territory=territory)
    context: dict[str, object] = {"territory": territory, "form": form}
    if form.is_valid():
        ground = ground_of(territory, timezone.localdate(), form.table)
        commune = form.cleaned_data["commune"]
        found = simulating.simulate(ground, commune, form.period)
        context |= {
            "found": found,
            "lead": pages.simulated_lead(found),
            "facts": pages.simulated_facts(found),
            "numbers": pages.WINNER_NUMBERS,
            "winners_header": pages.winners_header(),
            "lines": [pages.winner_row(one, found) for one in found.winners],
            "sources": pages.sources_of(ground),
            "is_simulated": any(one.is_simulated for one in ground.lists),
        }
    return render(request, "coverage/simulate.html", context)


@require_safe
@login_not_required
def contacts(request: HttpRequest, code: str) -> HttpResponse:
    """Whom to call when few actors are here; nothing that belongs to a person."""
    found = contacts_of(get_epci(code))
    context = {
        "found": found,
        "here": contact_pages.here_said(found),
        "neighbours": ", ".join(one.name for one in found.neighbours),
        "alike": contact_pages.alike_said(found),
        "ordinary": contact_pages.ordinary_said(found),
    }
    return render(request, "coverage/contacts.html", context)


@require_safe
@login_not_required
def contacts_pdf(request: HttpRequest, code: str) -> HttpResponse:
    found = contacts_of(get_epci(code))
    content = make_file(contact_list(found), "pdf")
    response = HttpResponse(content, content_type="application/pdf")
    name = f"contacts-{slugify(found.territory.name)}.pdf"
    response.headers["Content-Disposition"] = content_disposition_header(True, name)
    return response


def _asked(territory: Territory, form: AskForm) -> Coverage:
    today = timezone.localdate()
    return coverage_of(territory, today, form.period, form.table, form.concerned)
