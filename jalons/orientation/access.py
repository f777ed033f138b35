"""The only door to orientation slips: the team's, and that of the place by its link."""

from __future__ import annotations

from datetime import datetime

from django.http import Http404
from django.shortcuts import get_object_or_404

from jalons.accounts.access import find_link
from jalons.accounts.models import Link, User
from jalons.directory.models import Place
from jalons.orientation.models import Slip
from jalons.spaces.access import Right, get_space
from jalons.spaces.models import Role, Space

MAY_PREPARE = (Role.CONTRIBUTOR, Role.EDITOR, Role.OWNER)


def get_slip(user: User, pk: int, right: Right) -> Slip:
    """A slip of a space whose member holds the right; 404 for a stranger."""
    slip: Slip = get_object_or_404(
        Slip.objects.select_related("space", "commune", "place__place_list"), pk=pk
    )
    slip.space = get_space(user, slip.space_id, right)
    return slip


def get_place(pk: str | int) -> Place:
    """A place of the directory that is still in its list."""
    if not str(pk).isdecimal():
        raise Http404
    places = Place.objects.open_to_all().select_related("place_list", "organisation")
    place: Place = get_object_or_404(places, pk=int(pk))
    return place


def find_slip(secret: str, at: datetime) -> Slip:
    """The slip that the link of a place opens, and nothing else."""
    link = find_link(secret, Link.Purpose.ORIENTATION, at)
    slip: Slip = get_object_or_404(
        Slip.objects.select_related("space", "commune", "place__place_list"), link=link
    )
    return slip


def spaces_of(user: User) -> list[Space]:
    """The spaces in which this person may prepare a slip."""
    joined = Space.objects.filter(
        memberships__user=user, memberships__role__in=MAY_PREPARE
    )
    return list(joined.select_related("territory").order_by("name"))
