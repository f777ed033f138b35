"""The table of a matrix filled by hand, after a round on paper."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from jalons.accounts.access import SignedInRequest
from jalons.actors.pages import form_page
from jalons.spaces.access import Right, get_space
from jalons.workshops import access, figures
from jalons.workshops.paper import PaperForm, keep_paper_counts


@never_cache
@form_page
def paper(
    request: SignedInRequest, space_pk: int, pk: int, activity_pk: int
) -> HttpResponse:
    """Points added up on paper, item by item."""
    space = get_space(request.user, space_pk, Right.EDIT)
    workshop = access.get_workshop(space, pk)
    activity = access.get_activity(workshop, activity_pk)
    if activity.kind != "matrix":
        raise Http404
    items = list(activity.items.standing().in_order())
    known = figures.paper_of(activity)
    form = PaperForm(request.POST or None, items=items, known=known)
    if request.method == "POST" and form.is_valid():
        keep_paper_counts(activity, form.counts(), by=request.user)
        messages.success(request, _("The points are noted, beside those of phones."))
        return redirect("workshops:console", space_pk, pk)
    context = {"space": space, "workshop": workshop, "activity": activity}
    return render(request, "workshops/paper.html", context | {"form": form})
