"""A participant's side: join with a code, then one page on a telephone."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from urllib.parse import urlencode

from allauth.core.ratelimit import respond_429
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from jalons.accounts.access import SignedInRequest
from jalons.actors.pages import form_page
from jalons.live.access import read_number
from jalons.spaces.access import Right, get_space
from jalons.workshops import access, entrance, joining, screens, trying
from jalons.workshops.forms import PersonForm
from jalons.workshops.known import Known
from jalons.workshops.models import Participant
from jalons.workshops.receiving import keep
from jalons.workshops.refused import Refused

REMEMBERED_SECONDS = 30 * 24 * 3600
"""A telephone that types the code again finds its own page, not a second name."""
BLOCK = "workshops/_pocket.html"
KEPT_OPEN = ("cell", "resource", "links", "off")
"""What is written where something is opened: the page stays on it."""


def refuse_guesses(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Past so many wrong codes from one address, not even the right one opens."""

    @wraps(view)
    def limited(request: HttpRequest, **given: str) -> HttpResponse:
        if trying.is_stopped(request):
            return respond_429(request)
        return view(request, **given)

    return limited


@require_safe
@never_cache
@login_not_required
@refuse_guesses
def code(request: HttpRequest) -> HttpResponse:
    """Type the code shown in the room."""
    typed = request.GET.get("code", "")
    if typed:
        with suppress(Http404):
            return redirect("workshops:join", _find(request, typed).workshop.code)
    return render(request, "workshops/code.html", {"typed": typed})


@never_cache
@form_page
@login_not_required
@refuse_guesses
def join(request: HttpRequest, code: str) -> HttpResponse:
    """A first name or a pseudonym: nothing else is needed."""
    room = _find(request, code)
    workshop = room.own_workshop()
    cookie = f"workshop-{workshop.code}"
    known = request.get_signed_cookie(cookie, default="", salt="workshops")
    if known and request.method != "POST":
        return _come_back(request, known)
    if request.method != "POST":
        return HttpResponse(entrance.form_page(request, room))
    form = entrance.form_of(request, room)
    context = entrance.context_of(workshop, form)
    if not form.is_valid():
        return render(request, "workshops/join.html", context)
    if not trying.may_join(request):
        return respond_429(request)
    said = form.cleaned_data
    try:
        _person, secret = joining.join(
            workshop,
            said["alias"],
            said["family"],
            said.get("table"),
            counted_under=trying.joins_of(request),
        )
    except Refused as refused:
        form.add_error(None, refused.reason)
        return render(request, "workshops/join.html", context)
    response = redirect("workshops:pocket", secret)
    response.set_signed_cookie(
        cookie,
        secret,
        salt="workshops",
        max_age=REMEMBERED_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )
    return response


@require_safe
@never_cache
@login_not_required
def pocket(request: HttpRequest, secret: str) -> HttpResponse:
    """What to do now, on a telephone; reloading it shows where the room is."""
    holder = access.find_participant(secret, timezone.now())
    person = access.speaks_for(holder, request.GET.get("personne"))
    return render(
        request, "workshops/pocket.html", _page(request, holder, person, secret)
    )


@require_POST
@login_not_required
def send(request: HttpRequest, secret: str) -> HttpResponse:
    """An idea, a vote, or what is taken back; a script receives what follows."""
    holder = access.find_participant(secret, timezone.now())
    person = access.speaks_for(holder, request.POST.get("personne"))
    is_script = request.headers.get("X-Live") == "block"
    try:
        said = keep(request.POST, person)
    except Refused as refused:
        context = _page(request, holder, person, secret, refused)
        page = BLOCK if is_script else "workshops/pocket.html"
        return render(request, page, context, status=400)
    if is_script:
        context = _block(request, holder, person, secret) | {"said": said}
        return render(request, BLOCK, context | _same_token(request))
    messages.success(request, said)
    again = {"personne": str(person.pk)} if person != holder else {}
    if request.POST.get("act") in KEPT_OPEN:
        again["item"] = request.POST.get("item", "")
    response = redirect("workshops:pocket", secret)
    response["Location"] += f"?{urlencode(again)}" if again else ""
    return response


@never_cache
@form_page
@login_not_required
def neighbour(request: HttpRequest, secret: str) -> HttpResponse:
    """Somebody at my table who has no telephone: mine speaks for both."""
    holder = access.find_participant(secret, timezone.now())
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            joining.enter_person(
                holder.workshop, said["alias"], said["family"], host=holder
            )
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            messages.success(request, _("Noted. Choose below for whom you answer."))
            return redirect("workshops:pocket", secret)
    context = {"workshop": holder.workshop, "form": form, "secret": secret}
    return render(request, "workshops/neighbour.html", context)


@never_cache
@form_page
def people(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    """Who takes part; somebody without a telephone is entered by the team."""
    space = get_space(request.user, space_pk, Right.CONTRIBUTE)
    workshop = access.get_workshop(space, pk)
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            joining.enter_person(workshop, said["alias"], said["family"], host=None)
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            messages.success(request, _("Noted. Open their line to answer for them."))
            return redirect("workshops:people", space_pk, pk)
    context = {"space": space, "workshop": workshop, "form": form}
    context["people"] = workshop.participants.order_by("pk")
    return render(request, "workshops/people.html", context)


@never_cache
@form_page
def person(
    request: SignedInRequest, space_pk: int, pk: int, person_pk: int
) -> HttpResponse:
    """The page of somebody without a telephone, for whom the team answers."""
    space = get_space(request.user, space_pk, Right.CONTRIBUTE)
    workshop = access.get_workshop(space, pk)
    one = access.get_person(workshop, person_pk)
    one.workshop = workshop
    if request.method == "POST":
        try:
            messages.success(request, keep(request.POST, one))
        except Refused as refused:
            context = _page(request, one, one, "", refused) | {"space": space}
            return render(request, "workshops/person.html", context, status=400)
        return redirect("workshops:person", space_pk, pk, person_pk)
    context = _page(request, one, one, "") | {"space": space}
    return render(request, "workshops/person.html", context)


def _same_token(request: HttpRequest) -> dict[str, str]:
    """The token just verified serves for the next form too.

    Another one is thirty calls to the system, at each vote of a room; the address of
    the form, which nobody else knows, stands in the same block.
    """
    token = request.POST.get("csrfmiddlewaretoken", "")
    return {"csrf_token": token} if token else {}


def _come_back(request: HttpRequest, secret: str) -> HttpResponse:
    """The page of whoever joined already; the code of a table proposes to sit there."""
    response = redirect("workshops:pocket", secret)
    table = read_number(request.GET.get("table"))
    response["Location"] += f"?table={table}" if table else ""
    return response


def _find(request: HttpRequest, code: str) -> Known:
    """The room of a code; a wrong one is counted. Raises Http404."""
    try:
        return access.find_room(code)
    except Http404:
        trying.count_wrong_code(request)
        raise


def _page(
    request: HttpRequest,
    holder: Participant,
    person: Participant,
    secret: str,
    refused: Refused | None = None,
) -> dict[str, object]:
    """The page of a person: what follows the room, and what is around it."""
    return _block(request, holder, person, secret, refused) | {
        "table": [holder, *access.hosted_by(holder)],
        "secret": secret,
        "reader": access.address_of(person),
    }


def _block(
    request: HttpRequest,
    holder: Participant,
    person: Participant,
    secret: str,
    refused: Refused | None = None,
) -> dict[str, object]:
    """What to do now; what was refused is shown again, with the reason.

    `here` is its address: what is sent goes to another one, that cannot be read.
    """
    sent = request.POST if refused else None
    asked = (sent or request.GET).get("item")
    return {
        "workshop": holder.workshop,
        "holder": holder,
        "person": person,
        "here": reverse("workshops:pocket", args=[secret]) if secret else request.path,
        "action": reverse("workshops:send", args=[secret]) if secret else "",
        "asked": asked or "",
        "proposed": read_number(request.GET.get("table")),
        "problem": refused.reason if refused else "",
        "act": sent.get("act", "") if sent else "",
        "sent": sent,
        "pocket": screens.pocket_of(person, asked, sent),
    }
