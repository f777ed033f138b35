"""What everybody reads of a tour: where and when it comes, as a page or a calendar."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from jalons.actors.pages import hand_out
from jalons.directory.vocabulary import read_vocabulary
from jalons.documents.calendar import CONTENT_TYPE, make_calendar, mark_of
from jalons.tours import access, figures


@require_safe
@login_not_required
def show(request: HttpRequest, pk: int) -> HttpResponse:
    tour = access.get_published(pk)
    context = {
        "tour": tour,
        "calendar": figures.calendar_of(tour, figures.now()),
        "services": read_vocabulary().said("services", tour.services),
    }
    return render(request, "tours/show.html", context)


@require_safe
@login_not_required
def calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """The comings of the next six months, for a telephone or a town hall's agenda."""
    tour, now = access.get_published(pk), figures.now()
    events = figures.events_of(tour, figures.calendar_of(tour, now), request.get_host())
    name = f"{tour.title} (SIMULÉ)" if tour.actor.is_simulated else tour.title
    content = make_calendar(name, events, stamp=now)
    response = hand_out(content, CONTENT_TYPE, tour.title, "ics")
    response.headers["ETag"] = mark_of(content)
    return response
