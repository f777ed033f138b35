"""What the roadmap can count on: its maps, what nobody sees to, the posts that end."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from jalons.accounts.access import SignedInRequest
from jalons.ecosystems.forms import MOST_CENTRES
from jalons.roadmaps import access
from jalons.roadmaps.figures import plan_of
from jalons.roadmaps.pages import page
from jalons.roadmaps.reliance import choose_maps, maps_offered, open_map_of, reliance_of
from jalons.spaces.access import Right


@require_safe
@never_cache
def reliance(request: SignedInRequest, pk: int) -> HttpResponse:
    """Solid, dashed, none: the maps of the roadmap read together."""
    roadmap = access.get_roadmap(request.user, pk, Right.READ)
    chosen = set(roadmap.maps.values_list("pk", flat=True))
    context = page(
        request.user,
        roadmap,
        reliance=reliance_of(roadmap),
        has_chosen=bool(chosen),
        maps=[(one, one.pk in chosen) for one in maps_offered(roadmap)],
        has_workstreams=bool(plan_of(roadmap).workstreams),
    )
    return render(request, "roadmaps/reliance.html", context)


@require_POST
def choose(request: SignedInRequest, pk: int) -> HttpResponse:
    """Which maps of the space count, or a new one around the workstreams."""
    roadmap = access.get_roadmap(request.user, pk, Right.CONTRIBUTE)
    if "open" in request.POST:
        plan = plan_of(roadmap)
        if not plan.workstreams:
            messages.error(request, _("Write the workstreams first."))
            return redirect("roadmaps:reliance", pk)
        made = open_map_of(plan, _("Resources of the workstreams"), by=request.user)
        messages.success(request, _("The map is open: name the resources you know."))
        if len(plan.workstreams) > MOST_CENTRES:
            words = _("A map holds %(n)s workstreams: draw another one for the others.")
            messages.warning(request, words % {"n": MOST_CENTRES})
        return redirect("ecosystems:show", roadmap.space_id, made.pk)
    named = set(request.POST.getlist("map"))
    maps = [one for one in maps_offered(roadmap) if str(one.pk) in named]
    choose_maps(roadmap, maps, by=request.user)
    messages.success(request, _("The maps of the roadmap are chosen."))
    return redirect("roadmaps:reliance", pk)
