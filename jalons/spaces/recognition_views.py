"""Who may publish in the directory: the spaces that somebody answers for."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F, Prefetch, prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from jalons.accounts.access import SignedInRequest
from jalons.spaces import access, operations
from jalons.spaces.models import Membership

PER_PAGE = 30


@require_safe
@never_cache
def to_recognise(request: SignedInRequest) -> HttpResponse:
    """The spaces that wait and who opened them, then those that are recognised."""
    access.require_recognition(request.user)
    found = access.recognisable_by(request.user).select_related("territory")
    last = F("recognised_at").desc(nulls_first=True)
    page = Paginator(found.order_by(last, "-created_at"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    waiting = [one for one in page if not one.is_recognised]
    owners = Membership.objects.owners().select_related("user")
    prefetch_related_objects(waiting, Prefetch("memberships", owners, "owners"))
    context = {
        "page": page,
        "waiting": waiting,
        "recognised": [one for one in page if one.is_recognised],
    }
    return render(request, "spaces/to_recognise.html", context)


@require_POST
def recognise(request: SignedInRequest, pk: int) -> HttpResponse:
    space = access.get_recognisable(request.user, pk)
    operations.recognise_space(space, by=request.user)
    said = _("“%(name)s” is recognised: everybody reads what it publishes.")
    messages.success(request, said % {"name": space.name})
    return redirect("spaces:to_recognise")


@require_POST
def unrecognise(request: SignedInRequest, pk: int) -> HttpResponse:
    space = access.get_recognisable(request.user, pk)
    operations.withdraw_recognition(space, by=request.user)
    said = _("“%(name)s” is no longer recognised. Nothing of it is erased.")
    messages.success(request, said % {"name": space.name})
    return redirect("spaces:to_recognise")
