"""What a resource centre reads of the interests told to it."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from jalons.accounts.access import SignedInRequest
from jalons.files.exports import stream_csv
from jalons.network.access import get_centre
from jalons.reception import access, documents, figures, operations
from jalons.reception.forms import ShowForm
from jalons.spaces.access import Right, right_in

PER_PAGE = 30


@require_safe
@never_cache
def list(request: SignedInRequest, space_pk: int) -> HttpResponse:
    """Those to answer, the nearest day first; a reader sees no contact."""
    space = get_centre(request.user, space_pk, Right.READ)
    form = ShowForm(request.GET)
    every, choice = form.asked
    rows = figures.interests_of(space, every=every, choice=choice)
    context = {
        "space": space,
        "form": form,
        "wished": figures.wished_of(space),
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "can_write": right_in(request.user, space, Right.CONTRIBUTE),
        "today": timezone.localdate(),
    }
    return render(request, "reception/list.html", context)


@require_safe
def export_csv(request: SignedInRequest, space_pk: int) -> HttpResponseBase:
    """Every interest with its contact, for whoever answers."""
    space = get_centre(request.user, space_pk, Right.CONTRIBUTE)
    rows = figures.interests_of(space, every=True, choice="")
    return stream_csv(
        f"{_('interests')}-{space_pk}.csv",
        documents.header(),
        documents.lines_of(rows),
        is_simulated=rows.filter(is_simulated=True).exists(),
    )


@require_POST
def answered(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    space = get_centre(request.user, space_pk, Right.CONTRIBUTE)
    interest = access.get_interest(space, pk)
    operations.say_answered(interest, by=request.user)
    messages.success(request, _("It is noted: the cockpit says that it is done."))
    return redirect("reception:list", space_pk)
