"""The analysis desk: any variable by any other, by a plain address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from jalons.accounts.access import SignedInRequest
from jalons.documents import CONTENT_TYPES
from jalons.documents import render as make_file
from jalons.files.exports import stream_csv
from jalons.imports.figures import GivenWeight, given_weights
from jalons.observatory.sheets import Sheet
from jalons.surveys.models import Campaign
from jalons.tabulations import access, operations, reading, sheets, weighing
from jalons.tabulations.axes import Answers, answers_of, variables_of
from jalons.tabulations.documents import document
from jalons.tabulations.figures import out_of_reach, tabulated_from
from jalons.tabulations.forms import KeepForm, Lists
from jalons.tabulations.query import Asked, read
from jalons.tabulations.reading import Read
from jalons.tabulations.variables import GIVEN, UNNUMBERED


@dataclass(frozen=True, slots=True)
class Desk:
    """A survey, what can be crossed in it, and what an address asks."""

    answers: Answers
    asked: Asked
    weights: Sequence[GivenWeight]
    has_unnumbered: bool

    @property
    def campaign(self) -> Campaign:
        return self.answers.campaign

    def table(self) -> Read | None:
        if self.asked.query is None:
            return None
        table = tabulated_from(self.answers, self.asked.query)
        return reading.read(table, self.asked.variables, self.weights)


def _open(campaign: Campaign, data: QueryDict) -> Desk:
    answers = answers_of(campaign)
    language = get_language() or "fr"
    variables = variables_of(answers, language)
    asked = read(data, variables, language)
    files = answers.context.variables[GIVEN].labels
    has_unnumbered = UNNUMBERED in files
    weights = [
        one
        for one in given_weights(campaign)
        if str(one.number) in files or has_unnumbered
    ]
    return Desk(answers, asked, weights, has_unnumbered)


@require_safe
@never_cache
def show(request: SignedInRequest, pk: int) -> HttpResponse:
    """The lists to choose from, and the table that the address asks for."""
    desk = _open(access.get_desk(request.user, pk), request.GET)
    shown = desk.table()
    context = {
        "campaign": desk.campaign,
        "space": desk.campaign.space,
        "lists": Lists(
            tuple(desk.asked.variables.values()),
            desk.asked.query,
            request.GET,
            desk.weights,
            desk.has_unnumbered,
        ),
        "problems": desk.asked.problems,
        "changes": "changer" in request.GET or bool(desk.asked.problems),
        "shown": shown,
        "told": _told(shown) if shown else None,
        "refusal": _refusal(shown),
        "address": desk.asked.query.address if desk.asked.query else "",
        "form": KeepForm(initial={"title": shown.title[:200] if shown else ""}),
    }
    return render(request, "tabulations/show.html", context)


def _refusal(shown: Read | None) -> str:
    """Why the table may not be kept; empty when it may."""
    if shown is None or shown.table.reaches_margins:
        return ""
    return weighing.out_of_reach()


def _lists(asked: Asked, data: QueryDict) -> Lists:
    return Lists(tuple(asked.variables.values()), asked.query, data)


@dataclass(frozen=True, slots=True)
class Told:
    """A table in words: each part with its sentences, and how it was made."""

    parts: Sequence[tuple[Sheet, Sequence[str]]]
    filters: Sequence[str]
    calibration: Sequence[str]
    warnings: Sequence[str]


def _told(shown: Read) -> Told:
    parts = [
        (sheets.pivot(shown, layer), reading.said(shown, layer))
        for layer in shown.table.layers
    ]
    return Told(
        parts,
        reading.filters(shown),
        weighing.calibration(shown),
        reading.warnings(shown),
    )


def _shown(request: SignedInRequest, pk: int) -> tuple[Desk, Read]:
    desk = _open(access.get_desk(request.user, pk), request.GET)
    shown = desk.table()
    if shown is None:
        raise Http404
    return desk, shown


@require_safe
@never_cache
def csv(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """Every cell on its line, with its interval."""
    desk, shown = _shown(request, pk)
    sheet = sheets.long(shown)
    return stream_csv(
        _file_name(desk.campaign, "csv"),
        sheet.header,
        sheet.records(),
        is_simulated=desk.campaign.is_simulated,
    )


@require_safe
@never_cache
def xlsx(request: SignedInRequest, pk: int) -> HttpResponse:
    desk, shown = _shown(request, pk)
    address = request.build_absolute_uri(_url(pk, shown))
    content = make_file(document(desk.campaign, shown, address), "xlsx")
    response = HttpResponse(content, content_type=CONTENT_TYPES["xlsx"])
    name = _file_name(desk.campaign, "xlsx")
    response.headers["Content-Disposition"] = content_disposition_header(True, name)
    return response


def _url(pk: int, shown: Read) -> str:
    return f"{reverse('tabulations:show', args=[pk])}?{shown.table.query.address}"


def _file_name(campaign: Campaign, extension: str) -> str:
    return f"ne-pas-diffuser-{campaign.slug}-croisement.{extension}"


@require_POST
def keep(request: SignedInRequest, pk: int) -> HttpResponse:
    """Keep the table of the address, under a title."""
    campaign = access.get_desk(request.user, pk)
    desk = _open(campaign, request.GET)
    form = KeepForm(request.POST)
    shown = desk.table()
    if shown is None or not form.is_valid():
        messages.error(request, _("Choose a table and give it a title, then keep it."))
        address = shown.table.query.address if shown else ""
        return redirect(f"{reverse('tabulations:show', args=[pk])}?{address}")
    if refusal := _refusal(shown):
        messages.error(request, refusal)
        return redirect(_url(pk, shown))
    title, query = form.cleaned_data["title"], shown.table.query
    told = _("The table is kept: a synthesis may take it.")
    if campaign.tabulations.filter(address=query.address).exists():
        told = _("This table was kept already: it now has this title.")
    operations.keep_table(campaign, query, title=title, by=request.user)
    messages.success(request, told)
    return redirect("tabulations:list", pk=pk)


@require_safe
@never_cache
def list(request: SignedInRequest, pk: int) -> HttpResponse:
    """The tables kept, each with who kept it and its address."""
    campaign = access.get_desk(request.user, pk)
    kept = campaign.tabulations.select_related("kept_by")
    context = {
        "campaign": campaign,
        "space": campaign.space,
        "kept": kept,
        "unreachable": out_of_reach(campaign, kept),
    }
    return render(request, "tabulations/list.html", context)


@require_POST
def remove(request: SignedInRequest, pk: int, kept_pk: int) -> HttpResponse:
    campaign = access.get_desk(request.user, pk)
    operations.remove_table(access.get_tabulation(campaign, kept_pk), by=request.user)
    messages.success(
        request, _("The table is no longer kept; its address still opens.")
    )
    return redirect("tabulations:list", pk=pk)
