"""Two doors to a group: the space that holds it, and its public page if it has one."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from jalons.files.models import StoredFile
from jalons.groups.models import Group, Seat
from jalons.spaces.models import Space

FILE_KIND = "members-import"


def get_group(space: Space, pk: int) -> Group:
    """A group of a space already opened, never another's."""
    found: Group = get_object_or_404(
        space.groups.select_related("space__territory", "territory"), pk=pk
    )
    return found


def get_public_group(pk: int) -> Group:
    """A group whose team chose that everybody may read something of it."""
    groups = Group.objects.exclude(shows=Group.Shows.NOTHING)
    known = groups.filter(space__recognised_at__isnull=False)
    found: Group = get_object_or_404(known.select_related("space", "territory"), pk=pk)
    return found


def get_seat(group: Group, pk: int) -> Seat:
    """A member of a group already opened."""
    found: Seat = get_object_or_404(
        group.seats.select_related("group", "actor", "professional"), pk=pk
    )
    return found


def get_file(group: Group, pk: int) -> StoredFile:
    """A file of members given to this space, and to no other."""
    found: StoredFile = get_object_or_404(
        StoredFile, pk=pk, kind=FILE_KIND, space_id=group.space_id
    )
    return found
