"""What members say in the margins: over the whole roadmap, or of one line."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from jalons.accounts.access import SignedInRequest
from jalons.actors.pages import form_page
from jalons.margins import access, operations
from jalons.margins.figures import margins_of
from jalons.margins.forms import CommentForm
from jalons.roadmaps.access import get_roadmap, get_row
from jalons.roadmaps.figures import plan_of
from jalons.roadmaps.models import Roadmap
from jalons.roadmaps.pages import page
from jalons.spaces.access import Right


@never_cache
@form_page
def list(request: SignedInRequest, pk: int) -> HttpResponse:
    """Every comment beside its line; from here too they are settled."""
    right = Right.CONTRIBUTE if request.method == "POST" else Right.READ
    roadmap = get_roadmap(request.user, pk, right)
    if request.method == "POST":
        messages.success(request, _do(request, roadmap))
        return redirect("margins:list", pk)
    margins = margins_of(plan_of(roadmap))
    context = page(request.user, roadmap, margins=margins)
    return render(request, "margins/list.html", context)


@never_cache
@form_page
def line(request: SignedInRequest, pk: int, row: str) -> HttpResponse:
    """One line: what is said of it, and one comment more."""
    right = Right.CONTRIBUTE if request.method == "POST" else Right.READ
    roadmap = get_roadmap(request.user, pk, right)
    found = get_row(roadmap, row)
    form = CommentForm(request.POST if "text" in request.POST else None)
    if request.method == "POST":
        if not form.is_bound:
            messages.success(request, _do(request, roadmap))
            return redirect("margins:line", pk, row)
        if form.is_valid():
            text = form.cleaned_data["text"]
            operations.write_comment(found, text, by=request.user)
            messages.success(request, _("Your comment is in the margin."))
            return redirect("margins:line", pk, row)
    margin = margins_of(plan_of(roadmap)).line(f"{found._meta.model_name}-{found.pk}")
    context = page(request.user, roadmap, margin=margin, form=form)
    return render(request, "margins/line.html", context)


def _do(request: SignedInRequest, roadmap: Roadmap) -> str:
    """What one button did to one comment, in words."""
    asked, user = request.POST, request.user
    if pk := asked.get("settle"):
        operations.settle_comment(access.get_comment(roadmap, pk), by=user)
        return _("The comment is settled; it can be opened again.")
    if pk := asked.get("reopen"):
        operations.reopen_comment(access.get_comment(roadmap, pk), by=user)
        return _("The comment is open again.")
    if pk := asked.get("remove"):
        operations.remove_comment(access.get_own_comment(roadmap, pk, user), by=user)
        return _("Your comment is deleted.")
    raise Http404
