"""A roadmap over time: what is late, what waits for what, how to be told of it."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from jalons.accounts.access import SignedInRequest
from jalons.actors.pages import form_page, hand_out
from jalons.documents.calendar import CONTENT_TYPE
from jalons.roadmaps import access
from jalons.roadmaps.figures import plan_of
from jalons.roadmaps.models import Action, Roadmap
from jalons.roadmaps.pages import page
from jalons.spaces.access import Right, get_membership
from jalons.spaces.models import Membership
from jalons.steering import calendars, operations, words
from jalons.steering.flow import draw_traces
from jalons.steering.forms import PlacingsForm, WaitForm
from jalons.steering.models import Feed
from jalons.steering.placing import Asked, place_actions
from jalons.steering.priorities import Placed, draw_placed, placed_of
from jalons.steering.secrets import feed_secret
from jalons.steering.timeline import Bar, timeline_of
from jalons.steering.traces import summary_of, traces_of


@require_safe
@never_cache
def timeline(request: SignedInRequest, pk: int) -> HttpResponse:
    """Drawing and table: what is late, what waits for what."""
    roadmap = access.get_roadmap(request.user, pk, Right.READ)
    found = timeline_of(plan_of(roadmap))
    context = page(
        request.user,
        roadmap,
        timeline=found,
        drawing=words.draw(found) if found.days else "",
        summary=words.summary(found),
        told=[said for bar in found.told for said in words.contradictions(bar)],
    )
    return render(request, "steering/timeline.html", context)


@never_cache
@form_page
def waits(request: SignedInRequest, pk: int, action_pk: int) -> HttpResponse:
    """What an action waits for: one more, one less."""
    roadmap = access.get_roadmap(request.user, pk, Right.CONTRIBUTE)
    action = access.get_action(roadmap, action_pk)
    if "no_more" in request.POST:
        return _wait_no_more(request, roadmap, action)
    bar, form = _wait_form(request, roadmap, action)
    if request.method == "POST" and form.is_valid():
        awaited = access.get_action(roadmap, form.cleaned_data["awaited"])
        try:
            operations.wait_for(action, awaited, by=request.user)
        except operations.Cyclic as refused:
            form.add_error("awaited", words.cycle(plan_of(roadmap), refused.chain))
        else:
            messages.success(
                request, _("Kept: it waits for “%(row)s”.") % {"row": awaited}
            )
            return redirect("steering:waits", pk, action_pk)
    told = list(words.contradictions(bar))
    context = page(request.user, roadmap, bar=bar, form=form, told=told)
    return render(request, "steering/waits.html", context)


@never_cache
@form_page
def priorities(request: SignedInRequest, pk: int) -> HttpResponse:
    """The actions by effort and effect: the team places, nothing is ranked."""
    right = Right.CONTRIBUTE if request.method == "POST" else Right.READ
    roadmap = access.get_roadmap(request.user, pk, right)
    placed = placed_of(plan_of(roadmap))
    form = PlacingsForm(request.POST or None, placed=placed)
    if request.method == "POST" and form.is_valid():
        crossed = place_actions(roadmap, form.asked(), by=request.user)
        messages.add_message(request, *_placed(placed, crossed))
        return redirect("steering:priorities", pk)
    drawing = draw_placed(roadmap, placed) if any(one.row for one in placed) else ""
    left = sum(one.row is None for one in placed)
    context = page(request.user, roadmap, form=form, drawing=drawing, left=left)
    return render(request, "steering/priorities.html", context)


@require_safe
@never_cache
def traces(request: SignedInRequest, pk: int) -> HttpResponse:
    """From sources to actions: where each line comes from, what depends on it."""
    roadmap = access.get_roadmap(request.user, pk, Right.READ)
    found = traces_of(timeline_of(plan_of(roadmap)))
    context = page(
        request.user,
        roadmap,
        traces=found,
        drawing=draw_traces(roadmap, found) if found else "",
        summary=summary_of(found),
    )
    return render(request, "steering/traces.html", context)


@never_cache
@form_page
def follow(request: SignedInRequest, pk: int) -> HttpResponse:
    """From one's own calendar; by mail, as one chose for everything."""
    roadmap = access.get_roadmap(request.user, pk, Right.READ)
    mine = get_membership(request.user, roadmap.space_id, Right.READ)
    feed = Feed.objects.filter(roadmap=roadmap, membership=mine).first()
    if request.method == "POST":
        messages.success(request, _do(request, roadmap, mine, feed))
        return redirect("steering:follow", pk)
    address = ""
    if feed:
        path = reverse("steering:feed", args=[feed_secret(feed.key)])
        address = f"{settings.SITE_URL}{path}"
    context = page(request.user, roadmap, address=address)
    return render(request, "steering/follow.html", context)


@require_safe
def calendar(request: SignedInRequest, pk: int) -> HttpResponse:
    """The same as the address, once, for a calendar that follows none."""
    roadmap = access.get_roadmap(request.user, pk, Right.READ)
    content = calendars.calendar_of(plan_of(roadmap))
    return hand_out(content, CONTENT_TYPE, roadmap.title, "ics")


def _placed(placed: Sequence[Placed], crossed: Sequence[Asked]) -> tuple[int, str]:
    """That it is kept; which were placed by somebody else meanwhile, and stay so."""
    if not crossed:
        return messages.SUCCESS, _("The placements are saved.")
    moved = {one.action for one in crossed}
    codes = [one.action.code for one in placed if one.action.row.pk in moved]
    words = _(
        "Somebody else placed these while you did: %(codes)s. Theirs are shown; yours "
        "were not kept for them, the others were."
    )
    return messages.WARNING, words % {"codes": ", ".join(codes)}


def _wait_form(
    request: SignedInRequest, roadmap: Roadmap, action: Action
) -> tuple[Bar, WaitForm]:
    found = timeline_of(plan_of(roadmap))
    bar = next(one for one in found.bars if one.action.row == action)
    taken = {action.pk, *(one.row.pk for one in bar.awaited)}
    offered = [one for one in found.plan.actions if one.row.pk not in taken]
    return bar, WaitForm(request.POST or None, offered=offered)


def _wait_no_more(
    request: SignedInRequest, roadmap: Roadmap, action: Action
) -> HttpResponse:
    awaited = access.get_action(roadmap, request.POST["no_more"])
    operations.wait_no_more(action, awaited, by=request.user)
    messages.success(request, _("It no longer waits for “%(row)s”.") % {"row": awaited})
    return redirect("steering:waits", roadmap.pk, action.pk)


def _do(
    request: SignedInRequest,
    roadmap: Roadmap,
    mine: Membership,
    feed: Feed | None,
) -> str:
    """What was done, in words."""
    match request.POST.get("act"):
        case "open":
            operations.open_feed(roadmap, mine, by=request.user)
            return _("Your address is ready.")
        case "close":
            if feed:
                operations.close_feed(feed, by=request.user)
            return _("The address no longer works.")
    raise Http404
