"""Three doors to an event: the agenda, its team, the link of somebody registered."""

from __future__ import annotations

from typing import ClassVar

from django.http import Http404
from django.shortcuts import get_object_or_404

from jalons.accounts.access import Gone
from jalons.events.models import AudienceQuestion, Event, Registration
from jalons.events.secrets import read_token
from jalons.spaces.models import Space


class NoLongerRegistered(Gone):
    """Their place was given back, or what was kept of them is erased."""

    template: ClassVar[str] = "events/gone.html"


def get_public_event(pk: int) -> Event:
    """An event that everybody reads; a 404 for one being prepared."""
    found: Event = get_object_or_404(
        Event.objects.shown().with_meeting().counted(), pk=pk
    )
    return found


def get_event(space: Space, pk: int) -> Event:
    """An event of a space already opened, never of another one."""
    known = Event.objects.filter(meeting__space=space).with_meeting().counted()
    found: Event = get_object_or_404(known, pk=pk)
    return found


def get_registration(event: Event, pk: int) -> Registration:
    """Somebody registered to an event already opened."""
    found: Registration = get_object_or_404(
        event.registrations.select_related("event__meeting"), pk=pk
    )
    return found


def find_event(space: Space, number: str) -> Event | None:
    """An event of a space already opened, by what an address says; None without it."""
    if not number.isdecimal():
        return None
    found: Event | None = (
        Event.objects.with_meeting()
        .filter(meeting__space=space, pk=int(number[:9]))
        .first()
    )
    return found


def get_question(event: Event, pk: int) -> AudienceQuestion:
    found: AudienceQuestion = get_object_or_404(
        event.questions.select_related("event__meeting"), pk=pk
    )
    return found


def find_registration(token: str) -> Registration:
    """The registration that a link opens. Raises NoLongerRegistered."""
    key = read_token(token)
    if key is None:
        raise Http404
    found: Registration | None = (
        Registration.objects.select_related("event__meeting__space")
        .filter(key=key)
        .first()
    )
    if found is None:
        raise NoLongerRegistered
    return found
