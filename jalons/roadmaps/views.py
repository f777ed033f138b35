"""The roadmaps of a space; one of them whole, its sheet, what it takes up."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from jalons.accounts.access import SignedInRequest
from jalons.actors.pages import form_page
from jalons.live.access import read_number
from jalons.roadmaps import access, operations, taking
from jalons.roadmaps.approach_forms import RoadmapForm
from jalons.roadmaps.figures import plan_of
from jalons.roadmaps.models import Action, Roadmap
from jalons.roadmaps.pages import keep_sent, page, page_of
from jalons.roadmaps.sources import sources_of
from jalons.spaces.access import Right, get_space, may, right_in, role_in


@require_safe
@never_cache
def list(request: SignedInRequest, space_pk: int) -> HttpResponse:
    space = get_space(request.user, space_pk, Right.READ)
    context = {
        "space": space,
        "roadmaps": space.roadmaps.order_by("-pk"),
        "can_edit": right_in(request.user, space, Right.EDIT),
    }
    return render(request, "roadmaps/list.html", context)


@never_cache
@form_page
def add(request: SignedInRequest, space_pk: int) -> HttpResponse:
    """Two minutes: most of it is filled in already."""
    space = get_space(request.user, space_pk, Right.EDIT)
    form = RoadmapForm(request.POST or None, space=space)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        roadmap = operations.start_roadmap(
            form.save(commit=False),
            perimeter=said["perimeter"],
            group=said["group"],
            invited=form.invited,
            by=request.user,
        )
        messages.success(request, _("The roadmap is open."))
        has_sources = sources_of(roadmap, is_team=True).left
        return redirect(
            "roadmaps:adopt" if has_sources else "roadmaps:show", roadmap.pk
        )
    return render(request, "roadmaps/add.html", {"space": space, "form": form})


@require_safe
@never_cache
def show(request: SignedInRequest, pk: int) -> HttpResponse:
    """Stakes, workstreams and actions on one page."""
    roadmap = access.get_roadmap(request.user, pk, Right.READ)
    context = page(request.user, roadmap, plan=plan_of(roadmap))
    return render(request, "roadmaps/show.html", context)


@never_cache
@form_page
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Its sheet: whom it covers, who carries it, when, with whose money."""
    roadmap = access.get_roadmap(request.user, pk, Right.EDIT)
    space = roadmap.space
    form = RoadmapForm(request.POST or None, instance=roadmap, space=space)
    sent = keep_sent(
        request,
        form,
        lambda version: _save(form, roadmap, version, request),
        _("The sheet is saved."),
        read_again=lambda stored: RoadmapForm(instance=stored, space=space),
    )
    if sent.is_kept:
        return redirect("roadmaps:show", pk)
    context = page(request.user, roadmap, form=form, theirs=sent.theirs)
    return render(request, "roadmaps/edit.html", context)


@never_cache
@form_page
def adopt(request: SignedInRequest, pk: int) -> HttpResponse:
    """What workshops and diagnoses gave, to be taken up without typing it again."""
    roadmap = access.get_roadmap(request.user, pk, Right.CONTRIBUTE)
    if request.method == "POST":
        told = taking.take(roadmap, request.POST, by=request.user)
        messages.add_message(request, told.level, told.words)
        if told.to_read_over:
            messages.warning(request, told.to_read_over)
        return (
            redirect("roadmaps:stake", pk, told.to_word)
            if told.to_word
            else (redirect("roadmaps:adopt", pk))
        )
    role = role_in(request.user, roadmap.space)
    sources = sources_of(roadmap, is_team=may(role, Right.EDIT))
    context = page_of(role, roadmap, sources=sources)
    return render(request, "roadmaps/adopt.html", context)


@never_cache
@form_page
def move(request: SignedInRequest, pk: int) -> HttpResponse:
    """The lines in their order; one moved, and what is renumbered is told."""
    roadmap = access.get_roadmap(request.user, pk, Right.CONTRIBUTE)
    if request.method != "POST":
        context = page(request.user, roadmap, plan=plan_of(roadmap))
        return render(request, "roadmaps/order.html", context)
    sent = request.POST
    what = next((one for one in ("put", "up", "down") if one in sent), "")
    row = access.get_row(roadmap, sent.get(what, ""))
    if what == "put":
        under = access.get_above(roadmap, sent.get("under", ""))
        rank = read_number(sent.get("rank"))
        told = taking.put(roadmap, row, under, rank, by=request.user)
    else:
        told = taking.move(roadmap, row, up=what == "up", by=request.user)
    messages.success(request, told)
    return redirect(_where_from(sent.get("from", ""), roadmap, row))


@require_POST
def remove(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take a line off."""
    roadmap = access.get_roadmap(request.user, pk, Right.EDIT)
    row = access.get_row(roadmap, request.POST.get("row", ""))
    try:
        operations.remove(row, by=request.user)
    except operations.StillHolds:
        messages.error(
            request, _("Not removed: it is not empty. Remove what it holds first.")
        )
    else:
        messages.success(request, _("Removed: “%(row)s”.") % {"row": row})
    return redirect("roadmaps:show", pk)


def _where_from(page: str, roadmap: Roadmap, row: access.Row) -> str:
    """The page where the button was, at the line that moved."""
    if page == "workstream" and isinstance(row, Action):
        back = reverse("roadmaps:workstream", args=[roadmap.pk, row.workstream_id])
    else:
        name = "roadmaps:move" if page == "order" else "roadmaps:show"
        back = reverse(name, args=[roadmap.pk])
    return f"{back}#{row._meta.model_name}-{row.pk}"


def _save(
    form: RoadmapForm, roadmap: Roadmap, version: int, request: SignedInRequest
) -> None:
    operations.save_roadmap(
        roadmap,
        perimeter=form.cleaned_data["perimeter"],
        group=form.cleaned_data["group"],
        version=version,
        by=request.user,
    )
