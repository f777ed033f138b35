"""The sittings of a body: attached to a meeting, decided, followed, told."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from jalons.accounts.access import SignedInRequest
from jalons.actors.pages import form_page, hand_out
from jalons.coordination import access, documents, operations
from jalons.coordination.forms import DecisionForm, SittingForm
from jalons.coordination.sittings import sitting_of
from jalons.documents import CONTENT_TYPES
from jalons.documents import render as make_file
from jalons.spaces.access import Right, get_space, right_in

FORMATS = ("pdf", "docx", "odt")


@require_POST
def attach(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    """Say at which meeting of the space the body sits."""
    space = get_space(request.user, space_pk, Right.CONTRIBUTE)
    body = access.get_body(space, pk)
    form = SittingForm(request.POST, body=body)
    if not form.is_valid():
        messages.error(request, _("Choose one of the meetings of the space."))
        return redirect("coordination:body", space_pk, pk)
    made = operations.attach_sitting(form.save(commit=False), by=request.user)
    return redirect("coordination:sitting", space_pk, made.pk)


@never_cache
@form_page
def sitting(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    """Who came, what was decided; a decision is added here."""
    writes = request.method == "POST"
    right = Right.CONTRIBUTE if writes else Right.READ
    space = get_space(request.user, space_pk, right)
    row = access.get_sitting(space, pk)
    form = DecisionForm(request.POST or None, sitting=row)
    if writes and form.is_valid():
        operations.save_decision(form.save(commit=False), by=request.user)
        messages.success(request, _("The decision is written."))
        return redirect("coordination:sitting", space_pk, pk)
    context = {
        "space": space,
        "body": row.body,
        "found": sitting_of(row),
        "form": form,
        "can_write": right_in(request.user, space, Right.CONTRIBUTE),
        "can_edit": right_in(request.user, space, Right.EDIT),
    }
    return render(request, "coordination/sitting.html", context)


@require_POST
def detach(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    """Attached by mistake: the meeting stays, its decisions go."""
    space = get_space(request.user, space_pk, Right.EDIT)
    row = access.get_sitting(space, pk)
    operations.detach_sitting(row, by=request.user)
    messages.success(request, _("Removed: “%(row)s”.") % {"row": row})
    return redirect("coordination:body", space_pk, row.body_id)


@require_safe
def minutes(
    request: SignedInRequest, space_pk: int, pk: int, format: str
) -> HttpResponse:
    space = get_space(request.user, space_pk, Right.READ)
    if format not in FORMATS:
        raise Http404
    made = documents.minutes_of(sitting_of(access.get_sitting(space, pk)))
    content = make_file(made, format)
    name = f"{made.title} {made.subtitle}"
    return hand_out(content, CONTENT_TYPES[format], name, format)


@never_cache
@form_page
def decision(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    """What became of a decision."""
    space = get_space(request.user, space_pk, Right.CONTRIBUTE)
    row = access.get_decision(space, pk)
    form = DecisionForm(request.POST or None, instance=row, sitting=row.sitting)
    if request.method == "POST" and form.is_valid():
        operations.save_decision(form.save(commit=False), by=request.user)
        messages.success(request, _("The decision is kept."))
        return redirect("coordination:sitting", space_pk, row.sitting_id)
    context = {"space": space, "body": row.sitting.body, "row": row, "form": form}
    return render(request, "coordination/decision.html", context)
