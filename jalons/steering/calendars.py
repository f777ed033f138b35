"""A roadmap as a calendar: a day for each beginning, a day for each end."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from jalons.documents.calendar import Event, make_calendar
from jalons.roadmaps.figures import ActionRead, Plan
from jalons.roadmaps.models import Action


def calendar_of(plan: Plan) -> bytes:
    """The whole file; each event keeps its identity when its day moves."""
    title = plan.roadmap.title
    name = f"{title} ({_('SIMULATED')})" if plan.roadmap.is_simulated else title
    return make_calendar(name, events_of(plan), stamp=timezone.now())


def events_of(plan: Plan) -> list[Event]:
    """Beginnings and ends of what is not given up, and the adoption wished."""
    roadmap = plan.roadmap
    events = [event for one in plan.actions for event in _events(one)]
    if roadmap.adoption_on:
        title = _("Target date of adoption: %(title)s") % {"title": roadmap.title}
        uid = f"roadmap-{roadmap.pk}-adoption@jalons"
        events.append(Event.of_day(uid, roadmap.adoption_on, title))
    return sorted(events, key=lambda one: (one.start, one.uid))


def _events(action: ActionRead) -> Iterator[Event]:
    row = action.row
    if row.status == Action.Status.DROPPED:
        return
    named = {"code": action.code, "action": row.description}
    who = _("Leads: %(who)s") % {"who": row.lead} if row.lead else ""
    for part, day, words in (
        ("begins", row.starts_on, _("Begins: %(code)s %(action)s")),
        ("ends", row.ends_on, _("Ends: %(code)s %(action)s")),
    ):
        if day:
            uid = f"action-{row.pk}-{part}@jalons"
            yield Event.of_day(uid, day, words % named, description=who)
