"""The minutes of a workshop: a draft that writes itself, then what the team changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jalons.accounts.models import User
from jalons.audit import operations as audit
from jalons.documents.words import date_format
from jalons.ecosystems.figures import board_of
from jalons.ecosystems.models import ResourceMap
from jalons.workshops import figures, words
from jalons.workshops.models import Activity, Minutes, Remark, Workshop, Writing
from jalons.workshops.worktable import table_of

MOST_NAMED = 3
"""Options named in a decision that is proposed; the table has all of them."""


class ChangedMeanwhile(Exception):
    """Somebody else wrote in the minutes since they were opened."""


@transaction.atomic
def draft_minutes(workshop: Workshop, *, by: User) -> Minutes:
    """The first draft, from what the workshop gave; once it is there, as it is."""
    workshop = Workshop.objects.select_for_update(no_key=True).get(pk=workshop.pk)
    known = Minutes.objects.filter(workshop=workshop).first()
    if known is not None:
        return known
    activities = list(workshop.activities.all())
    made = Minutes.objects.create(
        workshop=workshop,
        opening=_opening(workshop),
        decisions=_lines(one for each in activities for one in _decided(each)),
        next_steps=_lines(one for each in activities for one in _to_do(each)),
    )
    _note("minutes.drafted", made, by)
    return made


@transaction.atomic
def save_minutes(
    minutes: Minutes,
    texts: Mapping[str, str],
    remarks: Mapping[Activity, tuple[str, bool]],
    *,
    version: int,
    by: User,
) -> None:
    """Keep what was written from this version. Raises ChangedMeanwhile."""
    kept = Minutes.objects.select_for_update().get(pk=minutes.pk)
    if kept.version != version:
        raise ChangedMeanwhile(kept)
    for name in ("opening", "decisions", "next_steps"):
        setattr(kept, name, texts[name])
    kept.version += 1
    kept.save()
    for activity, (text, is_left_out) in remarks.items():
        Remark.objects.update_or_create(
            activity=activity,
            defaults={"minutes": kept, "text": text, "is_left_out": is_left_out},
        )
    _note("minutes.changed", kept, by)


def _note(verb: str, minutes: Minutes, by: User) -> None:
    workshop = minutes.workshop
    audit.record(verb, workshop, by=by, space_id=workshop.meeting.space_id)


def _lines(found: Iterator[str]) -> str:
    return "\n".join(found)


def _opening(workshop: Workshop) -> str:
    meeting, n = workshop.meeting, workshop.participants.count()
    came = ngettext(
        "%(n)s person took part in “%(title)s” on %(day)s.",
        "%(n)s people took part in “%(title)s” on %(day)s.",
        n,
    ) % {"n": n, "title": meeting.title, "day": date_format(meeting.day)}
    return "\n\n".join(one for one in (came, meeting.purpose) if one)


def _decided(activity: Activity) -> Iterator[str]:
    """What the room put first: to be confirmed, a vote is not a decision."""
    if activity.is_written or activity.kind in ("workstreams", "resources"):
        return
    found = figures.results_of(activity)
    title = activity.title
    first = [one.item for one in found.lines if one.counted.rank == 1 and found.voters]
    if activity.kind == "matrix":
        title = words.quadrant_words("invest")
        first = [one.item for one in found.rated if one.rated.quadrant == "invest"]
    if first:
        named = ", ".join(one.text for one in first[:MOST_NAMED])
        told = {"title": title, "named": named}
        yield _("To be confirmed: %(title)s: %(named)s") % told


def _to_do(activity: Activity) -> Iterator[str]:
    """Questions without answer, resources to reach, who leads each workstream."""
    if activity.map is not None:
        yield from _to_reach(activity.map)
    if activity.kind == "questions":
        for line in figures.results_of(activity).lines:
            if not line.item.answered_at:
                yield _("Answer: %(question)s") % {"question": line.item.text}
    if activity.kind != "workstreams":
        return
    for one in table_of(activity, has_grades=False).workstreams:
        cells = {cell.column: cell.text for cell in one.cells}
        leads = " / ".join(cells[Writing.Column.GOVERNANCE].splitlines())
        told = {"code": one.code, "title": one.item.text, "leads": leads}
        if leads:
            yield _("%(code)s %(title)s: %(leads)s") % told
        else:
            yield _("%(code)s %(title)s: find who leads it") % told


def _to_reach(map: ResourceMap) -> Iterator[str]:
    """For each dashed link, who sees to it, or that nobody does yet."""
    for chart in board_of(map).charts:
        for one in chart.dashed:
            told = {"name": one.resource.name, "centre": chart.centre}
            if one.owner:
                told["owner"] = one.owner
                yield _("Reach %(name)s for “%(centre)s”: %(owner)s") % told
            else:
                yield _("Reach %(name)s for “%(centre)s”: find who sees to it") % told
