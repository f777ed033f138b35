"""The door to an earlier state: through its roadmap, for who may write there."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from jalons.accounts.models import User
from jalons.live.access import read_number
from jalons.roadmaps.models import Revision, Roadmap
from jalons.spaces.access import Right, right_in


def get_revision(roadmap: Roadmap, pk: int) -> Revision:
    """A state of a roadmap already opened, never of another one."""
    found: Revision = get_object_or_404(
        roadmap.revisions.select_related("written_by", "roadmap__space"), pk=pk
    )
    return found


def read_line(name: str) -> tuple[str, int]:
    """The line that an address names, standing or removed: "action-7", "part-3"."""
    kind, _dash, number = name.partition("-")
    pk = read_number(number)
    if kind not in Revision.Kind.values or pk is None:
        raise Http404
    return kind, pk


def may_restore(user: User, revision: Revision) -> bool:
    """Whoever may write the line, or the words of the document, may put it back."""
    is_part = revision.kind == Revision.Kind.PART
    right = Right.EDIT if is_part else Right.CONTRIBUTE
    return right_in(user, revision.roadmap.space, right)


def require_restore(user: User, revision: Revision) -> None:
    if not may_restore(user, revision):
        raise PermissionDenied
