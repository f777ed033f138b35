"""Files of figures given, reported, confirmed: public ones, and those of a team."""

from __future__ import annotations

from pathlib import PurePath

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from jalons.accounts.access import SignedInRequest
from jalons.files.grid import UnreadableFile
from jalons.files.operations import RefusedUpload
from jalons.indicators import access, attempts, files, tasks, undoing
from jalons.indicators.forms import AddForm, AnswerForm, ColumnsForm, LoadForm
from jalons.indicators.inventory import has_households, own_figures
from jalons.indicators.models import Load
from jalons.spaces.access import Right, get_space, right_in

form_page = require_http_methods(["GET", "HEAD", "POST"])
State = Load.State
SHOWN_ROWS = 3


@form_page
def load(request: SignedInRequest) -> HttpResponse:
    """Receive a producer's file; nothing is loaded before its report is read."""
    access.require_administrator(request.user)
    form = LoadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        words = {**form.cleaned_data}
        try:
            pending = files.propose(words.pop("file"), by=request.user, **words)
        except RefusedUpload as error:
            form.add_error("file", str(error))
        else:
            tasks.enqueue(pending)
            return redirect("indicators:follow", pending.pk)
    return render(request, "indicators/load.html", {"form": form})


@form_page
def follow(request: SignedInRequest, pk: int) -> HttpResponse:
    """Where a file stands: columns to name, report to read, figures loaded."""
    pending = access.get_load(request.user, pk)
    if pending.state == State.COLUMNS:
        return _name_columns(request, pending)
    form = _answers(request, pending)
    if request.method == "POST" and (form is None or form.is_valid()):
        _go_on(pending, form)
        return redirect("indicators:follow", pk)
    context = {
        "pending": pending,
        "is_stalled": attempts.is_stalled(pending, at=timezone.now()),
        "form": form,
    }
    return render(request, "indicators/follow.html", context)


def _answers(request: SignedInRequest, pending: Load) -> AnswerForm | None:
    """For a public file that is refused: what its report may have asked."""
    if pending.state != State.REFUSED or pending.space_id:
        return None
    given = {name: getattr(pending, name) for name in AnswerForm.base_fields}
    return AnswerForm(request.POST or None, initial=given)


def _go_on(pending: Load, form: AnswerForm | None) -> None:
    if form is not None:
        files.answer(pending, **form.cleaned_data)
    elif pending.state == State.READY:
        files.confirm(pending)
    elif pending.state == State.REFUSED:
        files.name_again(pending)
        return
    else:
        return
    tasks.enqueue(pending)


def _name_columns(request: SignedInRequest, pending: Load) -> HttpResponse:
    try:
        seen = files.sample(pending)
    except UnreadableFile as error:
        messages.error(request, str(error))
        files.drop(pending, at=timezone.now())
        return redirect("indicators:add", pending.space_id)
    form = ColumnsForm(
        seen.columns,
        request.POST or None,
        initial=files.named(pending, seen),
        has_households=has_households(),
    )
    if form.is_valid():
        files.name_columns(pending, form.cleaned_data)
        tasks.enqueue(pending)
        return redirect("indicators:follow", pending.pk)
    context = {
        "pending": pending,
        "form": form,
        "columns": seen.columns,
        "first": seen.rows[:SHOWN_ROWS],
    }
    return render(request, "indicators/columns.html", context)


@require_safe
def quarantine(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """The rows left out, with their line, the reason and the mend."""
    pending = access.get_load(request.user, pk)
    if pending.refused is None:
        raise Http404
    try:
        content = pending.refused.file.open("rb")
    except FileNotFoundError:
        messages.error(
            request, _("These rows are no longer kept: give the file again.")
        )
        return redirect("indicators:follow", pk)
    name = f"{PurePath(pending.stored.name).stem}-lignes-ecartees.csv"
    return FileResponse(
        content,
        as_attachment=True,
        filename=name,
        content_type="text/csv; charset=utf-8",
    )


@require_POST
def restart(request: SignedInRequest, pk: int) -> HttpResponse:
    """Begin again what a stopped worker left in the middle."""
    pending = access.get_load(request.user, pk)
    try:
        attempts.restart(pending, by=request.user, at=timezone.now())
    except attempts.StillRunning:
        messages.error(request, _("This file is not stopped: wait for the end."))
    else:
        tasks.enqueue(pending)
        messages.success(request, _("The file is started again."))
    return redirect("indicators:follow", pk)


@require_POST
def forget(request: SignedInRequest, pk: int) -> HttpResponse:
    pending = access.get_load(request.user, pk)
    try:
        files.drop(pending, at=timezone.now())
    except attempts.StillRunning:
        messages.error(request, _("This file is being loaded: wait for the end."))
        return redirect("indicators:follow", pk)
    messages.success(request, _("The file is forgotten."))
    if pending.space_id:
        return redirect("indicators:own", pending.space_id)
    return redirect("indicators:show")


@form_page
def undo(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take back a file that was loaded, once what it changes is read."""
    release = access.get_release(request.user, pk)
    space = release.source.space
    back = (
        redirect("indicators:own", space.pk) if space else redirect("indicators:show")
    )
    try:
        found = undoing.undoing_of(release)
        if request.method == "POST":
            undoing.undo_release(release, by=request.user)
            said = _("The figures of “%(file)s” are taken back.") % {"file": found.file}
            messages.success(request, said)
            return back
    except undoing.CannotBeUndone as error:
        messages.error(request, str(error))
        return back
    return render(request, "indicators/undo.html", {"found": found, "space": space})


@require_safe
def own(request: SignedInRequest, space_pk: int) -> HttpResponse:
    """The figures that a team gave, for its members only."""
    space = get_space(request.user, space_pk, Right.READ)
    context = {
        "space": space,
        "figures": own_figures(space),
        "may_add": right_in(request.user, space, Right.MANAGE),
    }
    return render(request, "indicators/own.html", context)


@form_page
def add(request: SignedInRequest, space_pk: int) -> HttpResponse:
    """Receive a team's own table; its columns are named on the next page."""
    space = get_space(request.user, space_pk, Right.MANAGE)
    form = AddForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            pending = files.propose(upload, by=request.user, space=space)
        except RefusedUpload as error:
            form.add_error("file", str(error))
        else:
            return redirect("indicators:follow", pending.pk)
    return render(request, "indicators/add.html", {"space": space, "form": form})
