"""Two doors to a professional: the space that notes them, and their own link."""

from __future__ import annotations

from datetime import datetime

from django.shortcuts import get_object_or_404

from jalons.accounts.access import DeadLink, find_link
from jalons.accounts.models import Link
from jalons.professionals.models import PlaceNotice, Professional
from jalons.spaces.models import Space


def get_professional(space: Space, pk: int) -> Professional:
    """A person noted by a space already opened, never by another."""
    found: Professional = get_object_or_404(
        space.professionals.select_related("space", "actor", "link"), pk=pk
    )
    return found


def find_card(secret: str, at: datetime) -> Professional | PlaceNotice:
    """What a personal link shows: a person noted by a team, or a place's contact."""
    link = find_link(secret, Link.Purpose.CONTACT, at)
    person = (
        Professional.objects.filter(link=link)
        .select_related("space", "actor", "link")
        .first()
    )
    notice = (
        PlaceNotice.objects.filter(link=link)
        .select_related("contact__place__place_list", "link")
        .first()
    )
    card: Professional | PlaceNotice | None = person or notice
    if card is None:
        raise DeadLink(link)
    return card
