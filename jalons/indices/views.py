from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.text import get_valid_filename
from django.views.decorators.http import require_safe

from jalons.files.exports import stream_csv
from jalons.indices import figures, tables, words
from jalons.indices.definitions import said
from jalons.indices.models import IndexDefinition
from jalons.indices.pages import (
    opened_panel,
    origins_read,
    parts_of,
    texts_of,
    what_is_missing,
)
from jalons.indices.pictures import index_map
from jalons.indices.tuning import Tuning, tuning_of


@require_safe
@login_not_required
def list(request: HttpRequest) -> HttpResponse:
    """Every index, what is published of it and what is ours."""
    versions = IndexDefinition.objects.latest_each().order_by("code")
    indices = [(one, texts_of(one)) for one in versions]
    return render(request, "indices/list.html", {"indices": indices})


@require_safe
@login_not_required
def show(request: HttpRequest, code: str) -> HttpResponse:
    """The map of an index, opened for one territory on the same screen."""
    tuning = tuning_of(code, request.GET)
    if tuning.form.errors:
        return _tune(request, tuning)
    results = figures.results_of(tuning.asked.index, tuning.area)
    context = {
        "tuning": tuning,
        "texts": texts_of(tuning.asked.definition),
        "results": results,
        "picture": index_map(tuning, results),
        "panel": opened_panel(tuning),
        "blanks": what_is_missing(tuning, results),
        "origins": origins_read(results),
        "urls": _urls(tuning),
    }
    return render(request, "indices/show.html", context)


@require_safe
@login_not_required
def territories(request: HttpRequest, code: str) -> HttpResponse:
    """The map as a table, by name or by département, never by score."""
    tuning = tuning_of(code, request.GET)
    if tuning.form.errors:
        return _tune(request, tuning)
    results = figures.results_of(tuning.asked.index, tuning.area)
    is_long = len(results.shown) > tables.MOST_ROWS
    by_departement = request.GET.get("tri") == "departement"
    rows = tables.rows(tuning, results, by_departement=by_departement)
    context = {
        "tuning": tuning,
        "results": results,
        "rows": [] if is_long else rows,
        "by_departement": by_departement,
        "origins": origins_read(results),
        "urls": _urls(tuning),
    }
    return render(request, "indices/territories.html", context)


@require_safe
@login_not_required
def territories_csv(
    request: HttpRequest, code: str
) -> HttpResponse | StreamingHttpResponse:
    """The same table, as a file."""
    tuning = tuning_of(code, request.GET)
    if tuning.form.errors:
        return _tune(request, tuning)
    results = figures.results_of(tuning.asked.index, tuning.area)
    name = get_valid_filename(f"indice-{code}-{tuning.area.zone}.csv")
    return stream_csv(
        name, words.header(tables.COLUMNS), tables.records(tuning, results)
    )


@require_safe
@login_not_required
def tune(request: HttpRequest, code: str) -> HttpResponse:
    """Weights, scale, mean and reference, as a plain form."""
    return _tune(request, tuning_of(code, request.GET))


@require_safe
@login_not_required
def robustness(request: HttpRequest, code: str) -> HttpResponse:
    """What the index owes to each indicator, and what its indicators tell twice."""
    tuning = tuning_of(code, request.GET)
    if tuning.form.errors:
        return _tune(request, tuning)
    results = figures.results_of(tuning.asked.index, tuning.area)
    found = figures.sensitivity_of(tuning.asked.index, tuning.area)
    titles = tuning.asked.definition.read().titles()
    context = {
        "tuning": tuning,
        "results": results,
        "left_out": tables.left_out(found.left_out, titles, results.names),
        "pairs": tables.pairs(found.correlations, titles),
        "alone": tables.alone(found.correlations, titles),
        "sources": tables.sources(found.sources, _code(tuning)),
        "origins": origins_read(results),
        "urls": _urls(tuning),
    }
    return render(request, "indices/robustness.html", context)


def _code(tuning: Tuning) -> str:
    """The territory opened; empty without."""
    return tuning.territory.code if tuning.territory else ""


def _tune(request: HttpRequest, tuning: Tuning) -> HttpResponse:
    definition = tuning.asked.definition.read()
    context = {
        "tuning": tuning,
        "form": tuning.form,
        "parts": parts_of(tuning),
        "options": [
            (code, said(one.title)) for code, one in definition.options.items()
        ],
        "urls": _urls(tuning),
    }
    return render(request, "indices/tune.html", context)


def _urls(tuning: Tuning) -> dict[str, str]:
    """The other pages of the index, with the same settings."""
    names = ("show", "territories", "territories_csv", "tune", "robustness", "results")
    more = {"territoire": tuning.territory.code} if tuning.territory else {}
    by_departement = tuning.url("territories", tri="departement", **more)
    return {name: tuning.url(name, **more) for name in names} | {
        "by_departement": by_departement
    }
