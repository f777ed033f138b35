"""A file of places: given, its columns matched, reported, confirmed, undone."""

from __future__ import annotations

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
from jalons.curation import access, operations, tasks
from jalons.curation.forms import ColumnsForm, GiveForm, SavedForm, ValuesForm
from jalons.curation.models import PlaceImport
from jalons.curation.samples import sample_of
from jalons.curation.values import Asked, asked_of, texts_of
from jalons.directory.guessing import propose
from jalons.directory.mapping import Format
from jalons.files.operations import RefusedUpload
from jalons.files.tables import UnreadableFile
from jalons.spaces.access import Right, get_space

form_page = require_http_methods(["GET", "HEAD", "POST"])


@form_page
def create(request: SignedInRequest, space_pk: int) -> HttpResponse:
    """Receive a file; nothing is recorded before its report is read."""
    space = get_space(request.user, space_pk, Right.EDIT)
    form = GiveForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            batch = operations.propose_import(
                space, said["file"], said["services"], form.given, by=request.user
            )
        except (RefusedUpload, UnreadableFile) as error:
            form.add_error("file", str(error))
        else:
            return _next(batch)
    names = space.place_lists.order_by("name").values_list("name", flat=True)
    context = {"space": space, "form": form, "names": names}
    return render(request, "curation/create.html", context)


def _next(batch: PlaceImport) -> HttpResponse:
    """The columns when nothing tells them, else the report."""
    if batch.state == PlaceImport.State.TO_MAP:
        return redirect("curation:columns", batch.space_id, batch.pk)
    tasks.check.enqueue(batch.pk)
    return redirect("curation:show", batch.space_id, batch.pk)


@require_safe
def show(request: SignedInRequest, space_pk: int, import_pk: int) -> HttpResponse:
    """Where a file is: being read, to be confirmed, recorded, and what it said."""
    space = get_space(request.user, space_pk, Right.EDIT)
    batch = access.get_import(space, import_pk)
    if batch.state == PlaceImport.State.TO_MAP:
        return redirect("curation:columns", space_pk, import_pk)
    context = {
        "space": space,
        "batch": batch,
        "has_stopped": batch.has_stopped(timezone.now()),
        "is_undoable": batch.rows.exists(),
        "asked_count": len(texts_of(batch)),
    }
    return render(request, "curation/show.html", context)


@form_page
def columns(request: SignedInRequest, space_pk: int, import_pk: int) -> HttpResponse:
    """What each column is: proposed with how sure it is, chosen by somebody."""
    space = get_space(request.user, space_pk, Right.EDIT)
    batch = access.get_import(space, import_pk)
    try:
        names, examples = sample_of(batch)
    except UnreadableFile as error:
        messages.error(request, str(error))
        return redirect("curation:create", space_pk)
    form = _columns_form(request, propose(names, examples))
    saved = SavedForm(request.POST if "saved" in request.POST else None, space=space)
    if request.method == "POST" and "sure" not in request.POST:
        mapping = _chosen(batch, form, saved)
        if mapping:
            return _with_columns(request, batch, mapping, form)
    context = {"space": space, "batch": batch, "form": form, "saved": saved}
    return render(request, "curation/columns.html", context)


def _columns_form(request: SignedInRequest, proposals: list) -> ColumnsForm:
    """The form; with “sure”, the proposals that are almost certain are chosen."""
    if request.method != "POST" or "saved" in request.POST:
        return ColumnsForm(proposals=proposals)
    if "sure" not in request.POST:
        return ColumnsForm(request.POST, proposals=proposals)
    form = ColumnsForm(proposals=proposals)
    said = {name: value for name, value in request.POST.items() if value}
    form.initial = form.sure | said
    return form


def _chosen(batch: PlaceImport, form: ColumnsForm, saved: SavedForm) -> Format | None:
    if saved.is_bound:
        if not saved.is_valid():
            return None
        return Format.model_validate(saved.cleaned_data["saved"].content, strict=False)
    return form.mapping(batch.file_name) if form.is_valid() else None


def _with_columns(
    request: SignedInRequest, batch: PlaceImport, mapping: Format, form: ColumnsForm
) -> HttpResponse:
    try:
        operations.choose_columns(batch, mapping)
    except operations.NotReady:
        messages.info(request, _("This file is already being read."))
        return redirect("curation:show", batch.space_id, batch.pk)
    if form.is_bound and form.cleaned_data.get("title"):
        operations.keep_columns(batch, form.cleaned_data["title"], by=request.user)
    return _next(batch)


@form_page
def values(request: SignedInRequest, space_pk: int, import_pk: int) -> HttpResponse:
    """What the values that the vocabulary lacks mean; then the file is read again."""
    space = get_space(request.user, space_pk, Right.EDIT)
    batch = access.get_import(space, import_pk)
    asked = asked_of(batch)
    if batch.state != PlaceImport.State.CHECKED or not asked:
        return redirect("curation:show", space_pk, import_pk)
    form = _values_form(request, asked, keeps=bool(batch.mapping))
    if form.is_valid():
        return _with_values(request, batch, form)
    context = {"space": space, "batch": batch, "form": form}
    return render(request, "curation/values.html", context)


def _values_form(
    request: SignedInRequest, asked: list[Asked], *, keeps: bool
) -> ValuesForm:
    """The form; with “sure”, the proposals that are almost certain are chosen."""
    is_sent = request.method == "POST" and "sure" not in request.POST
    form = ValuesForm(request.POST if is_sent else None, asked=asked, keeps=keeps)
    if "sure" in request.POST:
        said = {name: value for name, value in request.POST.items() if value}
        form.initial = form.sure | said
    return form


def _with_values(
    request: SignedInRequest, batch: PlaceImport, form: ValuesForm
) -> HttpResponse:
    try:
        operations.choose_values(batch, form.values)
    except operations.NotReady:
        messages.info(request, _("This file is already being read."))
        return redirect("curation:show", batch.space_id, batch.pk)
    if title := form.cleaned_data.get("title"):
        operations.keep_columns(batch, title, by=request.user)
    return _next(batch)


@require_POST
def confirm(request: SignedInRequest, space_pk: int, import_pk: int) -> HttpResponse:
    space = get_space(request.user, space_pk, Right.EDIT)
    batch = access.get_import(space, import_pk)
    try:
        operations.confirm_import(batch, by=request.user)
    except operations.NotReady:
        messages.info(request, _("This file was already confirmed."))
    else:
        tasks.record.enqueue(batch.pk)
    return redirect("curation:show", space_pk, import_pk)


@require_POST
def resume(request: SignedInRequest, space_pk: int, import_pk: int) -> HttpResponse:
    """Go on with a file whose work stopped, when a machine restarted for instance."""
    space = get_space(request.user, space_pk, Right.EDIT)
    batch = access.get_import(space, import_pk)
    if not batch.has_stopped(timezone.now()):
        messages.info(request, _("The work on this file goes on: wait a little."))
    elif batch.state == PlaceImport.State.TO_CHECK:
        tasks.check.enqueue(batch.pk)
    else:
        tasks.record.enqueue(batch.pk)
    return redirect("curation:show", space_pk, import_pk)


@require_POST
def forget(request: SignedInRequest, space_pk: int, import_pk: int) -> HttpResponse:
    space = get_space(request.user, space_pk, Right.EDIT)
    batch = access.get_import(space, import_pk)
    try:
        operations.drop_import(batch)
    except operations.NotReady:
        messages.error(request, _("This file is recorded: undo it instead."))
        return redirect("curation:show", space_pk, import_pk)
    messages.success(request, _("The file is forgotten: nothing of it was recorded."))
    return redirect("curation:list", space_pk)


@form_page
def undo(request: SignedInRequest, space_pk: int, import_pk: int) -> HttpResponse:
    """Say what undoing does, then put every place back as it was before the file."""
    space = get_space(request.user, space_pk, Right.EDIT)
    batch = access.get_import(space, import_pk)
    if request.method == "POST":
        try:
            operations.undo_import(batch, by=request.user)
        except operations.NotReady:
            messages.error(request, _("This import can no longer be undone."))
        except operations.LaterImport:
            message = _("A later file of this list was recorded: undo it first.")
            messages.error(request, message)
        return redirect("curation:show", space_pk, import_pk)
    if batch.state != PlaceImport.State.RECORDED or not batch.rows.exists():
        return redirect("curation:show", space_pk, import_pk)
    return render(request, "curation/undo.html", {"space": space, "batch": batch})


@require_safe
def quarantine(
    request: SignedInRequest, space_pk: int, import_pk: int
) -> HttpResponseBase:
    """The rows that are no place, to be mended and given again."""
    space = get_space(request.user, space_pk, Right.EDIT)
    batch = access.get_import(space, import_pk)
    if batch.refused is None:
        raise Http404
    return FileResponse(
        batch.refused.file.open("rb"),
        as_attachment=True,
        filename="lieux-ecartes.csv",
        content_type="text/csv; charset=utf-8",
    )
