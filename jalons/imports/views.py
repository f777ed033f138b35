"""Files of answers: given, reported, confirmed, undone."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from jalons.accounts.access import SignedInRequest
from jalons.files.operations import RefusedUpload
from jalons.files.tables import UnreadableFile
from jalons.imports import access, opening, operations, tasks
from jalons.imports.figures import channels_told, missing_columns, past_imports
from jalons.imports.forms import GiveForm, SaveForm
from jalons.imports.loaders import MissingColumns, open_answers
from jalons.imports.mapping import MAX_BYTES, InvalidMapping, parse_mapping
from jalons.imports.models import ImportBatch
from jalons.imports.returning import choices_again, returned_from
from jalons.spaces.access import Right
from jalons.surveys.access import get_campaign
from jalons.surveys.models import Campaign
from jalons.surveys.operations import AlreadyClosed

form_page = require_http_methods(["GET", "HEAD", "POST"])


@form_page
def create(request: SignedInRequest, pk: int) -> HttpResponse:
    """Receive a file, and its mapping if there is one; nothing is recorded yet."""
    campaign = get_campaign(request.user, pk, Right.EDIT)
    if campaign.is_closed:
        return _closed(request, campaign)
    form = GiveForm(
        request.POST or None,
        request.FILES or None,
        space=campaign.space,
        definition=campaign.version.read(),
    )
    missing = None
    if request.method == "POST" and form.is_valid():
        try:
            return _receive(request, campaign, form)
        except InvalidMapping as error:
            field = "mapping" if form.cleaned_data.get("mapping") else "saved"
            form.add_error(field, [str(problem) for problem in error.problems])
        except MissingColumns as error:
            missing = missing_columns(error)
            form.add_error("file", str(error))
        except (RefusedUpload, UnreadableFile) as error:
            form.add_error("file", str(error))
    context = {"form": form, "missing": missing, "past": past_imports(campaign)}
    return _page(request, "imports/create.html", campaign, context)


def _receive(
    request: SignedInRequest, campaign: Campaign, form: GiveForm
) -> HttpResponse:
    """Keep a file that can be read, and go to the next question it raises."""
    file, given = form.cleaned_data["file"], _mapping_given(form)
    known = None if given else returned_from(campaign, file)
    if known:
        given = known.mapping.encode(), known.mapping_name
    if given is None:
        batch = operations.propose_import(campaign, file, by=request.user)
        return redirect("imports:header", campaign.pk, batch.pk)
    content, name = given
    mapping = parse_mapping(content, name, campaign.version.read())
    open_answers(campaign, mapping, file, name=file.name).close()
    batch = operations.propose_import(campaign, file, by=request.user)
    if known:
        _say_known(request, known)
        operations.keep_choices(batch, choices_again(known, file))
    operations.choose_mapping(batch, content.decode("utf-8-sig"), name)
    tasks.check.enqueue(batch.pk)
    return redirect("imports:show", campaign.pk, batch.pk)


def _say_known(request: SignedInRequest, known: ImportBatch) -> None:
    message = _(
        "These are refused rows given back: they are read with the mapping of "
        "“%(name)s”. If it is not that one, match the columns again."
    )
    messages.info(request, message % {"name": known.file_name})


def _mapping_given(form: GiveForm) -> tuple[bytes, str] | None:
    mapping: UploadedFile | None = form.cleaned_data.get("mapping")
    if mapping is not None:
        return mapping.read(MAX_BYTES + 1), str(mapping.name)
    if saved := form.cleaned_data.get("saved"):
        return saved.content.encode(), saved.title
    return None


@require_safe
def show(request: SignedInRequest, pk: int, import_pk: int) -> HttpResponse:
    """Where a file is: being read, to be confirmed, recorded, and what it said."""
    campaign = get_campaign(request.user, pk, Right.EDIT)
    batch = access.get_import(campaign, import_pk)
    if batch.state == ImportBatch.State.TO_MAP:
        return redirect("imports:header", pk, import_pk)
    context = {
        "batch": batch,
        "has_stopped": batch.has_stopped(timezone.now()),
        "form": SaveForm(batch=batch),
        "channels": channels_told(batch),
    }
    return _page(request, "imports/show.html", campaign, context)


@require_POST
def confirm(request: SignedInRequest, pk: int, import_pk: int) -> HttpResponse:
    campaign = get_campaign(request.user, pk, Right.EDIT)
    batch = access.get_import(campaign, import_pk)
    try:
        operations.confirm_import(batch, by=request.user)
    except AlreadyClosed:
        return _closed(request, campaign)
    except operations.NotReady:
        messages.info(request, _("This file was already confirmed."))
    else:
        tasks.record.enqueue(batch.pk)
    return redirect("imports:show", pk, import_pk)


@require_POST
def resume(request: SignedInRequest, pk: int, import_pk: int) -> HttpResponse:
    """Go on with a file whose work stopped, when a machine restarted for instance."""
    batch = access.get_import(get_campaign(request.user, pk, Right.EDIT), import_pk)
    try:
        operations.resume_import(batch)
    except operations.NotReady:
        messages.info(request, _("The work on this file goes on: wait a little."))
        return redirect("imports:show", pk, import_pk)
    if batch.state == ImportBatch.State.TO_UNDO:
        tasks.undo.enqueue(batch.pk)
    elif batch.state == ImportBatch.State.TO_RECORD:
        tasks.record.enqueue(batch.pk)
    else:
        tasks.check.enqueue(batch.pk)
    return redirect("imports:show", pk, import_pk)


@require_POST
def forget(request: SignedInRequest, pk: int, import_pk: int) -> HttpResponse:
    batch = access.get_import(get_campaign(request.user, pk, Right.EDIT), import_pk)
    try:
        operations.drop_import(batch)
    except operations.NotReady:
        messages.error(request, _("This file is recorded: undo it instead."))
        return redirect("imports:show", pk, import_pk)
    messages.success(request, _("The file is forgotten: nothing of it was recorded."))
    return redirect("surveys:show", pk)


@form_page
def undo(request: SignedInRequest, pk: int, import_pk: int) -> HttpResponse:
    """Say what undoing does, then put every answer back as it was before the file."""
    campaign = get_campaign(request.user, pk, Right.EDIT)
    batch = access.get_import(campaign, import_pk)
    if campaign.is_closed:
        return _keeps(request, campaign, batch)
    edited: list[str] = []
    if request.method == "POST":
        try:
            operations.start_undoing(batch, by=request.user)
        except AlreadyClosed:
            return _keeps(request, campaign, batch)
        except operations.CannotBeUndone:
            messages.error(request, _("This import can no longer be undone."))
        except operations.EditedSince as error:
            edited = error.which
        else:
            tasks.undo.enqueue(batch.pk)
        if not edited:
            return redirect("imports:show", pk, import_pk)
    if not batch.is_undoable:
        return redirect("imports:show", pk, import_pk)
    context = {"batch": batch, "edited": edited}
    return _page(request, "imports/undo.html", campaign, context)


@require_safe
def quarantine(request: SignedInRequest, pk: int, import_pk: int) -> HttpResponseBase:
    """The rows that could not be read, to be mended and given again."""
    campaign = get_campaign(request.user, pk, Right.EDIT)
    batch = access.get_import(campaign, import_pk)
    content: Iterable[str | bytes]
    try:
        if batch.refused:
            content = batch.refused.file.open("rb")
        else:
            with opening.opened(batch):
                content = opening.refused_rows(batch)
    except (UnreadableFile, InvalidMapping) as error:
        messages.error(request, str(error))
        return redirect("imports:create", pk)
    name = f"{campaign.slug}-lignes-ecartees.csv"
    response = StreamingHttpResponse(content, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = content_disposition_header(True, name)
    return response


def _closed(request: SignedInRequest, campaign: Campaign) -> HttpResponse:
    messages.error(request, _("This survey is closed: it takes no more answers."))
    return redirect("surveys:show", campaign.pk)


def _keeps(
    request: SignedInRequest, campaign: Campaign, batch: ImportBatch
) -> HttpResponse:
    """An import is not undone once scores rest on its answers."""
    messages.error(
        request,
        _("This survey is closed and keeps its answers: nothing is undone any more."),
    )
    return redirect("imports:show", campaign.pk, batch.pk)


def _page(
    request: SignedInRequest, template: str, campaign: Campaign, context: dict
) -> HttpResponse:
    of_survey = {"space": campaign.space, "campaign": campaign}
    return render(request, template, {**of_survey, **context})
