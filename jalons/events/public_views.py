"""The agenda, the page of an event, and what one does there without an account."""

from __future__ import annotations

from allauth.decorators import rate_limit
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from jalons.actors.pages import form_page, hand_out
from jalons.documents.calendar import CONTENT_TYPE as CALENDAR
from jalons.documents.calendar import mark_of
from jalons.events import access, documents, figures, operations, registering
from jalons.events.forms import FindForm, QuestionForm, RegisterForm

PER_PAGE = 20
IN_A_FEED = 60
ATOM = "application/atom+xml; charset=utf-8"


@require_safe
@login_not_required
def agenda(request: HttpRequest) -> HttpResponse:
    """The events of every recognised team, the next first."""
    form = FindForm(request.GET)
    found = figures.agenda(form.asked, at=timezone.now())
    asked = request.GET.copy()
    asked.pop("page", None)
    context = {
        "form": form,
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "query": asked.urlencode(),
        "territory": form.asked.territory,
    }
    return render(request, "events/agenda.html", context)


@require_safe
@login_not_required
def agenda_ics(request: HttpRequest) -> HttpResponse:
    """The same, for a calendar program that reads it again from time to time."""
    found = figures.agenda(FindForm(request.GET).asked, at=timezone.now())[:IN_A_FEED]
    name = _("Agenda of digital inclusion")
    content = documents.calendar_of(found, name)
    marks = {"ETag": mark_of(content)}
    return HttpResponse(content, content_type=CALENDAR, headers=marks)


@require_safe
@login_not_required
def feed(request: HttpRequest) -> HttpResponse:
    """The same, for a feed reader, with the filters of the address."""
    found = figures.agenda(FindForm(request.GET).asked, at=timezone.now())
    last = found.order_by("-published_at", "-pk")[:IN_A_FEED]
    return HttpResponse(documents.feed_of(last, request), content_type=ATOM)


@require_safe
@login_not_required
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One event: what, when, where, for whom; its questions and what is left of it."""
    event = access.get_public_event(pk)
    now = timezone.now()
    context = {
        "event": event,
        "meeting": event.meeting,
        "is_over": event.is_over(at=now),
        "is_open": event.is_open(at=now),
        "questions": figures.shown_questions(event),
        "materials": figures.materials_of(event),
        "next_sessions": event.next_sessions.shown().with_meeting(),
    }
    return render(request, "events/show.html", context)


@never_cache
@form_page
@login_not_required
@rate_limit(action="event_register")
def register(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for a place; a mail holds the link that confirms it."""
    event = access.get_public_event(pk)
    form = RegisterForm(request.POST or None)
    is_sent = request.method == "POST" and form.is_valid()
    if is_sent and not form.is_a_robot:
        try:
            registering.register(form.registration_to(event))
        except registering.Closed:
            is_sent = False
    context = {
        "event": event,
        "form": form,
        "is_sent": is_sent,
        "is_open": event.is_open(at=timezone.now()),
        "notice": documents.notice_of(event),
    }
    return render(request, "events/register.html", context)


@never_cache
@form_page
@login_not_required
@rate_limit(action="event_ask")
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """A question, before, during or after; the team reads it before it is shown."""
    event = access.get_public_event(pk)
    form = QuestionForm(request.POST or None)
    is_sent = request.method == "POST" and event.takes_questions and form.is_valid()
    if is_sent and not form.is_a_robot:
        operations.ask_question(event, form.cleaned_data["text"])
    context = {"event": event, "form": form, "is_sent": is_sent}
    return render(request, "events/ask.html", context)


@require_safe
@login_not_required
def appointment(request: HttpRequest, pk: int) -> HttpResponse:
    """The event, for a calendar program."""
    event = access.get_public_event(pk)
    content = documents.calendar_of([event], event.meeting.space.name)
    response = hand_out(content, CALENDAR, event.meeting.title, "ics")
    response.headers["ETag"] = mark_of(content)
    return response
