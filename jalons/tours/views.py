"""The tours of a space: written, given stops, published."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from jalons.accounts.access import SignedInRequest
from jalons.actors.pages import form_page
from jalons.spaces.access import Right, get_space, right_in
from jalons.tours import access, figures, operations
from jalons.tours.forms import StopForm, TourForm


@require_safe
@never_cache
def list(request: SignedInRequest, space_pk: int) -> HttpResponse:
    space = get_space(request.user, space_pk, Right.READ)
    context = {
        "space": space,
        "tours": space.tours.select_related("actor").order_by("title", "pk"),
        "can_write": right_in(request.user, space, Right.CONTRIBUTE),
    }
    return render(request, "tours/list.html", context)


@never_cache
@form_page
def create(request: SignedInRequest, space_pk: int) -> HttpResponse:
    space = get_space(request.user, space_pk, Right.CONTRIBUTE)
    form = TourForm(request.POST or None, space=space)
    if request.method == "POST" and form.is_valid():
        tour = operations.save_tour(form.save(commit=False), by=request.user)
        messages.success(request, _("The tour is noted. Where does it stop?"))
        return redirect("tours:stop", space_pk, tour.pk)
    return render(request, "tours/create.html", {"space": space, "form": form})


@require_safe
@never_cache
def manage(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    """A tour as its team sees it: its stops, what comes, published or not."""
    space = get_space(request.user, space_pk, Right.READ)
    tour = access.get_tour(space, pk)
    context = {
        "space": space,
        "tour": tour,
        "stops": tour.stops.select_related("commune").order_by("commune__name", "pk"),
        "calendar": figures.calendar_of(tour, figures.now()),
        "can_write": right_in(request.user, space, Right.CONTRIBUTE),
        "can_edit": right_in(request.user, space, Right.EDIT),
    }
    return render(request, "tours/manage.html", context)


@never_cache
@form_page
def edit(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    space = get_space(request.user, space_pk, Right.CONTRIBUTE)
    tour = access.get_tour(space, pk)
    form = TourForm(request.POST or None, instance=tour, space=space)
    if request.method == "POST" and form.is_valid():
        operations.save_tour(form.save(commit=False), by=request.user)
        messages.success(request, _("The tour is changed."))
        return redirect("tours:manage", space_pk, pk)
    context = {"space": space, "form": form, "tour": tour}
    return render(request, "tours/create.html", context)


@never_cache
@form_page
def stop(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    """One more stop: where, and when."""
    space = get_space(request.user, space_pk, Right.CONTRIBUTE)
    tour = access.get_tour(space, pk)
    form = StopForm(request.POST or None, tour=tour)
    if request.method == "POST" and form.is_valid():
        operations.save_stop(form.save(commit=False), by=request.user)
        messages.success(request, _("The stop is added."))
        return redirect("tours:manage", space_pk, pk)
    context = {"space": space, "tour": tour, "form": form}
    return render(request, "tours/stop.html", context)


@never_cache
@form_page
def amend(
    request: SignedInRequest, space_pk: int, pk: int, stop_pk: int
) -> HttpResponse:
    """A stop that moves, or whose days change; what is published follows."""
    space = get_space(request.user, space_pk, Right.CONTRIBUTE)
    tour = access.get_tour(space, pk)
    found = access.get_stop(tour, stop_pk)
    form = StopForm(request.POST or None, instance=found, tour=tour)
    if request.method == "POST" and form.is_valid():
        operations.save_stop(form.save(commit=False), by=request.user)
        messages.success(request, _("The stop is changed."))
        return redirect("tours:manage", space_pk, pk)
    context = {"space": space, "tour": tour, "form": form, "stop": found}
    return render(request, "tours/stop.html", context)


@require_POST
def remove(
    request: SignedInRequest, space_pk: int, pk: int, stop_pk: int
) -> HttpResponse:
    space = get_space(request.user, space_pk, Right.CONTRIBUTE)
    tour = access.get_tour(space, pk)
    operations.remove_stop(access.get_stop(tour, stop_pk), by=request.user)
    messages.success(request, _("The stop is removed."))
    return redirect("tours:manage", space_pk, pk)


@require_POST
def publish(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    space = get_space(request.user, space_pk, Right.EDIT)
    tour = access.get_tour(space, pk)
    try:
        operations.publish_tour(tour, by=request.user)
    except operations.NoStop:
        messages.warning(request, _("Not published: add a stop first."))
    else:
        said = _("The tour is public: its page is open, its stops are found as places.")
        if not space.is_recognised:
            said = _("Everybody finds this tour once your space is recognised.")
        messages.success(request, said)
    return redirect("tours:manage", space_pk, pk)


@require_POST
def withdraw(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    space = get_space(request.user, space_pk, Right.EDIT)
    operations.withdraw_tour(access.get_tour(space, pk), by=request.user)
    messages.success(request, _("The tour is public no more."))
    return redirect("tours:manage", space_pk, pk)
