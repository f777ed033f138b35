"""The reminders: what is late, begins or ends, in one mail at the rhythm one chose."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from jalons.actors.posts import PostLine, ending, posts_of
from jalons.analysis.deadlines import months_before
from jalons.mail import operations as mail
from jalons.mail.bounces import dead_addresses
from jalons.roadmaps.figures import ActionRead, plan_of
from jalons.roadmaps.models import Roadmap
from jalons.steering.awaited import Awaited, awaited_by, not_told
from jalons.steering.models import Reminder
from jalons.steering.secrets import stop_token
from jalons.steering.timeline import Timeline, timeline_of

REASON = "roadmap-reminder"
POST_MONTHS = 3
"""Before the funding of a post ends: time to find the next one."""


@dataclass(frozen=True, slots=True)
class Sent:
    """How many people were due, and how many mails there were: nothing to say, none."""

    due: int
    mails: int


@dataclass(frozen=True, slots=True)
class Told:
    """What one mail says of one roadmap."""

    roadmap: Roadmap
    url: str
    late: Sequence[ActionRead]
    begins: Sequence[ActionRead]
    ends: Sequence[ActionRead]

    def __len__(self) -> int:
        return len(self.late) + len(self.begins) + len(self.ends)


@transaction.atomic
def send_reminders(at: datetime, *, dry_run: bool) -> Sent:
    """Write to those whose day has come, when a roadmap has something to tell."""
    today, dead = timezone.localdate(at), dead_addresses()
    known = Reminder.objects.exclude(rhythm=Reminder.Rhythm.NEVER).filter(
        membership__user__is_active=True
    )
    due = [
        one
        for one in known.select_related("membership__user", "membership__space")
        if one.is_due(today) and one.membership.user.email not in dead
    ]
    timelines = _timelines({one.membership.space_id for one in due}, today)
    posts = {pk: _posts(read[0], today) for pk, read in timelines.items()}
    things = awaited_by(timelines.keys(), today)
    mails = sum(
        _write(one, timelines[pk], posts.get(pk, []), things.get(pk, []), today)
        for one in due
        if (pk := one.membership.space_id)
    )
    transaction.set_rollback(dry_run)
    return Sent(len(due), mails)


def _timelines(spaces: set[int], today: date) -> defaultdict[int, list[Timeline]]:
    """Each roadmap read once, however many are told of it."""
    found: defaultdict[int, list[Timeline]] = defaultdict(list)
    for roadmap in Roadmap.objects.filter(space__in=spaces).order_by("pk"):
        read = timeline_of(plan_of(roadmap, on=today), on=today)
        found[roadmap.space_id].append(read)
    return found


def _posts(timeline: Timeline, today: date) -> list[PostLine]:
    """Posts of its space whose funding has ended, or ends soon."""
    until = months_before(today, -POST_MONTHS)
    return ending(posts_of(timeline.plan.roadmap.space, today).lines, until)


def _write(
    reminder: Reminder,
    timelines: Sequence[Timeline],
    posts: Sequence[PostLine],
    things: Sequence[Awaited],
    today: date,
) -> bool:
    """One mail for all the roadmaps of the space, unless there is nothing to say."""
    user, space = reminder.membership.user, reminder.membership.space
    told = [
        one for one in (_told(read, reminder.days or 0) for read in timelines) if one
    ]
    awaited = not_told(things, reminder.sent_on)
    if not told and not posts and not awaited:
        return False
    stop = reverse("steering:stop", args=[stop_token(reminder.key)])
    rhythm = reverse("steering:follow", args=[timelines[0].plan.roadmap.pk])
    all_posts = reverse("actors:posts", args=[space.pk])
    queued = mail.queue(
        REASON,
        user.email,
        period=f"{space.pk}-{today:%Y-%m-%d}",
        context={
            "space": space,
            "told": told,
            "posts": posts,
            "awaited": awaited,
            "site": settings.SITE_URL,
            "posts_url": f"{settings.SITE_URL}{all_posts}",
            "late": sum(len(one.late) for one in told),
            "days": reminder.days,
            "url": f"{settings.SITE_URL}{rhythm}",
            "stop": f"{settings.SITE_URL}{stop}",
        },
        unsubscribe_url=f"{settings.SITE_URL}{stop}",
    )
    reminder.sent_on = today
    reminder.save(update_fields=["sent_on"])
    return queued is not None


def _told(timeline: Timeline, days: int) -> Told:
    roadmap = timeline.plan.roadmap
    path = reverse("steering:timeline", args=[roadmap.pk])
    return Told(
        roadmap,
        f"{settings.SITE_URL}{path}",
        [one.action for one in timeline.late],
        timeline.begins(days),
        timeline.ends(days),
    )
