"""A workshop read again, as its projector showed it: nothing can be written here."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from jalons.accounts.access import SignedInRequest
from jalons.live.access import read_number
from jalons.spaces.access import Right, get_space
from jalons.workshops import access
from jalons.workshops.replay import moments_of, scene_of


@require_safe
@never_cache
def replay(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    """One moment of the workshop; the first unless another is asked for."""
    space = get_space(request.user, space_pk, Right.READ)
    workshop = access.get_workshop(space, pk)
    moments = moments_of(workshop)
    number = read_number(request.GET.get("moment", "1"))
    scene = None
    if moments:
        try:
            scene = scene_of(workshop, moments, number or 0)
        except IndexError:
            raise Http404 from None
    context = {"space": space, "workshop": workshop, "scene": scene}
    return render(request, "workshops/replay.html", context)
