"""The territories followed of a resource centre, and the sheet of each territory."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from jalons.accounts.access import SignedInRequest
from jalons.actors.pages import form_page
from jalons.files.exports import stream_csv
from jalons.network import access, exports, operations, words
from jalons.network.cockpit import Cockpit, Row, cockpit_of
from jalons.network.filters import Filters
from jalons.network.forms import ExchangeForm, FollowUpForm, ViewForm
from jalons.network.models import Exchange
from jalons.network.proposals import every_proposal, proposals_for
from jalons.roadmaps.pages import keep_sent
from jalons.spaces.access import Right, right_in
from jalons.spaces.models import Space

PER_PAGE = 30


@form_page
@never_cache
def show(request: SignedInRequest, space_pk: int) -> HttpResponse:
    """Every territory of the region that answers to the filters of the address.

    What is sent is a name under which these filters are kept.
    """
    is_sent = request.method == "POST"
    right = Right.CONTRIBUTE if is_sent else Right.READ
    space = access.get_centre(request.user, space_pk, right)
    cockpit = cockpit_of(space)
    filters = Filters(request.GET, cockpit)
    form = ViewForm(request.POST if is_sent else None)
    if form.is_valid():
        return _keep_view(request, space, form.cleaned_data["title"], filters)
    kept = filters.kept()
    page = Paginator(kept, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        **_page(request, space),
        **{"cockpit": cockpit, "filters": filters, "kept": kept, "page": page},
        "lines": [_line(row, cockpit) for row in page],
        "late": [r for r in cockpit.rows if _is_late(r, cockpit)],
        "views": space.views.all(),
        "form": form,
    }
    return render(request, "network/cockpit.html", context)


def _keep_view(
    request: SignedInRequest, space: Space, title: str, filters: Filters
) -> HttpResponse:
    operations.keep_view(space, title, filters.query, by=request.user)
    messages.success(request, _("The view “%(title)s” is kept.") % {"title": title})
    return redirect(f"{reverse('network:cockpit', args=[space.pk])}?{filters.query}")


@require_safe
def export_csv(request: SignedInRequest, space_pk: int) -> HttpResponseBase:
    """The territories that answer to the filters, with the reasons."""
    space = access.get_centre(request.user, space_pk, Right.READ)
    cockpit = cockpit_of(space)
    return stream_csv(
        f"{_('cockpit')}-{space_pk}.csv",
        exports.header(cockpit),
        exports.lines_of(Filters(request.GET, cockpit).kept(), cockpit),
        is_simulated=cockpit.is_simulated,
    )


@require_POST
def remove_view(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    space = access.get_centre(request.user, space_pk, Right.EDIT)
    view = access.get_view(space, pk)
    operations.remove_view(view, by=request.user)
    messages.success(request, _("The view “%(title)s” is removed.") % {"title": view})
    return redirect("network:cockpit", space_pk)


@require_safe
@never_cache
def territory(request: SignedInRequest, space_pk: int, code: str) -> HttpResponse:
    """What is known of a territory, what may be proposed, what was exchanged."""
    space = access.get_centre(request.user, space_pk, Right.READ)
    place = access.get_supported(space, code)
    cockpit = cockpit_of(space)
    row = next(one for one in cockpit.rows if one.code == place.code)
    context = {
        **_page(request, space),
        "place": place,
        "cockpit": cockpit,
        "line": _line(row, cockpit),
        "exchanges": access.exchanges_with(space, place),
        "set_aside": [x for x in every_proposal(row, cockpit) if x.is_set_aside],
        "today": cockpit.today,
    }
    return render(request, "network/territory.html", context)


@never_cache
@form_page
def follow_up(request: SignedInRequest, space_pk: int, code: str) -> HttpResponse:
    """The sheet of a territory: its inclusion strand, whether it is called fragile."""
    space = access.get_centre(request.user, space_pk, Right.CONTRIBUTE)
    place = access.get_supported(space, code)
    row = access.get_follow_up(space, place)
    form = FollowUpForm(request.POST or None, instance=row)
    sent = keep_sent(
        request,
        form,
        lambda version: operations.save_follow_up(
            row, version=version, by=request.user
        ),
        _("The sheet is kept."),
    )
    if sent.is_kept:
        return redirect("network:territory", space_pk, code)
    context = {
        **_page(request, space),
        "place": place,
        "form": form,
        "theirs": sent.theirs,
    }
    return render(request, "network/follow_up.html", context)


@never_cache
@form_page
def note_exchange(request: SignedInRequest, space_pk: int, code: str) -> HttpResponse:
    space = access.get_centre(request.user, space_pk, Right.CONTRIBUTE)
    place = access.get_supported(space, code)
    row = Exchange(space=space, territory=place, day=timezone.localdate())
    return _exchange(request, space, row)


@never_cache
@form_page
def change_exchange(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    space = access.get_centre(request.user, space_pk, Right.CONTRIBUTE)
    return _exchange(request, space, access.get_exchange(space, pk))


@require_POST
def remove_exchange(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    space = access.get_centre(request.user, space_pk, Right.EDIT)
    row = access.get_exchange(space, pk)
    operations.remove_exchange(row, by=request.user)
    messages.success(request, _("The exchange is removed."))
    return redirect("network:territory", space_pk, row.territory_id)


def _exchange(request: SignedInRequest, space: Space, row: Exchange) -> HttpResponse:
    form = ExchangeForm(request.POST or None, instance=row)
    sent = keep_sent(
        request,
        form,
        lambda version: operations.save_exchange(row, version=version, by=request.user),
        _("The exchange is kept."),
    )
    if sent.is_kept:
        return redirect("network:territory", space.pk, row.territory_id)
    context = {
        **_page(request, space),
        "place": row.territory,
        "row": row,
        "form": form,
        "theirs": sent.theirs,
    }
    return render(request, "network/exchange.html", context)


def _page(request: HttpRequest, space: Space) -> dict[str, object]:
    user = request.user
    return {
        "space": space,
        "can_write": right_in(user, space, Right.CONTRIBUTE),
        "can_edit": right_in(user, space, Right.EDIT),
    }


def _line(row: Row, cockpit: Cockpit) -> dict[str, object]:
    """A territory as the pages show it."""
    return {
        "row": row,
        "level": cockpit.class_words(row),
        "vulnerability": words.LEVELS.get(row.vulnerability or ""),
        "is_target": row.is_target(cockpit.classes),
        "is_late": _is_late(row, cockpit),
        "steps": [(one, words.step_words(one)) for one in row.progress],
        "proposals": proposals_for(row, cockpit),
    }


def _is_late(row: Row, cockpit: Cockpit) -> bool:
    return any(one.is_late(on=cockpit.today) for one in row.pending)
