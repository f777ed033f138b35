"""Comments written, settled, opened again, taken back."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from jalons.accounts.models import User
from jalons.audit import operations as audit
from jalons.margins.models import COMMENT_LENGTH, Comment
from jalons.roadmaps.models import Action, Stake, Workstream
from jalons.roadmaps.operations import Row, hold, roadmap_of


@transaction.atomic
def write_comment(row: Row, text: str, *, by: User) -> Comment:
    """A comment on a line, with the words that the line has now."""
    roadmap = hold(roadmap_of(row))
    comment = Comment(roadmap=roadmap, text=text, written_by=by)
    comment.about = str(row)[:COMMENT_LENGTH]
    match row:
        case Stake():
            comment.stake = row
        case Workstream():
            comment.workstream = row
        case Action():
            comment.action = row
    comment.save()
    _note("comment.written", comment, by)
    return comment


@transaction.atomic
def settle_comment(comment: Comment, *, by: User) -> None:
    """It was taken into account; twice keeps who settled it first."""
    if comment.settled_at is None:
        comment.settled_at, comment.settled_by = timezone.now(), by
        comment.save(update_fields=["settled_at", "settled_by"])
        _note("comment.settled", comment, by)


@transaction.atomic
def reopen_comment(comment: Comment, *, by: User) -> None:
    if comment.settled_at is not None:
        comment.settled_at = comment.settled_by = None
        comment.save(update_fields=["settled_at", "settled_by"])
        _note("comment.reopened", comment, by)


@transaction.atomic
def remove_comment(comment: Comment, *, by: User) -> None:
    """Taken back by who wrote it."""
    _note("comment.removed", comment, by)
    comment.delete()


def _note(verb: str, comment: Comment, by: User) -> None:
    roadmap = comment.roadmap
    details = {"roadmap": roadmap.pk}
    audit.record(verb, comment, by=by, space_id=roadmap.space_id, details=details)
