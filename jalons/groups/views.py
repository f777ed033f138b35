"""The groups of a space: made, read on any day, ended."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from jalons.accounts.access import SignedInRequest
from jalons.actors.pages import form_page, hand_out
from jalons.actors.words import missing_sentences
from jalons.documents import CONTENT_TYPES
from jalons.documents import render as make_file
from jalons.documents.board import make_board
from jalons.documents.words import date_format
from jalons.files.exports import stream_csv
from jalons.groups import access, documents, figures, operations, words
from jalons.groups.forms import DayForm, EndForm, GroupForm
from jalons.groups.models import Group
from jalons.spaces.access import Right, get_space, right_in


@require_safe
@never_cache
def list(request: SignedInRequest, space_pk: int) -> HttpResponse:
    space = get_space(request.user, space_pk, Right.READ)
    context = {
        "space": space,
        "lines": figures.groups_of(space, timezone.localdate()),
        "can_edit": right_in(request.user, space, Right.EDIT),
    }
    return render(request, "groups/list.html", context)


@never_cache
@form_page
def add(request: SignedInRequest, space_pk: int) -> HttpResponse:
    space = get_space(request.user, space_pk, Right.EDIT)
    form = GroupForm(request.POST or None, space=space)
    if request.method == "POST" and form.is_valid() and _is_saved(form, request):
        group = form.instance
        said = _("“%(name)s” is there. Who is a member?") % {"name": group.name}
        messages.success(request, said)
        return redirect("groups:show", space_pk, group.pk)
    return render(request, "groups/add.html", {"space": space, "form": form})


@require_safe
@never_cache
def show(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    """The members of a day, today’s by default, and the life of the group."""
    space = get_space(request.user, space_pk, Right.READ)
    group = access.get_group(space, pk)
    form = DayForm(request.GET)
    asked = form.cleaned_data["le"] if form.is_valid() else None
    found = figures.membership_of(group, asked or timezone.localdate())
    context = {
        "space": space,
        "group": group,
        "found": found,
        "day_form": form,
        "missing": missing_sentences(found.table),
        "life": (words.life_sentence(found), words.life_drawing(found)),
        "quarters": [(words.quarter_words(one), one) for one in found.shown],
        "can": {
            "write": right_in(request.user, space, Right.CONTRIBUTE),
            "edit": right_in(request.user, space, Right.EDIT),
        },
    }
    return render(request, "groups/show.html", context)


@never_cache
@form_page
def edit(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    space = get_space(request.user, space_pk, Right.EDIT)
    group = access.get_group(space, pk)
    form = GroupForm(request.POST or None, instance=group, space=space)
    if request.method == "POST" and form.is_valid() and _is_saved(form, request):
        messages.success(request, _("The group is changed."))
        return redirect("groups:show", space_pk, pk)
    context = {"space": space, "group": group, "form": form}
    return render(request, "groups/edit.html", context)


@never_cache
@form_page
def end(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    space = get_space(request.user, space_pk, Right.EDIT)
    group = access.get_group(space, pk)
    form = EndForm(request.POST or None, initial={"on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            operations.end_group(group, on=form.cleaned_data["on"], by=request.user)
        except operations.BeforeItsMembers as error:
            form.add_error("on", _before(error.day))
        else:
            messages.success(request, _("The group has ended; its history is kept."))
            return redirect("groups:show", space_pk, pk)
    context = {"space": space, "group": group, "form": form}
    return render(request, "groups/end.html", context)


@require_safe
def file(
    request: SignedInRequest, space_pk: int, pk: int, format: str
) -> HttpResponseBase:
    """All the members with their days, for a spreadsheet; a sheet to sign, in PDF."""
    space = get_space(request.user, space_pk, Right.READ)
    group = access.get_group(space, pk)
    found = figures.membership_of(group, timezone.localdate())
    name = _("members %(name)s") % {"name": group.name}
    if format == "csv":
        return stream_csv(
            f"{name}.csv",
            documents.header(),
            documents.lines_of(found),
            is_simulated=group.is_simulated,
        )
    if format == "pdf":
        content = make_board(documents.attendance_of(found))
        return hand_out(content, CONTENT_TYPES[format], name, format)
    if format != "xlsx":
        raise Http404
    content = make_file(documents.workbook_of(found), format)
    return hand_out(content, CONTENT_TYPES[format], name, format)


@require_safe
@login_not_required
def public(request: HttpRequest, pk: int) -> HttpResponse:
    """What the team lets everybody read; nobody’s name, mail or telephone."""
    group = access.get_public_group(pk)
    found = figures.membership_of(group, timezone.localdate())
    context = {
        "group": group,
        "found": found,
        "shows_organisations": group.shows == Group.Shows.ORGANISATIONS,
        "sentence": words.life_sentence(found),
    }
    return render(request, "groups/public.html", context)


def _is_saved(form: GroupForm, request: SignedInRequest) -> bool:
    """Whether the group was written; otherwise the form says why."""
    try:
        operations.save_group(form.save(commit=False), by=request.user)
    except operations.AlreadyThere:
        form.add_error("name", _("A group of the space has this name already."))
    except operations.BeforeItsMembers as error:
        form.add_error("begun_on", _before(error.day))
    except operations.AfterItsEnd as error:
        message = _("The group ended on %(day)s: it began before.")
        form.add_error("begun_on", message % {"day": date_format(error.day)})
    return not form.errors


def _before(day: date) -> str:
    return _("Somebody was a member on %(day)s.") % {"day": date_format(day)}
