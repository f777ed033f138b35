"""The region of a centre read otherwise: on a map, by département, by what is due."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from jalons.accounts.access import SignedInRequest
from jalons.files.exports import stream_csv
from jalons.network import access, history
from jalons.network.cockpit import cockpit_of
from jalons.network.departements import departements_of
from jalons.network.filters import Filters
from jalons.network.pictures import cockpit_map
from jalons.network.words import LEVELS
from jalons.spaces.access import Right, right_in


@require_safe
@never_cache
def map(request: SignedInRequest, space_pk: int) -> HttpResponse:
    """The territories that answer to the filters, on a map and in its table."""
    space = access.get_centre(request.user, space_pk, Right.READ)
    cockpit = cockpit_of(space)
    filters = Filters(request.GET, cockpit)
    kept = filters.kept()
    context = {
        "space": space,
        "cockpit": cockpit,
        "filters": filters,
        "picture": cockpit_map(space, cockpit, kept),
        "lines": [
            (one, cockpit.class_words(one), LEVELS.get(one.vulnerability or "", ""))
            for one in kept
        ],
        "targets": {one.code for one in cockpit.targets},
    }
    return render(request, "network/map.html", context)


@require_safe
@never_cache
def departements(request: SignedInRequest, space_pk: int) -> HttpResponse:
    """What each département does itself, and where its EPCI are."""
    space = access.get_centre(request.user, space_pk, Right.READ)
    cockpit = cockpit_of(space)
    context = {
        "space": space,
        "cockpit": cockpit,
        "departements": departements_of(space, cockpit),
        "can_edit": right_in(request.user, space, Right.EDIT),
    }
    return render(request, "network/departements.html", context)


@require_safe
@never_cache
def promises(request: SignedInRequest, space_pk: int) -> HttpResponse:
    """What the centre promised and has not done yet, the nearest day first."""
    space = access.get_centre(request.user, space_pk, Right.READ)
    context = {
        "space": space,
        "promises": history.promises_of(space, on=timezone.localdate()),
        "can_write": right_in(request.user, space, Right.CONTRIBUTE),
    }
    return render(request, "network/promises.html", context)


@require_safe
def history_csv(request: SignedInRequest, space_pk: int) -> HttpResponseBase:
    """Every contact and what was given, one line an exchange."""
    space = access.get_centre(request.user, space_pk, Right.READ)
    rows = list(history.history_of(space))
    return stream_csv(
        f"{_('exchanges')}-{space_pk}.csv",
        history.header(),
        history.lines_of(rows),
        is_simulated=any(one.is_simulated for one in rows),
    )
