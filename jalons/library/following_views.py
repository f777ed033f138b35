"""What a person follows, and the link of a contact."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from jalons.accounts.access import SignedInRequest
from jalons.library import figures, operations, witnesses
from jalons.library.definitions import read_tags
from jalons.library.models import Following
from jalons.library.naming import named
from jalons.library.pages import form_page
from jalons.territories.models import Territory

RECENT = timedelta(days=90)
LONGEST = 80
FOLLOWED = tuple(kind for kind in Territory.Kind if kind != Territory.Kind.IRIS)


@require_safe
@never_cache
def followed(request: SignedInRequest) -> HttpResponse:
    """The themes and territories followed; to follow others, to stop."""
    tags, typed = read_tags(), request.GET.get("territoire", "")[:LONGEST]
    rows = figures.followed_by(request.user)
    known = tags.by_id
    context = {
        "rows": [(one, one.territory or known.get(one.tag) or one.tag) for one in rows],
        "news": figures.new_for(request.user, since=timezone.now() - RECENT),
        "themes": [one for one in tags.tag if one.facet in ("theme", "stake")],
        "typed": typed,
        "hits": named(typed, FOLLOWED).hits if typed else (),
    }
    return render(request, "library/followed.html", context)


@require_POST
def follow(request: SignedInRequest) -> HttpResponse:
    tag, text = request.POST.get("theme", ""), request.POST.get("territoire", "")
    if tag in read_tags().by_id and not text:
        operations.follow(request.user, tag=tag)
    elif text and not tag:
        found = named(text[:LONGEST], FOLLOWED).territory
        if found is None:
            query = urlencode({"territoire": text[:LONGEST]})
            return redirect(f"{reverse('library:followed')}?{query}")
        operations.follow(request.user, territory=found)
    else:
        raise Http404
    messages.success(request, _("You follow it: what is new is listed here."))
    return redirect("library:followed")


@require_POST
def unfollow(request: SignedInRequest, pk: int) -> HttpResponse:
    get_object_or_404(Following, pk=pk, user=request.user).delete()
    messages.success(request, _("You no longer follow it."))
    return redirect("library:followed")


@login_not_required
@never_cache
@form_page
def agreement(request: HttpRequest, token: str) -> HttpResponse:
    """Whoever is named as a contact agrees, or wishes no more."""
    witness = witnesses.find_witness(token)
    if request.method == "POST":
        if "stop" in request.POST:
            witnesses.remove_witness(witness, by=None)
            return render(request, "library/agreement.html", {"is_over": True})
        witnesses.agree(witness)
        messages.success(request, _("Thank you: you are named on this sheet."))
        return redirect("library:agreement", token)
    return render(request, "library/agreement.html", {"witness": witness})
