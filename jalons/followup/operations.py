"""What is said of the progress of a roadmap: standings, places, reviews, decisions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from django.db import transaction
from django.utils import timezone

from jalons.accounts.models import User
from jalons.audit import operations as audit
from jalons.followup.figures import dashboard_of
from jalons.followup.models import ActionCommune, Progress, ProgressDecision
from jalons.followup.standing import Standing, must_say
from jalons.followup.telling import told_of
from jalons.roadmaps.models import Action, Roadmap
from jalons.roadmaps.operations import claim, hold, note, roadmap_of
from jalons.roadmaps.standing import keep_status, status_stored
from jalons.territories.models import Territory


class WithoutAReason(Exception):
    """An action that is late, suspended or given up says why."""


class NoPeriod(Exception):
    """A period begins before it ends."""


@transaction.atomic
def tell_standing(
    action: Action,
    said: Standing,
    *,
    version: int,
    by: User,
    on: date | None = None,
) -> None:
    """How an action stands. Raises WithoutAReason, ChangedMeanwhile."""
    day = on or timezone.localdate()
    if not said.reason and must_say(said, action.starts_on, today=day):
        raise WithoutAReason(action)
    claim(action, version)
    before = status_stored(action)
    action.status, action.ends_on = said.status, said.ends_on
    action.save(update_fields=["status", "ends_on", "version"])
    keep_status(action, before, said.reason, by=by, on=day)
    note("action.standing_told", action, roadmap_of(action), by)


@transaction.atomic
def place_in_communes(
    roadmap: Roadmap, chosen: Mapping[int, Iterable[Territory]], *, by: User
) -> None:
    """The communes of each action; those of an action that is not named stay."""
    hold(roadmap)
    actions = Action.objects.filter(workstream__stake__roadmap=roadmap, pk__in=chosen)
    for action in actions:
        wanted = {one.pk: one for one in chosen[action.pk]}
        known = set(action.communes.values_list("commune_id", flat=True))
        if known == set(wanted):
            continue
        action.communes.exclude(commune__in=wanted).delete()
        ActionCommune.objects.bulk_create(
            ActionCommune(action=action, commune=one)
            for pk, one in wanted.items()
            if pk not in known
        )
        note("action.placed_in_communes", action, roadmap, by)


@transaction.atomic
def keep_progress(
    roadmap: Roadmap,
    *,
    since: date,
    comment: str,
    by: User,
    on: date | None = None,
) -> Progress:
    """A progress review: what is looked at is frozen as it stands. Raises NoPeriod."""
    until = on or timezone.localdate()
    if since >= until:
        raise NoPeriod(since)
    hold(roadmap)
    told = told_of(dashboard_of(roadmap, since=since, on=until))
    made: Progress = Progress.objects.create(
        roadmap=roadmap,
        since=since,
        until=until,
        told=told,
        comment=comment,
        kept_by=by,
    )
    audit.record("progress.reviewed", made, by=by, space_id=roadmap.space_id)
    return made


@transaction.atomic
def save_comment(progress: Progress, *, version: int, by: User) -> None:
    """Its comment changed; what was frozen stays. Raises ChangedMeanwhile."""
    claim(progress, version)
    progress.save(update_fields=["comment", "version"])
    space_id = progress.roadmap.space_id
    audit.record("progress.comment_changed", progress, by=by, space_id=space_id)


@transaction.atomic
def add_decision(decision: ProgressDecision, *, by: User) -> ProgressDecision:
    decision.save()
    space_id = decision.progress.roadmap.space_id
    audit.record("progress.decided", decision, by=by, space_id=space_id)
    return decision


@transaction.atomic
def follow_decision(decision: ProgressDecision, *, by: User) -> None:
    """What became of it."""
    decision.save(update_fields=["state", "note"])
    space_id = decision.progress.roadmap.space_id
    audit.record("progress.decision_followed", decision, by=by, space_id=space_id)
