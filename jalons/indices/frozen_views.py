"""Results kept as they were: frozen by an administrator, read by everybody."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from jalons.accounts.access import SignedInRequest
from jalons.files.exports import stream_csv
from jalons.indicators.access import may_load, require_administrator
from jalons.indicators.figures import dated
from jalons.indices import figures, frozen, words
from jalons.indices.code_version import CODE_VERSION
from jalons.indices.models import IndexDefinition, IndexResult
from jalons.indices.operations import freeze_result, vintages_of
from jalons.indices.pages import texts_of
from jalons.indices.results import Results
from jalons.indices.tables import MOST_ROWS
from jalons.indices.tuning import tuning_of


@require_safe
@login_not_required
def results(request: HttpRequest, code: str) -> HttpResponse:
    """Every frozen result of an index, the latest first."""
    tuning = tuning_of(code, request.GET)
    found = IndexResult.objects.filter(definition__code=code).with_makers()
    context = {
        "tuning": tuning,
        "texts": texts_of(tuning.asked.definition),
        "results": [(one, frozen.reference_of(one)) for one in found],
        "may_freeze": may_load(request.user),
        "urls": {"show": tuning.url("show"), "freeze": tuning.url("freeze")},
    }
    return render(request, "indices/results.html", context)


@require_safe
@login_not_required
def result(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """One result, with its definition, its vintages and its code."""
    found = frozen.frozen_of(_get(code, pk))
    context = {
        "frozen": found,
        "result": found.result,
        "rows": found.rows if len(found.rows) <= MOST_ROWS else (),
        "names_maker": may_load(request.user),
    }
    return render(request, "indices/result.html", context)


@require_safe
@login_not_required
def result_csv(request: HttpRequest, code: str, pk: int) -> StreamingHttpResponse:
    """The same result, as a file."""
    found = frozen.frozen_of(_get(code, pk))
    name = get_valid_filename(f"indice-{code}-fige-{pk}.csv")
    return stream_csv(name, words.header(frozen.COLUMNS), frozen.records(found))


@require_http_methods(["GET", "HEAD", "POST"])
def freeze(request: SignedInRequest, code: str) -> HttpResponse:
    """Say what would be kept, then keep it."""
    require_administrator(request.user)
    tuning = tuning_of(code, request.GET)
    definition, area = tuning.asked.definition, tuning.area
    if request.method == "POST":
        kept = freeze_result(definition, area, by=request.user)
        if kept is not None:
            messages.success(request, _("The result is frozen."))
            return redirect("indices:result", code, kept.pk)
        messages.error(request, _("No territory has a score: nothing to freeze."))
        return redirect("indices:results", code)
    found = figures.results_of(definition.read().index(), area)
    context = {
        "tuning": tuning,
        "texts": texts_of(definition),
        "found": found,
        "vintages": _titled(definition, found),
        "code_version": CODE_VERSION,
        "urls": {"show": tuning.url("show")},
    }
    return render(request, "indices/freeze.html", context)


def _titled(definition: IndexDefinition, found: Results) -> list[tuple[str, str]]:
    titles = definition.read().titles()
    return [(titles[code], dated(at)) for code, at in vintages_of(found).items()]


def _get(code: str, pk: int) -> IndexResult:
    found: IndexResult = get_object_or_404(
        IndexResult.objects.with_makers(), pk=pk, definition__code=code
    )
    return found
