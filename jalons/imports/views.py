"""Files of answers: given, reported, confirmed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
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
from jalons.imports import access, operations
from jalons.imports.forms import ImportForm
from jalons.imports.loaders import Reading, read_answers
from jalons.imports.mapping import MAX_BYTES, InvalidMapping, parse_mapping
from jalons.imports.models import PendingImport
from jalons.imports.quarantine import blocks
from jalons.spaces.access import Right
from jalons.surveys.access import get_campaign
from jalons.surveys.models import Campaign, Response
from jalons.surveys.operations import AlreadyClosed, preview_responses

form_page = require_http_methods(["GET", "HEAD", "POST"])
REFUSED_SHOWN = 50


@form_page
def create(request: SignedInRequest, pk: int) -> HttpResponse:
    """Receive a file and its mapping; nothing is recorded before the report is read."""
    campaign = get_campaign(request.user, pk, Right.EDIT)
    if campaign.is_closed:
        messages.error(request, _("This survey is closed: it takes no more answers."))
        return redirect("surveys:show", pk)
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        pending = _propose(request, campaign, form)
        if pending is not None:
            return redirect("imports:confirm", pk, pending.pk)
    context = {"space": campaign.space, "campaign": campaign, "form": form}
    return render(request, "imports/create.html", context)


def _propose(
    request: SignedInRequest, campaign: Campaign, form: ImportForm
) -> PendingImport | None:
    """Keep a file that can be read aside; else say on the form what to mend."""
    file, mapping = form.cleaned_data["file"], form.cleaned_data["mapping"]
    content = mapping.read(MAX_BYTES + 1)
    try:
        known = parse_mapping(content, mapping.name, campaign.version.read())
        read_answers(campaign, known, file, name=file.name)
        return operations.propose_import(
            campaign, file, content, mapping.name, by=request.user
        )
    except InvalidMapping as error:
        form.add_error("mapping", [str(problem) for problem in error.problems])
    except (RefusedUpload, UnreadableFile) as error:
        form.add_error("file", str(error))
    return None


@form_page
def confirm(request: SignedInRequest, pk: int, import_pk: int) -> HttpResponse:
    """Show what a file would change; record it once confirmed."""
    campaign = get_campaign(request.user, pk, Right.EDIT)
    pending = access.get_pending_import(campaign, import_pk)
    try:
        reading = _read(pending)
        if request.method == "POST":
            return _record(request, pending, reading)
    except (UnreadableFile, InvalidMapping) as error:
        messages.error(request, str(error))
        return redirect("imports:create", pk)
    except AlreadyClosed:
        messages.error(request, _("This survey is closed: it takes no more answers."))
        return redirect("surveys:show", pk)
    context = {
        "space": campaign.space,
        "campaign": campaign,
        "pending": pending,
        "reading": reading,
        "refused": reading.refused[:REFUSED_SHOWN],
        "preview": preview_responses(
            campaign, reading.entries, channel=Response.Channel.IMPORT
        ),
    }
    return render(request, "imports/confirm.html", context)


def _read(pending: PendingImport) -> Reading:
    definition = pending.campaign.version.read()
    mapping = parse_mapping(pending.mapping.encode(), pending.mapping_name, definition)
    with pending.stored.file.open("rb") as file:
        return read_answers(pending.campaign, mapping, file, name=pending.stored.name)


def _record(
    request: SignedInRequest, pending: PendingImport, reading: Reading
) -> HttpResponse:
    recorded = operations.confirm_import(pending, reading, by=request.user)
    message = _(
        "Import done: %(created)d new answers, %(updated)d changed, %(unchanged)d "
        "unchanged; %(refused)d rows were left aside."
    )
    counts = {
        "created": recorded.created,
        "updated": recorded.updated,
        "unchanged": recorded.unchanged,
        "refused": len(reading.refused),
    }
    messages.success(request, message % counts)
    return redirect("surveys:show", pending.campaign_id)


@require_POST
def forget(request: SignedInRequest, pk: int, import_pk: int) -> HttpResponse:
    campaign = get_campaign(request.user, pk, Right.EDIT)
    operations.drop_import(access.get_pending_import(campaign, import_pk))
    messages.success(request, _("The file is forgotten: nothing of it was recorded."))
    return redirect("surveys:show", pk)


@require_safe
def quarantine(request: SignedInRequest, pk: int, import_pk: int) -> HttpResponseBase:
    """The rows that could not be read, to be mended and given again."""
    campaign = get_campaign(request.user, pk, Right.EDIT)
    pending = access.get_pending_import(campaign, import_pk)
    try:
        content = blocks(_read(pending))
    except (UnreadableFile, InvalidMapping) as error:
        messages.error(request, str(error))
        return redirect("imports:create", pk)
    name = f"{campaign.slug}-lignes-ecartees.csv"
    response = StreamingHttpResponse(content, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = content_disposition_header(True, name)
    return response
