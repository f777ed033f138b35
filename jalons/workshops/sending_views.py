"""Who receives the minutes, and what they read."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from jalons.accounts.access import SignedInRequest
from jalons.actors.pages import form_page, hand_out
from jalons.documents import CONTENT_TYPES
from jalons.documents import render as make_file
from jalons.documents.reading import nodes_of
from jalons.spaces.access import Right, get_space
from jalons.workshops import access, documents, sending
from jalons.workshops.models import Minutes


@never_cache
@form_page
def minutes_readers(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    """Who agreed, who has received them; addresses of the paper sheet are added."""
    space = get_space(request.user, space_pk, Right.EDIT)
    workshop = access.get_workshop(space, pk)
    minutes = get_object_or_404(Minutes, workshop=workshop)
    minutes.workshop = workshop
    act = ACTS.get(request.POST.get("act", ""))
    form = sending.ReadersForm(None if act else request.POST or None)
    if request.method == "POST" and (act or form.is_valid()):
        act(request, minutes) if act else _note(request, minutes, form)
        return redirect("workshops:minutes_readers", space_pk, pk)
    context = {"space": space, "workshop": workshop, "minutes": minutes, "form": form}
    readers = workshop.minutes_readers.order_by("pk")
    context |= {"readers": readers, "left": readers.filter(sent_at=None).count()}
    context |= {"delay": sending.delay_of(minutes), "goal": sending.GOAL_DAYS}
    context["punctual"] = sending.punctuality_of(space, today=timezone.localdate())
    return render(request, "workshops/minutes_readers.html", context)


@require_safe
@never_cache
@login_not_required
def minutes_read(request: HttpRequest, secret: str) -> HttpResponse:
    """The minutes that a mail leads to, on any telephone."""
    minutes = access.find_minutes(secret)
    context = {
        "workshop": minutes.workshop,
        "nodes": nodes_of(documents.written(minutes), ()),
        "secret": secret,
    }
    return render(request, "workshops/minutes_read.html", context)


@require_safe
@login_not_required
def minutes_read_file(request: HttpRequest, secret: str) -> HttpResponse:
    """The whole of them, with what was counted."""
    document = documents.minutes_of(access.find_minutes(secret))
    content = make_file(document, "pdf")
    return hand_out(content, CONTENT_TYPES["pdf"], document.title, "pdf")


def _note(
    request: SignedInRequest, minutes: Minutes, form: sending.ReadersForm
) -> None:
    addresses = form.cleaned_data["addresses"]
    n = sending.note_readers(minutes.workshop, addresses, by=request.user)
    said = ngettext("%(n)s address is added.", "%(n)s addresses are added.", n)
    messages.success(request, said % {"n": n})


def _erase(request: SignedInRequest, minutes: Minutes) -> None:
    reader = access.get_reader(minutes.workshop, request.POST.get("reader"))
    sending.erase_reader(reader, by=request.user)
    messages.success(request, _("The address is erased."))


def _send(request: SignedInRequest, minutes: Minutes) -> None:
    try:
        n = sending.send_minutes(minutes, by=request.user)
    except sending.NobodyLeft:
        messages.warning(request, _("Nobody is left to whom to send them."))
        return
    said = ngettext(
        "The minutes leave for %(n)s person.", "The minutes leave for %(n)s people.", n
    )
    messages.success(request, said % {"n": n})


ACTS = {"send": _send, "erase": _erase}
