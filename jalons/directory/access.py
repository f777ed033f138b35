"""The door to a place and to a list.

Everybody's, or its team's alone until it is recognised.
"""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.shortcuts import get_object_or_404

from jalons.accounts.models import User
from jalons.directory.models import Place, PlaceList
from jalons.spaces.access import Right, right_in


def get_place(user: User | AnonymousUser, pk: int) -> Place:
    """A place still in a list that this visitor may read."""
    places = Place.objects.in_their_list()
    found: Place = get_object_or_404(
        places.select_related("place_list__space", "organisation"), pk=pk
    )
    _require(user, found.place_list)
    return found


def get_list(user: User | AnonymousUser, pk: int) -> PlaceList:
    found: PlaceList = get_object_or_404(
        PlaceList.objects.select_related("space"), pk=pk
    )
    _require(user, found)
    return found


def _require(user: User | AnonymousUser, place_list: PlaceList) -> None:
    """Raises Http404: a list that waits does not exist for others."""
    space = place_list.space
    if space and not place_list.is_shown and not right_in(user, space, Right.READ):
        raise Http404
