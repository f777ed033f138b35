"""Asking to join a team that exists, and answering who asks."""

from __future__ import annotations

from contextlib import suppress

from allauth.decorators import rate_limit
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from jalons.accounts import proof
from jalons.accounts.access import SignedInRequest
from jalons.search.figures import find as find_territories
from jalons.spaces import access, belonging, joining
from jalons.spaces.access import Right
from jalons.spaces.forms import AskForm, RefusalForm, RoleForm, SignsForm
from jalons.spaces.models import Role
from jalons.spaces.views import KINDS, SUGGESTIONS
from jalons.territories.models import Territory

form_page = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@never_cache
def find(request: SignedInRequest) -> HttpResponse:
    """The teams of a territory that one may ask to join."""
    if code := request.GET.get("territoire", ""):
        territory = get_object_or_404(Territory, pk=code)
        found = joining.askable_by(request.user).filter(territory=territory)
        shown = {"territory": territory, "spaces": found}
        return render(request, "spaces/find.html", shown)
    query = request.GET.get("q", "").strip()
    hits = find_territories(query, kinds=KINDS, limit=SUGGESTIONS)
    near = joining.askable_by(request.user).filter(
        pk__in=belonging.recognising(request.user)
    )
    return render(
        request,
        "spaces/choose_team.html",
        {"query": query, "hits": hits, "near": near},
    )


@form_page
@never_cache
@rate_limit(action="join")
def ask(request: SignedInRequest, pk: int) -> HttpResponse:
    if request.user.memberships.filter(space=pk).exists():
        return redirect("front:space", pk=pk)
    space = access.get_askable(request.user, pk)
    known = joining.latest(space, request.user, timezone.now())
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and not known:
        # Sent twice at once, the page says that it waits.
        with suppress(joining.AlreadyAsked):
            joining.ask(space, by=request.user, word=form.cleaned_data["word"])
        messages.success(request, _("Your request is sent to whoever runs this team."))
        return redirect("spaces:ask", pk=pk)
    context = {"space": space, "known": known, "form": form, "now": timezone.now()}
    return render(request, "spaces/ask.html", context)


@require_POST
def withdraw(request: SignedInRequest, request_pk: int) -> HttpResponse:
    asked = access.get_own_request(request.user, request_pk)
    joining.withdraw(asked, by=request.user)
    messages.success(request, _("Your request is withdrawn."))
    return redirect("spaces:list")


@form_page
@never_cache
@proof.required_to_write
def answer(request: SignedInRequest, pk: int, request_pk: int) -> HttpResponse:
    """Who asks, by what they are of the same organisation, and which role to give."""
    space = access.get_space(request.user, pk, Right.MANAGE)
    asked = access.get_join_request(space, request_pk)
    form = RoleForm(request.POST or None, initial={"role": Role.CONTRIBUTOR})
    if request.method == "POST" and form.is_valid():
        try:
            joining.accept(asked, by=request.user, role=form.cleaned_data["role"])
        except joining.AlreadyAnswered:
            messages.error(request, _("This request was answered meanwhile."))
        else:
            said = _("%(name)s is a member, and is told so by mail.")
            messages.success(request, said % {"name": asked.user})
        return redirect("spaces:team", pk=pk)
    context = {
        "space": space,
        "asked": asked,
        "signs": belonging.shared_with(space, asked.user),
        "form": form,
        "refusal": RefusalForm(),
    }
    return render(request, "spaces/answer.html", context)


@require_POST
@proof.required
def refuse(request: SignedInRequest, pk: int, request_pk: int) -> HttpResponse:
    space = access.get_space(request.user, pk, Right.MANAGE)
    asked = access.get_join_request(space, request_pk)
    form = RefusalForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Write it without a web or e-mail address."))
        return redirect("spaces:answer", pk=pk, request_pk=request_pk)
    try:
        joining.refuse(asked, by=request.user, word=form.cleaned_data["answer"])
    except joining.AlreadyAnswered:
        messages.error(request, _("This request was answered meanwhile."))
    else:
        said = _("%(name)s is told that the team does not let them in.")
        messages.success(request, said % {"name": asked.user})
    return redirect("spaces:team", pk=pk)


@form_page
@never_cache
@proof.required_to_write
def signs(request: SignedInRequest, pk: int) -> HttpResponse:
    """By what the owners recognise colleagues of the same organisation."""
    space = access.get_space(request.user, pk, Right.MANAGE)
    offered = belonging.offered_in(space)
    # Nothing ticked sends nothing, which is an answer.
    sent = request.POST if request.method == "POST" else None
    form = SignsForm(sent, offered=offered)
    if form.is_bound and form.is_valid():
        joining.declare(space, form.chosen, by=request.user)
        messages.success(request, _("It is recorded."))
        return redirect("spaces:team", pk=pk)
    context = {"space": space, "form": form, "offered": offered}
    return render(request, "spaces/signs.html", context)
