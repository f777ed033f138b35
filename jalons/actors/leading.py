"""Who leads where, and what a team writes of its posts: changes with their trace."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from jalons.accounts.models import User
from jalons.actors.models import Lead, Post
from jalons.actors.posts import PostLine, posts_of, to_tell
from jalons.audit import operations as audit
from jalons.mail import operations as mail
from jalons.spaces.models import Role, Space

WARNED = "posts-ending"


class BeginsBefore(Exception):
    """A new lead cannot begin before the one it follows."""


@dataclass(frozen=True, slots=True)
class Warned:
    """How many posts were told of, in how many mails."""

    posts: int
    mails: int


@transaction.atomic
def name_lead(lead: Lead, *, by: User) -> Lead:
    """An actor leads from a day on; whoever led there before ends on that day.

    Raises BeginsBefore.
    """
    Space.objects.select_for_update().get(pk=lead.space_id)
    open_now = lead.space.leads.filter(territory=lead.territory, ended_on=None)
    former = open_now.first()
    if former is not None:
        if lead.named_on < former.named_on:
            raise BeginsBefore(former)
        former.ended_on = lead.named_on
        former.save(update_fields=["ended_on"])
    lead.save()
    audit.record("lead.named", lead, by=by)
    return lead


@transaction.atomic
def end_lead(lead: Lead, *, by: User) -> None:
    """Nobody leads there any more; the history keeps it."""
    if lead.ended_on is None:
        lead.ended_on = max(timezone.localdate(), lead.named_on)
        lead.save(update_fields=["ended_on"])
        audit.record("lead.ended", lead, by=by)


@transaction.atomic
def save_post(post: Post, *, by: User) -> Post:
    """Write a new post, or what changed in it; another end is told again."""
    before = Post.objects.filter(pk=post.pk).first()
    if before and before.funding_ends_on != post.funding_ends_on:
        post.warned_months = None
    post.save()
    if before is None:
        audit.record("post.added", post, by=by)
    else:
        audit.record("post.changed", post, by=by)
    return post


@transaction.atomic
def end_post(post: Post, *, by: User) -> None:
    if post.ended_on is None:
        post.ended_on = timezone.localdate()
        post.save(update_fields=["ended_on"])
        audit.record("post.ended", post, by=by)


@transaction.atomic
def warn_of_ends(at: datetime, *, dry_run: bool) -> Warned:
    """One mail a space to its editors and owners, for the thresholds not told yet."""
    today, told, sent = timezone.localdate(at), 0, 0
    for space in Space.objects.filter(posts__ended_on=None).distinct():
        lines = to_tell(posts_of(space, today).lines)
        if not lines:
            continue
        sent += _write_to_team(space, lines, today)
        told += len(lines)
        for line in lines:
            line.post.warned_months = line.threshold
            line.post.save(update_fields=["warned_months"])
    transaction.set_rollback(dry_run)
    return Warned(told, sent)


def _write_to_team(space: Space, lines: list[PostLine], today: date) -> int:
    roles = (Role.EDITOR, Role.OWNER)
    members = space.memberships.filter(role__in=roles, user__is_active=True)
    path = reverse("actors:posts", kwargs={"space_pk": space.pk})
    context = {"space": space, "lines": lines, "url": f"{settings.SITE_URL}{path}"}
    queued = [
        mail.queue(
            WARNED, one.user.email, period=f"{space.pk}-{today}", context=context
        )
        for one in members.select_related("user")
    ]
    return sum(message is not None for message in queued)
