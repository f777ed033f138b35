"""A workshop on paper: what is printed before, and what is keyed afterwards."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Max
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from jalons.accounts.access import SignedInRequest
from jalons.actors.pages import form_page, hand_out
from jalons.documents import CONTENT_TYPES
from jalons.documents.paper import make_paper
from jalons.ecosystems.models import Centre
from jalons.live.access import read_number
from jalons.spaces.access import Right, get_space, right_in
from jalons.workshops import access, figures
from jalons.workshops.console_views import join_address
from jalons.workshops.cutting import prints_of
from jalons.workshops.keying import KeyingForm, key_sheet
from jalons.workshops.models import Activity
from jalons.workshops.paper import PaperForm, keep_paper_counts
from jalons.workshops.sheets import sheet_of


@require_safe
@never_cache
def on_paper(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    """Everything to print, and where each is keyed."""
    space = get_space(request.user, space_pk, Right.READ)
    workshop = access.get_workshop(space, pk)
    activities = workshop.activities.select_related("map")
    is_team = access.sees_hidden(request.user, space)
    context = {
        "space": space,
        "workshop": workshop,
        "rows": [
            (one, prints_of(one, is_team=is_team), _centres(one)) for one in activities
        ],
        "can_key": right_in(request.user, space, Right.CONTRIBUTE),
        "can_edit": is_team,
    }
    return render(request, "workshops/on_paper.html", context)


def _centres(activity: Activity) -> list[Centre]:
    """Where a map drawn on paper is keyed, centre by centre."""
    return list(activity.map.centres.standing().in_order()) if activity.map else []


@require_safe
def print_file(
    request: SignedInRequest, space_pk: int, pk: int, activity_pk: int, code: str
) -> HttpResponse:
    """Cards, ballots or the matrix of an activity; a 404 for what does not suit it."""
    space = get_space(request.user, space_pk, Right.READ)
    activity = access.get_activity(access.get_workshop(space, pk), activity_pk)
    is_team = access.sees_hidden(request.user, space)
    printed = prints_of(activity, is_team=is_team).get(code)
    if printed is None:
        raise Http404
    name = f"{code}-{activity.title}"
    return hand_out(printed.make(activity), CONTENT_TYPES["pdf"], name, "pdf")


@require_safe
def sheet(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    """The whole workshop on a sheet to print, one a person."""
    space = get_space(request.user, space_pk, Right.READ)
    workshop = access.get_workshop(space, pk)
    form = sheet_of(workshop, address=join_address(workshop))
    name = _("Sheet of %(title)s") % {"title": form.title}
    return hand_out(make_paper(form), CONTENT_TYPES["pdf"], name, "pdf")


@never_cache
@form_page
def keying(
    request: SignedInRequest, space_pk: int, pk: int, activity_pk: int
) -> HttpResponse:
    """One sheet after the other, for one activity."""
    space = get_space(request.user, space_pk, Right.CONTRIBUTE)
    workshop = access.get_workshop(space, pk)
    activity = access.get_activity(workshop, activity_pk)
    if not (activity.is_written or activity.has_votes):
        raise Http404
    last = workshop.participants.aggregate(last=Max("sheet"))["last"] or 0
    following = read_number(request.GET.get("feuille")) or last + 1
    form = KeyingForm(
        request.POST or None, activity=activity, initial={"sheet": following}
    )
    if request.method == "POST" and form.is_valid():
        number = _key(request, activity, form)
        response = redirect("workshops:keying", space_pk, pk, activity_pk)
        response["Location"] += f"?feuille={number + 1}"
        return response
    context = {"space": space, "workshop": workshop, "activity": activity, "form": form}
    return render(request, "workshops/keying.html", context)


def _key(request: SignedInRequest, activity: Activity, form: KeyingForm) -> int:
    said = form.cleaned_data
    number: int = said["sheet"]
    key_sheet(
        activity,
        number,
        votes=form.votes,
        texts=form.texts,
        direction=said.get("direction", ""),
        by=request.user,
    )
    messages.success(request, _("Sheet %(n)s is kept. The next one?") % {"n": number})
    return number


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
