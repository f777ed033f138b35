"""The team's pages: prepare a slip, follow what became of it, count."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from jalons.accounts.access import SignedInRequest
from jalons.directory.pages import sheet_of
from jalons.files.exports import stream_csv
from jalons.orientation import access, figures, operations, pages
from jalons.orientation.forms import SlipForm
from jalons.orientation.models import Slip
from jalons.orientation.wording import reading_of
from jalons.spaces.access import Right, get_space, right_in

PER_PAGE = 30
form_page = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@never_cache
def choose(request: SignedInRequest, pk: int) -> HttpResponse:
    """From the page of a place to the space in which the slip is prepared."""
    place = access.get_place(pk)
    spaces = access.spaces_of(request.user)
    if len(spaces) == 1:
        return redirect(_create_url(spaces[0].pk, place.pk, request.GET.get("besoin")))
    addresses = [
        (one, _create_url(one.pk, place.pk, request.GET.get("besoin")))
        for one in spaces
    ]
    context = {"place": place, "addresses": addresses}
    return render(request, "orientation/choose.html", context)


def _create_url(space_pk: int, place_pk: int, need: str | None) -> str:
    query = {"lieu": str(place_pk)} | ({"besoin": need} if need else {})
    return reverse("orientation:create", args=[space_pk], query=query)


@require_safe
@never_cache
def list(request: SignedInRequest, space_pk: int) -> HttpResponse:
    """The slips of the team, the last first; nobody is named."""
    space = get_space(request.user, space_pk, Right.READ)
    slips = space.slips.select_related("commune", "place__place_list")
    page = Paginator(slips.order_by("-made_on", "-pk"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "space": space,
        "page": page,
        "can_prepare": right_in(request.user, space, Right.CONTRIBUTE),
        "is_simulated": any(one.is_simulated for one in page),
    }
    return render(request, "orientation/list.html", context)


@form_page
@never_cache
def create(request: SignedInRequest, space_pk: int) -> HttpResponse:
    space = get_space(request.user, space_pk, Right.CONTRIBUTE)
    if not request.GET.get("lieu"):
        return render(request, "orientation/find_first.html", {"space": space})
    place = access.get_place(request.GET["lieu"])
    initial = {"need": request.GET.get("besoin", "")}
    # A form left blank is sent too: everything in it is optional.
    posted = request.POST if request.method == "POST" else None
    form = SlipForm(posted, place=place, initial=initial)
    if request.method == "POST" and form.is_valid():
        slip = operations.make_slip(space, place, form.prepared, by=request.user)
        messages.success(request, _("The slip is ready: print it, or send it."))
        return redirect("orientation:show", slip.pk)
    context = {"space": space, "place": place, "form": form, "sheet": sheet_of(place)}
    return render(request, "orientation/create.html", context)


@require_safe
@never_cache
def show(request: SignedInRequest, pk: int) -> HttpResponse:
    """The slip as it is read, to print, to send and to follow."""
    slip = access.get_slip(request.user, pk, Right.READ)
    today = timezone.localdate()
    context = {
        "space": slip.space,
        "slip": slip,
        "shown": reading_of(slip, today),
        "foot": pages.foot_of(slip),
        "message": pages.message(slip, today),
        "address": operations.address_of(slip),
        "mailbox": _mailbox(slip),
        "can_prepare": right_in(request.user, slip.space, Right.CONTRIBUTE),
    }
    return render(request, "orientation/show.html", context)


def _mailbox(slip: Slip) -> str:
    """An address of the place that is public, or agreed to be."""
    mailboxes = sheet_of(slip.place).mailboxes if slip.place else []
    return mailboxes[0] if mailboxes else ""


@require_safe
@never_cache
def pdf(request: SignedInRequest, pk: int) -> HttpResponse:
    slip = access.get_slip(request.user, pk, Right.READ)
    return pages.pdf(slip, timezone.localdate())


@require_POST
def send(request: SignedInRequest, pk: int) -> HttpResponse:
    """Tell the place, by its own address, that somebody may come."""
    slip = access.get_slip(request.user, pk, Right.CONTRIBUTE)
    try:
        operations.send_slip(slip, mailbox=_mailbox(slip), by=request.user)
    except operations.NoMailbox:
        messages.error(request, _("The list gives no address: copy the link below."))
    except operations.AlreadySent:
        messages.error(request, _("This place was already told of this slip."))
    except operations.Forgotten:
        messages.error(request, _("This slip is too old: its link works no more."))
    else:
        messages.success(request, _("The place is told, without any name."))
    return redirect("orientation:show", pk)


@require_POST
def cancel(request: SignedInRequest, pk: int) -> HttpResponse:
    slip = access.get_slip(request.user, pk, Right.CONTRIBUTE)
    try:
        operations.cancel_slip(slip, by=request.user)
    except operations.AlreadyTold:
        messages.error(request, _("The place has answered: this slip counts."))
        return redirect("orientation:show", pk)
    messages.success(request, _("The slip is cancelled: its link works no more."))
    return redirect("orientation:list", slip.space_id)


@require_safe
@never_cache
def counts(request: SignedInRequest, space_pk: int) -> HttpResponse:
    """Twelve months by month and place: exact for the team, and what may be shared."""
    space = get_space(request.user, space_pk, Right.READ)
    found = figures.summary(space, timezone.localdate())
    context = {
        "space": space,
        "summary": found,
        "shareable": figures.shareable(found),
        "is_simulated": _is_simulated(space),
    }
    return render(request, "orientation/counts.html", context)


@require_safe
@never_cache
def counts_csv(request: SignedInRequest, space_pk: int) -> StreamingHttpResponse:
    """The counts that may be passed on; the small ones are said to be secret."""
    space = get_space(request.user, space_pk, Right.READ)
    found = figures.shareable(figures.summary(space, timezone.localdate()))
    header = [
        _("Table"),
        _("Month or place"),
        _("Slips"),
        _("Came"),
        _("Did not come"),
        _("No news"),
    ]
    rows = _rows(found)
    mark = _is_simulated(space)
    return stream_csv("orientations.csv", header, rows, is_simulated=mark)


def _rows(found: figures.Shareable) -> Iterator[tuple[object, ...]]:
    tables = (
        (_("by month"), found.by_month),
        (_("by place"), found.by_place),
        (_("in all"), [found.total]),
    )
    for title, lines in tables:
        for one in lines:
            label = _("All") if one is found.total else one.label
            cells = (one.made, one.came, one.missed, one.no_news)
            yield title, label, *[_("secret") if n is None else n for n in cells]


def _is_simulated(space) -> bool:
    return Slip.objects.filter(
        space=space, place__place_list__is_simulated=True
    ).exists()
