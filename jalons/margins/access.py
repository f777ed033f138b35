"""The door to one comment: through its roadmap, for who may touch it."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from jalons.accounts.models import User
from jalons.live.access import read_number
from jalons.margins.models import Comment
from jalons.roadmaps.models import Roadmap


def get_comment(roadmap: Roadmap, pk: str | None) -> Comment:
    """A comment of a roadmap already opened, never of another one."""
    found: Comment = get_object_or_404(roadmap.comments, pk=read_number(pk))
    return found


def get_own_comment(roadmap: Roadmap, pk: str | None, user: User) -> Comment:
    """The same, for who wrote it and nobody else (403)."""
    found = get_comment(roadmap, pk)
    if found.written_by_id != user.pk:
        raise PermissionDenied
    return found
