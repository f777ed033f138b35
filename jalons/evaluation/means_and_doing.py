"""Indicators of means and of process: posts, actions, meetings, links, minutes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise

from django.db.models import Count, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from jalons.actors.models import Actor, Post
from jalons.actors.vocabulary import read_vocabulary
from jalons.ecosystems.models import Link
from jalons.evaluation.computing import YEAR, Asked, Computed, for_10000, percent
from jalons.evaluation.values import typed
from jalons.meetings.models import Attendee, Meeting
from jalons.roadmaps.models import Action
from jalons.roadmaps.reliance import maps_for
from jalons.workshops.models import Workshop

IN_TIME = timedelta(days=15)
Status = Action.Status


def mediation_time(asked: Asked) -> Computed:
    """I1: full-time equivalents of the posts at work, per 10,000 inhabitants."""
    posts = Post.objects.filter(space=asked.roadmap.space_id)
    found = posts.filter(Q(ended_on=None) | Q(ended_on__gt=asked.on)).aggregate(
        total=Sum("share"), n=Count("pk")
    )
    if not found["n"]:
        return Computed(None, 0, _("No post of adviser is written in the space."))
    lines = [(_("full-time equivalents"), typed(found["total"]))]
    return for_10000(found["total"], asked, found["n"], lines)


def posts_ending(asked: Asked) -> Computed:
    """I3: posts whose known funding ends within twelve months."""
    posts = Post.objects.filter(space=asked.roadmap.space_id)
    soon = Q(funding_ends_on__gte=asked.on, funding_ends_on__lt=asked.on + YEAR)
    found = posts.filter(Q(ended_on=None) | Q(ended_on__gt=asked.on)).aggregate(
        n=Count("pk"),
        unknown=Count("pk", filter=Q(funding_ends_on=None)),
        soon=Count("pk", filter=soon),
    )
    if found["n"] == found["unknown"]:
        why = _("The end of the funding is known for no post of the space.")
        return Computed(None, 0, why)
    lines = [(_("posts whose end is not known"), f"{found['unknown']}")]
    known = found["n"] - found["unknown"]
    return Computed(Decimal(found["soon"]), known, lines=lines)


def _how_many(count: int, n: int) -> str:
    """A number, and its share of all: “3 (25 %)”."""
    share = _("%(n)s%%") % {"n": percent(count, n)}
    return f"{count} ({share})"


def actions_done(asked: Asked) -> Computed:
    """P1: actions that are done, out of all those written; how the others stand."""
    rows = Action.objects.filter(workstream__stake__roadmap=asked.roadmap)
    counts = dict(rows.order_by().values_list("status").annotate(n=Count("pk")))
    n = sum(counts.values())
    if not n:
        return Computed(None, 0, _("No action is written yet."))
    lines = [(str(one.label), _how_many(counts.get(one, 0), n)) for one in Status]
    return Computed(percent(counts.get(Status.DONE, 0), n), n, lines=lines)


def meetings_held(asked: Asked) -> Computed:
    """P2: meetings of twelve months that took place; who came, by college.

    One took place when somebody is noted present or its workshop was opened.
    """
    rows = list(
        _last_year(asked).values_list(
            *("pk", "workshop__opened_at", "attendees__pk"),
            *("attendees__family", "attendees__actor__college"),
        )
    )
    planned = {pk for pk, *_rest in rows}
    held = {pk for pk, opened, present, *_rest in rows if opened or present}
    if not planned:
        return Computed(None, 0, _("No meeting in the last twelve months."))
    people = {present: said for _pk, _at, present, *said in rows if present}
    lines = _by_college(people.values())
    return Computed(percent(len(held), len(planned)), len(planned), lines=lines)


def _last_year(asked: Asked):
    """Meetings of the space that were to be over by that day, within a year."""
    return Meeting.objects.filter(
        space=asked.roadmap.space_id,
        ends_at__date__gt=asked.since,
        ends_at__date__lte=asked.on,
    )


def _by_college(people: Iterable[list[str | None]]) -> list[tuple[str, str]]:
    """How many came of each college: that of the actor, else of the family said."""
    known = read_vocabulary()
    counts = Counter(
        college
        or (found.college if (found := known.families.get(family or "")) else "")
        for family, college in people
    )
    named = [(str(one), f"{counts[code]}") for code, one in known.colleges.items()]
    return [*named, (_("college not said"), f"{counts['']}")]


def families_present(asked: Asked) -> Computed:
    """P3: families of actors that came in twelve months, of those of the table."""
    actors = Actor.objects.filter(space=asked.roadmap.space_id).at_work()
    table = set(actors.exclude(family="").values_list("family", flat=True))
    if not table:
        return Computed(None, 0, _("The table of actors is empty."))
    came = Attendee.objects.filter(meeting__in=_last_year(asked)).exclude(family="")
    present = set(came.values_list("family", flat=True))
    known = read_vocabulary().families
    absent = [str(known.get(one, one)) for one in sorted(table - present)]
    lines = [(_("families that did not come"), ", ".join(absent) or "–")]
    return Computed(percent(len(present & table), len(table)), len(table), lines=lines)


def resources_put_to_work(asked: Asked) -> Computed:
    """P4: links of the maps that went from dashed to solid within twelve months."""
    maps = list(maps_for(asked.roadmap).values_list("pk", flat=True))
    rows = Link.objects.filter(resource__map__in=maps, centre__set_aside_at=None)
    rows = rows.filter(since__lte=asked.on)
    said = list(
        rows.order_by("resource", "centre", "number").values_list(
            "resource", "centre", "status", "since"
        )
    )
    if not said:
        return Computed(None, 0, _("No resource is linked on a map yet."))
    moved = sum(
        before[:2] == after[:2]
        and (before[2], after[2]) == (Link.Status.DASHED, Link.Status.SOLID)
        and asked.since < after[3]
        for before, after in pairwise(said)
    )
    now = {(resource, centre): status for resource, centre, status, _day in said}
    dashed = sum(one == Link.Status.DASHED for one in now.values())
    lines = [(_("still known, without contact"), f"{dashed}")]
    return Computed(Decimal(moved), len(now), lines=lines)


def minutes_in_time(asked: Asked) -> Computed:
    """P5: workshops of twelve months whose minutes left within fifteen days."""
    rows = Workshop.objects.filter(meeting__in=_last_year(asked))
    held = list(
        rows.exclude(opened_at=None).values_list("meeting__ends_at", "minutes__sent_at")
    )
    counted = in_time = never = 0
    for ended, sent in held:
        day = timezone.localdate(ended)
        gone = timezone.localdate(sent) if sent else None
        if gone is None and asked.on <= day + IN_TIME:
            continue
        counted += 1
        never += gone is None
        in_time += gone is not None and gone <= day + IN_TIME
    if not counted:
        return Computed(None, 0, _("No workshop whose minutes are awaited."))
    lines = [(_("never sent"), f"{never}")]
    return Computed(percent(in_time, counted), counted, lines=lines)
