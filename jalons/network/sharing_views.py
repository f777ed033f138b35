"""A team lets the resource centre see how far its roadmap is, and takes it back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from jalons.accounts.access import SignedInRequest
from jalons.network import operations, words
from jalons.network.models import SharedProgress
from jalons.roadmaps.access import get_roadmap
from jalons.roadmaps.pages import page
from jalons.spaces.access import Right


@require_safe
@never_cache
def show(request: SignedInRequest, pk: int) -> HttpResponse:
    """What the centre sees, exactly, or would see."""
    roadmap = get_roadmap(request.user, pk, Right.READ)
    shared = SharedProgress.objects.filter(roadmap=roadmap).first()
    context = page(
        request.user,
        roadmap,
        shared=shared,
        step=words.step_words(shared) if shared else "",
        left=words.left_words(shared) if shared else "",
    )
    return render(request, "network/sharing.html", context)


@require_POST
def share(request: SignedInRequest, pk: int) -> HttpResponse:
    roadmap = get_roadmap(request.user, pk, Right.EDIT)
    operations.share_progress(roadmap, by=request.user)
    messages.success(request, _("Your resource centre sees how far you are."))
    return redirect("network:sharing", pk)


@require_POST
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    roadmap = get_roadmap(request.user, pk, Right.EDIT)
    operations.withdraw_progress(roadmap, by=request.user)
    messages.success(request, _("Nobody outside your team sees it any more."))
    return redirect("network:sharing", pk)
