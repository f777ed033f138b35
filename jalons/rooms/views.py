"""A workshop taken out to a room without network, and brought back."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from jalons.accounts.access import SignedInRequest
from jalons.actors.pages import form_page, hand_out
from jalons.live.access import read_number
from jalons.rooms import access, choosing, operations
from jalons.rooms.bundles import RefusedBundle
from jalons.rooms.comparing import SIDES
from jalons.rooms.forms import ReturnForm
from jalons.rooms.merging import Report, bring_back
from jalons.spaces.access import Right, get_space, right_in
from jalons.workshops.access import get_workshop
from jalons.workshops.models import Workshop


@never_cache
@form_page
def outing(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    """Take the workshop out, bring its results back, and read what they brought."""
    right = Right.EDIT if request.method == "POST" else Right.READ
    space = get_space(request.user, space_pk, right)
    workshop = get_workshop(space, pk)
    is_sent = request.method == "POST"
    form = ReturnForm(request.POST, request.FILES) if is_sent else ReturnForm()
    report = None
    if is_sent and form.is_valid():
        report = _bring_back(request, form, workshop)
    if report is not None and not report.dry_run:
        messages.success(request, _("The results of the room are in the site."))
        return redirect("rooms:outing", space_pk, pk)
    context = {
        "space": space,
        "workshop": workshop,
        "form": form,
        "report": report.as_json() if report else None,
        "outings": workshop.outings.all(),
        "is_room": settings.IS_ROOM,
        "can_edit": right_in(request.user, space, Right.EDIT),
    }
    status = 400 if form.errors else 200
    return render(request, "rooms/outing.html", context, status=status)


@require_POST
def take_out(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    """The file to be carried to the laptop."""
    workshop = get_workshop(get_space(request.user, space_pk, Right.EDIT), pk)
    data = operations.take_out(workshop, by=request.user)
    return hand_out(data, "application/json", f"atelier-{workshop.code}", "json")


@require_POST
def choose(
    request: SignedInRequest, space_pk: int, pk: int, outing_pk: int
) -> HttpResponse:
    """Where both sides changed a value, the one that holds."""
    workshop = get_workshop(get_space(request.user, space_pk, Right.EDIT), pk)
    place, side = read_number(request.POST.get("place")), request.POST.get("side", "")
    found = access.get_outing(workshop, outing_pk)
    if place is None or side not in SIDES:
        raise Http404
    try:
        choosing.choose(found, place, side, by=request.user)
        messages.success(request, _("Your choice is in the site."))
    except choosing.Moved as moved:
        messages.warning(request, str(moved.reason))
    return redirect("rooms:outing", space_pk, pk)


@require_safe
@never_cache
def results(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    """On the laptop: the file to be brought back."""
    workshop = get_workshop(get_space(request.user, space_pk, Right.EDIT), pk)
    data = operations.results_of(access.get_outing_here(workshop))
    return hand_out(data, "application/json", f"resultats-{workshop.code}", "json")


@require_safe
@never_cache
@login_not_required
def enter(request: HttpRequest, secret: str) -> HttpResponse:
    """On the laptop: the facilitator comes in by the address that was printed."""
    host = access.find_host(secret)
    login(request, host, backend=settings.AUTHENTICATION_BACKENDS[0])
    here = Workshop.objects.filter(outings__is_here=True).select_related("meeting")
    workshop = here.latest("outings__given_at")
    return redirect("workshops:console", workshop.meeting.space_id, workshop.pk)


def _bring_back(
    request: SignedInRequest, form: ReturnForm, workshop: Workshop
) -> Report | None:
    """What the file brings, written unless it is only checked; None when refused."""
    try:
        found, bundle = access.find_outing(form.data_of_file(), workshop)
        return bring_back(
            found,
            bundle,
            by=request.user,
            takes_room=form.takes_room,
            dry_run="check" in request.POST,
        )
    except RefusedBundle as refused:
        form.add_error("file", refused.reason)
        return None
