from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from ninja import Router

from jalons.api.answers import (
    About,
    Code,
    Limit,
    Listed,
    Number,
    PlaceLine,
    PlaceRead,
    Row,
)
from jalons.api.answers import Place as Answered
from jalons.api.answers import PlaceList as AnsweredList
from jalons.api.exports import ROOT, Export, Format, by_key, send
from jalons.api.paging import USUAL, page_of
from jalons.api.words import GROUPS
from jalons.directory import access, exporting
from jalons.directory.models import Place, PlaceList
from jalons.territories.models import Territory

router, lists, files = Router(), Router(), Router()
NOBODY = AnonymousUser()


@lists.get("", response=Listed[AnsweredList], url_name="place_lists")
def every_list(request: HttpRequest, after: Number | None = None, limit: Limit = USUAL):
    """The lists of places that everybody reads, each with its licence."""
    rows, following = page_of(request, PlaceList.objects.shown(), "pk", after, limit)
    items = [_list(request, one) for one in rows]
    return {"about": _about(rows), "items": items, "next": following}


@files.get("/place-lists.{format}", url_name="place_lists_file")
def every_list_file(request: HttpRequest, format: Format):
    """The same, whole, as a file."""
    found = PlaceList.objects.shown()
    lines = by_key(found, "pk", lambda rows: (_list(request, one) for one in rows))
    title, about = str(GROUPS["place-lists"]), _about(found)
    export = Export("place-lists", title, AnsweredList, about, lines)
    return send(request, format, export)


@files.get("/place-lists/{number}/places.{format}", url_name="list_places_file")
def every_place(request: HttpRequest, number: Number, format: Format):
    """A whole list, as a file whose columns are those of the national schema."""
    found = access.get_list(NOBODY, number)
    columns = {ROOT: exporting.columns_of(found)}
    lines = (Row({**_filled(row)}) for row in exporting.rows_of(found))
    name, about = f"places-{found.pk}", _about([found])
    export = Export(name, found.name, Row, about, lines, columns)
    return send(request, format, export)


@router.get("", response=Listed[Answered], url_name="places")
def every(
    request: HttpRequest,
    list: Number | None = None,
    within: Code | None = None,
    after: Number | None = None,
    limit: Limit = USUAL,
):
    """Places where people are helped, without anybody's own contact."""
    rows, following = page_of(request, _chosen(list, within), "pk", after, limit)
    about = _about({one.place_list for one in rows})
    items = [_place(request, one) for one in rows]
    return {"about": about, "items": items, "next": following}


@files.get("/places.{format}", url_name="places_file")
def every_file(
    request: HttpRequest,
    format: Format,
    list: Number | None = None,
    within: Code | None = None,
):
    """The same, whole, as a file; each line with its list and its licence."""
    found = _chosen(list, within)
    lines = by_key(found, "pk", lambda rows: (_line(request, one) for one in rows))
    of = PlaceList.objects.filter(pk__in=found.order_by().values("place_list"))
    columns = {"place": exporting.columns_of(None)}
    title, about = str(GROUPS["places"]), _about(of)
    export = Export("places", title, PlaceLine, about, lines, columns)
    return send(request, format, export)


def _chosen(list: int | None, within: str | None) -> QuerySet[Place]:
    found = Place.objects.open_to_all().select_related("place_list", "organisation")
    if list is not None:
        found = found.filter(place_list=access.get_list(NOBODY, list))
    if within is not None:
        found = found.filter(commune__in=_communes(within))
    return found.prefetch_related("services", "contacts")


def _line(request: HttpRequest, place: Place) -> PlaceLine:
    told = _place(request, place).model_dump()
    of = place.place_list
    return PlaceLine(**told, source=of.name, licence=of.licence or None)


@router.get("/{number}", response=PlaceRead, url_name="place")
def one(request: HttpRequest, number: Number):
    """One place, by its number."""
    found = access.get_place(NOBODY, number)
    return {"about": _about([found.place_list]), "place": _place(request, found)}


def _communes(code: str):
    territory = get_object_or_404(Territory, code=code)
    if territory.kind == Territory.Kind.COMMUNE:
        return [territory]
    return Territory.objects.communes().within(territory)


def _filled(row: dict[str, exporting.Value]) -> dict[str, exporting.Value]:
    return {column: value for column, value in row.items() if value != ""}


def _place(request: HttpRequest, place: Place) -> Answered:
    page = reverse("directory:show", args=[place.pk])
    return Answered(
        id=place.pk,
        list=place.place_list_id,
        simulated=place.place_list.is_simulated,
        url=request.build_absolute_uri(page),
        place=_filled(exporting.row_of(place)),
    )


def _list(request: HttpRequest, found: PlaceList) -> AnsweredList:
    file = reverse("directory:list_csv", args=[found.pk])
    return AnsweredList(
        id=found.pk,
        name=found.name,
        licence=found.licence or None,
        simulated=found.is_simulated,
        imported_on=timezone.localdate(found.imported_at),
        csv=request.build_absolute_uri(file),
    )


def _about(found) -> About:
    """Names and licences of lists, each once."""
    lists = sorted(found, key=lambda one: one.pk)
    licences = dict.fromkeys(one.licence for one in lists if one.licence)
    return About(
        licence="; ".join(licences) or None,
        source="; ".join(one.name for one in lists),
        simulated=any(one.is_simulated for one in lists),
    )
