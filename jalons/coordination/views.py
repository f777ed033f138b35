"""The bodies of a territory: at which level, how often, who sits there by college."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from jalons.accounts.access import SignedInRequest
from jalons.actors.pages import form_page
from jalons.coordination import access, operations
from jalons.coordination.figures import bodies_of, read_body, register_of
from jalons.coordination.forms import BodyForm, SittingForm
from jalons.coordination.sittings import decisions_of, stages_of
from jalons.spaces.access import Right, get_space, right_in


@require_safe
@never_cache
def show(request: SignedInRequest, space_pk: int) -> HttpResponse:
    """The bodies, and what each college gives."""
    space = get_space(request.user, space_pk, Right.READ)
    context = {
        "space": space,
        "bodies": bodies_of(space, on=timezone.localdate()),
        "register": register_of(space),
        "stages": stages_of(space, at=timezone.now()),
        "can_write": right_in(request.user, space, Right.CONTRIBUTE),
        "can_edit": right_in(request.user, space, Right.EDIT),
    }
    return render(request, "coordination/show.html", context)


@never_cache
@form_page
def add(request: SignedInRequest, space_pk: int) -> HttpResponse:
    space = get_space(request.user, space_pk, Right.EDIT)
    form = BodyForm(request.POST or None, space=space)
    if request.method == "POST" and form.is_valid():
        made = operations.save_body(form.save(commit=False), by=request.user)
        messages.success(request, _("“%(row)s” is a body.") % {"row": made})
        return redirect("coordination:body", space_pk, made.pk)
    return render(request, "coordination/add.html", {"space": space, "form": form})


@require_safe
@never_cache
def body(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    """Who sits there today, college by college, until when."""
    space = get_space(request.user, space_pk, Right.READ)
    row = access.get_body(space, pk)
    context = {
        "space": space,
        "body": row,
        "found": read_body(row, on=timezone.localdate()),
        "sittings": row.sittings.select_related("meeting"),
        "decisions": decisions_of(row),
        "sitting_form": SittingForm(body=row),
        "can_write": right_in(request.user, space, Right.CONTRIBUTE),
        "can_edit": right_in(request.user, space, Right.EDIT),
    }
    return render(request, "coordination/body.html", context)


@never_cache
@form_page
def edit(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    space = get_space(request.user, space_pk, Right.EDIT)
    row = access.get_body(space, pk)
    form = BodyForm(request.POST or None, instance=row, space=space)
    if request.method == "POST" and form.is_valid():
        operations.save_body(form.save(commit=False), by=request.user)
        messages.success(request, _("The sheet is saved."))
        return redirect("coordination:body", space_pk, pk)
    context = {"space": space, "body": row, "form": form}
    return render(request, "coordination/edit.html", context)


@require_POST
def remove(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    """No body any more; the group stays."""
    space = get_space(request.user, space_pk, Right.EDIT)
    row = access.get_body(space, pk)
    operations.remove_body(row, by=request.user)
    messages.success(request, _("Removed: “%(row)s”.") % {"row": row})
    return redirect("coordination:show", space_pk)
