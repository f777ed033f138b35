"""The resource maps of a space, drawn by its team: before a workshop, during, after."""

from __future__ import annotations

from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from jalons.accounts.access import SignedInRequest
from jalons.actors.pages import form_page
from jalons.ecosystems import access, figures, operations, words
from jalons.ecosystems.forms import LinkForm, MapForm, RenameForm, ResourceForm
from jalons.ecosystems.models import Centre, Link, Resource, ResourceMap
from jalons.ecosystems.operations import Drawn, Hand, Said
from jalons.live import access as live
from jalons.live.access import read_number
from jalons.live.operations import last_number
from jalons.spaces.access import Right, get_space, right_in
from jalons.spaces.models import Space


@require_safe
@never_cache
def list(request: SignedInRequest, space_pk: int) -> HttpResponse:
    space = get_space(request.user, space_pk, Right.READ)
    context = {
        "space": space,
        "maps": figures.maps_of(space.pk),
        "can_edit": right_in(request.user, space, Right.EDIT),
    }
    return render(request, "ecosystems/list.html", context)


@never_cache
@form_page
def create(request: SignedInRequest, space_pk: int) -> HttpResponse:
    space = get_space(request.user, space_pk, Right.EDIT)
    form = MapForm(request.POST or None, space=space)
    if request.method == "POST" and form.is_valid():
        centres = form.cleaned_data["centres"]
        map = operations.open_map(form.save(commit=False), centres, by=request.user)
        messages.success(request, _("The map is there: name a first resource."))
        return redirect("ecosystems:show", space_pk, map.pk)
    return render(request, "ecosystems/create.html", {"space": space, "form": form})


@never_cache
@form_page
def edit(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    space = get_space(request.user, space_pk, Right.EDIT)
    map = access.get_map(space, pk)
    form = MapForm(request.POST or None, instance=map, space=space)
    if request.method == "POST" and form.is_valid():
        centres = form.cleaned_data["centres"]
        operations.change_map(form.save(commit=False), centres, by=request.user)
        messages.success(request, _("The map is changed."))
        return redirect("ecosystems:show", space_pk, pk)
    context = {"space": space, "form": form, "map": map}
    return render(request, "ecosystems/create.html", context)


@never_cache
@form_page
def show(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    """A map, one centre at a time: drawing, table, what is missing."""
    right = Right.CONTRIBUTE if request.method == "POST" else Right.READ
    space = get_space(request.user, space_pk, right)
    map = access.get_map(space, pk)
    if request.method == "POST":
        return _put_back(request, map)
    context = _page(space, map, request.GET.get("centre")) | {
        "can_write": right_in(request.user, space, Right.CONTRIBUTE),
        "can_edit": right_in(request.user, space, Right.EDIT),
    }
    return render(request, "ecosystems/show.html", context)


@never_cache
@form_page
def add(
    request: SignedInRequest, space_pk: int, pk: int, centre_pk: int
) -> HttpResponse:
    """One more resource, and how far it serves this centre."""
    space = get_space(request.user, space_pk, Right.CONTRIBUTE)
    map = access.get_map(space, pk)
    centre = access.get_centre(map, centre_pk)
    form = ResourceForm(request.POST or None, space=space)
    if request.method == "POST" and form.is_valid():
        try:
            drawn = _add(centre, form, Hand(request.user))
        except operations.TooMany as refused:
            form.add_error(None, str(refused.reason))
        else:
            told = words.drawn_words(drawn) if drawn.crossed else ""
            messages.success(request, told or _("The resource is on the map."))
            return redirect(_address(centre))
    context = {"space": space, "map": map, "centre": centre, "form": form}
    return render(request, "ecosystems/add.html", context)


@never_cache
@form_page
def link(
    request: SignedInRequest, space_pk: int, pk: int, centre_pk: int, resource_pk: int
) -> HttpResponse:
    """How far a resource serves a centre; what was said of it before."""
    space = get_space(request.user, space_pk, Right.CONTRIBUTE)
    map = access.get_map(space, pk)
    centre = access.get_centre(map, centre_pk)
    resource = access.get_resource(map, str(resource_pk))
    links = centre.links.filter(resource=resource).order_by("-number")
    now = links.filter(is_current=True).first()
    post = request.POST if request.method == "POST" else None
    is_named = post is not None and post.get("act") == "rename"
    form = LinkForm(None if is_named else post, initial=_initial(now))
    naming = RenameForm(post if is_named else None, initial={"name": resource.name})
    if post is not None and _do(request, centre, resource, form, naming):
        return redirect(_address(centre))
    context = {
        "space": space,
        "map": map,
        "centre": centre,
        "resource": resource,
        "links": links,
        "form": form,
        "naming": naming,
    }
    return render(request, "ecosystems/link.html", context)


def _put_back(request: SignedInRequest, map: ResourceMap) -> HttpResponse:
    resource = access.get_resource(map, request.POST.get("resource"))
    operations.restore_resource(resource, by=Hand(request.user))
    messages.success(request, _("The resource is back, with its links."))
    return redirect("ecosystems:show", map.space_id, map.pk)


def _page(space: Space, map: ResourceMap, asked: str | None) -> dict[str, object]:
    """One centre of a map, and the number of the last event it takes into account."""
    after = last_number(map.told_on)
    board = figures.board_of(map)
    chart = board.find(read_number(asked)) or board.shown
    secret = live.secret_for(map.told_on, "team")
    return {
        "space": space,
        "map": map,
        "board": board,
        "chart": chart,
        "drawing": words.draw_chart(chart, map) if chart else "",
        "said": words.coverage_words(chart) if chart else "",
        "withdrawn": map.resources.exclude(withdrawn_at=None).order_by("pk"),
        "listening": reverse("live:stream", args=[secret]),
        "after": after,
    }


def _address(centre: Centre) -> str:
    map = centre.map
    address = reverse("ecosystems:show", args=[map.space_id, map.pk])
    return f"{address}?centre={centre.pk}"


def _add(centre: Centre, form: ResourceForm, hand: Hand) -> Drawn:
    given = form.cleaned_data
    said = Said(Link.Status(given["status"]), 0, uuid4(), given["owner"])
    return operations.name_resource(
        centre,
        form.resource_name,
        given["category"],
        said,
        actor=given["actor"],
        by=hand,
    )


def _initial(now: Link | None) -> dict[str, object]:
    if now is None:
        return {"status": Link.Status.DASHED, "base": 0}
    return {"status": now.status, "owner": now.owner, "base": now.number}


def _do(
    request: SignedInRequest,
    centre: Centre,
    resource: Resource,
    form: LinkForm,
    naming: RenameForm,
) -> bool:
    """Whether what was asked is done; what was typed stays in its form otherwise."""
    hand = Hand(request.user)
    match request.POST.get("act"):
        case "withdraw":
            operations.withdraw_resource(resource, by=hand)
            messages.success(request, _("It is off the map; you can put it back."))
        case "rename" if naming.is_valid():
            return _rename(request, resource, naming)
        case "link" if form.is_valid():
            drawn = operations.draw_link(resource, centre, form.said, by=hand)
            messages.success(request, words.drawn_words(drawn))
        case "rename" | "link":
            return False
        case _other:
            raise Http404
    return True


def _rename(request: SignedInRequest, resource: Resource, naming: RenameForm) -> bool:
    try:
        name = naming.cleaned_data["name"]
        operations.rename_resource(resource, name, by=Hand(request.user))
    except operations.NameTaken as refused:
        naming.add_error("name", str(refused.reason))
        return False
    messages.success(request, _("The resource is renamed."))
    return True
