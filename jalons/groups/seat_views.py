"""The members of a group: they come, change, leave, or were noted by mistake."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from jalons.accounts.access import SignedInRequest
from jalons.actors.pages import form_page
from jalons.documents.words import date_format
from jalons.groups import access, operations
from jalons.groups.forms import SeatForm
from jalons.groups.loaders import overlap_words
from jalons.groups.models import Group
from jalons.spaces.access import Right, get_space


@never_cache
@form_page
def join(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    """Somebody becomes a member."""
    space = get_space(request.user, space_pk, Right.CONTRIBUTE)
    group = access.get_group(space, pk)
    form = SeatForm(
        request.POST or None, group=group, initial={"since": timezone.localdate()}
    )
    if request.method == "POST" and form.is_valid() and _is_saved(form, group, request):
        messages.success(request, _("The member is noted."))
        return redirect("groups:show", space_pk, pk)
    context = {"space": space, "group": group, "form": form}
    return render(request, "groups/join.html", context)


@never_cache
@form_page
def seat(
    request: SignedInRequest, space_pk: int, pk: int, seat_pk: int
) -> HttpResponse:
    """Correct what is noted of a member."""
    space = get_space(request.user, space_pk, Right.CONTRIBUTE)
    group = access.get_group(space, pk)
    found = access.get_seat(group, seat_pk)
    form = SeatForm(request.POST or None, instance=found, group=group)
    if request.method == "POST" and form.is_valid() and _is_saved(form, group, request):
        messages.success(request, _("The member is changed."))
        return redirect("groups:show", space_pk, pk)
    context = {"space": space, "group": group, "form": form, "seat": found}
    return render(request, "groups/seat.html", context)


@require_POST
def leave(
    request: SignedInRequest, space_pk: int, pk: int, seat_pk: int
) -> HttpResponse:
    """A member leaves today; the history keeps them."""
    space = get_space(request.user, space_pk, Right.CONTRIBUTE)
    found = access.get_seat(access.get_group(space, pk), seat_pk)
    operations.end_seat(found, on=timezone.localdate(), by=request.user)
    messages.success(request, _("The member leaves today; the history keeps them."))
    return redirect("groups:show", space_pk, pk)


@require_POST
def remove(
    request: SignedInRequest, space_pk: int, pk: int, seat_pk: int
) -> HttpResponse:
    """A member noted by mistake."""
    space = get_space(request.user, space_pk, Right.EDIT)
    found = access.get_seat(access.get_group(space, pk), seat_pk)
    operations.remove_seat(found, by=request.user)
    messages.success(request, _("The line is removed from the history."))
    return redirect("groups:show", space_pk, pk)


def _is_saved(form: SeatForm, group: Group, request: SignedInRequest) -> bool:
    """Whether the member was written; otherwise the form says why."""
    try:
        operations.save_seat(form.save(commit=False), by=request.user)
    except operations.Overlaps as error:
        form.add_error("since", overlap_words(error.seat))
    except operations.OutsideTheGroup:
        message = _("The group began on %(day)s: nobody was a member before.")
        days = {"day": date_format(group.begun_on)}
        if group.ended_on:
            message = _("The group lasted from %(day)s to %(end)s: stay within.")
            days["end"] = date_format(group.ended_on)
        form.add_error("since", message % days)
    return not form.errors
