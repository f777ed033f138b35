"""Who leads where, and what a team writes of its posts: changes with their trace."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from jalons.accounts.models import User
from jalons.actors.models import Lead, Post
from jalons.audit import operations as audit
from jalons.spaces.models import Space


class BeginsBefore(Exception):
    """A new lead cannot begin before the one it follows."""


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
    """Write a new post, or what changed in it."""
    is_new = post.pk is None
    post.save()
    if is_new:
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
