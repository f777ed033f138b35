"""What a team reads of what was proposed: accept, change a place, ask, refuse."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from jalons.accounts.access import SignedInRequest
from jalons.actors.pages import form_page
from jalons.curation.access import get_place
from jalons.files import operations as files
from jalons.library.definitions import from_store
from jalons.resources import access, figures, operations, places
from jalons.resources.forms import (
    OwnResourceForm,
    PassOnForm,
    QuestionForm,
    ReasonForm,
)
from jalons.resources.models import Proposal, Resource
from jalons.resources.public_views import hand_over, receive
from jalons.spaces.access import Right, get_space
from jalons.spaces.models import Space

P = ParamSpec("P")
View = Callable[Concatenate[SignedInRequest, int, P], HttpResponse]


def answering(view: View[P]) -> View[P]:
    """A view of a proposal: whoever comes late is told, not refused."""

    @wraps(view)
    def told(
        request: SignedInRequest, space_pk: int, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse:
        try:
            return view(request, space_pk, *args, **kwargs)
        except operations.AlreadyDecided:
            messages.error(request, _("Somebody answered this proposal before you."))
        except access.PassedOn:
            said = _("This proposal was passed on: another team reads it.")
            messages.error(request, said)
        return redirect("resources:queue", space_pk)

    return told


@require_safe
@never_cache
def queue(request: SignedInRequest, space_pk: int) -> HttpResponse:
    """What waits to be read, what was decided, the resources of the team."""
    space = get_space(request.user, space_pk, Right.EDIT)
    context = {
        "space": space,
        "waiting": figures.to_read(space),
        "decided": figures.decided(space),
        "published": space.resources.shown().order_by("-published_at"),
    }
    return render(request, "resources/queue.html", context)


def rows_of(proposal: Proposal) -> Sequence[tuple[str, str]]:
    """What is proposed, line by line; a resource has its own page."""
    if proposal.kind == Proposal.Kind.PLACE:
        return [*places.rows_of(proposal)]
    if proposal.kind == Proposal.Kind.INITIATIVE:
        content = from_store(proposal.content)
        return [(_("In a few words"), content.summary), *content.parts]
    return ()


@require_safe
@never_cache
@answering
def read(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    """One proposal, beside the places that look like it."""
    space = get_space(request.user, space_pk, Right.EDIT)
    proposal = access.get_proposal(space, pk)
    is_place = proposal.kind == Proposal.Kind.PLACE
    context = {
        "space": space,
        "proposal": proposal,
        "rows": rows_of(proposal),
        "twins": places.twins_for(proposal, space) if is_place else (),
    }
    return render(request, "resources/read.html", context)


@require_POST
@answering
def accept(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    """A new place, or a resource, that everybody finds."""
    space = get_space(request.user, space_pk, Right.EDIT)
    proposal = access.get_proposal(space, pk)
    try:
        if proposal.kind == Proposal.Kind.PLACE:
            place = operations.accept_place(proposal, space=space, by=request.user)
            messages.success(request, _("The place is found by everybody."))
            return redirect("directory:show", place.pk)
        if proposal.kind == Proposal.Kind.INITIATIVE:
            return _accept_initiative(request, proposal, space)
        resource = operations.accept_resource(proposal, space=space, by=request.user)
    except places.NotAPlace as error:
        messages.error(request, str(error))
        return redirect("resources:read", space_pk, pk)
    messages.success(request, _("The resource is found by everybody."))
    return redirect("resources:show", resource.pk)


def _accept_initiative(
    request: SignedInRequest, proposal: Proposal, space: Space
) -> HttpResponse:
    try:
        sheet = operations.accept_initiative(proposal, space=space, by=request.user)
    except operations.NotACentre:
        said = _("A resource centre alone publishes in the library: pass it on to it.")
        messages.error(request, said)
        return redirect("resources:read", space.pk, proposal.pk)
    messages.success(request, _("The initiative is found by everybody."))
    return redirect("library:show", sheet.code)


@never_cache
@form_page
@answering
def merge(
    request: SignedInRequest, space_pk: int, pk: int, place_pk: int
) -> HttpResponse:
    """Take some fields of what was proposed into a place that is there."""
    space = get_space(request.user, space_pk, Right.EDIT)
    proposal, place = access.get_proposed_place(space, pk), get_place(space, place_pk)
    try:
        lines = places.differences(proposal, place)
        chosen = {one.name for one in lines} & set(request.POST.getlist("champs"))
        if request.method == "POST" and chosen:
            operations.accept_changes(
                proposal, place, chosen, space=space, by=request.user
            )
            messages.success(request, _("The place says what was proposed."))
            return redirect("directory:show", place_pk)
    except places.NotAPlace as error:
        messages.error(request, str(error))
        return redirect("resources:read", space_pk, pk)
    context = {"space": space, "proposal": proposal, "place": place, "lines": lines}
    context["is_empty_choice"] = request.method == "POST"
    return render(request, "resources/merge.html", context)


@never_cache
@form_page
@answering
def refuse(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    space = get_space(request.user, space_pk, Right.EDIT)
    proposal = access.get_proposal(space, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        operations.refuse(proposal, reason, space=space, by=request.user)
        messages.success(request, _("The proposal is refused: nothing is changed."))
        return redirect("resources:queue", space_pk)
    context = {"space": space, "proposal": proposal, "form": form}
    return render(request, "resources/refuse.html", context)


@never_cache
@form_page
@answering
def ask(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    """Ask its author for more, by mail, without reading their address."""
    space = get_space(request.user, space_pk, Right.EDIT)
    proposal = access.get_proposal(space, pk)
    form = QuestionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            question = form.cleaned_data["question"]
            operations.ask_more(proposal, question, space=space, by=request.user)
        except operations.Unreachable:
            form.add_error(None, _("Its author cannot be written to."))
        else:
            messages.success(request, _("Your question is on its way."))
            return redirect("resources:queue", space_pk)
    context = {"space": space, "proposal": proposal, "form": form}
    return render(request, "resources/ask.html", context)


@never_cache
@form_page
@answering
def pass_on(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    """Let the team that keeps such a place, or its commune, read it instead."""
    space = get_space(request.user, space_pk, Right.EDIT)
    proposal = access.get_proposal(space, pk)
    teams = access.other_teams(proposal, space)
    form = PassOnForm(
        request.POST or None, teams=teams, initial={"team": request.GET.get("equipe")}
    )
    if request.method == "POST" and form.is_valid():
        team = form.cleaned_data["team"]
        operations.pass_on(proposal, space=space, to=team, by=request.user)
        said = _("“%(name)s” reads it from now on.") % {"name": team.name}
        messages.success(request, said)
        return redirect("resources:queue", space_pk)
    context = {"space": space, "proposal": proposal, "form": form, "teams": teams}
    return render(request, "resources/pass_on.html", context)


@never_cache
@form_page
def add(request: SignedInRequest, space_pk: int) -> HttpResponse:
    """A resource of the team, found at once by everybody."""
    space = get_space(request.user, space_pk, Right.EDIT)
    form = OwnResourceForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            stored = receive(form)
        except files.RefusedUpload as error:
            form.add_error("file", str(error))
        else:
            resource = Resource(
                space=space, territory=space.territory, stored=stored, **form.described
            )
            operations.publish_resource(resource, by=request.user)
            said = _("The resource is found by everybody.")
            if not space.is_recognised:
                said = _(
                    "Everybody finds it once your space is recognised; you may "
                    "withdraw it."
                )
            messages.success(request, said)
            return redirect("resources:show", resource.pk)
    return render(request, "resources/add.html", {"space": space, "form": form})


@require_safe
@answering
def proposed_file(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    """The file of a resource that waits to be read."""
    space = get_space(request.user, space_pk, Right.EDIT)
    found = hand_over(access.get_proposal(space, pk).stored)
    return found or redirect("resources:read", space_pk, pk)


@require_POST
def withdraw(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    """Nobody finds a resource any more."""
    space = get_space(request.user, space_pk, Right.EDIT)
    resource = access.get_own_resource(space, pk)
    operations.withdraw_resource(resource, by=request.user)
    messages.success(request, _("The resource is withdrawn."))
    return redirect("resources:queue", space_pk)
