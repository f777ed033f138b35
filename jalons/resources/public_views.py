"""What everybody proposes, follows by a link, and finds."""

from __future__ import annotations

from dataclasses import replace

from allauth.decorators import rate_limit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from jalons.actors.pages import form_page
from jalons.files import operations as files
from jalons.files.models import StoredFile
from jalons.resources import access, operations
from jalons.resources.figures import resources_like
from jalons.resources.forms import (
    FILES,
    MAX_BYTES,
    CompleteForm,
    FindForm,
    InitiativeProposalForm,
    PlaceProposalForm,
    ResourceFields,
    ResourceProposalForm,
)
from jalons.resources.models import PROPOSAL_DAYS, Proposal

PER_PAGE = 20
FILE_KIND = "resource"
BINARY = "application/octet-stream"


@form_page
@login_not_required
@rate_limit(action="propose")
def propose_place(request: HttpRequest) -> HttpResponse:
    """Propose a place; a team reads it before anybody finds it."""
    form = PlaceProposalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if form.is_a_robot:
            return _thanks(request, None)
        try:
            return _thanks(request, operations.propose(form.given))
        except operations.AlreadyProposed as error:
            form.add_error(None, _known(error.proposal))
    return render(request, "resources/propose_place.html", {"form": form})


@form_page
@login_not_required
@rate_limit(action="propose")
def propose_resource(request: HttpRequest) -> HttpResponse:
    """Propose a resource; a team reads it before anybody finds it."""
    form = ResourceProposalForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        if form.is_a_robot:
            return _thanks(request, None)
        try:
            given = replace(form.given(), stored=receive(form))
            return _thanks(request, operations.propose(given))
        except files.RefusedUpload as error:
            form.add_error("file", str(error))
        except operations.AlreadyProposed as error:
            if given.stored:
                files.discard(given.stored)
            form.add_error(None, _known(error.proposal))
    return render(request, "resources/propose_resource.html", {"form": form})


@form_page
@login_not_required
@rate_limit(action="propose")
def propose_initiative(request: HttpRequest) -> HttpResponse:
    """Tell an initiative; a resource centre reads it before anybody finds it."""
    form = InitiativeProposalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if form.is_a_robot:
            return _thanks(request, None)
        try:
            return _thanks(request, operations.propose(form.given()))
        except operations.AlreadyProposed as error:
            form.add_error(None, _known(error.proposal))
    return render(request, "resources/propose_initiative.html", {"form": form})


def receive(form: ResourceFields) -> StoredFile | None:
    """The file given, kept as long as the proposal. Raises RefusedUpload."""
    upload = form.cleaned_data["file"]
    if not upload:
        return None
    return files.receive(
        upload,
        kind=FILE_KIND,
        suffixes=FILES,
        max_bytes=MAX_BYTES,
        kept_days=PROPOSAL_DAYS,
    )


@login_not_required
@never_cache
@form_page
def follow(request: HttpRequest, secret: str) -> HttpResponse:
    """What became of one's proposal; to confirm one's address, to answer a question."""
    proposal = access.find_proposal(secret, timezone.now())
    form = CompleteForm(request.POST if "text" in request.POST else None)
    if request.method == "POST":
        operations.confirm_email(proposal)
        is_asked = proposal.state == Proposal.State.ASKED
        if not form.is_bound:
            messages.success(request, _("Thank you: the team may answer you."))
            return redirect("resources:follow", secret)
        if is_asked and form.is_valid():
            _complete(request, proposal, form.cleaned_data["text"])
            return redirect("resources:follow", secret)
    context = {"proposal": proposal, "form": form}
    return render(request, "resources/follow.html", context)


@require_safe
@login_not_required
def list(request: HttpRequest) -> HttpResponse:
    """Resources that a team read, by words, kind and help."""
    form = FindForm(request.GET)
    found = resources_like(*(form.asked(one) for one in ("mots", "genre", "theme")))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "resources/list.html", {"form": form, "page": page})


@require_safe
@login_not_required
def show(request: HttpRequest, pk: int) -> HttpResponse:
    resource = access.get_resource(request.user, pk)
    return render(request, "resources/show.html", {"resource": resource})


@require_safe
@login_not_required
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """The file of a resource, to be kept and never opened in the page."""
    found = hand_over(access.get_resource(request.user, pk).stored)
    return found or redirect("resources:show", pk)


def hand_over(stored: StoredFile | None) -> HttpResponse | None:
    """A file of 5 MB at most, saved and not shown; None when it is no longer kept."""
    if stored is None:
        return None
    try:
        with stored.file.open("rb") as content:
            response = HttpResponse(content.read(), content_type=BINARY)
    except FileNotFoundError:
        return None
    name = content_disposition_header(True, stored.name)
    response.headers["Content-Disposition"] = name
    return response


def _complete(request: HttpRequest, proposal: Proposal, text: str) -> None:
    try:
        operations.complete(proposal, text)
    except operations.AlreadyDecided:
        messages.error(request, _("The team has answered meanwhile: see below."))
    else:
        messages.success(request, _("Thank you: the team reads your answer."))


def _thanks(request: HttpRequest, proposal: Proposal | None) -> HttpResponse:
    return render(request, "resources/thanks.html", {"proposal": proposal})


def _known(proposal: Proposal) -> str:
    message = _("“%(title)s” is proposed already and waits to be read: nothing to do.")
    return message % {"title": proposal.title}
