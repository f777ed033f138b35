from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.http import HttpRequest, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from ninja import Router

from jalons.analysis.index import indicators_of, ticked
from jalons.api.answers import (
    About,
    Code,
    Level,
    Limit,
    Listed,
    Ranks,
    Score,
    Slug,
)
from jalons.api.answers import Index as Answered
from jalons.api.exports import Export, Format, by_key, send
from jalons.api.paging import USUAL, page_of, slice_of
from jalons.api.problems import Refused
from jalons.api.words import GROUPS
from jalons.indicators.models import Indicator, Source
from jalons.indices import figures, tables
from jalons.indices.definitions import said
from jalons.indices.models import IndexDefinition
from jalons.indices.results import Results
from jalons.indices.tuning import Tuning, tuning_of
from jalons.territories.models import SMALL, Territory

router, files = Router(), Router()


@router.get("", response=Listed[Answered], url_name="indices")
def every(request: HttpRequest, after: Slug | None = None, limit: Limit = USUAL):
    """The last version of each index."""
    latest = IndexDefinition.objects.latest_each()
    rows, following = page_of(request, latest, "code", after, limit)
    items = [_index(request, one) for one in rows]
    return {"about": _about_all(items), "items": items, "next": following}


@files.get("/indices.{format}", url_name="indices_file")
def every_file(request: HttpRequest, format: Format):
    """The same, whole, as a file."""
    latest = IndexDefinition.objects.latest_each()
    items = [
        *by_key(latest, "code", lambda found: (_index(request, one) for one in found))
    ]
    title, about = str(GROUPS["indices"]), _about_all(items)
    return send(request, format, Export("indices", title, Answered, about, items))


@router.get("/{code}/scores", response=Listed[Score], url_name="scores")
def scores(
    request: HttpRequest,
    code: Slug,
    level: Level = "epci",
    within: Code = "R75",
    after: Code | None = None,
    limit: Limit = USUAL,
):
    """The score of each territory and between which places it lies, by code.

    Read against the région for communes and EPCI. Never a place without its interval.
    """
    tuning = _tuning(code, level, within)
    results = figures.results_of(tuning.asked.index, tuning.area)
    every = tables.rows(tuning, results)
    rows, following = slice_of(request, every, "code", after, limit)
    return {
        "about": _about(results.known_counts, figures.origins_of(results)),
        "items": [_score(one, results) for one in rows],
        "next": following,
    }


@files.get("/indices/{code}/scores.{format}", url_name="scores_file")
def scores_file(
    request: HttpRequest,
    code: Slug,
    format: Format,
    level: Level = "epci",
    within: Code = "R75",
):
    """The same, whole, as a file."""
    tuning = _tuning(code, level, within)
    results = figures.results_of(tuning.asked.index, tuning.area)
    every = sorted(tables.rows(tuning, results), key=lambda one: one.code)
    lines = (_score(one, results) for one in every)
    about = _about(results.known_counts, figures.origins_of(results))
    title = said(tuning.asked.definition.read().title)
    export = Export(f"{code}-{within}-{level}", title, Score, about, lines)
    return send(request, format, export)


def _tuning(code: str, level: str, within: str) -> Tuning:
    """The page's own reading of its address, which is told when it is wrong."""
    zone = get_object_or_404(Territory, code=within)
    if zone.kind in SMALL:
        raise Refused(_("An index is read within an EPCI, a département or a région."))
    asked = QueryDict(mutable=True)
    asked.update({"niveau": level, "zone": zone.code})
    tuning = tuning_of(code, asked)
    if tuning.form.errors:
        told = [str(one) for each in tuning.form.errors.values() for one in each]
        raise Refused(" ".join(told))
    return tuning


def _score(row: tables.Row, results: Results) -> Score:
    at, rank = results.rows.get(row.code), row.rank
    return Score(
        code=row.code,
        name=row.name,
        departement=row.departement,
        score=None if row.score is None else round(row.score, 4),
        places=Ranks(low=rank.low, high=rank.high, of=rank.n) if rank else None,
        share_in_most_fragile_third=rank.fragile_share if rank else None,
        label=row.label,
        reason=row.reason,
        indicators_known=0 if at is None else int(results.used[at]),
        indicators=len(results.known_counts),
        imputed_share=round(results.imputed_share_of(row.code), 4),
    )


def _index(request: HttpRequest, one: IndexDefinition) -> Answered:
    definition = one.read()
    page = reverse("indices:show", args=[one.code])
    return Answered(
        code=one.code,
        version=one.number,
        title=said(definition.title),
        indicators=[each.code for each in indicators_of(ticked(definition.index()))],
        url=request.build_absolute_uri(page),
    )


def about_each(definitions: Sequence[IndexDefinition]) -> list[About]:
    """The sources that each index is made from, with their licences, asked once."""
    used = [
        {each.code for each in indicators_of(ticked(one.read().index()))}
        for one in definitions
    ]
    known = Indicator.objects.filter(code__in=set().union(*used), source__space=None)
    source_of = {one.code: one.source for one in known.select_related("source")}
    return [
        _of({source_of[code] for code in codes & source_of.keys()}, ())
        for codes in used
    ]


def _about_all(items: list[Answered]) -> About:
    return _about({code for one in items for code in one.indicators}, ())


def _about(indicators: object, origins: tuple[str, ...]) -> About:
    """Licences of what is read; what was read, when something was."""
    codes = [*indicators]  # type: ignore[misc]
    found = Source.objects.filter(indicators__in=codes, space=None).distinct()
    return _of(found, origins)


def _of(found: Iterable[Source], origins: tuple[str, ...]) -> About:
    sources = sorted(found, key=lambda one: one.code)
    licences = dict.fromkeys(one.licence for one in sources if one.licence)
    told = origins or tuple(one.full_title for one in sources)
    return About(
        licence="; ".join(licences) or None, source="; ".join(told), simulated=False
    )
