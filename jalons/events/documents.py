"""An event as files: appointments, feeds, the list of those registered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jalons.documents import calendar
from jalons.documents.words import date_format
from jalons.events.models import Event, Registration
from jalons.events.secrets import address_of
from jalons.meetings.models import Meeting


def title_of(event: Event) -> str:
    """What is invented or cancelled says so first."""
    marks = []
    if event.meeting.is_simulated:
        marks.append(_("SIMULATED"))
    if event.is_cancelled:
        marks.append(_("CANCELLED"))
    return " · ".join([*marks, event.meeting.title])


def calendar_of(events: Iterable[Event], name: str) -> bytes:
    """What everybody may put in a calendar; made again, it replaces the former."""
    return calendar.make_calendar(
        name, [_appointment(one, _page(one)) for one in events], stamp=timezone.now()
    )


def own_calendar(registration: Registration) -> bytes:
    """The same, with the link of the video, for somebody who has a place."""
    event, mine = registration.event, address_of(registration)
    link = event.online_url if registration.is_going else ""
    found = _appointment(event, "\n".join(filter(None, (link, mine))))
    name = event.meeting.space.name
    return calendar.make_calendar(name, [found], stamp=timezone.now())


def feed_of(events: Iterable[Event], request: HttpRequest) -> str:
    """The agenda for a feed reader, the last published first."""
    feed = Atom1Feed(
        title=_("Agenda of digital inclusion"),
        link=request.build_absolute_uri(reverse("events:agenda")),
        description="",
        language=get_language() or "fr",
        feed_url=request.build_absolute_uri(),
    )
    for one in events:
        meeting = one.meeting
        said = (_moment(meeting), meeting.place, meeting.purpose)
        feed.add_item(
            title=title_of(one),
            link=request.build_absolute_uri(reverse("events:show", args=[one.pk])),
            description=" · ".join(filter(None, said)),
            pubdate=one.published_at,
            updateddate=one.published_at,
            author_name=str(meeting.space),
            categories=[meeting.get_kind_display()],
        )
    return feed.writeString("utf-8")


def notice_of(event: Event) -> str:
    """What people are told before they give their name."""
    said = _(
        "%(space)s keeps your name, your e-mail and your organisation to run this "
        "event: a mail to confirm, a reminder, one after the event, and what changes. "
        "They are erased on %(day)s, or as soon as you give your place back by the "
        "link of the mail; after a week if you do not confirm. Nobody else reads them."
    )
    day = date_format(event.last_day_of_names())
    return said % {"space": event.meeting.space.name, "day": day}


def header() -> list[str]:
    return [_("Name"), _("E-mail"), _("Organisation"), _("State"), _("Present")]


def lines_of(event: Event) -> Iterator[list[object]]:
    for one in event.registrations.confirmed().order_by("state", "confirmed_at", "pk"):
        came = _("yes") if one.has_come else ""
        state = one.get_state_display()
        yield [one.name, one.email, one.structure, state, came]


def _appointment(event: Event, more: str) -> calendar.Event:
    meeting = event.meeting
    return calendar.Event(
        uid=f"event-{event.pk}@jalons",
        start=meeting.starts_at,
        end=meeting.ends_at,
        title=title_of(event),
        place=meeting.place,
        description="\n".join(filter(None, (meeting.purpose, more))),
    )


def _moment(meeting: Meeting) -> str:
    return date_format(meeting.starts_at, _("j F Y, H:i"))


def _page(event: Event) -> str:
    return settings.SITE_URL + reverse("events:show", args=[event.pk])
