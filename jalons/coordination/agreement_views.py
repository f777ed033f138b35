"""What actors sign together, and the stages of coordination."""

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
from jalons.coordination.forms import AgreementForm, StageForm
from jalons.coordination.models import Agreement
from jalons.coordination.sittings import agreements_of
from jalons.spaces.access import Right, get_space, right_in


@require_safe
@never_cache
def agreements(request: SignedInRequest, space_pk: int) -> HttpResponse:
    space = get_space(request.user, space_pk, Right.READ)
    found = agreements_of(space, on=timezone.localdate())
    context = {
        "space": space,
        "agreements": found,
        "crossing": sum(one.crosses for one in found),
        "can_write": right_in(request.user, space, Right.CONTRIBUTE),
    }
    return render(request, "coordination/agreements.html", context)


@never_cache
@form_page
def agree(request: SignedInRequest, space_pk: int) -> HttpResponse:
    space = get_space(request.user, space_pk, Right.CONTRIBUTE)
    form = AgreementForm(
        request.POST or None, instance=Agreement(space=space), space=space
    )
    if request.method == "POST" and form.is_valid():
        parties = form.cleaned_data["parties"]
        operations.save_agreement(form.save(commit=False), parties, by=request.user)
        messages.success(request, _("The agreement is noted."))
        return redirect("coordination:agreements", space_pk)
    context = {"space": space, "form": form}
    return render(request, "coordination/agree.html", context)


@never_cache
@form_page
def agreement(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    space = get_space(request.user, space_pk, Right.CONTRIBUTE)
    row = access.get_agreement(space, pk)
    form = AgreementForm(request.POST or None, instance=row, space=space)
    if request.method == "POST" and form.is_valid():
        parties = form.cleaned_data["parties"]
        operations.save_agreement(form.save(commit=False), parties, by=request.user)
        messages.success(request, _("The agreement is noted."))
        return redirect("coordination:agreements", space_pk)
    can_edit = right_in(request.user, space, Right.EDIT)
    context = {"space": space, "row": row, "form": form, "can_edit": can_edit}
    return render(request, "coordination/agreement.html", context)


@require_POST
def drop_agreement(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    space = get_space(request.user, space_pk, Right.EDIT)
    row = access.get_agreement(space, pk)
    operations.remove_agreement(row, by=request.user)
    messages.success(request, _("Removed: “%(row)s”.") % {"row": row})
    return redirect("coordination:agreements", space_pk)


@require_POST
def stage(request: SignedInRequest, space_pk: int, stage: str) -> HttpResponse:
    """Say that a stage is done, or take it back."""
    space = get_space(request.user, space_pk, Right.CONTRIBUTE)
    kind = access.get_stage(stage)
    form = StageForm(request.POST)
    if "undo" in request.POST:
        operations.undo_stage(space, kind, by=request.user)
    elif form.is_valid():
        operations.mark_stage(space, kind, **form.cleaned_data, by=request.user)
    else:
        messages.error(request, _("Not kept: give the day on which it happened."))
    return redirect("coordination:show", space_pk)
