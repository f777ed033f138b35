"""People who asked to be called back: the list of those in charge, the way out."""

from __future__ import annotations

from uuid import UUID

from allauth.core import ratelimit
from allauth.core.ratelimit import respond_429
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from jalons.accounts.access import SignedInRequest
from jalons.callbacks import access, figures, operations
from jalons.callbacks.codes import new_code, shown
from jalons.callbacks.forms import (
    CallBackForm,
    SheetsForm,
    StateForm,
    WithdrawForm,
)
from jalons.callbacks.models import CallBack
from jalons.rounds import consent
from jalons.rounds.access import get_round
from jalons.rounds.pages import frame
from jalons.spaces.access import Right
from jalons.surveys.sharing import qr_code

form_page = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@never_cache
def list(request: SignedInRequest, pk: int) -> HttpResponse:
    """By commune: who waits, who was called, who was offered something."""
    round = get_round(request.user, pk, Right.EDIT)
    context = {
        **frame(request.user, round),
        "waiting": figures.waiting(round),
        "states": CallBack.State,
    }
    return render(request, "callbacks/list.html", context)


@form_page
@never_cache
def create(request: SignedInRequest, pk: int) -> HttpResponse:
    round = get_round(request.user, pk, Right.CONTRIBUTE)
    form = CallBackForm(request.POST or None, round=round)
    if request.method == "POST" and form.is_valid():
        callback = operations.note_callback(
            round,
            commune=form.cleaned_data["commune"],
            name=form.cleaned_data["name"],
            contact=form.cleaned_data["contact"],
            code=form.cleaned_data["sheet"],
            by=request.user,
        )
        told = _("Noted. To change their mind, this person opens: %(address)s")
        way_out = _way_out(request, callback)
        messages.success(request, told % {"address": way_out})
        return redirect("callbacks:create", pk)
    until = consent.expires_on(round, round.campaign.today())
    words = consent.words(round, get_language() or "fr", until=until)
    context = {**frame(request.user, round), "form": form, "consent": words}
    return render(request, "callbacks/create.html", context)


@form_page
@never_cache
def person(request: SignedInRequest, pk: int, key: UUID) -> HttpResponse:
    """One person: how to reach them, what they agreed to, what came of it."""
    round = get_round(request.user, pk, Right.EDIT)
    callback = access.get_callback(round, key)
    form = StateForm(request.POST or None, initial={"state": callback.state})
    if request.method == "POST" and form.is_valid():
        state = CallBack.State(form.cleaned_data["state"])
        operations.follow(callback, state, by=request.user)
        messages.success(request, _("Noted."))
        return redirect("callbacks:list", pk)
    context = {
        **frame(request.user, round),
        "callback": callback,
        "form": form,
        "answers": figures.answers_of(callback, get_language() or "fr"),
        "way_out": _way_out(request, callback),
    }
    return render(request, "callbacks/person.html", context)


@require_POST
def withdraw(request: SignedInRequest, pk: int, key: UUID) -> HttpResponse:
    round = get_round(request.user, pk, Right.EDIT)
    operations.withdraw(access.get_callback(round, key), by=request.user)
    messages.success(request, _("Erased: nobody will call this person."))
    return redirect("callbacks:list", pk)


@require_safe
@never_cache
def sheet(request: SignedInRequest, pk: int) -> HttpResponse:
    """Sheets to fill in by hand, each with the slip that one person keeps."""
    round = get_round(request.user, pk, Right.READ)
    form = SheetsForm(request.GET if "number" in request.GET else {"number": 1})
    number = form.cleaned_data["number"] if form.is_valid() else 1
    path = reverse("callbacks:leave", args=[round.key])
    until = consent.expires_on(round, timezone.localdate())
    context = {
        **frame(request.user, round),
        "form": form,
        "consent": consent.words(round, get_language() or "fr", until=until),
        "address": request.build_absolute_uri(path),
        "slips": [_slip(request) for _place in range(number)],
    }
    return render(request, "callbacks/sheet.html", context)


def _slip(request: HttpRequest) -> dict[str, str]:
    """What one sheet alone bears: a number, kept only once the sheet is noted."""
    code = shown(new_code())
    address = request.build_absolute_uri(reverse("callbacks:forget", args=[code]))
    title = _("QR code of the page where one takes back what one left")
    drawn = qr_code(address, title=title, scale=3)
    return {"code": code, "address": address, "qr_code": drawn}


@login_not_required
@form_page
@never_cache
def leave(request: HttpRequest, key: UUID) -> HttpResponse:
    """Where somebody takes back what they left; nothing tells whether it was there."""
    round = access.find_round(key)
    form = WithdrawForm(request.POST or None)
    is_done = request.method == "POST" and form.is_valid()
    if is_done and not ratelimit.consume(request, action="forget_contact"):
        form.add_error(None, _("Too many tries: wait an hour, then try again."))
        is_done = False
    if is_done:
        operations.withdraw_contact(round, form.cleaned_data["contact"])
    context = {"campaign": round.campaign, "form": form, "is_done": is_done}
    return render(request, "callbacks/leave.html", context)


@login_not_required
@form_page
@never_cache
def forget(request: HttpRequest, code: str) -> HttpResponse:
    """One person's own way out; its address was given to them alone."""
    if not ratelimit.consume(request, action="forget_contact"):
        return respond_429(request)
    callback = access.find_own(code)
    if callback is None:
        return render(request, "callbacks/forget.html", status=404)
    if request.method == "POST" and callback.withdrawn_on is None:
        operations.withdraw(callback, by=None)
    context = {
        "campaign": callback.round.campaign,
        "is_done": callback.withdrawn_on is not None,
    }
    return render(request, "callbacks/forget.html", context)


def _way_out(request: HttpRequest, callback: CallBack) -> str:
    """The address to give to the person, and to nobody else."""
    path = reverse("callbacks:forget", args=[shown(callback.code)])
    return request.build_absolute_uri(path)
