"""What the rules propose for a territory, changed by the centre, and given back."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from jalons.accounts.access import SignedInRequest
from jalons.actors.pages import form_page
from jalons.network import access, operations
from jalons.network.cockpit import cockpit_of
from jalons.network.forms import AmendmentForm
from jalons.network.models import Amendment
from jalons.roadmaps.pages import keep_sent
from jalons.spaces.access import Right


@never_cache
@form_page
def amend(
    request: SignedInRequest, space_pk: int, code: str, rule: str
) -> HttpResponse:
    """Other words, set aside, or a proposal of the centre's own."""
    space = access.get_centre(request.user, space_pk, Right.CONTRIBUTE)
    place = access.get_supported(space, code)
    cockpit = cockpit_of(space)
    line = next(one for one in cockpit.rows if one.code == place.code)
    row = access.get_amendment(space, place, rule, line, cockpit)
    form = AmendmentForm(request.POST or None, instance=row)
    sent = keep_sent(
        request,
        form,
        lambda version: operations.amend(row, version=version, by=request.user),
        _("The proposal is kept."),
    )
    if sent.is_kept:
        return redirect("network:territory", space_pk, code)
    context = {"space": space, "place": place, "row": row, "form": form}
    return render(request, "network/amend.html", context | {"theirs": sent.theirs})


@require_POST
def restore(
    request: SignedInRequest, space_pk: int, code: str, rule: str
) -> HttpResponse:
    """The rule speaks again, in its own words."""
    space = access.get_centre(request.user, space_pk, Right.CONTRIBUTE)
    place = access.get_supported(space, code)
    known = Amendment.objects.filter(space=space, territory=place, rule=rule).first()
    if known is None:
        raise Http404
    operations.restore_proposal(known, by=request.user)
    messages.success(request, _("Your change is taken back."))
    return redirect("network:territory", space_pk, code)
