"""A territory, as everybody reads it; a collectivité's questions on its own."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from jalons.actors.directory import Asked, public_count
from jalons.diagnosis.maturity import maturity_of
from jalons.diagnosis.pictures import locator
from jalons.front import gathered, pictures
from jalons.front.figures import figures_of, people_of
from jalons.front.fragility import fragility_of
from jalons.front.questions import questions
from jalons.search.figures import find
from jalons.search.words import alphabetical
from jalons.territories.models import Territory

Kind = Territory.Kind
# What the page of a territory lists below its figures.
PARTS: dict[str, str] = {
    Kind.REGION: Kind.DEPARTEMENT,
    Kind.DEPARTEMENT: Kind.EPCI,
    Kind.EPCI: Kind.COMMUNE,
    Kind.COMMUNE: Kind.IRIS,
}


@require_safe
@login_not_required
def territories(request: HttpRequest) -> HttpResponse:
    regions = _by_name(Territory.objects.regions())
    return render(request, "front/territories.html", {"regions": regions})


@require_safe
@login_not_required
def territory(request: HttpRequest, code: str) -> HttpResponse:
    """Everything public about it; what is missing says what to do."""
    found = get_object_or_404(Territory, code=code)
    groups = sorted(
        Territory.objects.containing(found), key=lambda one: -list(Kind).index(one.kind)
    )
    gathered_parts = gathered.parts_of(found)
    is_region = found.kind == Kind.REGION
    is_list = is_region and request.GET.get("liste") == "epci"
    drawn = pictures.densities(found) if is_region and not is_list else None
    context = {
        "territory": found,
        "groups": groups,
        "people": people_of(found),
        "figures": figures_of(found),
        "picture": None if drawn else locator(found, groups),
        "map": drawn,
        "parts": _parts(found, PARTS.get(found.kind)),
        "epcis": _parts(found, Kind.EPCI if is_list else None),
        "actor_count": public_count(Asked(found)),
        "place_count": gathered.place_count(found),
        "fragility": fragility_of(found, groups),
        "maturity": maturity_of(found) if found.kind == Kind.EPCI else None,
        "gathered": gathered_parts,
        "is_simulated": gathered.holds_simulated(gathered_parts),
        "around": gathered.around(found, groups),
    }
    return render(request, "front/territory.html", context)


def _parts(found: Territory, kind: str | None) -> list[Territory]:
    inside = Territory.objects.filter(kind=kind).within(found) if kind else []
    return _by_name(inside)


def _by_name(territories: Iterable[Territory]) -> list[Territory]:
    return sorted(territories, key=lambda one: alphabetical(one.name))


@require_safe
@login_not_required
def collectivity(request: HttpRequest) -> HttpResponse:
    """The territory is typed once; each question then leads to its own answers."""
    query = request.GET.get("q", "").strip()
    code = request.GET.get("territoire", "")
    chosen = Territory.objects.filter(code=code).first() if code else None
    hits = [] if chosen else find(query, kinds=[str(one) for one in Kind])
    if chosen is None and len(hits) == 1:
        chosen = Territory.objects.filter(code=hits[0].ref).first()
    context = {
        "query": query,
        "hits": hits,
        "chosen": chosen,
        "questions": questions(chosen) if chosen else [],
    }
    return render(request, "front/collectivity.html", context)
