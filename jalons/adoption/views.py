"""The document as the team composes it: its parts, its words, its working files."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from jalons.accounts.access import SignedInRequest
from jalons.accounts.models import User
from jalons.actors.pages import form_page
from jalons.adoption import access, operations
from jalons.adoption.composition import compose, outline_of
from jalons.adoption.files import as_file
from jalons.adoption.forms import PartForm
from jalons.adoption.models import Part
from jalons.documents.reading import nodes_of
from jalons.roadmaps.access import get_roadmap
from jalons.roadmaps.models import Roadmap
from jalons.roadmaps.pages import page
from jalons.spaces.access import Right

NO_CONTENT, NOT_KEPT, CONFLICT = 204, 200, 409
"""What a page that keeps by itself is told: kept, to be mended, somebody else wrote."""


@never_cache
@require_safe
def show(request: SignedInRequest, pk: int) -> HttpResponse:
    """The parts in their order, what each waits for, and the files."""
    roadmap = get_roadmap(request.user, pk, Right.READ)
    context = page(
        request.user,
        roadmap,
        composed=outline_of(roadmap),
        versions=roadmap.frozen_versions.told(),
        publication=access.find_publication(roadmap),
    )
    return render(request, "adoption/show.html", context)


@never_cache
@require_safe
def read(request: SignedInRequest, pk: int) -> HttpResponse:
    """The working document on one page, as others would read it."""
    roadmap = get_roadmap(request.user, pk, Right.READ)
    composed = compose(roadmap, is_on_page=True)
    nodes = nodes_of(composed.document.sections, composed.figures)
    context = page(request.user, roadmap, document=composed.document, nodes=nodes)
    return render(request, "adoption/read.html", context)


@require_safe
def file(request: SignedInRequest, pk: int, format: str) -> HttpResponse:
    """The working document, to print, to rework or to present."""
    roadmap = get_roadmap(request.user, pk, Right.READ)
    return as_file(compose(roadmap).document, format)


@require_POST
def move(request: SignedInRequest, pk: int) -> HttpResponse:
    """One part up or down."""
    roadmap = get_roadmap(request.user, pk, Right.EDIT)
    up = "up" in request.POST
    code = request.POST.get("up" if up else "down", "")
    placed = access.get_part(roadmap, code)
    if operations.move_part(roadmap, code, up=up, by=request.user):
        told = _("“%(title)s” is moved.") % {"title": placed.kind.title}
        messages.success(request, told)
    return redirect("adoption:show", pk)


@never_cache
@form_page
def part(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """What the team says in a part, kept while it is typed."""
    roadmap = get_roadmap(request.user, pk, Right.EDIT)
    placed = access.get_part(roadmap, code)
    form = PartForm(request.POST or None, placed.row)
    theirs = None
    if request.method == "POST":
        is_valid = form.is_valid()
        theirs = _crossed(form, roadmap, code, request.user) if is_valid else None
        if "X-Jalons-Autosave" in request.headers:
            kept = NO_CONTENT if is_valid else NOT_KEPT
            return HttpResponse(status=CONFLICT if theirs else kept)
        if is_valid and not theirs:
            messages.success(request, _("The part is saved."))
            return redirect("adoption:show", pk)
    context = page(request.user, roadmap, form=form, placed=placed, theirs=theirs)
    return render(request, "adoption/part.html", context)


def _crossed(form: PartForm, roadmap: Roadmap, code: str, user: User) -> Part | None:
    """Keep the part; what somebody else wrote meanwhile, when it could not be."""
    try:
        operations.save_part(roadmap, code, **form.cleaned_data, by=user)
    except operations.ChangedMeanwhile as changed:
        form.write_over(changed.stored)
        return changed.stored
    return None
