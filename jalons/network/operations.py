"""What a centre writes of its territories; what a team lets it see."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from jalons.accounts.models import User
from jalons.actors.posts import THRESHOLDS, posts_of
from jalons.audit import operations as audit
from jalons.network.models import Amendment, Exchange, FollowUp, SharedProgress, View
from jalons.roadmaps.figures import plan_of
from jalons.roadmaps.models import Roadmap
from jalons.roadmaps.operations import ChangedMeanwhile, claim
from jalons.spaces.models import Space
from jalons.steps.figures import path_of


@transaction.atomic
def save_follow_up(row: FollowUp, *, version: int, by: User) -> FollowUp:
    """The sheet of a territory; raises ChangedMeanwhile. The first one makes it."""
    if row.pk is None:
        Space.objects.select_for_update(no_key=True).get(pk=row.space_id)
        first = FollowUp.objects.filter(space=row.space_id, territory=row.territory_id)
        if (stored := first.first()) is not None:
            raise ChangedMeanwhile(stored)
    else:
        claim(row, version)
    row.written_by = by
    row.save()
    audit.record("follow_up.written", row, by=by)
    return row


@transaction.atomic
def save_exchange(row: Exchange, *, version: int, by: User | None) -> Exchange:
    """Note an exchange, or change it; raises ChangedMeanwhile, RemovedMeanwhile.

    `by` is None when nobody of the centre noted it: somebody filled in a form.
    """
    verb = "exchange.noted"
    if row.pk is not None:
        claim(row, version)
        verb = "exchange.changed"
    row.written_by = by
    row.save()
    audit.record(verb, row, by=by)
    return row


@transaction.atomic
def remove_exchange(row: Exchange, *, by: User) -> None:
    audit.record("exchange.removed", row, by=by)
    row.delete()


@transaction.atomic
def amend(row: Amendment, *, version: int, by: User) -> Amendment:
    """Change a proposal, set it aside, or add one's own; raises ChangedMeanwhile."""
    if row.pk is None:
        Space.objects.select_for_update(no_key=True).get(pk=row.space_id)
        first = Amendment.objects.filter(
            space=row.space_id, territory=row.territory_id, rule=row.rule
        )
        if (stored := first.first()) is not None:
            raise ChangedMeanwhile(stored)
    else:
        claim(row, version)
    row.written_by = by
    row.save()
    audit.record("proposal.amended", row, by=by)
    return row


@transaction.atomic
def restore_proposal(row: Amendment, *, by: User) -> None:
    """The rule speaks again; a proposal of the centre's own goes."""
    audit.record("proposal.restored", row, by=by)
    row.delete()


@transaction.atomic
def keep_view(space: Space, title: str, query: str, *, by: User) -> View:
    """Filters under a name; the same name again takes the new filters."""
    view, _is_new = View.objects.update_or_create(
        space=space, title=title, defaults={"query": query}
    )
    audit.record("view.kept", view, by=by)
    return view


@transaction.atomic
def remove_view(view: View, *, by: User) -> None:
    audit.record("view.removed", view, by=by)
    view.delete()


@transaction.atomic
def share_progress(roadmap: Roadmap, *, by: User) -> SharedProgress:
    """The centres of the région see how far the roadmap is; twice is once."""
    row = _read(roadmap, SharedProgress.objects.filter(roadmap=roadmap).first())
    if row.pk is None:
        row.shared_by = by
        row.save()
        audit.record("progress.shared", roadmap, by=by)
    return row


@transaction.atomic
def withdraw_progress(roadmap: Roadmap, *, by: User) -> None:
    """The centres see nothing of it any more: what they read is deleted."""
    gone, _rows = SharedProgress.objects.filter(roadmap=roadmap).delete()
    if gone:
        audit.record("progress.withdrawn", roadmap, by=by)


def read_again(row: SharedProgress) -> SharedProgress:
    """The same roadmap as it is now. Nothing of the roadmap is written."""
    found = _read(row.roadmap, row)
    found.save()
    return found


def _read(roadmap: Roadmap, row: SharedProgress | None) -> SharedProgress:
    row = row or SharedProgress(roadmap=roadmap)
    following = path_of(plan_of(roadmap)).next
    today = timezone.localdate()
    near = [
        line.post.funding_ends_on
        for line in posts_of(roadmap.space, today).lines
        if line.threshold in THRESHOLDS and line.post.funding_ends_on
    ]
    row.step = following.number if following else 0
    row.points_left = len(following.left) if following else 0
    row.posts_ending, row.first_end = len(near), min(near, default=None)
    row.read_at = timezone.now()
    return row
