"""The only door to the actors of a space: through the space that holds them."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from jalons.accounts.models import User
from jalons.actors.models import Actor, Post, PublicTable, ToldApart
from jalons.files.models import StoredFile
from jalons.spaces.access import Right, right_in
from jalons.spaces.models import Space

FILE_KIND = "actors-import"


def get_actor(space: Space, pk: int) -> Actor:
    """An actor of a space already opened, put aside or not, never another's."""
    found: Actor = get_object_or_404(
        space.actors.select_related("space", "commune", "organisation"), pk=pk
    )
    return found


def get_changeable(user: User, space: Space, pk: int) -> Actor:
    """An actor whose words this member may change; raises PermissionDenied."""
    actor = get_actor(space, pk)
    if not can_change(user, actor):
        raise PermissionDenied
    return actor


def can_change(user: User, actor: Actor) -> bool:
    """Contributors, until everybody reads it; then those who may publish."""
    is_out = actor.is_shown and PublicTable.objects.filter(space=actor.space).exists()
    return right_in(user, actor.space, Right.EDIT if is_out else Right.CONTRIBUTE)


def get_pair(space: Space, pk: int, other_pk: int) -> tuple[Actor, Actor]:
    """An actor of the space, and one of another team that everybody reads."""
    others = Actor.objects.public().exclude(space=space)
    other: Actor = get_object_or_404(others.select_related("space"), pk=other_pk)
    return get_actor(space, pk), other


def get_told_apart(space: Space, pk: int) -> ToldApart:
    """A decision of this space, never another's."""
    found: ToldApart = get_object_or_404(
        space.actors_told_apart.select_related("ours"), pk=pk
    )
    return found


def get_post(space: Space, pk: int) -> Post:
    """A post of a space already opened, never another's."""
    found: Post = get_object_or_404(space.posts.select_related("actor"), pk=pk)
    return found


def get_file(space: Space, pk: int) -> StoredFile:
    """A file of actors given to this space, and to no other."""
    found: StoredFile = get_object_or_404(
        StoredFile, pk=pk, kind=FILE_KIND, space_id=space.pk
    )
    return found
