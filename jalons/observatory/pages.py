"""What each page shows, whoever reads it: the views only open the right restitution."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header

from jalons.documents import render as make_file
from jalons.files.exports import stream_csv
from jalons.observatory import (
    answer_tables,
    crossing_tables,
    degree_tables,
    link_readings,
    readings,
    sentences,
    sources,
    tables,
)
from jalons.observatory.answer_results import Question
from jalons.observatory.documents import document
from jalons.observatory.filters import Filters, profiles_of
from jalons.observatory.pictures import maturity_map
from jalons.observatory.readings import Said
from jalons.observatory.restitution import Restitution, builders, facts
from jalons.observatory.results import Crossing
from jalons.observatory.sheets import Sheet
from jalons.observatory.verbatims import verbatims as verbatim_lists

T = TypeVar("T", bound=HttpResponseBase)


@dataclass(frozen=True, slots=True)
class Opened:
    """A restitution and its addresses: the team's, or the public's."""

    shown: Restitution
    kwargs: Mapping[str, object]
    can_edit: bool = False

    def url(self, name: str, **more: object) -> str:
        """The address of one of its pages."""
        if not self.shown.is_team:
            audience = "preview" if self.shown.is_preview else "public"
            name = audience if name == "show" else f"{audience}_{name}"
        return reverse(f"observatory:{name}", kwargs={**self.kwargs, **more})

    def table(self, code: str) -> str:
        """The address of a table as CSV."""
        return self.url("table", code=code)

    @property
    def urls(self) -> dict[str, str]:
        pages = (
            *("show", "territories", "departements", "crossings"),
            *("answers", "degrees", "pdf"),
        )
        files = {
            "territories_csv": "epci",
            "departements_csv": "departements",
            "profiles_csv": "profils",
            "channels_csv": "canaux",
            "links_csv": "leviers",
        }
        return {name: self.url(name) for name in pages} | {
            name: self.table(code) for name, code in files.items()
        }


@dataclass(frozen=True, slots=True)
class Read:
    """One crossing ready to be shown, with its addresses."""

    title: str
    focus: Sheet | None
    said: Said | None
    left_out: str
    is_secret: bool
    url: str
    csv: str


def show(
    request: HttpRequest,
    opened: Opened,
    filters: Filters,
    questions: tuple[Question, ...],
) -> HttpResponse:
    """The main page: facts, map, classes, and one crossing."""
    shown, departement = opened.shown, filters.chosen_departement
    crossing = shown.crossing(filters.crossing)
    context = {
        "opened": opened,
        "shown": shown,
        "filters": filters,
        "facts": facts(shown, questions, filters.group, departement),
        "picture": maturity_map(shown, departement=filters.departement),
        "distribution": tables.distribution(
            shown.figures, shown.words, filters.departement
        ),
        "crossing": _read(opened, crossing) if crossing else None,
        "notes": sources.limits(shown),
    }
    return render(request, "observatory/show.html", context)


def territories(request: HttpRequest, opened: Opened) -> HttpResponse:
    """The map as a table, by name or by département."""
    by_departement = request.GET.get("tri") == "departement"
    shown = opened.shown
    sheet = tables.territories(
        shown.figures, shown.words, by_departement=by_departement
    )
    context = {"sort": "departement" if by_departement else "nom"}
    return _one_table(request, opened, sheet, "observatory/territories.html", context)


def departements(request: HttpRequest, opened: Opened) -> HttpResponse:
    figures, words = opened.shown.figures, opened.shown.words
    context = {
        "profiles": tables.profiles(figures, words),
        "channels": tables.channels(figures),
    }
    sheet = tables.departements(figures, words)
    return _one_table(request, opened, sheet, "observatory/departements.html", context)


def crossings(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Every crossing in a sentence, the facilitators, and how to read them together."""
    shown = opened.shown
    figures, words = shown.figures, shown.words
    context = {
        "opened": opened,
        "shown": shown,
        "crossings": [_read(opened, one) for one in figures.crossings],
        "examined": readings.examined(figures),
        "confounded": readings.confounded(figures, words),
        "withheld": readings.withheld(figures),
        "links": crossing_tables.links(figures, words) if figures.links else None,
        "links_said": [link_readings.said(one, words) for one in figures.links],
        "links_caution": link_readings.caution(figures),
    }
    return render(request, "observatory/crossings.html", context)


def crossing(request: HttpRequest, opened: Opened, code: str) -> HttpResponse:
    """One crossing in full: shares of each row, and each share with its interval."""
    found = opened.shown.crossing(code)
    if found is None:
        raise Http404
    words = opened.shown.words
    context = {
        "opened": opened,
        "shown": opened.shown,
        "crossing": _read(opened, found),
        "pivot": crossing_tables.pivot(found, words, opened.shown.figures),
        "intervals": crossing_tables.intervals_sheet(found, words),
        "examined": readings.examined(opened.shown.figures),
        "confounded": readings.confounded(opened.shown.figures, words),
        "intervals_csv": opened.table(f"{code}-intervalles"),
    }
    return render(request, "observatory/crossing.html", context)


def answers(
    request: HttpRequest,
    opened: Opened,
    filters: Filters,
    questions: tuple[Question, ...],
) -> HttpResponse:
    """One question at a time, by profile."""
    words = opened.shown.words
    found = next((one for one in questions if one.role == filters.question), None)
    is_themes = found is not None and found.role == "themes"
    context = {
        "opened": opened,
        "shown": opened.shown,
        "filters": filters,
        "sheet": answer_tables.question(found, words, filters.group) if found else None,
        "shared": sentences.shared_themes(found, words) if found and is_themes else "",
        "csv": opened.table(f"{filters.question}-profils") if found else "",
    }
    return render(request, "observatory/answers.html", context)


def degrees(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Degrees, ranks, numbers and days, one table a question."""
    shown = opened.shown
    made = degree_tables.builders(shown.figures.degrees, shown.words)
    context = {
        "opened": opened,
        "shown": shown,
        "tables": [(build(), opened.table(code)) for code, build in made.items()],
    }
    return render(request, "observatory/degrees.html", context)


def verbatims(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Open answers that may be quoted, question by question."""
    shown = opened.shown
    chosen, profiles = profiles_of(request.GET, shown)
    found = verbatim_lists(shown.campaign, shown.words, chosen)
    context = {
        "opened": opened,
        "shown": shown,
        "profiles": profiles,
        "verbatims": found,
    }
    return render(request, "observatory/verbatims.html", context)


def pdf(opened: Opened) -> HttpResponse:
    """The whole restitution as a tagged PDF."""
    response = HttpResponse(
        make_file(document(opened.shown), "pdf"), content_type="application/pdf"
    )
    return _sent(response, opened, f"restitution-{_slug(opened)}.pdf")


def table(opened: Opened, code: str) -> HttpResponseBase:
    """One table as CSV."""
    builder = builders(opened.shown).get(code)
    sheet = builder() if builder else None
    if sheet is None:
        raise Http404
    return sheet_as_csv(opened, sheet, code)


def sheet_as_csv(opened: Opened, sheet: Sheet, code: str = "") -> HttpResponseBase:
    """One table as a file, under the name of the survey."""
    name = f"{_slug(opened)}-{code or sheet.code}.csv"
    is_simulated = opened.shown.campaign.is_simulated
    response = stream_csv(
        name, sheet.header, sheet.records(), is_simulated=is_simulated
    )
    return _sent(response, opened, name)


def _sent(response: T, opened: Opened, name: str) -> T:
    """A file under its name, kept from search engines when it is simulated."""
    response.headers["Content-Disposition"] = content_disposition_header(True, name)
    if not opened.shown.is_indexed:
        response.headers["X-Robots-Tag"] = "noindex"
    return response


def _slug(opened: Opened) -> str:
    """A file says by its name when it must not circulate, or is not published."""
    slug = opened.shown.campaign.slug
    if opened.shown.is_preview:
        return f"apercu-{slug}"
    return f"ne-pas-diffuser-{slug}" if opened.shown.is_team else slug


def _one_table(
    request: HttpRequest,
    opened: Opened,
    sheet: Sheet,
    page: str,
    more: Mapping[str, object],
) -> HttpResponse:
    context = {
        "opened": opened,
        "shown": opened.shown,
        "sheet": sheet,
        "csv": opened.table(sheet.code),
        **more,
    }
    return render(request, page, context)


def _read(opened: Opened, found: Crossing) -> Read:
    shown = opened.shown
    return Read(
        title=crossing_tables.crossing_title(found),
        focus=crossing_tables.focus(found, shown.words, shown.figures),
        said=readings.crossing_said(found, shown.words, shown.figures),
        left_out=readings.without_context(found),
        is_secret=found.has_secrets,
        url=opened.url("crossing", code=found.code),
        csv=opened.table(found.code),
    )
