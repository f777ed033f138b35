"""The form by which people join: the same for all who come at once, drawn once."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.template.loader import render_to_string

from jalons.meetings.documents import notice_of
from jalons.workshops.drawn_once import page_of
from jalons.workshops.forms import JoinForm
from jalons.workshops.known import Known
from jalons.workshops.models import Workshop

PAGE = "workshops/join.html"


def form_page(request: HttpRequest, room: Known) -> str:
    """The empty form, as it is shown to whoever arrives."""

    def context() -> Mapping[str, object]:
        return context_of(room.workshop, form_of(request, room))

    if get_messages(request):  # said to this person alone
        return render_to_string(PAGE, context(), request)
    workshop, meeting = room.workshop, room.workshop.meeting
    shows = (
        *(workshop.pk, workshop.is_open, workshop.closed_at, meeting.title),
        *(meeting.is_simulated, meeting.space.name, meeting.names_kept_until),
        tuple((one.table.pk, one.table.title) for one in room.sides),
    )
    return page_of(request, PAGE, shows, context)


def form_of(request: HttpRequest, room: Known) -> JoinForm:
    return JoinForm(
        request.POST or None,
        tables=[one.table for one in room.sides],
        initial={"table": request.GET.get("table")},
    )


def context_of(workshop: Workshop, form: JoinForm) -> dict[str, object]:
    notice = notice_of(workshop.meeting)
    return {"workshop": workshop, "form": form, "notice": notice}
