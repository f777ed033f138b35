"""What real objects show of each condition of success, beside what the team says.

A sign never decides: one may have written a course that nobody shares.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jalons.actors.models import key_of
from jalons.documents.words import date_format
from jalons.roadmaps.models import Line
from jalons.roadmaps.reliance import maps_for
from jalons.steps.checks import Seen
from jalons.workshops.models import Minutes, Workshop

Kind = Line.Kind


@dataclass(frozen=True, slots=True)
class Sign:
    """A fact in words, and the page where it is read."""

    words: str
    url: str


def signs_of(condition: str, seen: Seen) -> list[Sign]:
    """What the objects show of a condition, one of those of the file."""
    return list(SIGNS[condition](seen))


def _sheet(words: str, seen: Seen) -> Sign:
    return Sign(words, reverse("roadmaps:show", args=[seen.plan.roadmap.pk]))


def _course(seen: Seen) -> Iterator[Sign]:
    roadmap = seen.plan.roadmap
    written = _("The shared direction is written.")
    yield _sheet(
        written if roadmap.course else _("The shared direction is not written."), seen
    )
    words = ngettext(
        "Horizon: %(n)s year.", "Horizon: %(n)s years.", roadmap.horizon_years
    )
    yield _sheet(words % {"n": roadmap.horizon_years}, seen)


def _together(seen: Seen) -> Iterator[Sign]:
    families = len({one.family for one in seen.ground.guests})
    page = reverse("meetings:list", args=[seen.plan.roadmap.space_id])
    words = ngettext(
        "%(n)s family invited so far.", "%(n)s families invited so far.", families
    )
    yield Sign(words % {"n": families}, page)
    held = _workshops(seen).exclude(opened_at=None).count()
    words = ngettext("%(n)s workshop held.", "%(n)s workshops held.", held)
    yield Sign(words % {"n": held}, page)


def _deciders(seen: Seen) -> Iterator[Sign]:
    sponsor = seen.plan.roadmap.sponsor
    named = _("Sponsor: %(who)s.") % {"who": sponsor}
    yield _sheet(named if sponsor else _("No elected sponsor is written."), seen)
    rows = [one.row for one in seen.plan.at_work]
    told = {"n": sum(bool(one.referent) for one in rows), "all": len(rows)}
    yield _sheet(_("Actions with an elected referent: %(n)s of %(all)s.") % told, seen)


def _informed(seen: Seen) -> Iterator[Sign]:
    page = reverse("meetings:list", args=[seen.plan.roadmap.space_id])
    held = _workshops(seen).exclude(opened_at=None)
    sent = Minutes.objects.filter(workshop__in=held).exclude(sent_at=None).count()
    told = {"n": sent, "all": held.count()}
    yield Sign(_("Workshops whose minutes were sent: %(n)s of %(all)s.") % told, page)
    done = seen.plan.roadmap.announcements.exclude(done_on=None).count()
    words = ngettext("%(n)s thing made known.", "%(n)s things made known.", done)
    known = reverse("communication:show", args=[seen.plan.roadmap.pk])
    yield Sign(words % {"n": done}, known)


def _time(seen: Seen) -> Iterator[Sign]:
    roadmap = seen.plan.roadmap
    if not (roadmap.starts_on and roadmap.adoption_on):
        yield _sheet(_("The beginning and the adoption have no dates yet."), seen)
        return
    days = {
        "first": date_format(roadmap.starts_on),
        "last": date_format(roadmap.adoption_on),
    }
    yield _sheet(
        _("From %(first)s to the target date of adoption, %(last)s.") % days, seen
    )


def _solutions(seen: Seen) -> Iterator[Sign]:
    stakes = seen.plan.stakes
    told = {"n": sum(bool(one.workstreams) for one in stakes), "all": len(stakes)}
    yield _sheet(_("Stakes with a key workstream: %(n)s of %(all)s.") % told, seen)
    count = len(seen.plan.at_work)
    words = ngettext("%(n)s action written.", "%(n)s actions written.", count)
    yield _sheet(words % {"n": count}, seen)
    if left := seen.plan.given_up:
        words = ngettext("%(n)s action given up.", "%(n)s actions given up.", left)
        yield _sheet(words % {"n": left}, seen)


def _existing(seen: Seen) -> Iterator[Sign]:
    streams = seen.plan.workstreams
    at_hand = sum(bool(one.lines.get(Kind.AVAILABLE)) for one in streams)
    told = {"n": at_hand, "all": len(streams)}
    words = _("Key workstreams that count on a resource at hand: %(n)s of %(all)s.")
    yield _sheet(words % told, seen)
    tried = sum(bool(one.row.inspirations.all()) for one in streams)
    words = _("Key workstreams that examined an experience: %(n)s of %(all)s.")
    yield _sheet(words % {"n": tried, "all": len(streams)}, seen)
    maps = maps_for(seen.plan.roadmap).count()
    words = ngettext("%(n)s resource map drawn.", "%(n)s resource maps drawn.", maps)
    page = reverse("ecosystems:list", args=[seen.plan.roadmap.space_id])
    yield Sign(words % {"n": maps}, page)


def _feasible(seen: Seen) -> Iterator[Sign]:
    rows = [one.row for one in seen.plan.at_work]
    told = {"n": sum(bool(one.conclusion) for one in rows), "all": len(rows)}
    words = _("Actions whose feasibility was studied: %(n)s of %(all)s.")
    yield _sheet(words % told, seen)
    left = seen.plan.uncosted
    words = ngettext(
        "%(n)s action still to be costed.", "%(n)s actions still to be costed.", left
    )
    yield _sheet(words % {"n": left}, seen)


def _territory(seen: Seen) -> Iterator[Sign]:
    led = [one.row for one in seen.plan.at_work if one.row.lead]
    count = len({one.lead_body_id or key_of(one.lead) for one in led})
    words = ngettext(
        "%(n)s body or function leads actions.",
        "%(n)s bodies or functions lead actions.",
        count,
    )
    yield _sheet(words % {"n": count}, seen)


def _workshops(seen: Seen):
    return Workshop.objects.filter(meeting__space=seen.plan.roadmap.space_id)


SIGNS: Mapping[str, Callable[[Seen], Iterator[Sign]]] = {
    "course": _course,
    "together": _together,
    "deciders": _deciders,
    "informed": _informed,
    "time": _time,
    "solutions": _solutions,
    "existing": _existing,
    "feasible": _feasible,
    "territory": _territory,
}
